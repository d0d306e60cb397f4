"""The past: the night as it stood at any position, read again from the log.

Copies are kept at regular positions as they are passed, so a question costs the events since the
copy before it, wherever in the night it asks.
"""

import threading
from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol, TypeVar

from infra.log.codec import decode
from infra.log.reader import Row
from infra.rebuild import no_collection
from projections.night import Night
from projections.snapshots import copied

TAnswer = TypeVar("TAnswer")

STEP = 8192
"""Events between two copies: at most this many are folded for a question, in about 50 ms."""

_PAGE_ROWS = 4096


class PositionUnknown(LookupError):  # noqa: N818 - it says what is the case
    """The log does not reach so far."""


class Entries(Protocol):
    """Where recorded rows come from."""

    def read(self, after: int = 0, limit: int = ...) -> list[Row]:
        """Rows following a position, in order."""


class Past:
    """Answers questions about earlier positions, one at a time."""

    def __init__(self, entries: Entries, *, step: int = STEP) -> None:
        self._entries = entries
        self._step = step
        self._lock = threading.Lock()
        self._night = Night()
        self._copies: dict[int, Night] = {}

    def at(self, position: int, question: Callable[[Night], TAnswer]) -> TAnswer:
        """Ask the night as it stood at a position.

        Raises:
            PositionUnknown: The log does not reach so far.
        """
        with self._lock:
            with no_collection():
                self._go_to(position)
            return question(self._night)

    def _go_to(self, position: int) -> None:
        known = sorted(self._copies)
        nearest = bisect_right(known, position)
        start = known[nearest - 1] if nearest else 0
        if not start <= self._night.position <= position:
            self._night = copied(self._copies[start]) if start else Night()
        while self._night.position < position:
            self._read_on(position)

    def _read_on(self, position: int) -> None:
        here = self._night.position
        stop = min(position, here + self._step - here % self._step)
        rows = self._entries.read(here, min(_PAGE_ROWS, stop - here))
        if not rows:
            raise PositionUnknown(f"position {position} is not in the log")
        for row in rows:
            self._night.apply(decode(row.topic, row.state), row.position)
        if self._night.position % self._step == 0:
            self._copies.setdefault(self._night.position, copied(self._night))
