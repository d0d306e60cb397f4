"""What becomes of votes and winners where part of an election was invalid (POEA 205, 209-2)."""

from collections.abc import Mapping
from fractions import Fraction

from aggregates.law.lots import DrawLots
from aggregates.law.refusals import Unlawful, natural


class MoreInvalidThanVotes(Unlawful):
    """More hidden invalid ballots are to be taken off than there are votes."""

    code = "more-invalid-than-votes"


def certain_winners(votes: Mapping[str, int], seats: int, electors: int) -> tuple[str, ...]:
    """Return who keeps the seat until an area has voted again, most votes first (POEA 205(2), (3)).

    The votes of the area are set aside. A winner who is ahead, by votes elsewhere, of the first
    loser and of all between by more in sum than the area has electors, cannot fall behind any more.

    Args:
        votes: candidate -> votes outside the area, in thousandths.
        seats: the seats of the contest.
        electors: electors of the area, whole.

    Raises:
        DrawLots: equals straddle the last seat outside the area: who the first loser is cannot be
            said.
        NegativeFigure: for negative figures.
    """
    ranked = sorted(votes, key=lambda each: (-natural("votes", votes[each]), each))
    winners, losers = ranked[: natural("seats", seats)], ranked[seats:]
    if not losers or not winners:
        return tuple(winners)
    if votes[winners[-1]] == votes[losers[0]]:
        equals = [each for each in ranked if votes[each] == votes[losers[0]]]
        raise DrawLots(equals, sum(each in winners for each in equals))
    area = natural("electors", electors) * 1000
    return tuple(
        winner
        for place, winner in enumerate(winners)
        if sum(votes[winner] - votes[each] for each in (*winners[place + 1 :], losers[0])) > area
    )


def take_hidden_invalid_off(votes: Mapping[str, int], ballots: int) -> dict[str, Fraction]:
    """Return the votes left, exact, in thousandths, once hidden invalid ballots are taken off.

    In a dispute over winners, ballots known to be invalid of which nobody can say for whom they
    were counted are taken off everybody in the counting district in proportion to the votes there
    (POEA 209-2(1)). The law states no rounding, and none is made here.

    Args:
        votes: candidate -> votes in the counting district, in thousandths.
        ballots: how many, whole.

    Raises:
        MoreInvalidThanVotes: for more ballots than votes.
        NegativeFigure: for negative figures.
    """
    whole = sum(natural("votes", own) for own in votes.values())
    off = natural("ballots", ballots) * 1000
    if off > whole:
        raise MoreInvalidThanVotes(ballots=ballots, votes=whole)
    if not off:
        return {each: Fraction(own) for each, own in votes.items()}
    return {each: own - Fraction(own * off, whole) for each, own in votes.items()}
