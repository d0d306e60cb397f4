"""Seats after the declaration: who is gone since polling, and who moved up (繰上補充)."""

from datetime import date

import msgspec

from aggregates.counting.succession import DepartureCause
from aggregates.election.ballot_names import ballot_names
from aggregates.law.succession import Stage
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.vacated_seats import diet_election_day, vacated_seats


class SuccessionRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who is gone since polling; no vote changed.

    Attributes:
        person: Id.
        name: Name.
        cause: died, ineligible, resigned, void or party-changed.
        stage: before-office, election-crime or in-term.
        day: Day of the cause.
        position: Its entry.
        successor: Who moved up; left out while nobody did.
        successor_name: Name.
        successor_position: The entry of that decision.
        by_election_day: Seats of the Diet that nobody took: the fourth Sunday of April or October
            on which they are voted on (POEA 33-2(2)). Another day holds with a regular Upper House
            election, in the last six months of a term and while a suit is possible or pending
            (33-2(3) to (7)), which is not decided here; left out for everybody else.
    """

    person: str
    name: str
    cause: DepartureCause
    stage: Stage
    day: date
    position: int
    successor: str = ""
    successor_name: str = ""
    successor_position: int = 0
    by_election_day: date | None = None


def succession_rows(state: ElectionState, contest: ContestRecord) -> tuple[SuccessionRow, ...]:
    """In the order in which they were recorded."""
    day, vacated = diet_election_day(state, contest), vacated_seats(contest)
    names = ballot_names(contest.options.values())
    rows = []
    for position, event in contest.departures.values():
        moved, successor = contest.successors.get(event.person, (0, ""))
        rows.append(
            SuccessionRow(
                person=event.person,
                name=names[event.person],
                cause=event.cause,
                stage=event.stage,
                day=event.day,
                position=position,
                successor=successor,
                successor_name=names.get(successor, ""),
                successor_position=moved,
                by_election_day=day if event.person in vacated else None,
            )
        )
    return tuple(rows)
