"""Seats that nobody took: does another election follow for them alone (POEA 109, 110(1), 113(1))?

For House and Upper House districts and for heads always. Assemblies and lists have a number:
below it the seats stay empty, until others are added or another election is held in the area.
"""

from fractions import Fraction

from aggregates.law.refusals import natural
from aggregates.law.thresholds import ContestKind

_ALWAYS: frozenset[ContestKind] = frozenset(
    {"house-district", "upper-district", "governor", "mayor"}
)
_LISTS_SHARE = Fraction(1, 4)
_MUNICIPAL_SHARE = Fraction(1, 6)
_PREFECTURAL_SEATS = 2


def re_election_follows(kind: ContestKind, missing: int, full_seats: int) -> bool:
    """Tell whether so many missing seats alone call for another election.

    Args:
        kind: a kind of contest with seats.
        missing: seats that nobody took.
        full_seats: 議員定数 of the district or the body; of the Upper House list the seats of a
            regular election.

    Raises:
        NegativeFigure: for negative seats.
    """
    natural("full_seats", full_seats)
    if not natural("missing", missing):
        return False
    if kind in _ALWAYS:
        return True  # POEA 109
    if kind == "prefectural-assembly":
        # POEA 113(1)(v): two in one district, one where it has one seat.
        return missing >= min(_PREFECTURAL_SEATS, full_seats)
    # POEA 110(1), 113(1): more than a sixth of an assembly's seats, more than a quarter of lists'.
    share = _MUNICIPAL_SHARE if kind == "municipal-assembly" else _LISTS_SHARE
    return missing > full_seats * share
