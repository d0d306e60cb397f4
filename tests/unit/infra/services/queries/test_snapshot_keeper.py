"""Snapshots: a start from one shows what the log says, and what differs from it is not used."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from infra.adapters.event_log import Log
from infra.adapters.event_log.log_errors import EventUnreadable
from infra.services.queries import live_read_model, snapshot_keeper
from infra.services.queries.entry_store import EntryStore
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.queries.snapshot_keeper import SnapshotDiffers, SnapshotKeeper
from projections import stored_state
from projections.documents.render import digest
from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.posting import record
from tests.support.waiting import SECONDS_MAX, wait_until

EVENTS_MIN = 4
SHEETS = (
    b.tally(b.sheet({"d1-ao": 3, "d1-aka": 2}), unit_code=b.CHIYODA),
    b.tally(b.sheet({"ao": 30, "aka": 20}), b.BLOCK),
    b.correction(b.sheet({"d1-ao": 4, "d1-aka": 1})),
)


def keeper(log: Log, folder: Path) -> SnapshotKeeper:
    return SnapshotKeeper(log, folder, events_min=EVENTS_MIN)


def serve_once(log: Log, folder: Path) -> tuple[str, str]:
    """Start, prove, stop; the digest of every document, and the root."""
    snapshots = keeper(log, folder)
    live = LiveReadModel(log, snapshots)
    live.start()
    wait_until(lambda: not snapshots.unproven or live.failure is not None)
    assert live.failure is None
    shown = live.read_with_root(lambda state, root: (digest(state), root))
    live.stop()
    return shown


@pytest.fixture
def written(log: Log, tmp_path: Path) -> Path:
    """The snapshot that a first process has left of a night."""
    record(log, *b.HOUSE, b.OPEN, *SHEETS)
    serve_once(log, tmp_path)
    (path,) = tmp_path.iterdir()
    return path


def test_a_start_from_a_snapshot_shows_what_the_log_says(
    log: Log, written: Path, tmp_path: Path
) -> None:
    # Given a log that went on after the snapshot
    record(log, *[b.NOTE] * 3, b.correction(b.sheet({"d1-ao": 5, "d1-aka": 1}), supersedes=3))
    # When one process begins with it, and another with nothing
    snapshots = keeper(log, written.parent)
    entries = EntryStore(log.reader)
    restored = snapshots.restore(entries)
    from_log = serve_once(log, tmp_path / "none")
    # Then the first had no need of the beginning, and they show the same
    assert restored is not None
    assert restored.state.position == log.reader.last_position() - 4
    assert snapshots.unproven == restored.state.position
    assert serve_once(log, written.parent) == from_log


def test_earlier_positions_are_answered_from_the_log(log: Log, written: Path) -> None:
    plain = LiveReadModel(log)
    plain.start()
    live = LiveReadModel(log, keeper(log, written.parent))
    live.start()
    for position in range(1, live.position + 1):
        assert live.read_at(position, digest) == plain.read_at(position, digest)
        assert live.root(position) == plain.root(position)
    live.stop()
    plain.stop()


def spoil_a_byte(path: Path, _log: Log) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def cut(path: Path, _log: Log) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def empty(path: Path, _log: Log) -> None:
    path.write_bytes(b"")


def forget(_path: Path, log: Log) -> None:
    statement = SQL("DELETE FROM {}").format(Identifier(log.name.schema, "snapshots"))
    with psycopg.connect(log.conninfo) as connection:
        connection.execute(statement)


def lose_the_end(_path: Path, log: Log) -> None:
    """A database restored from a backup: the log ends before the snapshot does."""
    last = log.reader.last_position()
    statement = SQL("DELETE FROM {} WHERE notification_id = %s").format(
        Identifier(log.name.schema, "stored_events")
    )
    with psycopg.connect(log.conninfo) as connection:
        connection.execute(statement, (last,))


def change_the_end(_path: Path, log: Log) -> None:
    rewrite(log, log.reader.last_position())


def rewrite(log: Log, position: int) -> None:
    """Another submission id in an entry: as long as before, and readable."""
    state = log.reader.row(position).state
    other = state.replace(b'"submission":"given', b'"submission":"taken')
    assert other != state
    statement = SQL("UPDATE {} SET state = %s WHERE notification_id = %s").format(
        Identifier(log.name.schema, "stored_events")
    )
    with psycopg.connect(log.conninfo) as connection:
        connection.execute(statement, (other, position))


@pytest.mark.parametrize("harm", [spoil_a_byte, cut, empty, forget, lose_the_end, change_the_end])
def test_what_differs_is_not_used_and_is_removed(
    log: Log, written: Path, harm: Callable[[Path, Log], None]
) -> None:
    harm(written, log)
    assert keeper(log, written.parent).restore(EntryStore(log.reader)) is None
    assert not written.exists()


def test_other_code_does_not_use_it(
    log: Log, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_keeper, "code_sha256", lambda: b"other")
    assert keeper(log, written.parent).restore(EntryStore(log.reader)) is None


def test_files_replaced_under_a_process_are_not_the_code_of_its_snapshot(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a process that began before its files were replaced, and wrote its snapshot after
    record(log, *b.HOUSE, b.OPEN, *SHEETS)
    live = LiveReadModel(log, keeper(log, tmp_path))
    monkeypatch.setattr(snapshot_keeper, "code_sha256", lambda: b"replaced")
    live.start()
    live.stop()
    assert [path.suffix for path in tmp_path.iterdir()] == [".snapshot"]
    # When the replaced files are run, then they do not begin with it
    assert keeper(log, tmp_path).restore(EntryStore(log.reader)) is None


def test_an_entry_that_was_changed_since_ends_the_service(log: Log, written: Path) -> None:
    rewrite(log, 2)
    live = LiveReadModel(log, keeper(log, written.parent))
    live.start()
    wait_until(lambda: live.fault() is not None)
    assert "entry 2 is another" in str(live.fault())
    assert not written.exists()
    live.stop()


def test_a_state_that_does_not_follow_from_the_log_ends_the_service(
    log: Log, written: Path
) -> None:
    # Given a file that the database knows and whose figures are not those of the log
    restored = keeper(log, written.parent).restore(EntryStore(log.reader))
    assert restored is not None
    restored.state.touch(1, "national")
    keeper(log, written.parent).write(restored.state, restored.roots)
    # When a process begins with it
    live = LiveReadModel(log, keeper(log, written.parent))
    live.start()
    # Then it is found out, and the next one begins with the log
    wait_until(lambda: live.fault() is not None)
    assert isinstance(live.fault(), SnapshotDiffers)
    assert "the state at" in str(live.fault())
    live.stop()
    assert not written.exists()


def test_short_logs_get_none_and_a_folder_that_cannot_be_written_is_no_harm(
    log: Log, tmp_path: Path
) -> None:
    record(log, *b.HOUSE)
    live = LiveReadModel(log, SnapshotKeeper(log, tmp_path / "short"))
    live.start()
    live.stop()
    assert not list((tmp_path / "short").iterdir())
    (tmp_path / "file").write_text("")
    serve_once(log, tmp_path / "file" / "below")


def test_it_is_written_while_the_process_serves(log: Log, tmp_path: Path) -> None:
    snapshots = keeper(log, tmp_path)
    live = LiveReadModel(log, snapshots)
    live.start()
    record(log, *b.HOUSE, b.OPEN, *SHEETS)
    assert live.wait_for(log.reader.last_position(), SECONDS_MAX)
    before = live.read(digest)
    live.stop()
    assert [path.suffix for path in tmp_path.iterdir()] == [".snapshot"]
    assert serve_once(log, tmp_path)[0] == before


def test_it_is_written_before_the_digest_that_may_take_too_long(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(_log: Log, _state: ElectionProjection) -> None:
        raise TimeoutError  # whoever ended the process did not wait

    record(log, *b.HOUSE, b.OPEN)
    live = LiveReadModel(log, keeper(log, tmp_path))
    live.start()
    monkeypatch.setattr(live_read_model, "leave_digest", leave)
    path = tmp_path / f"{log.name.schema}.snapshot"
    monkeypatch.setattr(SnapshotKeeper, "is_due", lambda _self, _position: not path.exists())
    path.unlink(missing_ok=True)
    with pytest.raises(TimeoutError):
        live.stop()
    assert path.exists()


def test_the_end_of_a_process_does_not_wait_for_pauses(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_state, "_PAUSE_EVERY", 1)
    monkeypatch.setattr(live_read_model, "_PAST_PAUSE_SECONDS", 3600.0)
    record(log, *b.HOUSE, b.OPEN)
    live = LiveReadModel(log, keeper(log, tmp_path))
    live.start()
    live.stop()
    assert [path.suffix for path in tmp_path.iterdir()] == [".snapshot"]


def test_what_cannot_be_proven_ends_the_service(
    log: Log, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def require(
        _self: SnapshotKeeper, _state: ElectionProjection, _pause: Callable[[], None]
    ) -> None:
        raise EventUnreadable("an entry that nobody can decode")

    monkeypatch.setattr(SnapshotKeeper, "require_state", require)
    live = LiveReadModel(log, keeper(log, written.parent))
    live.start()
    wait_until(lambda: live.fault() is not None)
    live.stop()
    assert isinstance(live.fault(), EventUnreadable)


def test_one_that_the_database_cannot_learn_of_takes_the_place_of_none(
    log: Log, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(_conninfo: str) -> None:
        raise psycopg.OperationalError("away")

    before = written.read_bytes()
    snapshots = keeper(log, written.parent)
    restored = snapshots.restore(EntryStore(log.reader))
    assert restored is not None
    restored.state.touch(1, "national")
    with monkeypatch.context() as patched:
        patched.setattr(psycopg, "connect", connect)
        snapshots.write(restored.state, restored.roots)
    assert written.read_bytes() == before


def test_a_state_that_cannot_be_stored_is_no_harm(log: Log, written: Path) -> None:
    snapshots = keeper(log, written.parent)
    restored = snapshots.restore(EntryStore(log.reader))
    assert restored is not None
    restored.state.versions["national"] = {1}  # type: ignore[assignment]
    snapshots.write(restored.state, restored.roots)
    assert keeper(log, written.parent).restore(EntryStore(log.reader)) is not None


@pytest.mark.parametrize("changed", ["event_codec.py", "municipality_codes.json"])
def test_what_decodes_events_and_tables_are_code_as_well(
    changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = snapshot_keeper.code_sha256(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b" " * (path.name == changed))
    assert snapshot_keeper.code_sha256() != before
