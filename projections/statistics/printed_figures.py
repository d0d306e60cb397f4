"""Rounding and dates as the report prints them."""

from datetime import date

from aggregates.law.rounding import half_up_div

_HUNDREDTHS_OF_PERCENT = 10_000
_ERAS = (
    (date(2019, 5, 1), "r", 2018),
    (date(1989, 1, 8), "h", 1988),
    (date(1926, 12, 25), "s", 1925),
)
"""First day, letter, and the year before the first of 令和, 平成, 昭和."""


def turnout_rate(part: int, whole: int) -> int:
    """投票率 in hundredths of a percent, to the nearest; of an exact half, to the even one.

    All rates of 2024 are the nearest. The only exact half among them, 81 of 800 or 10.125 %, is
    printed 10.12: halves are not rounded up there. Nobody voted of nobody: 0.
    """
    if whole == 0:
        return 0
    doubled = 2 * part * _HUNDREDTHS_OF_PERCENT + whole
    nearest, rest = divmod(doubled, 2 * whole)
    return nearest - (rest == 0 and nearest % 2)


def share(part: int, whole: int) -> int | None:
    """A share or a change in hundredths of a percent, half up by size; None of nothing."""
    return half_up_div(part * _HUNDREDTHS_OF_PERCENT, whole) if whole else None


def era_date(day: date) -> str:
    """The day as publications name elections: 2024-10-27 is `r06-10-27`.

    Raises:
        ValueError: A day before 1926-12-25.
    """
    for since, letter, before in _ERAS:
        if day >= since:
            return f"{letter}{day.year - before:02d}-{day.month:02d}-{day.day:02d}"
    raise ValueError(f"{day.isoformat()} is before the eras that reports name")


def japanese_date(day: date) -> str:
    """The day as offices write it: 令和6年10月27日, and 令和元年 for the first year.

    Raises:
        ValueError: A day before 1926-12-25.
    """
    era_date(day)
    letter, before = next((letter, before) for since, letter, before in _ERAS if day >= since)
    year = day.year - before
    return f"{_ERA_NAMES[letter]}{'元' if year == 1 else year}年{day.month}月{day.day}日"


_ERA_NAMES = {"r": "令和", "h": "平成", "s": "昭和"}
