"""The database packs the log into records; another route makes the same records row by row."""

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.sql import SQL, Identifier

from infra.adapters.event_log import Log
from infra.adapters.event_log.log_errors import GapInLog
from infra.adapters.event_log.log_reader import LogRow
from infra.adapters.kafka.kafka_records import RECORD_BYTES_MAX, Record, record_entries
from infra.adapters.kafka.record_packing import Packing, RecordGroup, UnitUnregistered
from tests.unit.infra.adapters.kafka.packing import packed_rows, prefectures_of

_UNITS = {"13101": "13", "27100": "27", "p31": "31"}
_REGISTER = LogRow(
    1,
    "election.units-registered",
    b'{"provenance":{"office":"nation","submission":"register-1"},'
    b'"recorded_at":"2026-02-08T20:00:00Z","stream":"election","stream_version":1,"units":[%b]}'
    % b",".join(
        f'{{"code":"{code}","kind":"counting-district","name":"A","prefecture":"{where}"}}'.encode()
        for code, where in _UNITS.items()
    ),
    "election",
    1,
)
_STREAMS = (
    "count/house-district/13-01/13101",
    "turnout/house-block/kinki/27100",
    "count/house-district/31-01/p31",
    "contest/house-district/13-01",
    "declaration/house-district/13-01",
)
_AT_HOME = _STREAMS[0]


def put(log: Log, rows: list[LogRow]) -> None:
    """Put rows where the log keeps them, without asking whether they make an election."""
    insert = SQL(
        "INSERT INTO {}.stored_events (notification_id, topic, state, originator_id,"
        " originator_version) VALUES (%s, %s, %s, %s, %s)"
    ).format(Identifier(log.name.schema))
    with psycopg.connect(log.conninfo) as connection, connection.cursor() as cursor:
        cursor.executemany(insert, rows)


def row(position: int, stream: str, size: int = 2) -> LogRow:
    return LogRow(position, "some.topic", b'"%b"' % (b"x" * (size - 2)), stream, position)


def night() -> list[LogRow]:
    """The register, and rows on every stream in turn."""
    return [_REGISTER, *(row(at, _STREAMS[at * 7 % 5], 2 + at % 90) for at in range(2, 61))]


def pages(log: Log, limit: int, after: int = 0) -> Iterator[tuple[int, list[Record]]]:
    packing = Packing(log.name.schema, limit)
    while page := packing.read(log.reader, after):
        yield page
        after, _ = page


@pytest.mark.parametrize("limit", [1, 7, 60, 1000])
def test_the_database_packs_what_is_made_row_by_row(log: Log, limit: int) -> None:
    rows = night()
    put(log, rows)
    batches = [rows[start : start + limit] for start in range(0, len(rows), limit)]
    assert list(pages(log, limit)) == [
        (batch[-1].position, packed_rows(batch, prefectures_of(rows))) for batch in batches
    ]


def test_who_begins_in_the_middle_knows_the_register(log: Log) -> None:
    rows = night()
    put(log, rows)
    [(last, records)] = pages(log, 1000, after=20)
    assert (last, records) == (60, packed_rows(rows[20:], prefectures_of(rows)))


def test_units_registered_while_it_runs_are_known_at_once(log: Log) -> None:
    put(log, [row(1, "election")])
    packing = Packing(log.name.schema)
    assert packing.read(log.reader, 0) is not None
    assert packing.read(log.reader, 1) is None
    # when units that lie elsewhere than their codes say are registered, and report at once
    put(log, [_REGISTER._replace(position=2, version=2), row(3, _STREAMS[2])])
    page = packing.read(log.reader, 1)
    # then the page that registers them has them where they lie
    assert page is not None
    assert [(record.key, record.first) for record in page[1]] == [("00", 2), ("31", 3)]


def test_a_unit_that_lies_nowhere_is_refused(log: Log) -> None:
    put(log, [row(1, "count/house-district/13-01/99999")])
    with pytest.raises(UnitUnregistered, match="'99'"):
        Packing(log.name.schema).read(log.reader, 0)


def test_a_gap_is_refused(log: Log) -> None:
    put(log, [row(1, _AT_HOME), row(2, "election"), row(4, _AT_HOME)])
    with pytest.raises(GapInLog):
        Packing(log.name.schema).read(log.reader, 0)


def test_a_record_ends_before_it_is_too_large(log: Log) -> None:
    put(log, [row(position, _AT_HOME, 60_000) for position in range(1, 21)])
    [(_, records)] = pages(log, 1000)
    assert len(records) == 3
    assert all(len(record.value) <= RECORD_BYTES_MAX for record in records)
    found = [[entry.position for entry in record_entries(record.value)] for record in records]
    assert [position for positions in found for position in positions] == list(range(1, 21))
    for record, positions in zip(records, found, strict=True):
        assert (record.first, record.last, record.entries) == (
            positions[0],
            positions[-1],
            len(positions),
        )


@given(st.permutations(range(1, 9)))
def test_the_order_is_that_of_positions_however_it_comes(positions: list[int]) -> None:
    lines = [f"entry {position}".encode() for position in positions]
    found = RecordGroup("13", positions, b"\n".join(lines)).in_order()
    assert found.positions == sorted(positions)
    assert found.lines == b"\n".join(sorted(lines))
