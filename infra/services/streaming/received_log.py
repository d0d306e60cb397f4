"""The log as it was received: in memory, read and followed like the one in the database.

So whatever follows a log - the live read model, the stream, the pages - works on a read node
without a change, and cannot differ from the main server.
"""

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NoReturn

import msgspec

from aggregates.base import Event
from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.event_log.log_reader import PAGE_ROWS, LogRow
from infra.adapters.kafka.kafka_records import RecordEntry
from infra.adapters.kafka.reorder import LogForked
from infra.adapters.postgres.schemas import LogName

_POLL_SECONDS = 1.0
_READ_NODE = "this is a read node"


class _Place(msgspec.Struct, frozen=True):
    """Where an event stands in its stream."""

    stream: str
    stream_version: int


_PLACE = msgspec.json.Decoder(_Place)


class ReceivedReader:
    """Entries by position, with the methods of the log's reader."""

    def __init__(self) -> None:
        self._entries: list[RecordEntry] = []
        self.grown = threading.Condition()

    def add(self, entries: Sequence[RecordEntry]) -> None:
        """Take the next entries and wake who follows."""
        with self.grown:
            self._entries.extend(entries)
            self.grown.notify_all()

    def compare(self, entry: RecordEntry) -> None:
        """Hold a repeat against what was received first.

        Raises:
            LogForked: They differ.
        """
        if self._entries[entry.position - 1] != entry:
            raise LogForked(entry.position)

    def read(self, after: int = 0, limit: int = PAGE_ROWS) -> list[LogRow]:
        """Rows following a position, in order."""
        return [_row(entry) for entry in self.entries(after, limit)]

    def entries(self, after: int, limit: int = PAGE_ROWS) -> list[RecordEntry]:
        """Entries following a position, in order, without a look into their events."""
        return self._entries[after : after + limit]

    def rows(self, after: int = 0) -> Iterator[LogRow]:
        """Every row following a position, up to the present end."""
        while page := self.read(after):
            yield from page
            after = page[-1].position

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """Every event following a position with its position, up to the present end."""
        while page := self.entries(after):
            for entry in page:
                yield entry.position, entry.decode_event()
            after += len(page)

    def last_position(self) -> int:
        """The last position received in order."""
        return len(self._entries)

    def row(self, position: int) -> LogRow:
        """The row at a position.

        Raises:
            LookupError: Not received so far.
        """
        if not 0 < position <= len(self._entries):
            raise LookupError(f"position {position} has not been received")
        return _row(self._entries[position - 1])

    def position_at(self, time: datetime) -> int:
        """The last position recorded at or before a moment; 0 before the first."""
        positions = range(1, self.last_position() + 1)
        return bisect_right(positions, time, key=self._time_at)

    def chain(self, office: str) -> NoReturn:
        """Where an office's chain stands is known where postings are decided, not here.

        Raises:
            LogUnavailable: Always.
        """
        raise LogUnavailable(f"{_READ_NODE}; ask the main server for the chain of {office}")

    def copies(self) -> NoReturn:
        """A read node has no database that could have copies.

        Raises:
            LogUnavailable: Always.
        """
        raise LogUnavailable(_READ_NODE)

    def close(self) -> None:
        """Nothing to close."""

    def _time_at(self, position: int) -> datetime:
        return self._entries[position - 1].decode_event().timestamp


class ReceivedFollower:
    """Follows what is received until it is stopped, with the methods of the log's follower."""

    def __init__(self, reader: ReceivedReader) -> None:
        self._reader = reader
        self._stopped = threading.Event()

    def rows(self, after: int = 0, limit: int = PAGE_ROWS) -> Iterator[list[LogRow]]:
        """Yield batches of rows after a position; blocks for new rows until `stop`."""
        while self._wait_beyond(after):
            batch = self._reader.read(after, limit)
            yield batch
            after = batch[-1].position

    def events(self, after: int = 0) -> Iterator[list[tuple[int, Event]]]:
        """Yield events with their positions; blocks for new ones until `stop`."""
        while self._wait_beyond(after):
            batch = list(self._reader.events(after))
            yield batch
            after = batch[-1][0]

    def stop(self) -> None:
        """End at once; may be called from any thread, and more than once."""
        self._stopped.set()
        with self._reader.grown:
            self._reader.grown.notify_all()

    def _wait_beyond(self, position: int) -> bool:
        """Wait for more than this; False when stopped."""
        reader = self._reader
        with reader.grown:
            while reader.last_position() <= position and not self._stopped.is_set():
                reader.grown.wait(_POLL_SECONDS)
        return not self._stopped.is_set()


class ReceivedLog:
    """A log that was received: it can be read and followed, never written.

    Attributes:
        name: Which election and environment; None before the first record.
        reader: Its entries.
    """

    def __init__(self, name: LogName | None = None) -> None:
        self.name = name
        self.reader = ReceivedReader()

    @property
    def writer(self) -> NoReturn:
        """There is none.

        Raises:
            LogUnavailable: Always: this process has no way to the log.
        """
        raise LogUnavailable(f"{_READ_NODE}; post to the main server")

    def write_fault(self, last: datetime | None = None) -> str:  # noqa: ARG002 - as of `Log`
        """Nothing is ever written here."""
        return ""

    def follower(self) -> ReceivedFollower:
        """A new follower."""
        return ReceivedFollower(self.reader)

    def close(self) -> None:
        """Nothing to close."""


def _row(entry: RecordEntry) -> LogRow:
    place = _PLACE.decode(entry.event)
    return LogRow(
        entry.position, entry.topic, bytes(entry.event), place.stream, place.stream_version
    )
