"""Polls with options: which one is adopted, and whether enough took part. Whole votes.

RF 98(2), 126; LAA 78, 83; the special laws on mergers and special wards; ordinances.
"""

from collections.abc import Mapping
from fractions import Fraction

from aggregates.law.refusals import natural


def meets_quorum(ballots: int, electors: int, share: Fraction) -> bool:
    """Whether so many ballots are at least that share of the electors.

    Raises NegativeFigure.
    """
    return natural("ballots", ballots) >= natural("electors", electors) * share


def adopted_over_half(votes: Mapping[str, int]) -> str | None:
    """Return the option with more than half of the valid votes; None where there is none.

    Every valid vote is for one of the options, so that "half of the valid votes" and "half of the
    votes for and against together" (RF 98(2)) are one. Equal votes adopt neither.
    """
    valid = sum(natural("votes", own) for own in votes.values())
    return next((option for option, own in sorted(votes.items()) if own * 2 > valid), None)


def adopted_by_most(votes: Mapping[str, int]) -> str | None:
    """Return the option with the most votes; None where two have them, or nobody voted."""
    most = max((natural("votes", own) for own in votes.values()), default=0)
    first = [option for option, own in votes.items() if own == most]
    return first[0] if most and len(first) == 1 else None
