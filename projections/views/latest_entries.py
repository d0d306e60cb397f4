"""What has just come in: the latest entries of all counts and declarations."""

import heapq
from datetime import datetime
from typing import NamedTuple

from aggregates.base import Event
from aggregates.counting.count_events import CountOpened, TallyEvent
from projections.state.election_state import ElectionState


class LatestRow(NamedTuple):
    """One entry.

    Attributes:
        position: Its place in the log.
        topic: What happened.
        recorded_at: When the log took it.
        contest: Id of the contest.
        contest_name: Its name.
        unit: Unit code.
        unit_name: Its name.
        prefecture: Prefecture code of the unit.
        ballots: Ballots counted so far, where the entry is a tally.
        estimated: They were spread over units, not counted here.
    """

    position: int
    topic: str
    recorded_at: datetime
    contest: str
    contest_name: str
    unit: str
    unit_name: str
    prefecture: str
    ballots: int | None
    estimated: bool


def latest_rows(state: ElectionState, most: int, prefecture: str = "") -> list[LatestRow]:
    """The latest entry of each count, the newest first.

    Args:
        state: What the log says so far.
        most: How many.
        prefecture: Only of this prefecture; empty for the nation.
    """
    found = (
        (count.history.last_position, count.contest, count.unit, count.history.last)
        for count in state.counts.values()
        if count.history and (not prefecture or _lies_in(state, count.unit, prefecture))
    )
    newest = heapq.nlargest(most, found, key=lambda each: each[0])
    return [
        LatestRow(
            position=position,
            topic=event.TOPIC,
            recorded_at=event.timestamp,
            contest=contest.facts.id,
            contest_name=contest.facts.name,
            unit=unit,
            unit_name=state.register().units[unit].name,
            prefecture=state.register().units[unit].prefecture,
            ballots=_ballots(event),
            estimated=isinstance(event, TallyEvent) and "ballots" in event.tally.estimated,
        )
        for position, contest, unit, event in newest
        if event is not None and not isinstance(event, CountOpened)
    ]


def _lies_in(state: ElectionState, unit: str, prefecture: str) -> bool:
    return state.register().units[unit].prefecture == prefecture


def _ballots(event: Event) -> int | None:
    return event.tally.ballots if isinstance(event, TallyEvent) else None
