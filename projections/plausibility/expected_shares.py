"""What share of a unit's votes each line of a sheet may be expected to have, and how surely.

Shares are compared as logarithms, so that a tenth of the usual and ten times as much are equally
far. The expectation is the mean of the units near it in the contest's order, nearer ones counting
more: home regions of candidates reach over their neighbours. How surely it holds is measured on
those units themselves, each compared with the others in the same way; of few units it is drawn to
what is usual in the nation. The sheet in question takes no part in either.

Nothing here decides or is recorded: floating-point numbers are allowed.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

TSheet = TypeVar("TSheet")

REACH: Final = 12
"""Units before and after that are looked at: enough to measure by, and few in contests of 1,900."""

_HALF_VOTE: Final = 0.5
"""Added to each line, so that none has the logarithm of nothing."""
_FAR_WEIGHT: Final = 0.2
"""What the furthest unit counts beside the next one."""
_NEAR_UNITS: Final = 2.0
"""Units over which nearness wears off."""
_USUAL_DEVIATION: Final = 0.25
_USUAL_UNITS: Final = 5
"""How many units the usual deviation counts as."""
_FEW_UNITS: Final = 2
"""How much less sure a mean of one unit is, in variances; of two half as much, and so on."""
_DEVIATION_MAX: Final = 0.7
"""A deviation beyond it counts as this one: one odd unit does not excuse the others."""
_CHANCE: Final = 2.0
"""Variance of a figure of few votes, in votes: twice that of pure chance."""


class ExpectedShare(NamedTuple):
    """One line of a sheet: logarithm of its expected share, and its usual deviation."""

    log_share: float
    deviation: float


def log_shares(votes: Sequence[float]) -> list[float]:
    """Logarithms of the shares of the lines of a sheet.

    Args:
        votes: Votes of each line, in votes.
    """
    total = math.log(sum(votes) + _HALF_VOTE * len(votes))
    return [math.log(each + _HALF_VOTE) - total for each in votes]


def nearest_sheets(place: int, others: Iterable[tuple[int, TSheet]]) -> list[tuple[int, TSheet]]:
    """The sheets of other units that a unit is compared with, the nearest first.

    Args:
        place: The unit's place in the contest's order.
        others: Place and sheet of other units.
    """
    return sorted(others, key=lambda each: (abs(each[0] - place), each[0]))[: 2 * REACH]


def expected_shares(
    place: int, votes: float, others: Sequence[tuple[int, Sequence[float]]]
) -> list[ExpectedShare]:
    """What the lines of a sheet may be expected to have; nothing without other sheets.

    Args:
        place: The unit's place in the contest's order.
        votes: All votes of the sheet.
        others: Place and votes by line of other units' sheets, without the unit's own.
    """
    near = nearest_sheets(place, others)
    if not near:
        return []
    rows = [(at, log_shares(found)) for at, found in near]
    means = _means(place, rows)
    squares = _mean_squares(rows)
    enough = len(rows) if len(rows) > 1 else 0
    return [
        ExpectedShare(mean, _deviation(square, enough, len(rows), expected=votes * math.exp(mean)))
        for mean, square in zip(means, squares, strict=True)
    ]


def _deviation(square: float, measured: int, units: int, *, expected: float) -> float:
    usual = _USUAL_UNITS * _USUAL_DEVIATION**2
    spread = (usual + measured * square) / (_USUAL_UNITS + measured)
    return math.sqrt(spread * (1 + _FEW_UNITS / units) + _CHANCE / (expected + 1))


def _means(place: int, rows: Sequence[tuple[int, Sequence[float]]]) -> list[float]:
    weights = [_weight(abs(at - place)) for at, _ in rows]
    whole = sum(weights)
    lines = zip(*(row for _, row in rows), strict=True)
    return [sum(w * x for w, x in zip(weights, line, strict=True)) / whole for line in lines]


def _weight(distance: int) -> float:
    return _FAR_WEIGHT + (1 - _FAR_WEIGHT) * math.exp(-(distance - 1) / _NEAR_UNITS)


def _mean_squares(rows: Sequence[tuple[int, Sequence[float]]]) -> list[float]:
    """Of each line: the mean square by which a unit differs from what the others let expect."""
    sums = [0.0] * len(rows[0][1])
    if len(rows) == 1:
        return sums
    for number, (at, row) in enumerate(rows):
        means = _means(at, [*rows[:number], *rows[number + 1 :]])
        for line, (own, mean) in enumerate(zip(row, means, strict=True)):
            sums[line] += min(abs(own - mean), _DEVIATION_MAX) ** 2
    return [each / len(rows) for each in sums]
