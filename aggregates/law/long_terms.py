"""Long and short terms of the Upper House, filled by one election (在任期間, POEA 115).

A by-election or re-election for seats of the other half is held as one with the regular election
(115(1)(i)). Who is elected is decided over all seats together; this module says who of them has
the long term. Where votes or quotients are equal there, people draw: 115 names no lot for terms
where a poll was held, and 95(2), 95-3(2) and (3) have one for every order by votes.
"""

from collections.abc import Collection, Mapping, Sequence

from aggregates.law.lists.apportionment import apportion
from aggregates.law.lots import NO_LOTS, Lots, rank_by_score, resolve


def long_terms_by_votes(
    votes: Mapping[str, int], elected: Collection[str], long_seats: int, lots: Lots = NO_LOTS
) -> tuple[str, ...]:
    """Return who of the winners of a district has the long term, most votes first (POEA 115(6)).

    A lot for the last seat is between winners and losers, so it is never one for the terms, which
    is between winners alone.

    Args:
        votes: candidate -> votes in thousandths.
        elected: the winners, of both terms.
        long_seats: how many seats have the long term; they are filled before the others.
        lots: what was drawn so far.

    Raises:
        DrawLots: equal votes straddle the last long seat.
    """
    won = {each: votes[each] for each in elected}
    return rank_by_score(won, long_seats, lots)[:long_seats]


def long_terms_by_lot(
    elected: Collection[str], long_seats: int, lots: Lots = NO_LOTS
) -> tuple[str, ...]:
    """Return who has the long term where a district has no poll (POEA 115(7), 100(4)).

    Where they are no more than the long seats nothing is left to draw.

    Raises:
        DrawLots: no lot between all of them is on record.
    """
    if len(elected) <= long_seats:
        return tuple(sorted(elected))
    return resolve(elected, long_seats, lots)[:long_seats]


def long_seats_of_lists(
    votes: Mapping[str, int], long_seats: int, eligible: Mapping[str, int], lots: Lots = NO_LOTS
) -> Mapping[str, int]:
    """Return the long seats of each list: D'Hondt again, for these alone (POEA 115(2)).

    Equals who are the same as at the last seat of all follow the same lot: the order drawn is one,
    so that no list has more long seats than seats.

    Raises:
        DrawLots: equal quotients straddle the last long seat.
    """
    return apportion(votes, long_seats, eligible, lots).seats


def long_terms_of_lists(
    orders: Mapping[str, Sequence[str]], long_seats: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the members with the long term: the first of each list (POEA 115(5))."""
    return tuple(
        member for name in sorted(orders) for member in orders[name][: long_seats.get(name, 0)]
    )
