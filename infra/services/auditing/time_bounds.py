"""What bounds the time of an entry, beside the entries around it.

A witness signs its own time with a checkpoint, so every entry below that checkpoint was recorded
before it. Nothing says as strictly that an entry is not older than it claims: a sequencer may have
been late. How late the cosignatures were is reported instead.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

TOLERANCE: Final = timedelta(minutes=2)
"""So far the clocks of a log, its witnesses and who verifies may differ."""


class CosignedSize(NamedTuple):
    """One cosignature of a checkpoint.

    Attributes:
        size: Entries that it covers.
        at: The time that the witness states.
        witness: Its name.
    """

    size: int
    at: datetime
    witness: str


class TimeBounds:
    """The latest time that each entry of a log may state.

    Args:
        now: The clock of who verifies: nothing was recorded after it.
        cosigned: Cosignatures of known witnesses.
    """

    def __init__(self, now: datetime, cosigned: Iterable[CosignedSize] = ()) -> None:
        self._now = now
        self._bounds: list[CosignedSize] = []
        for each in sorted(cosigned, key=lambda found: (found.size, found.at), reverse=True):
            # Only what is earlier than all that cover as much tells something new.
            if not self._bounds or each.at < self._bounds[-1].at:
                self._bounds.append(each)
        self._bounds.reverse()
        self._sizes = [each.size for each in self._bounds]

    @property
    def covered(self) -> int:
        """Entries whose time a witness bounds, from the first."""
        return self._sizes[-1] if self._sizes else 0

    def latest(self, position: int) -> tuple[datetime, str]:
        """The latest time that an entry may state, and who says so."""
        number = bisect_left(self._sizes, position)
        if number < len(self._bounds):
            bound = self._bounds[number]
            return bound.at + TOLERANCE, f"cosigned by {bound.witness} at {bound.size} entries"
        return self._now + TOLERANCE, "the clock of who verifies"

    def lag_seconds(self, times: Sequence[datetime]) -> float | None:
        """How long the entry that waited longest for a cosignature waited; None without any.

        Args:
            times: What the entries state, from the first.
        """
        lags = [
            (each.at - times[first]).total_seconds()
            for first, each in zip([0, *self._sizes], self._bounds, strict=False)
            if first < min(each.size, len(times))
        ]
        return max(lags, default=None)
