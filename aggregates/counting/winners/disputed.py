"""What a dispute leaves of figures until there are others: POEA 205(2), (3) and 209-2.

A judgment may find a part of an election invalid: its area votes again, and who is safely ahead
elsewhere keeps the seat meanwhile. Or it finds invalid ballots among the counted ones of which
nobody can say for whom they were: they are taken off everybody in their counting district.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

import msgspec

from aggregates.election.identifiers import VOTE, OptionId, UnitCode
from aggregates.election.tally import Tally
from aggregates.law.disputes.invalid_ballots import certain_winners, take_hidden_invalid_off
from aggregates.law.lots import DrawLots


class HiddenInvalid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ballots found invalid that were counted as valid (潜在無効票, POEA 209-2).

    Attributes:
        unit: The counting district in which they were counted.
        ballots: How many.
    """

    unit: UnitCode
    ballots: Annotated[int, msgspec.Meta(ge=1, le=2**30)]


def is_beyond_votes(hidden: HiddenInvalid, tally: Tally | None) -> bool:
    """Whether more ballots are to be taken off than votes were counted there."""
    return tally is None or hidden.ballots * VOTE > sum(tally.votes.values())


def votes_left(hidden: HiddenInvalid, tally: Tally) -> dict[OptionId, Fraction]:
    """Votes of everybody in the counting district without them, exact, in votes.

    POEA 209-2(1): in proportion to the votes there; the law states no rounding.
    """
    left = take_hidden_invalid_off(tally.votes, hidden.ballots)
    return {option: own / VOTE for option, own in left.items()}


def seat_keepers(
    outside: Mapping[OptionId, int], seats: int, electors: int
) -> tuple[OptionId, ...] | None:
    """Who keeps the seat until an area has voted again (POEA 205(2), (3)).

    None where equals at the last seat leave open who the first loser is: nothing is guessed.

    Args:
        outside: Votes of who stands in the other counting districts, in thousandths.
        seats: Of the contest.
        electors: Of the area.
    """
    try:
        return certain_winners(outside, seats, electors)
    except DrawLots:
        return None
