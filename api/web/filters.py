"""How figures and moments are written on pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from jinja2 import pass_context
from jinja2.runtime import Context

from aggregates.election.identifiers import VOTE, contest_kind
from aggregates.reference.japan_time import JAPAN_TIME, time_of_day
from api.web.translations import Language
from projections.documents.corrections_document import Change
from projections.documents.models import Votes, thousandths
from projections.documents.overview import Tier
from projections.documents.whole_election.seats_document import SeatsDocument

_PERCENT_SIGNS: dict[Language, str] = {"ja": "％", "en": "%"}
"""Full width among Japanese letters."""

_WEEKDAYS = "月火水木金土日"


UNKNOWN = "—"
"""What is not known or not reported."""


def votes(value: Votes | int | None) -> str:
    """Votes as people write them: `12,345`, or `12,345.678` where there are decimals."""
    if value is None:
        return UNKNOWN
    thousandths = value if isinstance(value, int) else value.thousandths
    whole, rest = divmod(abs(thousandths), VOTE)
    sign = "−" if thousandths < 0 else ""
    return f"{sign}{whole:,}.{rest:03d}" if rest else f"{sign}{whole:,}"


class _Voted(Protocol):
    @property
    def votes(self) -> Votes | None: ...


def has_decimals(rows: Iterable[_Voted]) -> bool:
    """Whether any row has votes that are not whole."""
    return any(thousandths(row.votes) % VOTE for row in rows)


def number(value: int | None) -> str:
    """A whole number with separators and a true minus sign; a dash where nothing is known."""
    if value is None:
        return UNKNOWN
    return f"{value:,}".replace("-", "−")


def points(value: float) -> str:
    """A difference of percentages: with its sign and two decimals, ±0.00 where there is none."""
    if not value:
        return "±0.00"
    return f"{value:+.2f}".replace("-", "−")


def with_sign(value: int | None) -> str:
    """A difference: with its sign, ±0 where there is none, a dash where it is not known."""
    if value is None:
        return UNKNOWN
    return f"+{value:,}" if value > 0 else number(value) if value else "±0"


def figure(value: Votes | int | None) -> str:
    """A figure of a correction: votes as votes, the rest whole."""
    return number(value) if isinstance(value, int) else votes(value)


def difference(change: Change) -> str:
    """By how much a figure was corrected; a dash where one of both is not known."""
    old, new = change.old, change.new
    if isinstance(old, Votes) and isinstance(new, Votes):
        return votes(new.thousandths - old.thousandths)
    if isinstance(old, int) and isinstance(new, int):
        return number(new - old)
    return UNKNOWN


def vacant(seats: SeatsDocument, kind: str = "") -> int:
    """Seats that decisions give to nobody, of one kind of contest or of all."""
    found = (each for each in seats.contests if each.contest.startswith(kind and f"{kind}/"))
    return sum(each.vacant for each in found)


def has_parties(tier: Tier) -> bool:
    """Whether votes by party say something: somebody stands for a party."""
    return any(party.id for party in tier.parties)


def percent(value: float | None, language: Language = "ja") -> str:
    """A percentage with two decimals; a dash where nothing is known."""
    return UNKNOWN if value is None else f"{value:.2f}{_PERCENT_SIGNS[language]}"


def jst(moment: datetime | None) -> str:
    """Date and time of day in Japan."""
    if moment is None:
        return UNKNOWN
    return moment.astimezone(JAPAN_TIME).strftime("%Y-%m-%d %H:%M:%S")


def clock(moment: datetime | None) -> str:
    """Time of day in Japan."""
    return UNKNOWN if moment is None else time_of_day(moment)


def thousandth_percent(value: int | None, language: Language = "ja") -> str:
    """A ratio kept in thousandths of a percent, such as 惜敗率."""
    sign = _PERCENT_SIGNS[language]
    return UNKNOWN if value is None else f"{value // 1000}.{value % 1000:03d}{sign}"


@pass_context
def _percent(context: Context, value: float | None) -> str:
    return percent(value, context["lang"])


@pass_context
def _thousandth_percent(context: Context, value: int | None) -> str:
    return thousandth_percent(value, context["lang"])


FILTERS = {
    "votes": votes,
    "has_decimals": has_decimals,
    "number": number,
    "figure": figure,
    "vacant": vacant,
    "kind": contest_kind,
    "by_party": has_parties,
    "difference": difference,
    "signed": with_sign,
    "points": points,
    "percent": _percent,
    "jst": jst,
    "clock": clock,
    "thousandth_percent": _thousandth_percent,
}
