"""What travels: which key an entry has, how entries become records, and back."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.kafka import records
from infra.kafka.records import (
    Origin,
    Packing,
    RecordUnreadable,
    UnitUnregistered,
    entries_of,
    keys_of,
    mark,
    partition_of,
)
from infra.log.reader import Row
from infra.postgres.schemas import LogName
from projections.feeds.entry import entry_bytes

NAME = LogName("house50", "rehearsal")
_REGISTER = Row(
    1,
    "election.units-registered",
    b'{"provenance":{"office":"nation","submission":"register-1"},'
    b'"recorded_at":"2026-02-08T20:00:00Z","stream":"election","stream_version":2,'
    b'"units":[{"code":"13101","kind":"counting-district","name":"A","prefecture":"13"},'
    b'{"code":"27100","kind":"counting-district","name":"B","prefecture":"27"}]}',
    "election",
    2,
)
_STREAMS = (
    ("count/house-district/13-01/13101", "13"),
    ("turnout/house-block/kinki/27100", "27"),
    ("contest/house-district/13-01", "00"),
    ("declaration/house-district/13-01", "00"),
    ("election", "00"),
)


def line_of(row: Row) -> bytes:
    return entry_bytes(row.position, row.topic, row.state)


def row(position: int, stream: str, size: int = 2) -> Row:
    return Row(position, "some.topic", b'"%b"' % (b"x" * (size - 2)), stream, 1)


@st.composite
def batches(draw: st.DrawFn) -> list[Row]:
    """Rows following the register, on any stream, of any size."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(_STREAMS), st.integers(2, 300)), max_size=40))
    return [row(at, stream, size) for at, ((stream, _), size) in enumerate(drawn, start=2)]


@pytest.fixture
def packing() -> Packing:
    made = Packing()
    made.learn([_REGISTER])
    return made


@pytest.mark.parametrize(("stream", "key"), _STREAMS)
def test_the_key_is_the_prefecture_of_the_unit(packing: Packing, stream: str, key: str) -> None:
    assert packing.key_of(row(2, stream)) == key


def test_a_unit_nobody_registered_is_refused(packing: Packing) -> None:
    with pytest.raises(UnitUnregistered, match="99999"):
        packing.pack([row(2, "count/house-district/13-01/99999")])


def test_units_are_learnt_from_the_rows_that_are_packed() -> None:
    packed = Packing().pack([_REGISTER, row(2, "count/house-district/13-01/13101")])
    assert [record.key for record in packed] == ["00", "13"]


@given(batches())
def test_no_entry_is_lost_and_each_record_is_in_order(rows: list[Row]) -> None:
    made = Packing()
    made.learn([_REGISTER])
    packed = made.pack(rows)
    found: list[int] = []
    for record in packed:
        entries = entries_of(record.value)
        positions = [entry.position for entry in entries]
        # then the headers say what is inside
        assert positions == sorted(positions)
        assert (record.first, record.last) == (positions[0], positions[-1])
        assert record.entries == len(positions)
        assert all(made.key_of(rows[at - 2]) == record.key for at in positions)
        assert [line_of(rows[at - 2]) for at in positions] == record.value.split(b"\n")
        found += positions
    assert sorted(found) == [row.position for row in rows]


def _long() -> Iterator[Row]:
    for position in range(2, 22):
        yield row(position, "count/house-district/13-01/13101", 60_000)


def test_a_record_ends_before_it_is_too_large(packing: Packing) -> None:
    packed = packing.pack(_long())
    assert len(packed) == 3
    assert all(len(record.value) <= records.RECORD_BYTES_MAX for record in packed)
    assert [entry.position for r in packed for entry in entries_of(r.value)] == list(range(2, 22))


def test_headers_say_where_a_record_comes_from(packing: Packing) -> None:
    [record] = packing.pack([row(2, "count/house-district/13-01/13101")])
    assert Origin.of(record.headers(NAME)) == Origin(2, 2, 1, NAME)
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
        entries_of(b'{"event":{},"position":1,"topic":"t"}\n{"event":{}}')


@given(st.integers(1, 12))
def test_every_key_has_one_partition(partitions: int) -> None:
    keys = [f"{code:02d}" for code in range(48)]
    for partition in range(partitions):
        assert keys_of(partition, partitions) == {
            key for key in keys if partition_of(key, partitions) == partition
        }
    assert partition_of("00", partitions) == 0
