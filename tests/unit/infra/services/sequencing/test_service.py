"""The sequencer on the rows of a real log."""

import shutil
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from infra.adapters.event_log import Log
from infra.adapters.filesystem.tile_files import FolderReader
from infra.adapters.postgres.schemas import LogName
from infra.protocols.protocol_errors import FolderTaken, SequencerEnded, StartRefused
from infra.protocols.tlog.extension import verify_extension
from infra.runtime.settings import Settings
from infra.services.queries.merkle_roots import Roots
from infra.services.sequencing.checkpoint_history import decode_history
from infra.services.sequencing.log_key import LogKeyUnusable
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing, SequencingThread
from infra.services.sequencing.sequencing_status import Status, read_published_size, read_status
from infra.services.sequencing.tree_entries import LogEntries
from projections.feeds.public_entry import entry_bytes
from tests import builders as b
from tests.support.posting import SetClock, record
from tests.unit.infra.services.sequencing.logs import key_of, place_of, published


def status_of(place: LogPlace) -> Status:
    found = read_status(place.public)
    assert found is not None
    return found


def wait_for(place: LogPlace, size: int, seconds_max: float = 120) -> float:
    """Wait until so many entries are published; seconds that it took."""
    begun = time.monotonic()
    while read_published_size(place.public) < size:
        assert time.monotonic() - begun < seconds_max
        time.sleep(0.01)
    return time.monotonic() - begun


def test_a_rehearsal_never_has_the_origin_of_a_live_log(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, log_place="senkyo.example/log")
    live = LogPlace.of(settings, LogName("house51", "live"))
    rehearsal = LogPlace.of(settings, LogName("house51", "rehearsal"))
    assert live.origin == "senkyo.example/log/house51"
    assert rehearsal.origin == "senkyo.example/log/REHEARSAL/house51"
    assert live.secret != rehearsal.secret
    assert live.memory != rehearsal.memory


def test_rows_become_entries_at_their_positions(log: Log) -> None:
    record(log, *b.DISTRICT)
    source = LogEntries(log.reader)
    found = source.entries(0, 100)
    assert len(found) == log.reader.last_position()
    assert source.entries(2, 2) == found[2:4]
    assert b'"position":3,' in found[2]
    assert source.entries(len(found), 10) == []


def test_what_is_recorded_is_published(log: Log, tmp_path: Path) -> None:
    place = place_of(log, tmp_path)
    record(log, *b.DISTRICT)
    sequencing = Sequencing(log, place)
    empty = sequencing.checkpoint
    assert sequencing.catch_up().size == log.reader.last_position()
    assert published(place) == sequencing.checkpoint
    verify_extension(empty, published(place), FolderReader(place.public))
    assert len(decode_history((place.public / "checkpoints").read_bytes())) == 2
    assert status_of(place).state == "running"
    assert not status_of(place).degraded
    sequencing.close()
    assert status_of(place).state == "stopped"


def test_a_second_process_waits_outside(log: Log, tmp_path: Path) -> None:
    sequencing = Sequencing(log, place_of(log, tmp_path))
    with pytest.raises(FolderTaken):
        Sequencing(log, place_of(log, tmp_path))
    sequencing.close()
    Sequencing(log, place_of(log, tmp_path)).close()


def test_a_receipt_can_be_had_within_a_second_while_postings_arrive(
    log: Log, tmp_path: Path
) -> None:
    place = place_of(log, tmp_path)
    record(log, *b.DISTRICT, b.turnout(b.figures((5000, 5000), (3000, 3000))))
    thread = SequencingThread(log, place)
    thread.start()
    try:
        wait_for(place, log.reader.last_position())
        seconds = []
        for number in range(1, 6):
            votes = {b.A: number, b.B: number}
            [receipt] = record(log, b.tally(b.sheet(votes), final=False))
            seconds.append(wait_for(place, receipt.position))
        # Of five, for whatever else the machine does.
        assert min(seconds) < 1.0
    finally:
        thread.stop()


def test_stopping_takes_in_what_was_recorded_last(log: Log, tmp_path: Path) -> None:
    place = place_of(log, tmp_path)
    thread = SequencingThread(log, place)
    thread.start()
    record(log, *b.DISTRICT)
    thread.stop()
    assert published(place).size == log.reader.last_position()
    assert status_of(place).state == "stopped"


def test_after_a_failure_that_passes_it_goes_on_by_itself(
    log: Log, conninfo: str, tmp_path: Path
) -> None:
    place = place_of(log, tmp_path)
    thread = SequencingThread(log, place)
    thread.start()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    record(log, *b.DISTRICT)
    wait_for(place, log.reader.last_position())
    thread.stop()


def test_a_row_that_somebody_else_moved_ends_it(log: Log, conninfo: str, tmp_path: Path) -> None:
    sequencing = Sequencing(log, place_of(log, tmp_path))
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("UPDATE house50_rehearsal.transparency SET edge = root")
    record(log, *b.DISTRICT)
    with pytest.raises(SequencerEnded):
        sequencing.step()
    with pytest.raises(SequencerEnded):
        sequencing.step()
    sequencing.close("failed", "moved")
    assert status_of(place_of(log, tmp_path)).degraded


