"""What a recorded decision must be by the plain arithmetic of the law, apart from the program's.

Winners of contests of persons by their votes on the sheets that stand, seats of lists by quotients.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

Votes = Mapping[str, int]

DIVISORS = {"mayor": 4, "municipal-assembly": 4, "house-district": 6, "upper-district": 6}
"""The denominators of POEA 95(1)."""


def require_elected(
    elected: Iterable[str],
    votes: Votes,
    *,
    kind: str,
    seats: int,
    full_seats: int,
    valid: int,
    lots: Iterable[tuple[str, ...]],
) -> None:
    """Fail unless these win: the most votes from the minimum on, equals by a lot.

    Args:
        elected: Who was declared.
        votes: Of those who stand, in thousandths.
        kind: Kind of contest.
        seats: To be filled.
        full_seats: What divides the valid ballots.
        valid: D of all sheets, ballots.
        lots: Orders drawn so far.
    """
    won = set(elected)
    minimum = Fraction(valid * 1000, full_seats * DIVISORS[kind])
    able = {each for each, own in votes.items() if own > 0 and own >= minimum}
    assert won <= able, f"{won - able} below the minimum {minimum}"
    assert len(won) == min(seats, len(able)), f"{len(won)} of {seats} seats, {len(able)} able"
    _require_ahead(won, able - won, votes, lots)


def require_long_terms(
    long_terms: Iterable[str],
    elected: Iterable[str],
    votes: Votes,
    *,
    long_seats: int,
    lots: Iterable[tuple[str, ...]],
) -> None:
    """Fail unless the winners with the most votes have the long terms, equals by a lot (POEA 115).

    Args:
        long_terms: Who was declared to have them.
        elected: The winners.
        votes: Of those who stand, in thousandths.
        long_seats: How many there are; 0 where all have one term.
        lots: Orders drawn so far.
    """
    won, long = {*elected}, {*long_terms}
    assert long <= won, f"{long - won} won nothing"
    assert len(long) == min(long_seats, len(won)), f"{len(long)} of {long_seats} long terms"
    _require_ahead(long, won - long, votes, lots)


def require_adopted(
    adopted: Iterable[str], votes: Votes, ballots: int, *, by_most: bool, quorum: Fraction | None
) -> None:
    """Fail unless a poll adopted what its rule says: over half, or the most; equals nothing.

    Args:
        adopted: What was declared.
        votes: Per answer, in thousandths.
        ballots: F of all sheets, or the voters of closed boxes.
        by_most: Whether the most votes are enough.
        quorum: Ballots that are needed; None where a poll needs none.
    """
    most = max(votes.values(), default=0)
    best = [each for each, own in votes.items() if own == most and own]
    is_enough = by_most or 2 * most > sum(votes.values())
    decides = len(best) == 1 and is_enough and (quorum is None or ballots >= quorum)
    assert [*adopted] == (best if decides else []), f"{adopted} by {votes}"


def require_list_seats(won: Mapping[str, int], votes: Votes, able: Mapping[str, int]) -> None:
    """Fail unless no list has a larger quotient without a seat than another one with a seat.

    Args:
        won: Seats per list.
        votes: Per list, in thousandths.
        able: Members per list who can be elected.
    """
    for one, own in won.items():
        assert own <= able[one], f"{one} has more seats than members"
        for other, others in won.items():
            if own and others < able[other]:
                least, next_ = Fraction(votes[one], own), Fraction(votes[other], others + 1)
                assert least >= next_, f"{other} before {one}"


def _require_ahead(
    first: set[str], others: set[str], votes: Votes, lots: Iterable[tuple[str, ...]]
) -> None:
    """Fail unless each of the first has more votes than each other one, or was drawn before."""
    for other in others:
        for each in first:
            if votes[other] == votes[each]:
                assert _is_drawn_before(each, other, lots), f"{each} and {other} are equal"
            else:
                assert votes[other] < votes[each], f"{other} has more than {each}"


def _is_drawn_before(winner: str, loser: str, lots: Iterable[tuple[str, ...]]) -> bool:
    return any(
        {winner, loser} <= set(order) and order.index(winner) < order.index(loser) for order in lots
    )
