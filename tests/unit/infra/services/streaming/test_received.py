"""A received log answers like the log in the database."""

import threading
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.event_log.log_reader import LogRow
from infra.adapters.kafka.kafka_records import RecordEntry
from infra.adapters.kafka.reorder import LogForked
from infra.services.streaming.received_log import ReceivedLog

_BEGIN = datetime(2026, 2, 8, 20, tzinfo=UTC)


def entry(number: int, at_minute: int | None = None) -> RecordEntry:
    at = (_BEGIN + timedelta(minutes=at_minute or number)).isoformat().replace("+00:00", "Z")
    state = (
        '{"provenance":{"office":"nation","submission":"a-submission"},'
        f'"recorded_at":"{at}","stream":"election","stream_version":{number}}}'
    )
    return RecordEntry(msgspec.Raw(state), number, "election.counting-opened")


@pytest.fixture
def log() -> ReceivedLog:
    made = ReceivedLog()
    made.reader.add([entry(number) for number in range(1, 8)])
    return made


def test_rows_are_read_by_position(log: ReceivedLog) -> None:
    third = entry(3)
    assert log.reader.row(3) == LogRow(3, third.topic, bytes(third.event), "election", 3)
    assert [row.position for row in log.reader.read(after=2, limit=3)] == [3, 4, 5]
    assert [row.position for row in log.reader.rows(after=5)] == [6, 7]
    assert [position for position, _ in log.reader.events()] == list(range(1, 8))
    assert log.reader.last_position() == 7


@pytest.mark.parametrize("position", [0, 8])
def test_a_position_not_received_is_said_to_be_missing(log: ReceivedLog, position: int) -> None:
    with pytest.raises(LookupError):
        log.reader.row(position)


def test_a_moment_has_a_position(log: ReceivedLog) -> None:
    assert log.reader.position_at(_BEGIN) == 0
    assert log.reader.position_at(_BEGIN + timedelta(minutes=4, seconds=30)) == 4
    assert log.reader.position_at(_BEGIN + timedelta(days=1)) == 7


def test_a_repeat_has_to_say_the_same(log: ReceivedLog) -> None:
    log.reader.compare(entry(3))
    with pytest.raises(LogForked):
        log.reader.compare(entry(3, at_minute=4))


def test_a_follower_is_woken_and_can_be_stopped(log: ReceivedLog) -> None:
    follower = log.follower()
    batches: list[list[int]] = []
    seen = threading.Event()

    def follow() -> None:
        for batch in follower.events(after=5):
            batches.append([position for position, _ in batch])
            seen.set()

    thread = threading.Thread(target=follow)
    thread.start()
    assert seen.wait(60)
    seen.clear()
    log.reader.add([entry(8)])
    assert seen.wait(60)
    follower.stop()
    thread.join(60)
    assert not thread.is_alive()
    assert batches == [[6, 7], [8]]


def test_it_is_never_written(log: ReceivedLog) -> None:
    with pytest.raises(LogUnavailable):
        _ = log.writer
