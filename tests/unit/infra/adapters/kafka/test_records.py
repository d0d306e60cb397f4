"""What travels: records, their headers, their partitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.adapters.kafka.kafka_records import (
    Origin,
    Record,
    RecordUnreadable,
    mark,
    prefecture_partition,
    record_entries,
)
from infra.adapters.postgres.schemas import LogName

NAME = LogName("house50", "rehearsal")


def test_headers_say_where_a_record_comes_from() -> None:
    record = Record("13", 2, 5, 3, b"three entries")
    assert Origin.of(record.headers(NAME)) == Origin(2, 5, 3, NAME)
    assert not Origin.of(record.headers(NAME)).is_mark
    assert Origin.of(mark(7).headers(NAME)) == Origin(7, 7, 0, NAME)
    assert Origin.of(mark(7).headers(NAME)).is_mark


@pytest.mark.parametrize("name", ["first", "last", "count", "election", "environment"])
def test_a_record_without_a_header_is_refused(name: str) -> None:
    headers = [header for header in mark(7).headers(NAME) if header[0] != name]
    with pytest.raises(RecordUnreadable):
        Origin.of(headers)


def test_a_line_that_is_no_entry_is_refused() -> None:
    with pytest.raises(RecordUnreadable):
        record_entries(b'{"event":{},"position":1,"topic":"t"}\n{"event":{}}')


@given(st.integers(1, 12))
def test_every_key_has_one_partition(partitions: int) -> None:
    for code in range(48):
        assert prefecture_partition(f"{code:02d}", partitions) == code % partitions
    assert prefecture_partition("00", partitions) == 0
