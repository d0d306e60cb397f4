"""The fixed days of by-elections and re-elections to the Diet (POEA 33-2)."""

from datetime import date, timedelta

_SUNDAY = 6
_FOURTH = 3
"""Weeks from the first Sunday of a month to the fourth."""
_APRIL, _OCTOBER = 4, 10
_SPRING, _AUTUMN = (3, 16), (9, 16)
"""First days of the periods of causes: 16 March to 15 September, and the rest of the year."""


def fourth_sunday(year: int, month: int) -> date:
    """Return the fourth Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(_SUNDAY - first.weekday()) % 7, weeks=_FOURTH)


def joint_by_election_day(cause: date) -> date:
    """Return the day on which what happened on a day is voted on (統一対象再選挙・補欠選挙).

    Causes from 16 September to 15 March: the fourth Sunday of April; from 16 March to 15
    September: of October (POEA 33-2(2)). An election that nobody won, or that was invalid, is
    repeated within 40 days instead (33-2(1)); with a regular Upper House election (33-2(3) to
    (5)), in the last six months of a term (33-2(6)) and while a suit is possible or pending
    (33-2(7)) it is otherwise, which nothing here decides.

    Args:
        cause: the day on which the seat was vacated.
    """
    if _SPRING <= (cause.month, cause.day) < _AUTUMN:
        return fourth_sunday(cause.year, _OCTOBER)
    after = cause.year + (1 if (cause.month, cause.day) >= _AUTUMN else 0)
    return fourth_sunday(after, _APRIL)
