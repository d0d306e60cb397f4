"""How figures and moments are written on pages."""

from datetime import datetime, timedelta, timezone

from aggregates.identity import VOTE
from projections.shapes import Votes

JST = timezone(timedelta(hours=9), "JST")
_WEEKDAYS = "月火水木金土日"


def votes(value: Votes | int) -> str:
    """Votes as people write them: `12,345`, or `12,345.678` where there are decimals."""
    thousandths = value if isinstance(value, int) else value.thousandths
    whole, rest = divmod(abs(thousandths), VOTE)
    sign = "−" if thousandths < 0 else ""
    return f"{sign}{whole:,}.{rest:03d}" if rest else f"{sign}{whole:,}"


def number(value: int) -> str:
    """A whole number with separators and a true minus sign."""
    return f"{value:,}".replace("-", "−")


def percent(value: float | None) -> str:
    """A percentage with two decimals; a dash where nothing is known."""
    return "—" if value is None else f"{value:.2f}%"


def jst(moment: datetime | None) -> str:
    """Date and time of day in Japan."""
    if moment is None:
        return "—"
    return moment.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S")


def clock(moment: datetime | None) -> str:
    """Time of day in Japan."""
    return "—" if moment is None else moment.astimezone(JST).strftime("%H:%M")


def thousandth_percent(value: int | None) -> str:
    """A ratio kept in thousandths of a percent, such as 惜敗率."""
    return "—" if value is None else f"{value // 1000}.{value % 1000:03d}%"


FILTERS = {
    "votes": votes,
    "number": number,
    "percent": percent,
    "jst": jst,
    "clock": clock,
    "thousandth_percent": thousandth_percent,
}
