"""Events that change a definition: what stood, what stands, and which reports became doubtful."""

from collections.abc import Mapping

import msgspec

from aggregates.base import Event
from aggregates.counting.race import is_uncontested
from aggregates.election import amendment_events as amendments
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.identifiers import contest_stream
from projections.state.election_state import Amendment, ElectionState
from projections.state.handlers.contest_handlers import (
    contest_documents,
    coverage_documents,
    mark_ballot_change,
    open_unit,
    place_count,
    state_no_poll,
    touch_coverage,
    touch_dependents,
    touch_whole,
    unit_documents,
    unit_parts,
)
from projections.state.records import ContestRecord, PrefectureCounts
from projections.state.results import build_race


def apply_option_amended(
    state: ElectionState, event: amendments.OptionAmendment, position: int
) -> None:
    contest = _find_contest(state, event)
    before, after = event.before, event.after
    contest.options[after.id] = after
    if amendments.sheet_names(before) != amendments.sheet_names(after):
        _doubt_reports(state, contest, position)
    mark_ballot_change(state, contest, position)
    _keep(
        state, Amendment(position, event, contest.facts.id, after.id, _texts(before), _texts(after))
    )


def apply_ballot_reordered(
    state: ElectionState, event: amendments.BallotReordered, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.options = {option: contest.options[option] for option in event.after}
    _doubt_reports(state, contest, position)
    mark_ballot_change(state, contest, position)
    before, after = ({"order": "、".join(each)} for each in (event.before, event.after))
    _keep(state, Amendment(position, event, contest.facts.id, "", before, after))


def _doubt_reports(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Reports of sheets with other names, or another order: their offices answer for them."""
    for count in contest.counts.values():
        if count.tally is not None:
            count.doubtful = True
            state.touch(position, *count.own_documents)


def apply_contest_amended(
    state: ElectionState, event: amendments.ContestAmended, position: int
) -> None:
    contest, before = state.contests[event.after.id], event.before
    touch_whole(state, contest, position)
    contest.facts = event.after
    contest.documents = contest_documents(event.after)
    _place_contest(state, contest, before)
    _change_units(state, contest, before)
    contest.clear_everything()
    touch_whole(state, contest, position)
    touch_dependents(state, contest, position)
    state.touch(position, *coverage_documents({*before.prefectures, *event.after.prefectures}))
    state.touch(position, *_unit_parts(before), *_unit_parts(event.after))
    state.touch(position, "turnout", "declarations")
    state.change_ballots(position)
    units = {*before.units, *event.after.units}
    state.touch(position, *(f"districts/{code}" for code in sorted(units)))
    state_no_poll(state, contest, position)
    old, new = _texts(before), _texts(event.after)
    if event.set_aside:
        old["set_aside"], new["set_aside"] = "", "、".join(event.set_aside)
    _keep(state, Amendment(position, event, contest.facts.id, "", old, new))


def _unit_parts(facts: ContestFacts) -> tuple[str, ...]:
    return unit_parts(facts, facts.prefectures)


def _place_contest(state: ElectionState, contest: ContestRecord, before: ContestFacts) -> None:
    """Lists by prefecture and block stay in the order of definition."""
    if before.block:
        state.by_block.pop(before.block, None)
    if contest.facts.block:
        state.by_block[contest.facts.block] = contest
    for code in {*before.prefectures, *contest.facts.prefectures}:
        state.by_prefecture[code] = [
            each for each in state.contests.values() if code in each.facts.prefectures
        ]
    contest.groups = {
        code: contest.groups.get(code) or PrefectureCounts() for code in contest.facts.prefectures
    }


def _change_units(state: ElectionState, contest: ContestRecord, before: ContestFacts) -> None:
    for code in before.units:
        if code not in contest.facts.units:
            count = contest.counts.pop(code)
            count.group.counts.remove(count)
            state.by_unit[code].remove(count)
            contest.unsettled -= not count.settled
    for code in contest.facts.units:
        if code not in contest.counts:
            open_unit(state, contest, code)
    contest.counts = {code: contest.counts[code] for code in contest.facts.units}
    for count in contest.counts.values():
        place_count(state, count)


def apply_contest_added_late(
    state: ElectionState, event: amendments.ContestAddedLate, position: int
) -> None:
    """Counting is open already: whether nobody votes is settled at once."""
    contest = _find_contest(state, event)
    contest.uncontested = is_uncontested(build_race(state, contest))
    contest.polled = not contest.uncontested
    contest.clear_everything()
    touch_whole(state, contest, position)
    touch_dependents(state, contest, position)
    touch_coverage(state, contest, position)
    state.touch(position, "turnout")
    _keep(state, Amendment(position, event, contest.facts.id, "", {}, _texts(contest.facts)))


def apply_units_added(state: ElectionState, event: amendments.UnitsAdded, position: int) -> None:
    for unit in event.units:
        state.register().units[unit.code] = unit
        state.touch(position, *unit_documents(unit))
    state.touch(position, "national")
    for unit in event.units:
        _keep(state, Amendment(position, event, "", unit.code, {}, _texts(unit)))


def apply_unit_amended(state: ElectionState, event: amendments.UnitAmended, position: int) -> None:
    unit = event.after
    state.register().units[unit.code] = unit
    state.touch(position, *unit_documents(unit), *coverage_documents((unit.prefecture,)))
    for count in state.by_unit.get(unit.code, ()):
        state.touch(position, *count.own_documents)
        touch_whole(state, count.contest, position)
    _keep(state, Amendment(position, event, "", unit.code, _texts(event.before), _texts(unit)))


def apply_party_amended(
    state: ElectionState, event: amendments.PartyAmended, position: int
) -> None:
    """Parties are named wherever their votes and seats are."""
    state.register().parties[event.after.id] = event.after
    state.touch(position, "seats", "national")
    state.change_ballots(position)
    for contest in state.contests.values():
        touch_whole(state, contest, position)
    before, after = _texts(event.before), _texts(event.after)
    _keep(state, Amendment(position, event, "", event.after.id, before, after))


def _find_contest(state: ElectionState, event: Event) -> ContestRecord:
    return state.contests[event.originator_id.removeprefix(contest_stream(""))]


def _texts(facts: msgspec.Struct) -> dict[str, str]:
    """Every field that is stated, as people read it."""
    fields: Mapping[str, object] = msgspec.structs.asdict(facts)
    return {name: _as_text(value) for name, value in fields.items() if value not in _UNSTATED}


_UNSTATED = (None, "", (), msgspec.UNSET)


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_as_text, value))
    name = getattr(value, "name", "")
    return f"{getattr(value, 'id', '')} {name}".strip() if name else str(value)


def _keep(state: ElectionState, amendment: Amendment) -> None:
    state.amendments.append(amendment)
    state.touch(amendment.position, "corrections")
