"""Seats of lists by D'Hondt, exactly (POEA 95-2(1) for the House, 95-3 for the Upper House).

A list's divisors end at the number of its members who can still be elected. Leaving that out gives
wrong seats in 9 of the 55 blocks of 2014 to 2026.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from aggregates.law.lots import NO_LOTS, Lots, resolve
from aggregates.law.refusals import VotesForNoList, natural
from aggregates.law.rounding import half_up_div


@dataclass(frozen=True, slots=True)
class Award:
    """One seat: the `rank`-th largest quotient is the party's votes divided by `divisor`."""

    rank: int
    party: str
    divisor: int


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Seats per party (all parties, by id), the quotients that won them, and seats nobody takes."""

    seats: Mapping[str, int]
    awards: tuple[Award, ...]
    vacant: int


def apportion(
    votes: Mapping[str, int], seats: int, eligible: Mapping[str, int], lots: Lots = NO_LOTS
) -> Apportionment:
    """Give the seats to the largest quotients.

    Args:
        votes: party -> votes in thousandths. A party without votes gets nothing.
        seats: the seats of the block, or of the nation.
        eligible: party -> members who can be elected; a party missing in `votes` has none.
        lots: what was drawn so far.

    Raises:
        DrawLots: if equal quotients contend for fewer seats than they are (POEA 95-2(2)). One party
            cannot be equal to itself, so the lot is between parties. Equals that all win need no
            lot and are ranked by id.
        VotesForNoList: if a party has votes but no entry in `eligible`.
        NegativeFigure: for negative votes, seats or members.
    """
    natural("seats", seats)
    _check(votes, eligible)
    awards: list[Award] = []
    won: Counter[str] = Counter()
    while len(awards) < seats:
        # POEA 95-2(1): the divisors are the integers from 1 to the number of members.
        quotients = {
            party: Fraction(own, won[party] + 1)
            for party, own in votes.items()
            if own > 0 and won[party] < eligible[party]
        }
        if not quotients:
            break
        for party in _largest(quotients, seats - len(awards), lots):
            won[party] += 1
            awards.append(Award(rank=len(awards) + 1, party=party, divisor=won[party]))
    return Apportionment(
        seats={party: won[party] for party in sorted(eligible)},
        awards=tuple(awards),
        vacant=seats - len(awards),
    )


def quotient_as_printed(votes: int, divisor: int) -> int:
    """Return a quotient as the official table prints it: thousandths, half up. Never for order."""
    return half_up_div(natural("votes", votes), divisor)


def _largest(quotients: Mapping[str, Fraction], left: int, lots: Lots) -> tuple[str, ...]:
    largest = max(quotients.values())
    equals = tuple(sorted(party for party, own in quotients.items() if own == largest))
    if len(equals) <= left:
        return equals
    return resolve(equals, left, lots)[:left]  # POEA 95-2(2)


def _check(votes: Mapping[str, int], eligible: Mapping[str, int]) -> None:
    for party, own in sorted(votes.items()):
        natural("votes", own)
        if party not in eligible:
            raise VotesForNoList(party=party)
    for members in eligible.values():
        natural("eligible", members)
