"""Which slip of the pen would explain a sheet that is unlike the others of its contest.

Slips are those of real nights: two lines exchanged, lines written one row too high or too low, no
votes where others have many, a digit too many or too few. A slip is supposed where the sheet, put
right, is so much more like the others that chance hardly explains it: a likelihood ratio, under a
distribution with heavy tails, as candidates have home towns. docs/limits.md says how many slips
are found, and how often nothing was wrong.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, NamedTuple

from projections.plausibility.expected_shares import ExpectedShare, log_shares

SlipKind = Literal["exchange", "shift", "zero", "digit"]

_TAILS: Final = 4.0
"""Degrees of freedom of Student's distribution."""
ASKED_FROM: Final = 1.8
"""Logarithm of the likelihood ratio from which a slip is asked about."""
_EXTRA_EVIDENCE: Final[dict[SlipKind, float]] = {"exchange": 0.0, "shift": 1.0, "digit": 2.0}
"""Added to `ASKED_FROM` for rarer slips: a home town looks like a digit too many."""
_ZERO_EXPECTED_MIN: Final = 15
_NEGLIGIBLE_DIVISOR: Final = 20
"""Votes below a twentieth of what is expected count as none."""
_SHIFTED_LINES_MIN: Final = 3
"""Two lines shifted are two lines exchanged."""


class SheetSlip(NamedTuple):
    """What may have happened to a sheet.

    Attributes:
        kind: What it looks like.
        lines: Numbers of the lines concerned, from 0; of a shift the first and the last.
        gain: Logarithm of the likelihood ratio between the sheet put right and as it is; infinite
            for a zero.
        expected: Votes that the other units let expect in the first of these lines.
    """

    kind: SlipKind
    lines: tuple[int, ...]
    gain: float
    expected: int


def find_slip(votes: Sequence[float], expected: Sequence[ExpectedShare]) -> SheetSlip | None:
    """The most likely slip, if one is to be asked about.

    Args:
        votes: Votes of each line of a final sheet, in the ballot's order.
        expected: What other units let expect of each line; nothing where there are none.
    """
    if not expected or sum(votes) <= 0:
        return None
    total = sum(votes)
    rest = [total * math.exp(each.log_share) for each in expected]
    for line, (own, usual) in enumerate(zip(votes, rest, strict=True)):
        if usual >= _ZERO_EXPECTED_MIN and own * _NEGLIGIBLE_DIVISOR < usual:
            return SheetSlip("zero", (line,), math.inf, round(usual))
    gain, kind, lines = max(
        (*_exchanges(votes, expected), *_digits(votes, expected)),
        key=lambda found: found[0] - _EXTRA_EVIDENCE[found[1]],
        default=(0.0, "exchange", ()),
    )
    if gain - _EXTRA_EVIDENCE[kind] <= ASKED_FROM:
        return None
    return SheetSlip(kind, lines, gain, round(rest[lines[0]]))


_Found = tuple[float, SlipKind, tuple[int, ...]]


def _misfit(log_share: float, expected: ExpectedShare) -> float:
    apart = (log_share - expected.log_share) / expected.deviation
    return (_TAILS + 1) / 2 * math.log1p(apart * apart / _TAILS)


def _exchanges(votes: Sequence[float], expected: Sequence[ExpectedShare]) -> Iterator[_Found]:
    """Lines exchanged and blocks of lines shifted: all shares stay, in other places."""
    shares = log_shares(votes)
    fits = [[_misfit(share, place) for place in expected] for share in shares]
    for one, other in combinations(range(len(votes)), 2):
        as_it_is = fits[one][one] + fits[other][other]
        gain = as_it_is - fits[one][other] - fits[other][one]
        yield gain, "exchange", (one, other)
    yield from _shifts(fits)


def _shifts(fits: Sequence[Sequence[float]]) -> Iterator[_Found]:
    lines = range(len(fits))
    own = _running_sums(fits[line][line] for line in lines)
    up = _running_sums(fits[line + 1][line] for line in lines[:-1])
    down = _running_sums(fits[line][line + 1] for line in lines[:-1])
    for first in lines:
        for last in lines[first + _SHIFTED_LINES_MIN - 1 :]:
            as_it_is = own[last + 1] - own[first]
            raised = up[last] - up[first] + fits[first][last]
            lowered = down[last] - down[first] + fits[last][first]
            yield as_it_is - min(raised, lowered), "shift", (first, last)


def _running_sums(values: Iterator[float]) -> list[float]:
    sums = [0.0]
    for each in values:
        sums.append(sums[-1] + each)
    return sums


def _digits(votes: Sequence[float], expected: Sequence[ExpectedShare]) -> Iterator[_Found]:
    """A digit too many or too few in one line."""
    as_it_is = _whole_misfit(votes, expected)
    if as_it_is <= ASKED_FROM:
        return
    for line, own in enumerate(votes):
        for right in (own * 10, own / 10):
            mended = [*votes[:line], right, *votes[line + 1 :]]
            yield as_it_is - _whole_misfit(mended, expected), "digit", (line,)


def _whole_misfit(votes: Sequence[float], expected: Sequence[ExpectedShare]) -> float:
    return sum(map(_misfit, log_shares(votes), expected))
