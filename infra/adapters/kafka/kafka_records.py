"""What travels on `kaihyo.events`: records of entries, and marks.

One record holds the entries of one prefecture in one batch, one public entry per line, in the
order of positions. Its key is the prefecture's code. What a unit reports (counts, turnouts)
belongs to the prefecture of the unit; everything else - register, ballots, course of the night,
lots, declarations - has the key `00`: anyone who reads one prefecture needs it as well, and it is a
thirtieth of a night.

A mark says that every entry up to a position stands before it in its partition. It has the key
`mark`, no lines, and the count 0.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self, cast

import msgspec

from aggregates.base import Event
from aggregates.election.identifiers import Environment
from infra.adapters.event_log.event_codec import decode
from infra.adapters.postgres.schemas import LogName

NATIONAL_KEY = "00"
MARK_KEY = "mark"
RECORD_BYTES_MAX = 512 * 1024
"""A record ends before it grows beyond this (uncompressed); one entry has at most 65,535 bytes."""


class RecordUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """A record on the topic is not of the form described here."""


class RecordEntry(msgspec.Struct, frozen=True, gc=False):
    """One public entry: the event's bytes as recorded, its position, its topic.

    The bytes are a window into those of the record, which lasts as long as any entry of it.
    """

    event: msgspec.Raw
    position: int
    topic: str

    def decode_event(self) -> Event:
        """The event."""
        return decode(self.topic, self.event)


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


def prefecture_partition(key: str, partitions: int) -> int:
    """The partition of a prefecture: its code modulo the partitions; national entries are in 0.

    Written down, so that a reader in any language finds a prefecture without a hash function.
    """
    return int(key) % partitions


def record_entries(value: bytes) -> list[RecordEntry]:
    """The entries of a record.

    Raises:
        RecordUnreadable: A line is not an entry.
    """
    try:
        return _ENTRIES.decode_lines(value)
    except msgspec.MsgspecError as error:
        raise RecordUnreadable(f"a record with a line that is no entry: {error}") from error


_ENTRIES = msgspec.json.Decoder(RecordEntry)
