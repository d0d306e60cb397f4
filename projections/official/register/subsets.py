"""Which of several figures make up a part of their sum.

A publication may say how many votes women got together and not who is a woman; with votes of five
or six digits there is hardly ever more than one answer, but for the thirty candidates that a party
may have in one prefecture: their women's votes are made up in thousands of ways.
"""

from collections import defaultdict
from collections.abc import Sequence

ANSWERS_MAX = 20_000
"""More answers than this are no answer."""


def subsets(figures: Sequence[int], part: int) -> list[frozenset[int]]:
    """Every set of indices whose figures sum to the part, in a fixed order.

    Both halves are listed and met in the middle: 40 figures are a million sums, not a billion.
    Nothing where there are more than `ANSWERS_MAX`.
    """
    middle = len(figures) // 2
    left = _sums(figures[:middle], 0)
    right: dict[int, list[int]] = defaultdict(list)
    for total, mask in _sums(figures[middle:], middle):
        right[total].append(mask)
    found: list[frozenset[int]] = []
    for total, mask in left:
        for other in right.get(part - total, ()):
            found.append(_indices(mask | other))
            if len(found) > ANSWERS_MAX:
                return []
    return sorted(found, key=sorted)


def _sums(figures: Sequence[int], first: int) -> list[tuple[int, int]]:
    """(sum, mask) of every set."""
    sums = [(0, 0)]
    for index, figure in enumerate(figures, start=first):
        sums += [(total + figure, mask | 1 << index) for total, mask in sums]
    return sums


def _indices(mask: int) -> frozenset[int]:
    return frozenset(index for index in range(mask.bit_length()) if mask >> index & 1)
