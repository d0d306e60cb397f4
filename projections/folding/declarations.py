"""Events of declarations: lots, winners, revisions."""

from aggregates import declaration as declarations
from projections.folding.contests import documents_above
from projections.state import ContestRecord, NightState


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
    declared(night, event, position)
    night.correct(event, position)


def _touch_declared(night: NightState, contest: ContestRecord, position: int) -> None:
    night.touch(position, *documents_above(contest))
    for prefecture in contest.facts.prefectures:
        night.touch(position, f"prefectures/{prefecture}")
