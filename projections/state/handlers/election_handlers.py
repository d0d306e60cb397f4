"""Events of the election itself: register, parties, and the course of the night."""

from aggregates.base import Event
from aggregates.counting.outcome import is_uncontested
from aggregates.election import election as elections
from projections.state.election_state import ElectionRecord, ElectionState
from projections.state.handlers.contest_handlers import touch_dependents, touch_whole
from projections.state.results import build_race


def apply_defined(night: ElectionState, event: elections.ElectionDefined, position: int) -> None:
    night.election = ElectionRecord(event.election, rules=event.rules)
    night.touch(position, *_OF_THE_NATION)


_OF_THE_NATION = (
    "national", "candidates", "turnout", "seats", "corrections", "coverage", "declarations",
)  # fmt: skip


def parties_registered(
    night: ElectionState, event: elections.PartiesRegistered, position: int
) -> None:
    night.register().parties |= {party.id: party for party in event.parties}
    night.touch(position, "candidates", "seats")


def units_registered(night: ElectionState, event: elections.UnitsRegistered, position: int) -> None:
    units = night.register().units
    for unit in event.units:
        units[unit.code] = unit
        night.touch(position, f"districts/{unit.code}", f"prefectures/{unit.prefecture}")
    night.touch(position, "national")


def counting_opened(night: ElectionState, event: elections.CountingOpened, position: int) -> None:
    """From here on it is settled which contests are polled (POEA 100)."""
    night.register().phase = "counting"
    _course(night, event, position)
    for contest in night.contests.values():
        contest.uncontested = is_uncontested(build_race(night, contest))
        contest.polled = not contest.uncontested
        contest.clear_everything()
        if contest.uncontested:
            touch_whole(night, contest, position)
            touch_dependents(night, contest, position)
            night.touch(position, "turnout", "coverage")
            night.touch(position, *(f"districts/{code}" for code in contest.facts.units))


def apply_paused(night: ElectionState, event: elections.ReceptionPaused, position: int) -> None:
    election = night.register()
    election.phase = "paused"
    election.pause_reason = event.reason
    _course(night, event, position)


def apply_resumed(night: ElectionState, event: elections.ReceptionResumed, position: int) -> None:
    election = night.register()
    election.phase = "counting"
    election.pause_reason = ""
    _course(night, event, position)


def change_noted(night: ElectionState, event: elections.ChangeNoted, position: int) -> None:
    _course(night, event, position)


def rules_changed(night: ElectionState, event: elections.RulesChanged, position: int) -> None:
    night.register().rules = event.rules
    _course(night, event, position)


def apply_closed(night: ElectionState, event: elections.ElectionWasClosed, position: int) -> None:
    night.register().phase = "closed"
    _course(night, event, position)


def previous_recorded(
    night: ElectionState, event: elections.PreviousRecorded, _position: int
) -> None:
    night.register().previous = event.previous


def _course(night: ElectionState, event: Event, position: int) -> None:
    night.course.append((position, event))
    night.touch(position, "national")
