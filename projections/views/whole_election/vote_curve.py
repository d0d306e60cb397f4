"""Votes over the night: the sum of every report so far, at the moments that reports state."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from aggregates.counting.count_events import TallyCorrected, TallyEvent, TallyFinalised, TallyPosted
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord

_POINTS_MAX: Final = 48
"""Moments drawn; of more reports those at equal distances and the last."""
_POINTS_MIN: Final = 3
"""Fewer are no curve."""
_LINES_MAX: Final = 6


class CurvePoint(NamedTuple):
    """What was counted at a moment.

    Attributes:
        at: As of when the report that made it so says to be.
        votes: Thousandths, in the order of the options of the curve.
    """

    at: datetime
    votes: tuple[int, ...]


class VoteCurve(NamedTuple):
    """Votes over the night.

    Attributes:
        options: Who is drawn: those with the most votes now, in order of the ballot.
        points: The oldest first.
        most: The most votes of anybody at any moment.
    """

    options: tuple[str, ...]
    points: list[CurvePoint]
    most: int


def vote_curve(state: ElectionState, contest: ContestRecord) -> VoteCurve | None:
    """The curve of a contest of candidates; None before some reports, and of a replay.

    The moments of a replay were not published, so a curve of them would be invented.
    """
    if state.register().facts.is_replay or contest.is_list or contest.rule.ballot != "persons":
        return None
    reports = sorted(
        report for unit, count in contest.counts.items() for report in _reports(unit, count)
    )
    if len(reports) < _POINTS_MIN:
        return None
    drawn = _drawn_options(contest)
    step = max(1, -(-len(reports) // _POINTS_MAX))
    latest: dict[str, dict[str, int]] = {}
    points = []
    for number, (at, _, unit, event) in enumerate(reports, start=1):
        latest[unit] = event.tally.votes
        if number % step == 0 or number == len(reports):
            sums = tuple(sum(own.get(each, 0) for own in latest.values()) for each in drawn)
            points.append(CurvePoint(at, sums))
    return VoteCurve(drawn, points, max((max(p.votes, default=0) for p in points), default=0))


def _reports(unit: str, count: CountRecord) -> Iterator[tuple[datetime, int, str, TallyEvent]]:
    """(moment, position, unit, report) of a unit; a correction is never before what it corrects."""
    at = datetime.min.replace(tzinfo=UTC)
    for position, event in count.history:
        if isinstance(event, TallyPosted | TallyFinalised | TallyCorrected):
            at = max(at, event.as_of)
            yield at, position, unit, event


def _drawn_options(contest: ContestRecord) -> tuple[str, ...]:
    votes = contest.sums().votes
    standing = [option for option in contest.options if option not in contest.withdrawn]
    ahead = sorted(standing, key=lambda option: -votes.get(option, 0))[:_LINES_MAX]
    return tuple(option for option in standing if option in ahead)
