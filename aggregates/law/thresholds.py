"""Votes needed to win or to keep the deposit, and the seats of the House blocks: data with dates.

POEA 95(1) has the minimum, 93(1) the deposit, 13(2) the blocks. The law changes; a polling day
picks its own row. The tables begin where somebody checked them, and an earlier polling day is
refused rather than guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeVar

from aggregates.law.refusals import DivisorNotPositive, NoRuleInForce, natural
from aggregates.law.rounding import half_up_div

ContestKind = Literal[
    "house-district",
    "house-block",
    "justices",
    "upper-district",
    "upper-list",
    "governor",
    "mayor",
    "prefectural-assembly",
    "municipal-assembly",
]

Rule = TypeVar("Rule")
Dated = Sequence[tuple[date, Rule]]
"""Rules with the polling day from which each applies, oldest first."""

THOUSANDTHS = 1000
"""One vote is a thousand thousandths."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The fractions of one kind of contest.

    Attributes:
        minimum_divisor: the statutory minimum is valid votes divided by this; None: there is none.
        deposit_divisor: the deposit is lost below valid votes divided by this; None: no such line.
        per_seat: whether the valid votes are first divided by the number of seats (議員定数).
        by_more: whether the seats to be filled divide instead where they are more.
    """

    minimum_divisor: int | None
    deposit_divisor: int | None
    per_seat: bool
    by_more: bool = False


# The election system of the reform of 1994; the figures are those of section 3 of the domain.
_REFORM = date(1994, 12, 25)
_NONE = Thresholds(minimum_divisor=None, deposit_divisor=None, per_seat=False)
_HEADS = Thresholds(minimum_divisor=4, deposit_divisor=10, per_seat=False)
_ASSEMBLIES = Thresholds(minimum_divisor=4, deposit_divisor=10, per_seat=True)

THRESHOLDS: Mapping[ContestKind, Dated[Thresholds]] = {
    # POEA 95(1)(i), 93(1)(i)
    "house-district": ((_REFORM, Thresholds(6, 10, per_seat=False)),),
    # POEA 95(1)(ii), 93(1)(ii)
    "upper-district": ((_REFORM, Thresholds(6, 8, per_seat=True, by_more=True)),),
    # POEA 95(1)(iii), 93(1)(iii)
    "prefectural-assembly": ((_REFORM, _ASSEMBLIES),),
    "municipal-assembly": ((_REFORM, _ASSEMBLIES),),
    # POEA 95(1)(iv), 93(1)(iv)
    "governor": ((_REFORM, _HEADS),),
    "mayor": ((_REFORM, _HEADS),),
    # Lists forfeit by POEA 94, from the seats they win; justices stand for nothing.
    "house-block": ((_REFORM, _NONE),),
    "upper-list": ((_REFORM, _NONE),),
    "justices": ((_REFORM, _NONE),),
}


BLOCKS = (
    "hokkaido",
    "tohoku",
    "kita-kanto",
    "minami-kanto",
    "tokyo",
    "hokuriku-shinetsu",
    "tokai",
    "kinki",
    "chugoku",
    "shikoku",
    "kyushu",
)
"""The blocks in the order of annexed table 2 (別表第二)."""


def _row(*seats: int) -> Mapping[str, int]:
    return MappingProxyType(dict(zip(BLOCKS, seats, strict=True)))


HOUSE_BLOCK_SEATS: Dated[Mapping[str, int]] = (
    # Older than this election, but checked for no earlier one; 180 seats.
    (date(2014, 12, 14), _row(8, 14, 20, 22, 17, 11, 21, 29, 11, 6, 21)),
    # Amendment of 2017 (平成29年法律第58号), the elections of 2017 and 2021; 176 seats.
    (date(2017, 7, 16), _row(8, 13, 19, 22, 17, 11, 21, 28, 11, 6, 20)),
    # Amendment of 2022 (令和4年法律第89号), the elections of 2024 and 2026; 176 seats.
    (date(2022, 12, 28), _row(8, 12, 19, 23, 19, 10, 21, 28, 10, 6, 20)),
)


def in_force(table: Dated[Rule], polling_day: date, what: str) -> Rule:
    """Return the rule of that polling day, or raise NoRuleInForce."""
    rules = [rule for since, rule in table if since <= polling_day]
    if not rules:
        raise NoRuleInForce(what=what, polling_day=polling_day.isoformat())
    return rules[-1]


def thresholds_for(kind: ContestKind, polling_day: date) -> Thresholds:
    """Return the fractions in force for a kind of contest. Raises NoRuleInForce."""
    return in_force(THRESHOLDS[kind], polling_day, kind)


def block_seats(polling_day: date) -> Mapping[str, int]:
    """Return block -> seats for a polling day. Raises NoRuleInForce before 2014-12-14."""
    return in_force(HOUSE_BLOCK_SEATS, polling_day, "house-block-seats")


def dividing_seats(full_seats: int, seats: int, t: Thresholds) -> int:
    """Return the seats that divide the valid votes.

    Args:
        full_seats: 議員定数: of the assembly or its district; for an Upper House district the
            seats of a regular election, half of what annexed table 3 states.
        seats: the seats to be filled at this election.
        t: the fractions in force.
    """
    # POEA 95(1)(ii), proviso in brackets: the seats to be filled, if those are more.
    # POEA 95(1)(iii): 議員定数 alone, also at a by-election, an increase or a re-election.
    return max(full_seats, seats) if t.by_more else full_seats


def valid_votes_as_published(sum_of_candidate_votes: int) -> int:
    """Return the valid votes (有効投票の総数) of a contest as published: whole votes, half up.

    Takes the sum of all candidates' votes over the contest in thousandths. What was cut in the
    division of shared votes comes back this way: 141,302.989 is published as 141,303. All 289
    forfeit points of 2024 follow from it. It is a way to read tables that state no valid votes,
    right only while less than half a vote was cut and no ballot belongs to nobody; the law has
    the sum of the valid ballots (D = A + B + C) of every counting district.
    """
    return half_up_div(natural("votes", sum_of_candidate_votes), THOUSANDTHS)


def statutory_minimum(valid_thousandths: int, seats: int, t: Thresholds) -> Fraction | None:
    """Return the statutory minimum (法定得票数), exact, in thousandths; None if there is none.

    Args:
        valid_thousandths: 有効投票の総数, the sum of D over the counting districts, times 1000.
        seats: from `dividing_seats`.
        t: the fractions in force.

    Raises:
        NegativeFigure: for negative votes.
        DivisorNotPositive: for no seats where the seats divide.
    """
    return _line(valid_thousandths, seats, t.minimum_divisor, per_seat=t.per_seat)  # POEA 95(1)


def deposit_line(valid_thousandths: int, seats: int, t: Thresholds) -> Fraction | None:
    """Return the votes below which the deposit is lost (供託物没収点), as `statutory_minimum` does.

    Exactly this many votes keep the deposit ("達しないとき", POEA 93(1)).
    """
    return _line(valid_thousandths, seats, t.deposit_divisor, per_seat=t.per_seat)  # POEA 93(1)


def minimum_as_printed(valid_thousandths: int, seats: int, t: Thresholds) -> int | None:
    """Return the statutory minimum as printed: cut to whole thousandths."""
    return _cut(statutory_minimum(valid_thousandths, seats, t))


def deposit_line_as_printed(valid_thousandths: int, seats: int, t: Thresholds) -> int | None:
    """Return the deposit line as printed: cut to whole thousandths."""
    return _cut(deposit_line(valid_thousandths, seats, t))


def _line(valid: int, seats: int, divisor: int | None, *, per_seat: bool) -> Fraction | None:
    natural("valid", valid)
    if divisor is None:
        return None
    if not per_seat:
        return Fraction(valid, divisor)
    if seats <= 0:
        raise DivisorNotPositive(divisor=seats)
    return Fraction(valid, seats * divisor)


def _cut(line: Fraction | None) -> int | None:
    return None if line is None else line.numerator // line.denominator
