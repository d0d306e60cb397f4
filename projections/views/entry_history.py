"""The history of a unit or a contest: every entry that made it what it is, in order."""

from datetime import datetime
from typing import NamedTuple

from aggregates.base import Event
from aggregates.counting.count_events import CountOpened, TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord


class HistoryRow(NamedTuple):
    """One entry.

    Attributes:
        position: Its place in the log.
        topic: What happened.
        recorded_at: When the log took it.
        contest: Contest id.
        unit: Unit code; empty for a declaration.
        office: Who sent it.
        figure: Ballots so far, or voters so far for turnout; None where it has no figure.
        estimated: It was spread over units, not counted here.
        is_tally: A sheet, so part of the totals.
        stands: The sheet that stands for its unit: totals are sums over these.
    """

    position: int
    topic: str
    recorded_at: datetime
    contest: str
    unit: str
    office: str
    figure: int | None
    estimated: bool
    is_tally: bool
    stands: bool


def contest_history(state: ElectionState, contest: str) -> list[HistoryRow]:
    """Every entry of a contest.

    Raises:
        KeyError: No such contest.
    """
    return _history(list(state.contests[contest].counts.values()))


def unit_history(state: ElectionState, unit: str) -> list[HistoryRow]:
    """Every entry of a unit.

    Raises:
        KeyError: No such unit.
    """
    if unit not in state.register().units:
        raise KeyError(unit)
    return _history(state.by_unit.get(unit, []))


def _history(counts: list[CountRecord]) -> list[HistoryRow]:
    rows = [
        _row(count, position, event)
        for count in counts
        for position, event in (*count.history, *count.turnout.history)
        if not isinstance(event, CountOpened)
    ]
    return sorted(rows)


def _row(count: CountRecord, position: int, event: Event) -> HistoryRow:
    return HistoryRow(
        position=position,
        topic=event.TOPIC,
        recorded_at=event.timestamp,
        contest=count.contest.facts.id,
        unit=count.unit,
        office=event.provenance.office,
        figure=_figure(event),
        estimated=_is_estimated(event),
        is_tally=isinstance(event, TallyEvent),
        stands=event == count.latest,
    )


def _figure(event: Event) -> int | None:
    if isinstance(event, TallyEvent):
        return event.tally.ballots
    return event.figures.voters.total if isinstance(event, TurnoutEvent) else None


def _is_estimated(event: Event) -> bool:
    if isinstance(event, TallyEvent):
        return "ballots" in event.tally.estimated
    return isinstance(event, TurnoutEvent) and event.figures.estimated


class HistoryMark(NamedTuple):
    """A moment of the night to go back to."""

    position: int
    recorded_at: datetime


def marks(state: ElectionState, most: int) -> list[HistoryMark]:
    """Moments spread evenly over the log since counting opened, the last position among them."""
    opened = next((at for at, event in state.course if event.TOPIC.endswith("opened")), 1)
    span = state.position - opened
    steps = min(most, span) or 1
    positions = dict.fromkeys(opened + span * step // steps for step in range(steps + 1))
    return [HistoryMark(position, state.times[position - 1]) for position in positions]
