"""Entries as they were recorded, in a file beside the process, decoded when they are asked for.

The file is the process's own and has no name. A million signed entries are more than a gigabyte:
in memory they would be most of what a server needs, and hardly any is ever looked at again. What
was not written here (a server that began from a snapshot, a full disk) is read from the log.
"""

import contextlib
import os
import tempfile
import threading
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

from typing_extensions import override

from aggregates.base import Event
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_reader import LogRow
from projections.state.event_history import EventSource

_DECODED_MAX = 16_384
"""Events kept decoded, twice: those of a page that is asked for again and again."""


class Entries(Protocol):
    """Where recorded rows come from."""

    def read(self, after: int = 0, limit: int = ...) -> list[LogRow]:
        """Rows following a position, in order."""


class EntryStore(EventSource):
    """Events of one log by position, for any thread.

    Args:
        log: Where rows are read that are not in the file.
        folder: Where the file is; None, or one that cannot be written: where temporary files are.
    """

    def __init__(self, log: Entries, folder: Path | None = None) -> None:
        self._log = log
        self._lock = threading.Lock()
        self._file = _open_file(folder)
        self._end = 0
        self._ends: array[int] = array("Q")
        self._lengths: array[int] = array("I")
        self._topics: array[int] = array("H")
        self._topic_names: list[str] = []
        self._topic_numbers: dict[str, int] = {}
        self._recent: dict[int, Event] = {}
        self._older: dict[int, Event] = {}

    def take(self, rows: Sequence[LogRow]) -> None:
        """Write rows down, in the order of positions; those that are here already are left out."""
        with self._lock:
            new = [row for row in rows if not self._holds(row.position)]
            if not new or self._file is None:
                return
            try:
                _write_all(self._file, b"".join(row.state for row in new), self._end)
            except OSError:  # no room: the log has them, and those before stay readable
                self._file = None
                self._ends, self._lengths, self._topics = array("Q"), array("I"), array("H")
                return
            for row in new:
                self._note(row)

    @override
    def events(self, positions: Sequence[int]) -> list[Event]:
        return [self._find(position) or self._load(position) for position in positions]

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None
            self._ends = array("Q")

    def _find(self, position: int) -> Event | None:
        return self._recent.get(position) or self._older.get(position)

    def _load(self, position: int) -> Event:
        topic, state = self._read(position) or self._read_log(position)
        event = decode(topic, state)
        if len(self._recent) >= _DECODED_MAX:
            self._older, self._recent = self._recent, {}
        self._recent[position] = event
        return event

    def _read(self, position: int) -> tuple[str, bytes] | None:
        with self._lock:
            if self._file is None or not self._holds(position):
                return None
            length = self._lengths[position - 1]
            start = self._ends[position - 1] - length
            topic = self._topic_names[self._topics[position - 1]]
            return topic, os.pread(self._file.fileno(), length, start)

    def _read_log(self, position: int) -> tuple[str, bytes]:
        rows = self._log.read(position - 1, 1)
        if not rows or rows[0].position != position:
            raise LookupError(f"position {position} is not in the log")
        return rows[0].topic, rows[0].state

    def _holds(self, position: int) -> bool:
        return position <= len(self._ends) and self._ends[position - 1] > 0

    def _note(self, row: LogRow) -> None:
        missing = row.position - len(self._ends)
        if missing > 0:
            self._ends.frombytes(bytes(self._ends.itemsize * missing))
            self._lengths.frombytes(bytes(self._lengths.itemsize * missing))
            self._topics.frombytes(bytes(self._topics.itemsize * missing))
        self._end += len(row.state)
        place = row.position - 1
        self._ends[place] = self._end
        self._lengths[place] = len(row.state)
        self._topics[place] = self._topic_number(row.topic)

    def _topic_number(self, topic: str) -> int:
        if topic not in self._topic_numbers:
            self._topic_numbers[topic] = len(self._topic_names)
            self._topic_names.append(topic)
        return self._topic_numbers[topic]


def _open_file(folder: Path | None) -> IO[bytes] | None:
    """A file without a name; None where a process may write nowhere."""
    for place in (folder, None):
        with contextlib.suppress(OSError):
            if place is not None:
                place.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(prefix="kaihyo-entries-", buffering=0, dir=place)
    return None


def _write_all(file: IO[bytes], data: bytes, place: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(file.fileno(), view, place)
        view, place = view[written:], place + written