def test_a_key_is_never_made_a_second_time(log: Log, tmp_path: Path) -> None:
    place = place_of(log, tmp_path)
    Sequencing(log, place).close()
    key = key_of(place)
    place.secret.rename(tmp_path / "kept")
    with pytest.raises(LogKeyUnusable):
        Sequencing(log, place)
    (tmp_path / "kept").rename(place.secret)
    Sequencing(log, place).close()
    assert str(key_of(place)) == str(key)


def test_a_restored_backup_is_refused_whatever_else_was_restored(
    log: Log, conninfo: str, tmp_path: Path
) -> None:
    place = place_of(log, tmp_path)
    record(log, *b.DISTRICT)
    sequencing = Sequencing(log, place)
    before = sequencing.catch_up().size
    sequencing.close()
    shutil.copytree(place.public, tmp_path / "backup")
    _put_aside(conninfo)
    record(log, b.turnout(b.figures((500, 500), (300, 300))))
    sequencing = Sequencing(log, place)
    sequencing.catch_up()
    sequencing.close()

    _restore(conninfo, before)
    with pytest.raises(StartRefused, match="backup"):
        Sequencing(log, place)
    # The public folder as well: only the memory outside both knows better.
    shutil.rmtree(place.public)
    shutil.copytree(tmp_path / "backup", place.public)
    with pytest.raises(StartRefused, match="backup"):
        Sequencing(log, place)


def _put_aside(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE house50_rehearsal.aside AS TABLE house50_rehearsal.transparency"
        )


def _restore(conninfo: str, position: int) -> None:
    """The database as it was at a position."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(
            "DELETE FROM house50_rehearsal.stored_events WHERE notification_id > %s", [position]
        )
        connection.execute("DELETE FROM house50_rehearsal.transparency")
        connection.execute(
            "INSERT INTO house50_rehearsal.transparency TABLE house50_rehearsal.aside"
        )


def test_it_beats_while_nothing_is_new(log: Log, tmp_path: Path) -> None:
    """Nothing new differs from stopped: the checkpoint is published again, the same one."""
    place = place_of(log, tmp_path)
    clock = SetClock(datetime(2026, 2, 8, 11, tzinfo=UTC))
    sequencing = Sequencing(log, place, clock=clock)
    first = status_of(place).published_at
    for _ in range(15):
        clock.shows += timedelta(seconds=1)
        sequencing.step()
    assert status_of(place).published_at > first
    assert len(decode_history((place.public / "checkpoints").read_bytes())) == 1
    stop = threading.Event()
    stop.set()
    sequencing.run(stop)
    sequencing.close()


def test_a_full_disk_stops_it_only_until_there_is_room(log: Log, tmp_path: Path) -> None:
    # Given a sequencer at work, and a disk that takes neither checkpoint nor status
    place = place_of(log, tmp_path)
    thread = SequencingThread(log, place)
    thread.start()
    in_the_way = [place.public / f"{name}.unfinished" for name in ("checkpoint", "status.json")]
    for path in in_the_way:
        path.mkdir()
    record(log, *b.DISTRICT)
    while not thread.failure:
        time.sleep(0.01)

    # When there is room again
    time.sleep(0.2)
    for path in in_the_way:
        path.rmdir()

    # Then it goes on by itself
    wait_for(place, log.reader.last_position())
    thread.stop()
    assert status_of(place).state == "stopped"


def test_a_status_that_cannot_be_written_ends_nothing(log: Log, tmp_path: Path) -> None:
    place = place_of(log, tmp_path)
    sequencing = Sequencing(log, place)
    (place.public / "status.json.unfinished").mkdir()
    record(log, *b.DISTRICT)

    assert sequencing.catch_up().size == log.reader.last_position()

    (place.public / "status.json.unfinished").rmdir()
    sequencing.close()
    assert status_of(place).size == log.reader.last_position()


def test_where_another_root_is_known_nothing_is_signed_and_nothing_begun_again(
    log: Log, tmp_path: Path
) -> None:
    """Rows were changed between the reading of the server and that of its sequencer."""
    place = place_of(log, tmp_path)
    thread = SequencingThread(log, place, known_root=lambda size: bytes(32) if size else None)
    record(log, *b.DISTRICT)
    thread.start()
    thread._thread.join(timeout=120)

    assert not thread._thread.is_alive()
    assert published(place).size == 0
    status = status_of(place)
    assert (status.state, status.degraded) == ("failed", True)
    assert "rows of the log were changed" in status.failure
    thread.stop()


def test_where_the_same_root_is_known_the_log_grows(log: Log, tmp_path: Path) -> None:
    place = place_of(log, tmp_path)
    record(log, *b.DISTRICT)
    roots = Roots()
    rows = log.reader.read(0, 100)
    roots.extend(entry_bytes(row.position, row.topic, row.state) for row in rows)
    sequencing = Sequencing(log, place, known_root=lambda size: bytes.fromhex(roots.root(size)))

    assert sequencing.catch_up().size == len(rows)
    sequencing.close()
    # A later start asks as well.
    with pytest.raises(StartRefused, match="rows of the log were changed"):
        Sequencing(log, place, known_root=lambda _: bytes(32))
