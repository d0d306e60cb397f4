"""How the votes of one unit are divided, compared with the contest's neighbouring units.

Two mistakes of real nights show here: the figures of two candidates exchanged, and a candidate
left out. Only final sheets are compared: before, bundles of equal size hide the shares. How often
official figures without a mistake are warned of is measured in docs/limits.md.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import itemgetter
from typing import Final, NamedTuple

from aggregates.counting.checks import Notice
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from aggregates.rules import CURRENT_RULES, THIRD_RULES

NEIGHBOURS: Final = 3
"""Units before and after it in the contest's order that a unit is compared with: near in place, and
few enough for contests of 1,900 units."""

_SHEET_VOTES_MIN: Final = 300 * VOTE
_PER_MILLE: Final = 1000
_GAIN_MIN_PER_MILLE: Final = 150
"""How much of the unit's votes an exchange must bring nearer to the neighbours' shares."""
_GAIN_MIN_FEW_PER_MILLE: Final = 200
_FEW_NEIGHBOURS: Final = 2
_EXPECTED_MIN: Final = 30 * VOTE
_EXPECTED_MIN_IF_EMPTY: Final = 15 * VOTE
"""Expected votes from which an option without a single vote is warned of, under rules 3: 25 votes
of a small candidate that nobody typed are fewer than `_EXPECTED_MIN`, and less than
`_SHARE_MIN_PERCENT` of a sheet."""
_NEGLIGIBLE_DIVISOR: Final = 20
"""Votes below a twentieth of what the neighbours' share comes to count as hardly any."""
_SHARE_MIN_PERCENT: Final = 2
_EXCHANGE_OPTIONS: Final = 4
"""Options furthest from their shares; exchanged ones are always among them."""


def neighbours(units: Sequence[str], unit: str) -> list[str]:
    """The units of a contest that stand near one in its order, itself left out."""
    place = units.index(unit)
    return [*units[max(0, place - NEIGHBOURS) : place], *units[place + 1 : place + 1 + NEIGHBOURS]]


def compare_shares(
    tally: Tally, others: Sequence[Tally], reason: str, *, rules: int = CURRENT_RULES
) -> Iterator[Notice]:
    """Warn of options that have hardly any votes here, and of two that look exchanged.

    Args:
        tally: A final sheet, not one of the review of justices.
        others: Final sheets of neighbouring units.
        reason: What the sender wrote.
        rules: Number of the rules under which it is decided.
    """
    total = sum(tally.votes.values())
    if total < _SHEET_VOTES_MIN or len(tally.votes) <= 1:
        return
    around = _sums(tally, others)
    total_around = sum(around)
    if not total_around:
        return
    few = len(others) <= _FEW_NEIGHBOURS
    gain_per_mille = _GAIN_MIN_FEW_PER_MILLE if few else _GAIN_MIN_PER_MILLE
    least_gain = total * total_around * gain_per_mille
    if not _may_be_wrong(tally, around, total, total_around, least_gain=least_gain):
        return
    shares = [
        _Share(option, here := own * total_around, there := near * total, abs(here - there))
        for (option, own), near in zip(tally.votes.items(), around, strict=True)
    ]
    expected_min_if_empty = _EXPECTED_MIN_IF_EMPTY if rules >= THIRD_RULES else None
    yield from _check_left_out(shares, total, total_around, expected_min_if_empty, reason)
    yield from _check_exchanged(shares, least_gain, tally, reason)


def _may_be_wrong(
    tally: Tally, around: Sequence[int], total: int, total_around: int, *, least_gain: int
) -> bool:
    """Whether an option is far enough from its share to be looked at: hardly any sheet has one."""
    for own, near in zip(tally.votes.values(), around, strict=True):
        # Shares times both totals: whole numbers, the same on every machine.
        here, there = own * total_around, near * total
        if here * _NEGLIGIBLE_DIVISOR < there:
            return True
        # What an exchange brings nearer is at most what its two options are apart.
        if abs(here - there) * _PER_MILLE >= least_gain:
            return True
    return False


def _sums(tally: Tally, others: Sequence[Tally]) -> list[int]:
    """Votes of each option of a sheet in the other sheets, in the order of its options."""
    try:
        # Sheets of one ballot have the same options; this is asked at every final sheet.
        rows = map(itemgetter(*tally.votes), [other.votes for other in others])
        return list(map(sum, zip(*rows, strict=True)))
    except KeyError:
        return [sum(other.votes.get(option, 0) for other in others) for option in tally.votes]


class _Share(NamedTuple):
    option: str
    here: int
    there: int
    apart: int


def _check_left_out(
    shares: Sequence[_Share],
    total: int,
    total_around: int,
    expected_min_if_empty: int | None,
    reason: str,
) -> Iterator[Notice]:
    for each in shares:
        if each.here * _NEGLIGIBLE_DIVISOR >= each.there:
            continue
        expected = each.there // total_around
        has_many = each.there * 100 >= total * total_around * _SHARE_MIN_PERCENT
        is_empty = (
            not each.here
            and expected_min_if_empty is not None
            and expected >= expected_min_if_empty
        )
        if is_empty or (has_many and expected >= _EXPECTED_MIN):
            yield Notice(
                code="option-left-out",
                option=each.option,
                before=expected,
                now=each.here // total_around,
                reason=reason,
            )


def _check_exchanged(
    shares: Sequence[_Share], least_gain: int, tally: Tally, reason: str
) -> Iterator[Notice]:
    """The exchange of two that brings the sheet nearest to the neighbours' shares."""
    looked_at = sorted(shares, key=lambda each: (-each.apart, each.option))[:_EXCHANGE_OPTIONS]
    gain, one, other = max(
        ((_gain(one, other), one, other) for one, other in combinations(looked_at, 2)),
        key=lambda found: found[0],
    )
    apart = sum(each.apart for each in shares)
    if gain * _PER_MILLE >= 2 * least_gain and 2 * (apart - gain) <= apart:
        yield Notice(
            code="options-exchanged",
            option=one.option,
            before=tally.votes[other.option],
            now=tally.votes[one.option],
            reason=reason,
        )


def _gain(one: _Share, other: _Share) -> int:
    exchanged = abs(other.here - one.there) + abs(one.here - other.there)
    return one.apart + other.apart - exchanged
