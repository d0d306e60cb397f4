"""Events of declarations: lots, winners, revisions."""

from aggregates import declaration as declarations
from aggregates.outcome import ContestTotals
from projections.folding.contests import documents_above
from projections.state import ContestRecord, Correction, NightState


def lot_drawn(night: NightState, event: declarations.LotDrawn, position: int) -> None:
    contest = night.contests[event.contest]
    contest.lots[frozenset(event.lot.order)] = event.lot.order
    _touch_declared(night, contest, position)


def declared(night: NightState, event: declarations.OutcomeEvent, position: int) -> None:
    contest = night.contests[event.contest]
    contest.declared = event.outcome
    contest.declared_totals = event.totals
    contest.declared_at = position
    _touch_declared(night, contest, position)


def revised(night: NightState, event: declarations.OutcomeRevised, position: int) -> None:
    contest = night.contests[event.contest]
    replaces, before = contest.declared_at, _votes(contest.declared_totals)
    declared(night, event, position)
    night.correct(Correction(position, replaces, event, before, _votes(event.totals)))


def _votes(totals: ContestTotals | None) -> dict[str, int]:
    if totals is None:
        return {}
    return {f"votes/{option}": value for option, value in totals.votes.items()}


def _touch_declared(night: NightState, contest: ContestRecord, position: int) -> None:
    night.touch(position, *documents_above(contest))
    for prefecture in contest.facts.prefectures:
        night.touch(position, f"prefectures/{prefecture}")
