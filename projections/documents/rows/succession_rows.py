"""Seats after the declaration: who is gone since polling, and who moved up (繰上補充)."""

from datetime import date

import msgspec

from aggregates.counting.succession import DepartureCause
from aggregates.election.ballot_names import ballot_names
from aggregates.law.succession import Stage
from projections.state.records import ContestRecord


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


def succession_rows(contest: ContestRecord) -> tuple[SuccessionRow, ...]:
    """In the order in which they were recorded."""
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
            )
        )
    return tuple(rows)
