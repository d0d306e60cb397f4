"""Events of counts and turnouts: the mass of the night, so each costs as little as can be."""

from aggregates.counting import count_events as counts
from aggregates.counting import turnout as turnouts
from aggregates.election.tally import Tally
from projections.state.count_status import Status
from projections.state.election_state import Correction, ElectionState
from projections.state.handlers.contest_handlers import (
    coverage_in,
    touch_decision,
    touch_dependents,
    touch_whole,
)
from projections.state.records import CountRecord
from projections.state.sums import stated_figure


def apply_opened(state: ElectionState, event: counts.CountOpened, position: int) -> None:
    count = state.counts[event.originator_id]
    count.history.add(position, event)
    count.position = position
    state.touch(position, *count.own_documents)


def apply_interim(state: ElectionState, event: counts.TallyPosted, position: int) -> None:
    _take(state, event, position, final=False)


def apply_finalised(state: ElectionState, event: counts.TallyFinalised, position: int) -> None:
    _take(state, event, position, final=True)


def apply_corrected(state: ElectionState, event: counts.TallyCorrected, position: int) -> None:
    count = state.counts[event.originator_id]
    # What follows an interim report is not yet a correction of what was published as final.
    count.corrected = count.corrected or count.final
    replaces, stood = count.history.position_by_version(event.supersedes), count.tally
    _take(state, event, position, final=event.final)
    state.correct(
        Correction(
            position,
            replaces,
            event,
            _sheet_figures(stood),
            _sheet_figures(event.tally),
            frozenset(stood.estimated) if stood is not None else frozenset(),
            frozenset(event.tally.estimated),
        )
    )


def _take(state: ElectionState, event: counts.TallyEvent, position: int, *, final: bool) -> None:
    count = state.counts[event.originator_id]
    was_settled = count.final and count.state != "returned"
    count.history.add(position, event)
    count.position = position
    before = count.latest
    if event.tally.has_division or (before is not None and before.tally.has_division):
        state.touch(position, "pools")
    count.latest = event
    if count.counted is not None:
        count.counted.add_sheet(event)
    count.doubtful = False
    count.final = final
    if final:
        count.state = "final"
        _mark_figures(state, count, position, "corrected" if count.corrected else "final")
    else:
        count.state = "interim"
        _mark_figures(state, count, position, "interim")
    if final is not was_settled or count.contest.unsettled == 0:
        _settle(state, count, position, was_settled=was_settled)


def _mark_figures(state: ElectionState, count: CountRecord, position: int, status: Status) -> None:
    versions = state.versions
    for document in count.documents:
        versions[document] = position
    contest = count.contest
    if contest.is_list:
        versions["seats"] = position
    touch_decision(state, contest, position)
    if status != count.status:
        count.status = status
        prefecture = state.register().units[count.unit].prefecture
        state.touch(position, *coverage_in(prefecture))
    count.group.clear()
    contest.clear_sums()


def _settle(state: ElectionState, count: CountRecord, position: int, *, was_settled: bool) -> None:
    """Tell the lists whose members stand here, when the district is settled or was until now."""
    contest = count.contest
    before = contest.unsettled
    contest.unsettled += was_settled - count.settled
    if before == 0 or contest.unsettled == 0:
        state.touch(position, "seats")
        touch_dependents(state, contest, position)


def apply_confirmed(state: ElectionState, event: counts.CountConfirmed, position: int) -> None:
    count = state.counts[event.originator_id]
    was_returned, was_settled = count.state == "returned", count.settled
    count.state = "confirmed"
    count.history.add(position, event)
    count.position = position
    state.touch(position, *count.own_documents)
    if count.doubtful:
        count.doubtful = False
        count.contest.clear_law()
        touch_whole(state, count.contest, position)
    if was_returned:
        _mark_figures(state, count, position, "corrected" if count.corrected else "final")
        _settle(state, count, position, was_settled=was_settled)


def apply_returned(state: ElectionState, event: counts.CountReturned, position: int) -> None:
    count = state.counts[event.originator_id]
    was_settled = count.settled
    count.state = "returned"
    count.history.add(position, event)
    count.position = position
    _mark_figures(state, count, position, "contested")
    _settle(state, count, position, was_settled=was_settled)


def _sheet_figures(sheet: Tally | None) -> dict[str, int | None]:
    if sheet is None:
        return {}
    wholes = {field: stated_figure(sheet, field) for field in _SHEET_FIELDS}
    no = {f"no/{justice}": value for justice, value in (sheet.no or {}).items()}
    votes = {f"votes/{option}": value for option, value in sheet.votes.items()}
    pools = {f"pools/{pool.name}": pool.ballots for pool in sheet.pools}
    return {**votes, **no, **wholes, **pools}


_SHEET_FIELDS = (
    "cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters",
)  # fmt: skip


def apply_turnout_reported(
    state: ElectionState, event: turnouts.TurnoutReported, position: int
) -> None:
    _take_turnout(state, event, position, final=False)


def apply_turnout_finalised(
    state: ElectionState, event: turnouts.TurnoutFinalised, position: int
) -> None:
    _take_turnout(state, event, position, final=True)


def apply_turnout_corrected(
    state: ElectionState, event: turnouts.TurnoutCorrected, position: int
) -> None:
    turnout = state.turnouts[event.originator_id].turnout
    replaces = turnout.history.position_by_version(event.supersedes)
    stood = turnout.figures
    _take_turnout(state, event, position, final=event.final)
    state.correct(
        Correction(
            position,
            replaces,
            event,
            _poll_figures(stood),
            _poll_figures(event.figures),
            _estimated_people(stood),
            _estimated_people(event.figures),
        )
    )


def _take_turnout(
    state: ElectionState, event: turnouts.TurnoutEvent, position: int, *, final: bool
) -> None:
    count = state.turnouts[event.originator_id]
    turnout = count.turnout
    turnout.final = final
    if count.counted is not None:
        count.counted.add_poll(event)
    turnout.history.add(position, event)
    versions = state.versions
    for document in count.documents:
        versions[document] = position
    versions["turnout"] = position
    touch_decision(state, count.contest, position)
    count.group.clear()
    count.contest.clear_sums()


def _poll_figures(figures: turnouts.TurnoutFigures | None) -> dict[str, int | None]:
    if figures is None:
        return {}
    return {
        f"{field}/{sex}": getattr(getattr(figures, field), sex)
        for field in ("electors", "voters", "overseas_electors", "overseas_voters")
        for sex in ("male", "female")
    }


def _estimated_people(figures: turnouts.TurnoutFigures | None) -> frozenset[str]:
    """Turnout is estimated as a whole: every field of it, or none."""
    return frozenset(_poll_figures(figures)) if figures and figures.estimated else frozenset()
