"""The live read model: the projection kept up with the log, for everyone who reads.

One thread follows the log; readers take documents under the same lock, so a document is always of
one position. Bytes are kept until their version moves on.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

import psycopg

from aggregates.base import Event
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_reader import PAGE_ROWS, LogRow
from infra.runtime.gc_tuning import keep_what_lasts, no_collection
from infra.services.queries.entry_store import EntryStore
from infra.services.queries.merkle_roots import Roots
from infra.services.queries.shutdown_digest import leave_digest
from infra.services.queries.snapshot_keeper import SnapshotKeeper
from infra.services.queries.time_travel import PositionUnknown, TimeTravel
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT, Format
from projections.feeds.public_entry import entry_bytes

TAnswer = TypeVar("TAnswer")

_PAST_ROWS = 512
_KEEP_ROWS = 2000
"""So many new entries, and their objects are kept from the collector."""
_KNOWN_ROOT_SECONDS_MAX = 2.0
"""So long a checkpoint waits for what is read here: a second matters less than a wrong root."""
_PAST_PAUSE_SECONDS = 0.01
"""Copies of the past are made in small pieces: readers of the present come first."""


class Rendered(NamedTuple):
    """The bytes of a document and the position that made them."""

    body: bytes
    version: int


class LiveReadModel:
    """Follows a log and answers with documents.

    Args:
        log: The log to follow.
        snapshots: Where a start begins and what is left for the next; None for none.
    """

    def __init__(self, log: Log, snapshots: SnapshotKeeper | None = None) -> None:
        self._log = log
        self._entries = EntryStore(log.reader, snapshots.folder if snapshots is not None else None)
        self._state = ElectionProjection(self._entries)
        self._roots = Roots()
        self._snapshots = snapshots
        self._past = TimeTravel(log.reader, self._entries)
        self._lock = threading.Lock()
        self._moved = threading.Condition(self._lock)
        self._cache: dict[str, Rendered] = {}
        self._listeners: list[Callable[[int], None]] = []
        self._follower = log.follower()
        self._thread = threading.Thread(target=self._follow, name="live-night", daemon=True)
        self._over = False
        self.failure: Exception | None = None

    def start(self) -> None:
        """Begin with the snapshot, replay what is recorded beyond it, then follow."""
        with self._lock, no_collection(lasting=True):
            self._restore()
            self._replay()
        self._thread.start()

    def stop(self) -> None:
        """Stop following, and leave the snapshot and, which takes longer, the digest."""
        self._follower.stop()
        self._thread.join()
        try:
            if self._state.position and self.failure is None:
                if self._snapshots is not None and self._snapshots.is_due(self._state.position):
                    self._snapshots.write(self._state, self._roots)
                leave_digest(self._log, self._state)
        finally:
            self._entries.close()

    @property
    def position(self) -> int:
        """Position up to which the log is read here."""
        return self._state.position

    @property
    def recorded(self) -> int:
        """Last position of the log, as far as this process can know it."""
        return self._log.reader.last_position()

    def fault(self) -> Exception | None:
        """Why readers should ask another process; None when they need not."""
        return self.failure

    def on_change(self, listener: Callable[[int], None]) -> None:
        """Call the listener with the new position after every batch, from the follower's thread."""
        self._listeners.append(listener)

    def read(self, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the state a question at one position."""
        with self._lock:
            return question(self._state)

    def read_at(self, position: int, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the state as it was at a position.

        Raises:
            PositionUnknown: The log does not reach so far.
        """
        return self._past.at(position, question)

    def read_with_root(self, question: Callable[[ElectionProjection, str], TAnswer]) -> TAnswer:
        """Ask the state a question at one position, with the root of the tree of that size."""
        with self._lock:
            return question(self._state, self._roots.root(self._state.position))

    def root(self, position: int) -> str:
        """Root of the tree of the first `position` entries, in hexadecimal."""
        with self._lock:
            return self._roots.root(position)

    def known_root(self, size: int) -> bytes | None:
        """Root of the tree of the first entries, as they were read here; None if they were not."""
        if not self.wait_for(size, _KNOWN_ROOT_SECONDS_MAX):
            return None
        return bytes.fromhex(self.root(size))

    def version(self, document: str) -> int:
        """The latest version of a document, without waiting; 0 when there is none.

        While a batch is being folded it may run ahead of the bytes; it never lags behind them.
        """
        return self._state.versions.get(document, 0)

    def document(self, key: str) -> Rendered:
        """The latest bytes of a document.

        Raises:
            KeyError: There is no such document.
        """
        with self._lock:
            version = self._state.versions[key]
            kept = self._cache.get(key)
            if kept is None or kept.version != version:
                kept = Rendered(render(self._state, key), version)
                self._cache[key] = kept
            return kept

    def latest(self, document: str, form: Format) -> Rendered:
        """The latest bytes of a document in any format.

        Raises:
            KeyError: There is no such document.
        """
        if form is FORMAT[".json"]:
            return self.document(document)
        with self._lock:
            return Rendered(write(self._state, document, form), self._state.versions[document])

    def as_of(self, document: str, form: Format, position: int) -> Rendered:
        """The bytes of a document as they were at a position.

        Raises:
            KeyError: There was no such document then.
            PositionUnknown: The log does not reach so far.
        """
        if not 0 < position <= self.position:
            raise PositionUnknown(f"position {position} is not in the log")
        latest = self.latest(document, form)
        if latest.version <= position:
            return latest
        return self._past.at(
            position,
            lambda state: Rendered(write(state, document, form), state.versions[document]),
        )

    def position_at(self, moment: datetime) -> tuple[int, bool]:
        """The last position recorded at or before a moment, and whether that can still change."""
        with self._lock:
            times = self._state.times
            position = bisect_right(times, moment)
            return position, position == len(times)

    def wait_for(self, position: int, seconds_max: float = 5.0) -> bool:
        """Wait until a position is known here; False when it takes longer."""
        with self._moved:
            return self._moved.wait_for(lambda: self._state.position >= position, seconds_max)

    def _restore(self) -> None:
        if (
            self._snapshots is not None
            and (restored := self._snapshots.restore(self._entries)) is not None
        ):
            self._state, self._roots = restored
            self._past.pass_by(self._state)

    def _replay(self) -> None:
        """Fold what is recorded already, and copy it on the way: nobody reads it once more."""
        begun = self._state.position
        self._past.expect(self._log.reader.last_position())
        while rows := self._log.reader.read(self._state.position, PAGE_ROWS):
            self._take(rows)
            self._past.pass_by(self._state)
        if not begun:
            self._past.go_on_from(self._state)

    def _take(self, rows: list[LogRow]) -> None:
        self._entries.take(rows)
        self._fold(
            ((row.position, decode(row.topic, row.state)) for row in rows),
            (entry_bytes(row.position, row.topic, row.state) for row in rows),
        )

    def _fold(self, events: Iterable[tuple[int, Event]], entries: Iterable[bytes]) -> None:
        """Take events with their positions, and the same as public entries."""
        self._state.apply_all(events)
        self._roots.extend(entries)

    def _follow(self) -> None:
        preparing = threading.Thread(target=self._prepare_past, name="past", daemon=True)
        preparing.start()
        try:
            self._follow_log()
        finally:
            with self._moved:
                self._over = True
                self._moved.notify_all()
            preparing.join()

    def _prepare_past(self) -> None:
        """Make the copies that time travel starts from, as soon as their positions are passed."""
        while not self._over:
            try:
                busy = self._look_ahead()
            except (psycopg.OperationalError, psycopg.InterfaceError, PositionUnknown):
                busy = False  # questions make their way without; tried again with the next batch
            except Exception as error:
                if self._snapshots is None or not self._snapshots.unproven:
                    raise
                # What differs or cannot be read must not be shown as if it were proven.
                self.failure = error
                return
            if busy:
                self._pause()
                continue
            with self._moved:
                if not self._over:
                    self._moved.wait()

    def _look_ahead(self) -> bool:
        """Read a page for the past, and prove by it what this process began with."""
        keeper = self._snapshots
        if keeper is None:
            return self._past.prepare(self.position, _PAST_ROWS)
        busy = self._past.prepare(
            self.position, _PAST_ROWS, halt=keeper.unproven, seen=self._see_again
        )
        if keeper.unproven:
            keeper.require_state(self._past.ahead, self._pause)
        elif keeper.is_due(self._past.ahead.position):
            keeper.write(self._past.ahead, self._roots, self._pause)
        return busy

    def _pause(self) -> None:
        """Let others work; at the end of the process nobody waits any more."""
        with self._moved:
            self._moved.wait_for(lambda: self._over, _PAST_PAUSE_SECONDS)

    def _see_again(self, rows: list[LogRow]) -> None:
        """What was folded before this process began has not been written down here yet."""
        if self._snapshots is not None and self._snapshots.unproven:
            self._snapshots.require_same(rows, self._roots)
            self._entries.take(rows)

    def _follow_log(self) -> None:
        kept = self._state.position
        try:
            for rows in self._follower.rows(after=self._state.position):
                with self._moved:
                    self._take(rows)
                    self._moved.notify_all()
                for listener in self._listeners:
                    listener(self._state.position)
                if self._state.position >= kept + _KEEP_ROWS:
                    kept = self._state.position
                    keep_what_lasts()
        except Exception as error:  # the health check reports it; a dead follower must be seen
            self.failure = error
            raise
