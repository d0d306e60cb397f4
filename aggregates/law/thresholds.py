"""Votes needed to win or to keep the deposit, from the fractions that a rule package states.

POEA 95(1) has the minimum, 93(1) the deposit.
"""

from dataclasses import dataclass
from fractions import Fraction

from aggregates.law.refusals import DivisorNotPositive, natural
from aggregates.law.rounding import half_up_div

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
