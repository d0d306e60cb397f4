"""Rounding as the official tables do it: half up (四捨五入) or cut (切捨て), on exact integers.

Negative figures (differences from the last election) are rounded by their size, so that -0.5
becomes -1 just as 0.5 becomes 1.
"""

from aggregates.law.refusals import DivisorNotPositive


def cut_div(part: int, divisor: int) -> int:
    """Integer division that truncates toward zero. Raises DivisorNotPositive."""
    return _with_sign(part, abs(part) // _positive(divisor))


def half_up_div(part: int, divisor: int) -> int:
    """Divide and round to the nearest whole, halves away from zero. Raises DivisorNotPositive."""
    return _with_sign(part, (2 * abs(part) + _positive(divisor)) // (2 * divisor))


def percent_half_up(part: int, whole: int, decimals: int) -> int:
    """`part` of `whole` in percent, scaled: 56.15 % with 2 decimals is 5615.

    Of nothing, everything is 0 %: an empty district has no rate, and the tables print 0.
    Raises DivisorNotPositive for a negative whole.
    """
    if whole == 0:
        return 0
    return half_up_div(part * 100 * 10**decimals, whole)


def _positive(divisor: int) -> int:
    if divisor <= 0:
        raise DivisorNotPositive(divisor=divisor)
    return divisor


def _with_sign(like: int, size: int) -> int:
    return -size if like < 0 else size
