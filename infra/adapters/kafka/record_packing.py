"""Packing the log into records, in the database: what the relay sends has never been a row here.

A page of thousands of entries comes as some dozens of finished values. So reading and packing run
beside the sending, in another process, and cost the relay's own thread next to nothing.
"""

from collections.abc import Iterator
from operator import lt
from typing import NamedTuple, Self, cast

import msgspec
from psycopg import Cursor
from psycopg.rows import TupleRow

from aggregates.election.election_events import UnitsRegistered
from aggregates.election.geography import PREFECTURES
from aggregates.election.identifiers import ELECTION_STREAM
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_errors import GapInLog
from infra.adapters.event_log.log_reader import PAGE_ROWS, LogReader
from infra.adapters.kafka.kafka_records import NATIONAL_KEY, RECORD_BYTES_MAX, Record
from infra.adapters.postgres.statements import Statements
from projections.feeds import public_entry

REPORTS = ["count", "turnout"]
"""What the streams begin with that belong to the prefecture of their unit."""

_KEYS = {NATIONAL_KEY, *PREFECTURES}
_REGISTERS = UnitsRegistered.TOPIC.encode()


class UnitUnregistered(LookupError):  # noqa: N818 - it says what is the case
    """A report of a unit that the log has not registered, and whose prefecture nobody knows."""


class RecordGroup(NamedTuple):
    """The entries of one key in one page: their positions, and as many lines."""

    key: str
    positions: list[int]
    lines: bytes

    def in_order(self) -> Self:
        """The same in the order of positions, which the database keeps but does not promise."""
        if all(map(lt, self.positions, self.positions[1:])):
            return self
        lines = self.lines.split(b"\n")
        ordered = sorted(zip(self.positions, lines, strict=True))
        joined = b"\n".join(line for _, line in ordered)
        return self._replace(positions=sorted(self.positions), lines=joined)

    def records(self) -> Iterator[Record]:
        """Records of these entries, none of which is too large."""
        if len(self.lines) <= RECORD_BYTES_MAX:
            yield self._record(0, len(self.positions), self.lines)
            return
        lines = self.lines.split(b"\n")
        begin = size = 0
        for place, line in enumerate(lines):
            if size + len(line) > RECORD_BYTES_MAX:
                yield self._record(begin, place, b"\n".join(lines[begin:place]))
                begin, size = place, 0
            size += len(line) + 1
        yield self._record(begin, len(lines), b"\n".join(lines[begin:]))

    def _record(self, begin: int, end: int, value: bytes) -> Record:
        positions = self.positions[begin:end]
        return Record(self.key, positions[0], positions[-1], len(positions), value)


class Packing:
    """Reads pages of a log as records.

    The prefecture of a unit is what the register says. Nearly every code begins with it, so only
    the others are given to the database with each page.

    Args:
        schema: The log's schema.
        limit: Most entries in one page.
    """

    def __init__(self, schema: str, limit: int = PAGE_ROWS) -> None:
        self._sql = Statements("relay", schema=schema)
        self._limit = limit
        self._elsewhere: dict[str, str] | None = None

    def read(self, reader: LogReader, after: int) -> tuple[int, list[Record]] | None:
        """The records of the page following a position, in the order of their first positions.

        Returns:
            The last position of the page and its records; None at the end of the log.

        Raises:
            GapInLog: Positions are not consecutive.
            UnitUnregistered: A report of an unknown unit.
        """
        if self._elsewhere is None:
            self._learn(reader)
        groups = self._groups(reader, after)
        # Who registers units and reports on them in one page is packed again, by what it says.
        if any(map(_registers, groups)) and self._learn(reader):
            groups = self._groups(reader, after)
        if not groups:
            return None
        last = _require_whole(groups, after)
        groups.sort(key=_first)
        return last, [part for group in groups for part in group.records()]

    def _groups(self, reader: LogReader, after: int) -> list[RecordGroup]:
        elsewhere = msgspec.json.encode(self._elsewhere).decode()
        parts = (
            public_entry.EVENT.encode(),
            public_entry.POSITION,
            public_entry.TOPIC,
            public_entry.END,
        )
        values = (REPORTS, elsewhere, NATIONAL_KEY, *parts, after, self._limit)

        def page(cursor: Cursor[TupleRow]) -> list[RecordGroup]:
            cursor.execute(self._sql["records_after"], values, prepare=True)
            return [RecordGroup(*row).in_order() for row in cursor.fetchall()]

        return reader.ask(page)

    def _learn(self, reader: LogReader) -> bool:
        """Read the register; True when it says something new."""

        def states(cursor: Cursor[TupleRow]) -> list[TupleRow]:
            return cursor.execute(
                self._sql["registered"], (ELECTION_STREAM, UnitsRegistered.TOPIC)
            ).fetchall()

        events = (decode(UnitsRegistered.TOPIC, state) for (state,) in reader.ask(states))
        units = (unit for event in events for unit in cast("UnitsRegistered", event).units)
        former, self._elsewhere = (
            self._elsewhere,
            {unit.code: unit.prefecture for unit in units if unit.code[:2] != unit.prefecture},
        )
        return former != self._elsewhere


def _first(group: RecordGroup) -> int:
    return group.positions[0]


def _registers(group: RecordGroup) -> bool:
    return group.key == NATIONAL_KEY and _REGISTERS in group.lines


def _require_whole(groups: list[RecordGroup], after: int) -> int:
    """The last position of a page without a gap."""
    for group in groups:
        if group.key not in _KEYS:
            raise UnitUnregistered(
                f"position {_first(group)} reports on a unit that lies in {group.key!r}: it is not "
                "registered, and that is no prefecture"
            )
    # Positions differ, so as many as there are places fill every place.
    last = max(group.positions[-1] for group in groups)
    number = sum(len(group.positions) for group in groups)
    if last != after + number:
        raise GapInLog(expected=after + number, found=last)
    return last
