"""Events of the election itself: register, parties, and the course of the night."""

from datetime import date

import msgspec

from aggregates.base import Event
from aggregates.counting.race import opens_without_poll
from aggregates.election import election_events as elections
from aggregates.election.particulars import PreviousElection
from aggregates.rule_package.japan import JAPAN
from projections.state.election_state import ElectionRecord, ElectionState
from projections.state.handlers.contest_handlers import touch_poll, touch_whole, unit_documents
from projections.state.results import build_race


def apply_defined(state: ElectionState, event: elections.ElectionDefined, position: int) -> None:
    package = JAPAN if event.rule_package is msgspec.UNSET else event.rule_package
    state.election = ElectionRecord(event.election, rules=event.rules, package=package)
    state.touch(position, *_OF_THE_NATION)


_OF_THE_NATION = (
    "national", "results", "candidates", "turnout", "seats", "corrections", "coverage",
    "declarations",
)  # fmt: skip


def apply_parties_registered(
    state: ElectionState, event: elections.PartiesRegistered, position: int
) -> None:
    state.register().parties |= {party.id: party for party in event.parties}
    state.touch(position, "seats")
    state.change_ballots(position)


def apply_units_registered(
    state: ElectionState, event: elections.UnitsRegistered, position: int
) -> None:
    units = state.register().units
    for unit in event.units:
        units[unit.code] = unit
        state.touch(position, *unit_documents(unit))
    state.touch(position, "national")


def apply_counting_opened(
    state: ElectionState, event: elections.CountingOpened, position: int
) -> None:
    """From here on it is settled which contests are polled (POEA 100)."""
    state.register().phase = "counting"
    _course(state, event, position)
    for contest in state.contests.values():
        race = build_race(state, contest)
        contest.uncontested = opens_without_poll(race, stated=contest.is_no_poll_stated)
        contest.polled = not contest.uncontested
        contest.clear_everything()
        if contest.uncontested:
            touch_poll(state, contest, position)


def apply_paused(state: ElectionState, event: elections.ReceptionPaused, position: int) -> None:
    election = state.register()
    election.phase = "paused"
    election.pause_reason = event.reason
    _course(state, event, position)


def apply_resumed(state: ElectionState, event: elections.ReceptionResumed, position: int) -> None:
    election = state.register()
    election.phase = "counting"
    election.pause_reason = ""
    _course(state, event, position)


def apply_change_noted(state: ElectionState, event: elections.ChangeNoted, position: int) -> None:
    _course(state, event, position)


def apply_rules_changed(state: ElectionState, event: elections.RulesChanged, position: int) -> None:
    """What the law makes of the figures may be another under other rules."""
    state.register().rules = event.rules
    _course(state, event, position)
    for contest in state.contests.values():
        contest.clear_everything()
        touch_whole(state, contest, position)


def apply_closed(state: ElectionState, event: elections.ElectionClosed, position: int) -> None:
    state.register().phase = "closed"
    _course(state, event, position)


def apply_previous_recorded(
    state: ElectionState, event: elections.PreviousRecorded, position: int
) -> None:
    """Rates and votes are in reports alone; what else there is of the last time, in documents."""
    register = state.register()
    before, register.previous = register.previous, register.previous.merge(event.previous)
    if not event.previous.is_partial:
        return
    register.previous_contests |= {each.contest: each for each in event.previous.contests}
    state.touch(position, "seats", "results")
    changed = {each.contest for each in event.previous.contests}
    if _heading(before) != _heading(register.previous):
        # Every contest says what the last election was called, whichever record named it.
        changed |= register.previous_contests.keys()
    for contest in sorted(changed):
        touch_whole(state, state.contests[contest], position)


def _heading(previous: PreviousElection) -> tuple[str, date | None]:
    return previous.name, previous.polling_day


def _course(state: ElectionState, event: Event, position: int) -> None:
    state.course.append((position, event))
    state.touch(position, "national")
