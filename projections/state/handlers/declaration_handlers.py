"""Events of declarations: lots, winners, revisions."""

from aggregates.counting import declaration as declarations
from aggregates.counting.contest_totals import ContestTotals
from aggregates.counting.outcome import Outcome
from aggregates.counting.succession import (
    DepartureRecorded,
    SuccessorDeclared,
)
from projections.state.election_state import Correction, ElectionState
from projections.state.handlers.contest_handlers import (
    state_no_poll,
    touch_decision,
    touch_dependents,
    touch_dual,
    touch_whole,
)
from projections.state.records import ContestRecord


def apply_lot_drawn(state: ElectionState, event: declarations.LotDrawn, position: int) -> None:
    contest = state.contests[event.contest]
    contest.lots[frozenset(event.lot.order)] = event.lot.order
    _mark_decision(state, contest, position)


def apply_declared(state: ElectionState, event: declarations.OutcomeEvent, position: int) -> None:
    contest = state.contests[event.contest]
    contest.declared = event.outcome
    contest.declared_totals = event.totals
    contest.declared_at = position
    contest.set_aside = None
    sitting = {departed: successor for departed, (_, successor) in contest.successors.items()}
    kept = declarations.remaining_successors(
        sitting, event.outcome.elected, event.outcome.long_terms
    )
    contest.successors = {departed: contest.successors[departed] for departed in kept}
    state.touch(position, "declarations")
    _mark_decision(state, contest, position)
    state_no_poll(state, contest, position)


def apply_revised(state: ElectionState, event: declarations.OutcomeRevised, position: int) -> None:
    contest = state.contests[event.contest]
    replaces, before = contest.declared_at, _figures(contest.declared, contest.declared_totals)
    apply_declared(state, event, position)
    after = _figures(event.outcome, event.totals)
    state.correct(Correction(position, replaces, event, before, after))


def apply_departure_recorded(state: ElectionState, event: DepartureRecorded, position: int) -> None:
    contest = state.contests[event.contest]
    contest.departures[event.person] = position, event
    touch_whole(state, contest, position)


def apply_successor_declared(state: ElectionState, event: SuccessorDeclared, position: int) -> None:
    contest = state.contests[event.contest]
    contest.successors[event.departed] = position, event.successor
    if event.drawn:
        contest.lots[frozenset(event.drawn)] = event.drawn
        contest.clear_law()
    touch_whole(state, contest, position)


def apply_set_aside(
    state: ElectionState, event: declarations.DeclarationSetAside, position: int
) -> None:
    contest = state.contests[event.contest]
    # The votes stay on record: who won them is undecided again.
    before = _figures(contest.declared, None)
    state.correct(Correction(position, contest.declared_at, event, before, {}))
    contest.declared = contest.declared_totals = None
    contest.declared_at = 0
    contest.set_aside = position, event
    contest.successors = {}
    state.touch(position, "declarations")
    _mark_decision(state, contest, position)


def _figures(outcome: Outcome | None, totals: ContestTotals | None) -> dict[str, int | None]:
    """Votes of the decision, seats of lists, and 1 for each who is elected or dismissed."""
    outcome, totals = outcome or Outcome(), totals or ContestTotals(votes={})
    return {
        **{f"votes/{option}": value for option, value in totals.votes.items()},
        **{f"seats/{option}": number for option, number in outcome.list_seats.items()},
        **{f"elected/{person}": 1 for person in outcome.elected},
        **{f"long/{person}": 1 for person in outcome.long_terms},
        **{f"dismissed/{justice}": 1 for justice in outcome.dismissed},
    }


def _mark_decision(state: ElectionState, contest: ContestRecord, position: int) -> None:
    contest.clear_law()
    touch_decision(state, contest, position)
    touch_whole(state, contest, position)
    touch_dependents(state, contest, position)
    touch_dual(state, contest, position)
