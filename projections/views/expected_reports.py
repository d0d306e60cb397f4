"""What is still to come: how many counts are open, and when the next reports may be expected.

The moment is inferred from the rounds that the open counts have kept so far, and pages say so. It
is no promise: where no two rounds are known, there is no moment.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from projections.state.election_state import ElectionState
from projections.state.records import CountRecord

_ROUND_MINUTES_MAX = 180
_MINUTE = timedelta(minutes=1)


class ExpectedReports(NamedTuple):
    """What is still to come.

    Attributes:
        open_counts: Counts without final figures.
        silent: Of these, without any report.
        next_at: When the open counts may report next; None where no two rounds are known.
        minutes: The usual time between two rounds, in minutes; 0 where it is not known.
    """

    open_counts: int
    silent: int
    next_at: datetime | None
    minutes: int


def expected_reports(state: ElectionState) -> ExpectedReports:
    """What the open counts have still to bring."""
    counts = [
        count
        for count in state.counts.values()
        if not count.contest.uncontested and count.status in {"none", "interim", "contested"}
    ]
    rounds = Counter(minutes for count in counts if (minutes := _round(count)))
    last = max((count.as_of for count in counts if count.as_of is not None), default=None)
    minutes = max(rounds, key=lambda each: (rounds[each], -each), default=0)
    return ExpectedReports(
        open_counts=len(counts),
        silent=sum(count.status == "none" for count in counts),
        next_at=last + timedelta(minutes=minutes) if last is not None and minutes else None,
        minutes=minutes,
    )


def _round(count: CountRecord) -> int:
    """Minutes between the last two reports of a count; 0 where there are no two."""
    last, before = count.effort.stated_at, count.effort.stated_before
    return _round_minutes(last - before) if last is not None and before is not None else 0


def _round_minutes(between: timedelta) -> int:
    minutes = between // _MINUTE
    return minutes if 0 < minutes <= _ROUND_MINUTES_MAX else 0
