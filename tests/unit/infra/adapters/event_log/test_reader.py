from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import decode
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.support.posting import SetClock, record


def test_rows_come_in_order_from_any_position_and_in_pages(log: Log) -> None:
    record(log, *b.DISTRICT)
    rows = log.reader.read()
    assert [row.position for row in rows] == list(range(1, log.reader.last_position() + 1))
    assert log.reader.read(after=3) == rows[3:]
    assert log.reader.read(after=3, limit=2) == rows[3:5]
    assert log.reader.read(after=len(rows)) == []
    assert list(log.reader.rows(after=2)) == rows[2:]


def test_a_row_has_the_bytes_of_its_event_and_its_place(log: Log) -> None:
    record(log, *b.DISTRICT)
    for row, (position, event) in zip(log.reader.rows(), log.reader.events(), strict=True):
        assert type(row.state) is bytes
        assert decode(row.topic, row.state) == event
        assert (row.position, row.topic) == (position, event.TOPIC)
        assert (row.stream, row.version) == (event.originator_id, event.originator_version)
        assert log.reader.row(position) == row


def test_an_empty_log_has_no_last_position_and_no_rows(log: Log) -> None:
    assert log.reader.last_position() == 0
    assert list(log.reader.events()) == []
    assert log.reader.position_at(datetime.now(UTC)) == 0


def test_a_position_beyond_the_end_is_missing(log: Log) -> None:
    with pytest.raises(LookupError, match="position 1"):
        log.reader.row(1)


def test_a_moment_has_a_position(conninfo: str, log_name: LogName) -> None:
    clock = SetClock(datetime(2024, 10, 27, 13, 0, tzinfo=UTC))
    second = timedelta(seconds=1)
    start = clock.shows
    with Log(conninfo, log_name, clock=clock) as log:
        receipts = []
        for command in b.DISTRICT:
            clock.shows += second
            receipts += record(log, command)
        assert log.reader.position_at(start) == 0
        assert [log.reader.position_at(receipt.recorded_at) for receipt in receipts] == [
            receipt.position for receipt in receipts
        ]
        assert log.reader.position_at(receipts[0].recorded_at + second / 2) == 1
        assert log.reader.position_at(clock.shows + second) == receipts[-1].position


def test_a_lost_connection_is_opened_again(conninfo: str, log: Log) -> None:
    record(log, *b.DISTRICT)
    before = log.reader.read()
    with psycopg.connect(conninfo) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
    assert log.reader.read() == before
