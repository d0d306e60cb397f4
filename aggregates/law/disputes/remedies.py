"""How an election or a win can be disputed (争訟), within how many days, and by which article.

The days run from the polling, from the 告示 of winners, or from a decision. On which day they end
is not computed: how the first day and holidays count was not verified, and neither the day of a
告示 nor that of a service is on record.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to dispute.

    Attributes:
        about: Whether the election was valid, who won it, or the result of a vote.
        step: 異議の申出, 審査の申立て or 訴訟.
        days: Within how many.
        since: From the polling day, the 告示, or the service or 告示 of the decision before.
        article: In Japanese, as it is cited.
    """

    about: Literal["election", "win", "result"]
    step: Literal["objection", "review", "suit"]
    days: int
    since: Literal["polling", "notice", "decision"]
    article: str


DIET = (
    # POEA 204 and 208: to the high court, without an objection before.
    Remedy("election", "suit", 30, "polling", "公職選挙法第204条"),
    Remedy("win", "suit", 30, "notice", "公職選挙法第208条"),
)
"""Elections of both Houses."""

_OBJECTIONS = (
    # POEA 202(1) and 206(1): to the commission that managed the election.
    Remedy("election", "objection", 14, "polling", "公職選挙法第202条第1項"),
    Remedy("win", "objection", 14, "notice", "公職選挙法第206条第1項"),
)
_REVIEWS = (
    # POEA 202(2) and 206(2): to the commission of the prefecture.
    Remedy("election", "review", 21, "decision", "公職選挙法第202条第2項"),
    Remedy("win", "review", 21, "decision", "公職選挙法第206条第2項"),
)
_SUITS = (
    # POEA 203 and 207: against the decision of the prefecture's commission alone.
    Remedy("election", "suit", 30, "decision", "公職選挙法第203条"),
    Remedy("win", "suit", 30, "decision", "公職選挙法第207条"),
)

PREFECTURAL = (*_OBJECTIONS, *_SUITS)
"""Elections of a governor and of a prefectural assembly."""

MUNICIPAL = (*_OBJECTIONS, *_REVIEWS, *_SUITS)
"""Elections of a mayor and of a municipal assembly."""

JUSTICES = (
    # RJ 36 and 38: to the Tokyo high court.
    Remedy("election", "suit", 30, "notice", "最高裁判所裁判官国民審査法第36条"),
    Remedy("result", "suit", 30, "notice", "最高裁判所裁判官国民審査法第38条"),
)
"""The review of justices."""

REFERENDUM = (
    # RF 127: to the Tokyo high court.
    Remedy("result", "suit", 30, "notice", "日本国憲法の改正手続に関する法律第127条"),
)
"""A national referendum."""
