"""Seats that nobody took: does another election follow for them alone (POEA 109, 110(1), 113(1))?

For House and Upper House districts and for heads always. Assemblies and lists have a number:
below it the seats stay empty, until others are added or another election is held in the area.
Which number it is, the rule package says.
"""

from dataclasses import dataclass
from fractions import Fraction

from aggregates.law.refusals import natural


@dataclass(frozen=True, slots=True)
class ReElection:
    """How many missing seats call for another election; with neither number none does.

    Attributes:
        at_least: so many, or all seats there are where there are fewer.
        more_than: they have to exceed this share of 議員定数.
    """

    at_least: int | None = None
    more_than: Fraction | None = None


def re_election_follows(rule: ReElection, missing: int, full_seats: int) -> bool:
    """Whether so many missing seats alone call for another election.

    Args:
        rule: of the kind of contest.
        missing: seats that nobody took.
        full_seats: 議員定数 of the district or the body; of the Upper House list the seats of a
            regular election.

    Raises:
        NegativeFigure: for negative seats.
    """
    natural("full_seats", full_seats)
    if not natural("missing", missing):
        return False
    if rule.at_least is not None:
        # POEA 113(1)(v): two in one district, one where it has one seat.
        return missing >= min(rule.at_least, full_seats)
    # POEA 110(1), 113(1): more than a sixth of an assembly's seats, more than a quarter of lists'.
    return rule.more_than is not None and missing > full_seats * rule.more_than
