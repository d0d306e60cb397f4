"""Playing a night against anything that takes submissions, at a chosen speed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aggregates.commands.election_commands import Submission
from infra.services.rehearsal.rehearsal_night import Moment, RehearsalNight

Submit = Callable[[Submission], object]
Progress = Callable[[int, int, Moment | None], None]
"""Called after each posting with: done, total, and the moment (None: a definition)."""


@dataclass(frozen=True, slots=True)
class Played:
    """How a playing went.

    Attributes:
        definitions: Postings before the night.
        postings: Postings of the night.
        seconds: From the first posting of all to the last.
        late_seconds_max: How far the playing fell behind its timetable at worst.
    """

    definitions: int
    postings: int
    seconds: float
    late_seconds_max: float


def _silent(_done: int, _total: int, _moment: Moment | None) -> None:
    """Nobody watches."""


def play(
    night: RehearsalNight,
    submit: Submit,
    *,
    speed: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress = _silent,
) -> Played:
    """Define the election, then post the night in the order of its timetable.

    No refusal is expected: whatever `submit` raises ends the playing. Played again into the same
    log, every submission has its old id and is answered as before.

    Args:
        night: What to play.
        submit: Takes one submission.
        speed: Seconds of the night in one second; 600 is ten minutes a second; None: as fast as
            `submit` takes them.
        clock: Seconds of a clock that never goes back.
        sleep: Waits so many seconds.
        progress: Called after every posting.

    Raises:
        ValueError: A speed that is not above 0.
    """
    if speed is not None and speed <= 0:
        raise ValueError(f"speed is above 0, not {speed}")
    definitions = tuple(night.definitions())
    total = len(definitions) + len(night)
    begun = clock()
    for done, submission in enumerate(definitions, start=1):
        submit(submission)
        progress(done, total, None)
    pace = _Pace(speed, clock, sleep)
    for done, moment in enumerate(night.timeline(), start=len(definitions) + 1):
        pace.wait_for(moment)
        submit(moment.submission)
        progress(done, total, moment)
    return Played(len(definitions), len(night), clock() - begun, pace.late_seconds_max)


class _Pace:
    """Waits until a moment is due; the first moment is due at once."""

    def __init__(
        self, speed: float | None, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._speed = speed
        self._clock = clock
        self._sleep = sleep
        self._begun: tuple[float, datetime] | None = None
        self.late_seconds_max = 0.0

    def wait_for(self, moment: Moment) -> None:
        if self._speed is None:
            return
        if self._begun is None:
            self._begun = self._clock(), moment.at
        begun, first = self._begun
        wait = begun + (moment.at - first).total_seconds() / self._speed - self._clock()
        if wait > 0:
            self._sleep(wait)
        self.late_seconds_max = max(self.late_seconds_max, -wait)
