import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from infra.adapters.event_log import Log
from infra.adapters.event_log.follower import Follower
from infra.adapters.event_log.log_errors import GapInLog, LogWentBack
from tests import builders as b
from tests.support.posting import posting, record

SHEET = b.sheet({b.A: 60, b.B: 40})
RARELY_SECONDS = 600.0
"""How often a follower looks by itself that has to be woken to hear in time."""


class Heard:
    """What a follower yields, noted by a thread of its own."""

    def __init__(self, follower: Follower, after: int = 0) -> None:
        self.follower = follower
        self.positions: list[int] = []
        self.failure: Exception | None = None
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, args=(after,))
        self._thread.start()

    def wait_for(self, position: int, seconds_max: float = 120.0) -> bool:
        with self._news:
            return self._news.wait_for(
                lambda: bool(self.positions) and self.positions[-1] >= position, seconds_max
            )

    def end(self) -> None:
        self.follower.stop()
        self._thread.join(120)
        assert not self._thread.is_alive()

    def _run(self, after: int) -> None:
        try:
            for batch in self.follower.events(after):
                with self._news:
                    self.positions += [position for position, _ in batch]
                    self._news.notify_all()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.failure = error


@pytest.fixture
def heard(log: Log) -> Iterator[Heard]:
    listening = Heard(log.follower())
    yield listening
    listening.end()
    assert listening.failure is None


@pytest.fixture
def woken(log: Log) -> Iterator[Heard]:
    """Who hears in time only when woken."""
    listening = Heard(Follower(log.conninfo, log.name.schema, poll_seconds=RARELY_SECONDS))
    yield listening
    listening.end()
    assert listening.failure is None


def test_everything_before_and_after_comes_once_and_in_order(log: Log) -> None:
    record(log, *b.REGISTER)
    heard = Heard(log.follower())
    record(log, *b.DISTRICT[len(b.REGISTER) :])
    last = log.reader.last_position()
    assert heard.wait_for(last)
    heard.end()
    assert heard.positions == list(range(1, last + 1))


def test_it_begins_after_the_position_it_is_given(log: Log) -> None:
    record(log, *b.DISTRICT)
    heard = Heard(log.follower(), after=4)
    assert heard.wait_for(log.reader.last_position())
    heard.end()
    assert heard.positions[0] == 5


def test_a_commit_wakes_it_long_before_it_would_look_by_itself(log: Log, woken: Heard) -> None:
    record(log, *b.DISTRICT)
    assert woken.wait_for(log.reader.last_position())
    for number in range(20):
        time.sleep(0.01)
        receipt = log.writer.post(*posting(f"note-{number:05d}", b.NOTE))
        assert woken.wait_for(receipt.position)


def test_it_stops_at_once_while_it_waits(woken: Heard) -> None:
    time.sleep(0.05)
    start = time.monotonic()
    woken.end()
    assert time.monotonic() - start < RARELY_SECONDS / 2


def test_a_lost_connection_loses_and_repeats_nothing(conninfo: str, log: Log, heard: Heard) -> None:
    record(log, *b.DISTRICT)
    for number in range(5):
        with psycopg.connect(conninfo) as killer:
            killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        log.writer.post(*posting(f"note-{number:05d}", b.NOTE))
    last = log.reader.last_position()
    assert heard.wait_for(last)
    assert heard.positions == list(range(1, last + 1))


def test_a_gap_is_an_error_never_passed_over(conninfo: str, log: Log) -> None:
    record(log, *b.DISTRICT)
    with psycopg.connect(conninfo) as vandal:
        vandal.execute("DELETE FROM house50_rehearsal.stored_events WHERE notification_id = 4")
    with pytest.raises(GapInLog) as broken:
        list(log.follower().rows())
    assert (broken.value.expected, broken.value.found) == (4, 5)


def test_a_log_shorter_than_what_was_read_is_an_error(log: Log) -> None:
    log.recorder.insert_events([StoredEvent("a", 1, "t", b"{}")])
    with pytest.raises(LogWentBack) as broken:
        list(log.follower().rows(after=2))
    assert (broken.value.read, broken.value.last) == (2, 1)
