"""繰上補充: who moves up for a winner who is gone (POEA 97, 97-2, 112). Votes never change.

"Next" is who has the most votes; equals draw a lot (POEA 95(2)). That the order is that of votes
is practice: the articles name only among whom.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from aggregates.law.lots import DrawLots

Stage = Literal["before-office", "election-crime", "in-term"]
"""Before taking office (POEA 97(1), 97-2(1)); by an election crime (109(v), (vi)); in the term."""

_MONTHS = 3


def all_with_minimum_succeed(stage: Stage, day: date, polling_day: date) -> bool:
    """Whether everybody who reached the minimum and lost may move up, or losers of a lot only.

    So it is in Upper House districts and assemblies; in House districts and for heads losers of a
    lot alone move up, at any time (POEA 97(1), (3), 112(1), (6)).

    Args:
        stage: when and why the winner is gone.
        day: the day of the cause.
        polling_day: the day of the election.
    """
    if stage == "before-office":
        return True  # POEA 97(1): Upper House districts and assemblies, without a limit of time.
    # POEA 97(2), 112(5): within three months from the day of the election; later by a lot only.
    return day <= _months_later(polling_day)


def next_person(
    votes: Mapping[str, int], lot_losers: Collection[str], lots: Sequence[Sequence[str]]
) -> str | None:
    """Return who has the most votes of those who may move up; None where nobody may.

    Args:
        votes: of those who reached the minimum, lost, and are still eligible, in thousandths.
        lot_losers: who of them may move up alone; empty: all of them.
        lots: orders drawn so far.

    Raises:
        DrawLots: equal votes and no lot between them on record.
    """
    pool = {each: own for each, own in votes.items() if not lot_losers or each in lot_losers}
    if not pool:
        return None
    most = max(pool.values())
    return _draw_first(sorted(each for each, own in pool.items() if own == most), lots)


def next_on_list(order: Sequence[str], gone: Collection[str]) -> str | None:
    """Return the next on a list, in its order, for the whole term (POEA 97-2, 112(2)-(4)).

    Args:
        order: everybody on the list who could be elected, in the order of the election.
        gone: who sits already, or has lost eligibility since (POEA 98, 112(7)).
    """
    return next((member for member in order if member not in gone), None)


def _draw_first(equals: Sequence[str], lots: Sequence[Sequence[str]]) -> str:
    if len(equals) == 1:
        return equals[0]
    for drawn in lots:
        # A lot between these and others ordered these too.
        if set(equals) <= set(drawn):
            return next(each for each in drawn if each in equals)
    raise DrawLots(equals, 1)


def _months_later(day: date) -> date:
    """The last day of three months from a day: the first day is not counted (Civil Code 140)."""
    month = day.month + _MONTHS
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
