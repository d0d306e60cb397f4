"""The past: the state of the election at any position, read again from the log.

Copies are kept at regular positions, made ahead of the questions, so a question costs the events
since the copy before it, wherever in the log it asks and whether it is the first or not. There are
so many copies and no more: when a log grows, every other one goes, and those that follow are
further apart.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeVar

from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_reader import LogRow
from infra.runtime.gc_tuning import no_collection
from infra.services.queries.entry_store import Entries, EntryStore
from projections.election_projection import ElectionProjection
from projections.snapshots import copy_projection
from projections.state.event_history import EventSource

TAnswer = TypeVar("TAnswer")

STEP = 8192
"""Events between two copies: at most this many are folded for a question, in about 50 ms."""
COPIES_MAX = 32
"""Of a nation a copy takes about 14 MB."""

_PAGE_ROWS = 4096


class PositionUnknown(LookupError):  # noqa: N818 - it says what is the case
    """The log does not reach so far."""


def _position(kept: tuple[int, ElectionProjection]) -> int:
    return kept[0]


class TimeTravel:
    """Answers questions about earlier positions, one at a time.

    Args:
        entries: Where recorded rows come from.
        source: Where events are found again; None for a store of its own.
        step: Events between two copies, at first.
        copies_max: How many copies are kept.
    """

    def __init__(
        self,
        entries: Entries,
        source: EventSource | None = None,
        *,
        step: int = STEP,
        copies_max: int = COPIES_MAX,
    ) -> None:
        self._entries = entries
        self._own = EntryStore(entries) if source is None else None
        self._source = source or self._own
        self._step = step
        self._copies_max = copies_max
        self._lock = threading.Lock()
        self._state = ElectionProjection(self._source)
        self._ahead = ElectionProjection(self._source)
        self._copies: list[tuple[int, ElectionProjection]] = []

    @property
    def prepared(self) -> int:
        """Position of the last copy; 0 before the first."""
        return self._copies[-1][0] if self._copies else 0

    @property
    def number(self) -> int:
        """How many copies there are."""
        return len(self._copies)

    @property
    def ahead(self) -> ElectionProjection:
        """The state that is read on towards the next copy, for the thread that does it."""
        return self._ahead

    def at(self, position: int, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the state as it was at a position.

        Raises:
            PositionUnknown: The log does not reach so far.
        """
        with self._lock:
            with no_collection():
                self._go_to(position)
            return question(self._state)

    def expect(self, last: int) -> None:
        """Space copies for a log of so many entries, with room for it to grow as long again."""
        while last // self._step > self._copies_max // 2:
            self._step *= 2

    def pass_by(self, state: ElectionProjection) -> None:
        """Copy a state that is folded anyway, if a copy is due by its position."""
        if state.position >= self._due(self.prepared):
            self._keep(copy_projection(state))

    def go_on_from(self, state: ElectionProjection) -> None:
        """Read on from a state that was passed by."""
        self._ahead = copy_projection(state)

    def prepare(
        self,
        position: int,
        rows_max: int = _PAGE_ROWS,
        *,
        halt: int = 0,
        seen: Callable[[list[LogRow]], None] = lambda _: None,
    ) -> bool:
        """Read on towards the next copy at or before a position; False when none is due.

        It takes one page at a time and hinders no question, so it can go on beside them; one
        thread may do it.

        Args:
            position: How far it may be read.
            rows_max: The size of a page.
            halt: A position that no page goes across.
            seen: Called after every page.
        """
        here = self._ahead.position
        due = self._due(here)
        end = min(due, halt) if here < halt else due
        if end > position:
            return False
        with no_collection():
            self._read(self._ahead, min(rows_max, end - here), seen)
            if self._ahead.position == due:
                self._keep(copy_projection(self._ahead))
        return True

    def _due(self, here: int) -> int:
        return here - here % self._step + self._step

    def _keep(self, copy: ElectionProjection) -> None:
        copies = sorted([*self._copies, (copy.position, copy)], key=_position)
        if len(copies) > self._copies_max:
            copies = copies[1::2]
            self._step *= 2
        # At once, for readers look for a position and take the copy that belongs to it.
        self._copies = copies

    def _go_to(self, position: int) -> None:
        copies = self._copies
        nearest = bisect_right(copies, position, key=_position)
        start = copies[nearest - 1][0] if nearest else 0
        if not start <= self._state.position <= position:
            self._state = (
                copy_projection(copies[nearest - 1][1])
                if nearest
                else ElectionProjection(self._source)
            )
        while self._state.position < position:
            self._read(self._state, min(_PAGE_ROWS, position - self._state.position))

    def _read(
        self,
        state: ElectionProjection,
        limit: int,
        seen: Callable[[list[LogRow]], None] = lambda _: None,
    ) -> None:
        rows = self._entries.read(state.position, limit)
        if not rows:
            raise PositionUnknown(f"position {state.position + 1} is not in the log")
        if self._own is not None:
            self._own.take(rows)
        seen(rows)
        for row in rows:
            state.apply(decode(row.topic, row.state), row.position)
