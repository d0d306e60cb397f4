"""Events of the election itself: register, parties, and the course of the night."""

from aggregates import election as elections
from aggregates.base import Event
from projections.state import ALWAYS, ElectionRecord, NightState


def defined(night: NightState, event: elections.ElectionDefined, position: int) -> None:
    night.election = ElectionRecord(event.election)
    night.touch(position, "candidates", "turnout", "seats", "corrections", *ALWAYS)


def parties_registered(
    night: NightState, event: elections.PartiesRegistered, position: int
) -> None:
    night.register().parties |= {party.id: party for party in event.parties}
    night.touch(position, "candidates", "seats", "national")


def units_registered(night: NightState, event: elections.UnitsRegistered, position: int) -> None:
    units = night.register().units
    for unit in event.units:
        units[unit.code] = unit
        night.touch(position, f"districts/{unit.code}", f"prefectures/{unit.prefecture}")
    night.touch(position, *ALWAYS)


def phase_changed(night: NightState, event: Event, position: int) -> None:
    election = night.register()
    if isinstance(event, elections.ReceptionPaused):
        election.phase = "paused"
        election.pause_reason = event.reason
    elif isinstance(event, elections.ElectionWasClosed):
        election.phase = "closed"
    elif not isinstance(event, elections.ChangeNoted):
        election.phase = "counting"
    night.course.append((position, event))
    night.touch(position, *ALWAYS)
