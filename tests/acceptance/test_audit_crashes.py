"""The sequencer is killed at random moments while postings arrive: the log never forks."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from infra.adapters.event_log import Log
from infra.runtime.settings import Settings
from infra.services.auditing.sources.folder_source import PublicFolderSource
from infra.services.auditing.verification import verify
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from infra.services.sequencing.sequencing_status import read_published_size
from tests import builders as b
from tests.acceptance.served import get, running, started
from tests.support.budgets import examples
from tests.support.ports import free_port
from tests.support.posting import record

KILLS = examples(4)


@contextmanager
def posting(log: Log) -> Iterator[None]:
    """Somebody posts without a pause."""
    stop = Event()

    def post() -> None:
        number = 1
        while not stop.is_set():
            votes = {b.A: number * 2, b.B: number}
            record(log, b.tally(b.sheet(votes), final=False))
            number += 1

    thread = Thread(target=post)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_a_killed_sequencer_goes_on_where_it_was(log: Log, conninfo: str, tmp_path: Path) -> None:
    chance = random.Random(9)
    place = LogPlace.of(Settings(data=tmp_path), log.name)
    record(log, *b.DISTRICT, b.turnout(b.figures((5_000_000, 5_000_000), (3_000_000, 3_000_000))))
    seen: list[bytes] = []
    with posting(log):
        for _ in range(KILLS):
            size = read_published_size(place.public)
            process = started("sequence", "--data", tmp_path, DATABASE_URL=conninfo)
            while read_published_size(place.public) == size:
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.005)
            time.sleep(chance.random() * 1.2)
            process.kill()
            process.communicate()
            seen.append((place.public / "checkpoint").read_bytes())
    Sequencing(log, place).catch_up()

    kept = [(f"seen {number}", note) for number, note in enumerate(seen)]
    found = verify(PublicFolderSource(place.public), kept=kept)
    assert found.kept == KILLS
    assert found.size == log.reader.last_position()
    assert found.checkpoints > KILLS


def test_serve_and_sequence_leave_each_other_alone(log: Log, conninfo: str, tmp_path: Path) -> None:
    """A server beside `kaihyo sequence` serves what that one publishes; a second one refuses."""
    record(log, *b.DISTRICT)
    place = LogPlace.of(Settings(data=tmp_path), log.name)
    sequencing = Sequencing(log, place)
    sequencing.catch_up()
    port = str(free_port())
    health = f"http://127.0.0.1:{port}/health"
    with running("serve", "--data", tmp_path, "--port", port, url=health, DATABASE_URL=conninfo):
        base = f"http://127.0.0.1:{port}/v1/elections/house50"
        assert get(f"{base}/log/checkpoint") == (place.public / "checkpoint").read_bytes()
        second = started("sequence", "--once", "--data", tmp_path, DATABASE_URL=conninfo)
        said = second.communicate(timeout=240)[1]
        assert second.returncode == 1
        assert "別の処理" in said
    sequencing.close()
