"""What travels on `kaihyo.events`: records of entries, and marks.

One record holds the entries of one prefecture in one batch, one public entry per line, in the
order of positions. Its key is the prefecture's code. What a unit reports (counts, turnouts)
belongs to the prefecture of the unit; everything else - register, ballots, course of the night,
lots, declarations - has the key `00`: whoever reads one prefecture needs it as well, and it is a
thirtieth of a night.

A mark says that every entry up to a position stands before it in its partition. It has the key
`mark`, no lines, and the count 0.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self, cast

import msgspec

from aggregates.base import Event
from aggregates.election import UnitsRegistered
from aggregates.identity import Environment
from infra.log.codec import decode
from infra.log.reader import Row
from infra.postgres.schemas import LogName
from projections.feeds.entry import entry_bytes

NATIONAL_KEY = "00"
MARK_KEY = "mark"
RECORD_BYTES_MAX = 512 * 1024
"""A record ends before it grows beyond this (uncompressed); one entry has at most 65,535 bytes."""

_REPORTS = ("count/", "turnout/")


class RecordUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """A record on the topic is not of the form described here."""


class UnitUnregistered(LookupError):  # noqa: N818
    """A report of a unit that the log has not registered before it."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One public entry: the event's bytes as recorded, its position, its topic."""

    event: msgspec.Raw
    position: int
    topic: str

    def decoded(self) -> Event:
        """The event."""
        return decode(self.topic, bytes(self.event))


class Record(NamedTuple):
    """One record: lines of entries, or a mark.

    Attributes:
        key: Prefecture code, `00`, or `mark`.
        first: Position of its first entry.
        last: Position of its last entry; of a mark: complete up to here.
        entries: How many; 0 for a mark.
        value: The lines.
    """

    key: str
    first: int
    last: int
    entries: int
    value: bytes

    def headers(self, log: LogName) -> list[tuple[str, bytes]]:
        """The record's headers, which a reader can use without opening it."""
        numbers = (("first", self.first), ("last", self.last), ("count", self.entries))
        return [
            *((name, str(number).encode()) for name, number in numbers),
            ("election", log.election.encode()),
            ("environment", log.environment.encode()),
        ]


class Origin(NamedTuple):
    """What the headers of a record say."""

    first: int
    last: int
    entries: int
    log: LogName

    @classmethod
    def of(cls, headers: Sequence[tuple[str, bytes | None]]) -> Self:
        """Read the headers.

        Raises:
            RecordUnreadable: One is missing, or is not a number where it has to be.
        """
        found = {name: value.decode() for name, value in headers if value is not None}
        try:
            log = LogName(found["election"], cast("Environment", found["environment"]))
            return cls(int(found["first"]), int(found["last"]), int(found["count"]), log)
        except (KeyError, ValueError) as error:
            raise RecordUnreadable(f"a record without proper headers: {error}") from error

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark."""
        return self.entries == 0


def mark(position: int) -> Record:
    """A mark: everything up to this position stands before it."""
    return Record(MARK_KEY, position, position, 0, b"")


def partition_of(key: str, partitions: int) -> int:
    """The partition of a prefecture: its code modulo the partitions; national entries are in 0.

    Written down, so that a reader in any language finds a prefecture without a hash function.
    """
    return int(key) % partitions


def keys_of(partition: int, partitions: int) -> frozenset[str]:
    """The keys a partition carries."""
    return frozenset(f"{code:02d}" for code in range(partition, 48, partitions))


def entries_of(value: bytes) -> list[Entry]:
    """The entries of a record.

    Raises:
        RecordUnreadable: A line is not an entry.
    """
    try:
        return _ENTRIES.decode_lines(value)
    except msgspec.MsgspecError as error:
        raise RecordUnreadable(f"a record with a line that is no entry: {error}") from error


_ENTRIES = msgspec.json.Decoder(Entry)


class Packing:
    """Packs rows into records, knowing which prefecture each unit lies in."""

    def __init__(self) -> None:
        self._prefectures: dict[str, str] = {}

    def learn(self, rows: Iterable[Row]) -> None:
        """Take the register from rows that are not packed."""
        for row in rows:
            self._register(row)

    def pack(self, rows: Iterable[Row]) -> list[Record]:
        """Records of one batch, in the order of their first positions.

        Raises:
            UnitUnregistered: A report of an unknown unit.
        """
        groups: dict[str, _Group] = {}
        streams: dict[str, _Group] = {}
        for row in rows:
            position, topic, state, stream, _ = row
            if topic == UnitsRegistered.TOPIC:
                self._register(row)
            # A stream has one key, so it is looked up once in a batch.
            group = streams.get(stream)
            if group is None:
                group = streams[stream] = groups.setdefault(self.key_of(row), _Group([], []))
            group.positions.append(position)
            group.lines.append(entry_bytes(position, topic, state))
        records = [record for key, group in groups.items() for record in _records(key, group)]
        return sorted(records, key=lambda record: record.first)

    def key_of(self, row: Row) -> str:
        """The key of a row's record."""
        if not row.stream.startswith(_REPORTS):
            return NATIONAL_KEY
        unit = row.stream.rpartition("/")[2]
        try:
            return self._prefectures[unit]
        except KeyError:
            raise UnitUnregistered(
                f"position {row.position} reports on unit {unit}, which nobody registered"
            ) from None

    def _register(self, row: Row) -> None:
        if row.topic == UnitsRegistered.TOPIC:
            event = cast("UnitsRegistered", decode(row.topic, row.state))
            self._prefectures |= {unit.code: unit.prefecture for unit in event.units}


class _Group(NamedTuple):
    """The entries of one key in one batch."""

    positions: list[int]
    lines: list[bytes]

    def part(self, begin: int, end: int) -> "_Group":
        return _Group(self.positions[begin:end], self.lines[begin:end])

    def record(self, key: str) -> Record:
        positions, lines = self
        return Record(key, positions[0], positions[-1], len(lines), b"\n".join(lines))


def _records(key: str, group: _Group) -> Iterator[Record]:
    lines = group.lines
    if sum(map(len, lines)) + len(lines) <= RECORD_BYTES_MAX:
        yield group.record(key)
        return
    begin = size = 0
    for place, line in enumerate(lines):
        size += len(line) + 1
        if size > RECORD_BYTES_MAX and place > begin:
            yield group.part(begin, place).record(key)
            begin, size = place, len(line) + 1
    yield group.part(begin, len(lines)).record(key)
