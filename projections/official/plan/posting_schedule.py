"""When things would have been posted: the polls close at 20:00, counts end all night.

The publication has no times. These are inside the range of real nights, small units first: the
first final reports before midnight, the last in the morning.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aggregates.reference.japan_time import JAPAN_TIME

_TURNOUT = timedelta(hours=21)
_FIRST_FINAL = timedelta(hours=23, minutes=20)
_LAST_FINAL = timedelta(hours=30)
_STEP = timedelta(minutes=1)


def _at(polling_day: date, after_midnight: timedelta) -> datetime:
    return datetime.combine(polling_day, datetime.min.time(), JAPAN_TIME) + after_midnight


def turnout_time(polling_day: date) -> datetime:
    """When the final turnout is known."""
    return _at(polling_day, _TURNOUT)


def final_times(polling_day: date, sizes: Sequence[int]) -> list[datetime]:
    """When each count is final, to the minute: the larger, the later; equals in their order."""
    minutes = (_LAST_FINAL - _FIRST_FINAL) // _STEP
    by_size = sorted(range(len(sizes)), key=lambda index: sizes[index])
    times = [_at(polling_day, _FIRST_FINAL)] * len(sizes)
    for place, index in enumerate(by_size):
        times[index] = _at(polling_day, _FIRST_FINAL + _STEP * (minutes * place // len(sizes)))
    return times
