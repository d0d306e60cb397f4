"""Whether the clock of this machine may put a time on an entry.

The time of a log never goes back, so one entry from a clock that ran ahead by a year would give
every later entry the time of next year, in silence. Where the clock contradicts the log, or has
jumped while this process ran, nothing is recorded until it is right, or an operator has confirmed
the time of the last entry.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from infra.adapters.event_log.log_errors import ClockRefused
from infra.runtime.clock import Clock, SystemClock

BEHIND_MAX: Final = timedelta(minutes=2)
"""So far the clock may be behind the last entry, which another machine may have written; the entry
then repeats its time."""
SILENCE_MAX: Final = timedelta(days=60)
"""So far it may be ahead of it: the longest silence of a log that nobody has to confirm."""
JUMP_MAX: Final = timedelta(minutes=10)
"""So far it may have moved against the time that passed since this process began."""
_DAY: Final = timedelta(days=1)


def boot_seconds() -> float:
    """Seconds that no clock setting changes, sleep of the machine included."""
    kind = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(kind)


class ClockGuard:
    """Looks at the clock before each group of postings.

    Args:
        clock: The clock; that of this machine unless given.
        confirmed: Time of an entry that an operator has confirmed: while it is the time of the last
            entry, the clock is believed.
        steady_seconds: Seconds since some moment; jumps are looked for where it is given, and of
            the machine's own clock.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        confirmed: datetime | None = None,
        steady_seconds: Callable[[], float] | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self._confirmed = confirmed
        self._steady = steady_seconds
        if steady_seconds is None and isinstance(self.clock, SystemClock):
            self._steady = boot_seconds
        self._began_at = self.clock.now()
        self._began_seconds = 0.0 if self._steady is None else self._steady()

    def fault(self, last: datetime | None) -> str:
        """Why the clock is not believed; empty while it is.

        Args:
            last: Time of the last entry; None for an empty log.
        """
        if last is not None and self._is_confirmed(last):
            return ""
        now = self.clock.now()
        jump = self._jump(now)
        if abs(jump) > JUMP_MAX:
            return (
                f"the clock has moved by {_sentence(jump)} while this process ran; {_remedy(last)}"
            )
        if last is None:
            return ""
        if last - now > BEHIND_MAX:
            return f"the clock is {_sentence(last - now)} behind the last entry; {_remedy(last)}"
        if now - last > SILENCE_MAX:
            return f"the clock is {_sentence(now - last)} ahead of the last entry; {_remedy(last)}"
        return ""

    def require_plausible(self, last: datetime | None) -> None:
        """Refuse to record anything while the clock is not believed.

        Raises:
            ClockRefused: Says why, and what to do.
        """
        if fault := self.fault(last):
            raise ClockRefused(fault)

    def _is_confirmed(self, last: datetime) -> bool:
        return self._confirmed is not None and abs(self._confirmed - last) < timedelta(seconds=1)

    def _jump(self, now: datetime) -> timedelta:
        if self._steady is None:
            return timedelta()
        passed = timedelta(seconds=self._steady() - self._began_seconds)
        return now - self._began_at - passed


def _sentence(span: timedelta) -> str:
    if abs(span) >= _DAY:
        return f"{span / _DAY:.1f} days"
    return f"{span.total_seconds():.0f} s"


def _remedy(last: datetime | None) -> str:
    if last is None:
        return "set it right, and start this process again"
    return (
        "set it right (NTP), or, if it is right, start again with"
        f" KAIHYO_CLOCK_CONFIRMED={last.isoformat(timespec='seconds')}"
    )
