"""What a recorded decision must be by the plain arithmetic of the law, apart from the program's.

Winners of contests of persons by their votes on the sheets that stand, seats of lists by quotients.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

Votes = Mapping[str, int]

DIVISORS = {"mayor": 4, "municipal-assembly": 4, "house-district": 6}
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
    for loser in able - won:
        for winner in won:
            if votes[loser] == votes[winner]:
                assert _is_drawn_before(winner, loser, lots), f"{winner} and {loser} are equal"
            else:
                assert votes[loser] < votes[winner], f"{loser} has more than {winner}"


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


def _is_drawn_before(winner: str, loser: str, lots: Iterable[tuple[str, ...]]) -> bool:
    return any(
        {winner, loser} <= set(order) and order.index(winner) < order.index(loser) for order in lots
    )
