"""Spread a whole over parts by the largest remainder, so that the parts sum to it exactly.

No article asks for this: it serves rehearsals and estimates, where a known total has to be divided
apart over districts without losing or making a vote. Official figures are never spread.
"""

from collections.abc import Sequence

from aggregates.law.refusals import Unlawful, natural


class NothingToSpreadOver(Unlawful):
    """A figure other than zero needs at least one part to be spread over."""

    code = "nothing-to-spread-over"


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole parts in proportion to the weights, in their order, summing exactly to `total`.

    The total may be negative; equal remainders go to the earlier part; weights that are all zero
    spread evenly. Raises NegativeFigure for a weight, NothingToSpreadOver without weights.
    """
    if not weights:
        if total:
            raise NothingToSpreadOver(total=total)
        return ()
    if total < 0:
        return tuple(-part for part in spread(-total, weights))
    whole = sum(natural("weight", weight) for weight in weights)
    if whole == 0:
        return spread(total, [1] * len(weights))
    shares = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(share for share, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda index: -shares[index][1])
    lucky = set(by_remainder[:left])
    return tuple(share + (index in lucky) for index, (share, _) in enumerate(shares))
