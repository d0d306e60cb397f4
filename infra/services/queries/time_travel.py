"""The past: the state of the election at any position, read again from the log.

Copies are kept at regular positions, made ahead of the questions, so a question costs the events
since the copy before it, wherever in the log it asks and whether it is the first or not.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol, TypeVar

from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_reader import LogRow
from infra.runtime.gc_tuning import no_collection
from projections.election_projection import ElectionProjection
from projections.snapshots import copy_projection

TAnswer = TypeVar("TAnswer")

STEP = 8192
"""Events between two copies: at most this many are folded for a question, in about 50 ms."""

_PAGE_ROWS = 4096


class PositionUnknown(LookupError):  # noqa: N818 - it says what is the case
    """The log does not reach so far."""


class Entries(Protocol):
    """Where recorded rows come from."""

    def read(self, after: int = 0, limit: int = ...) -> list[LogRow]:
        """Rows following a position, in order."""


class TimeTravel:
    """Answers questions about earlier positions, one at a time.

    Args:
        entries: Where recorded rows come from.
        step: Events between two copies.
    """

    def __init__(self, entries: Entries, *, step: int = STEP) -> None:
        self._entries = entries
        self._step = step
        self._lock = threading.Lock()
        self._state = ElectionProjection()
        self._ahead = ElectionProjection()
        self._positions: list[int] = []
        self._copies: list[ElectionProjection] = []

    @property
    def prepared(self) -> int:
        """Position of the last copy; 0 before the first."""
        return self._positions[-1] if self._positions else 0

    def at(self, position: int, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the state as it was at a position.

        Raises:
            PositionUnknown: The log does not reach so far.
        """
        with self._lock:
            with no_collection():
                self._go_to(position)
            return question(self._state)

    def prepare(self, position: int, rows_max: int = _PAGE_ROWS) -> bool:
        """Read on towards the next copy at or before a position; False when none is due.

        It takes one page at a time and hinders no question, so it can go on beside them; one
        thread may do it.
        """
        here = self._ahead.position
        due = here - here % self._step + self._step
        if due > position:
            return False
        with no_collection():
            self._read(self._ahead, min(rows_max, due - here))
            if self._ahead.position == due:
                copy = copy_projection(self._ahead)
                # The copy first: a reader who finds the position finds it as well.
                self._copies.append(copy)
                self._positions.append(due)
        return True

    def _go_to(self, position: int) -> None:
        nearest = bisect_right(self._positions, position)
        start = self._positions[nearest - 1] if nearest else 0
        if not start <= self._state.position <= position:
            self._state = (
                copy_projection(self._copies[nearest - 1]) if nearest else ElectionProjection()
            )
        while self._state.position < position:
            self._read(self._state, min(_PAGE_ROWS, position - self._state.position))

    def _read(self, state: ElectionProjection, limit: int) -> None:
        rows = self._entries.read(state.position, limit)
        if not rows:
            raise PositionUnknown(f"position {state.position + 1} is not in the log")
        for row in rows:
            state.apply(decode(row.topic, row.state), row.position)
