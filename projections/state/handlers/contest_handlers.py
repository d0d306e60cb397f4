"""Events of contests: definition, ballot, withdrawal; and which documents show a contest."""

from collections.abc import Iterable
from functools import cache

import msgspec

from aggregates.base import Event
from aggregates.counting.race import is_uncontested
from aggregates.election.ballot import PartyList
from aggregates.election.contests import contest_events as contests
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.geography import Unit, prefectures_among
from aggregates.election.identifiers import count_stream, turnout_stream
from aggregates.election.particulars import Particulars
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.results import build_race

WHOLE = ("national", "results", "candidates")
"""Documents that show every contest."""

_PARTED = 2
"""From so many prefectures on the units of a contest have documents of their own."""


def apply_contest_defined(
    state: ElectionState, event: contests.ContestDefined, position: int
) -> None:
    facts = event.contest
    contest = ContestRecord(facts, state.register().rule(facts.kind))
    contest.documents = contest_documents(facts)
    contest.dependents = state.dependents.setdefault(facts.id, {})
    state.contests[facts.id] = contest
    if facts.block:
        state.by_block[facts.block] = contest
    for prefecture in facts.prefectures:
        state.by_prefecture.setdefault(prefecture, []).append(contest)
    for code in facts.units:
        open_unit(state, contest, code)
        state.touch(position, f"districts/{code}")
    touch_whole(state, contest, position)
    touch_coverage(state, contest, position)
    state.touch(position, *unit_parts(facts, facts.prefectures), "turnout", "declarations")
    state.change_ballots(position)


def contest_documents(facts: ContestFacts) -> tuple[str, ...]:
    """Documents that show a contest as a whole."""
    found = [f"contests/{facts.id}", f"contest-candidates/{facts.id}", *WHOLE]
    if facts.seats:
        found.append("seats")
    if facts.block:
        found.append(f"blocks/{facts.block}")
    return tuple(found)


def unit_parts(facts: ContestFacts, places: Iterable[str]) -> tuple[str, ...]:
    """Parts of a contest that spans prefectures, or of any block: its units in some of them."""
    if len(facts.prefectures) < _PARTED and not facts.block:
        return ()
    return tuple(f"contest-units/{facts.id}/{place}" for place in prefectures_among(places))


def unit_documents(unit: Unit) -> tuple[str, ...]:
    """Documents of a unit and of where it lies; no document is of the nation as one unit."""
    places = prefectures_among((unit.prefecture,))
    return (f"districts/{unit.code}", *(f"prefectures/{place}" for place in places))


def open_unit(state: ElectionState, contest: ContestRecord, code: str) -> None:
    """A unit reports on a contest; one that left it before comes back with its reports."""
    facts = contest.facts
    group = contest.groups[state.register().units[code].prefecture]
    count = state.counts.get(count_stream(facts.id, code)) or CountRecord(
        contest, group, code, state.source
    )
    count.group = group
    place_count(state, count)
    group.counts.append(count)
    contest.counts[code] = count
    contest.unsettled += not count.settled
    state.by_unit.setdefault(code, []).append(count)
    state.counts[count_stream(facts.id, code)] = count
    state.turnouts[turnout_stream(facts.id, code)] = count


def place_count(state: ElectionState, count: CountRecord) -> None:
    """Say which documents show a count."""
    facts = count.contest.facts
    prefecture = state.register().units[count.unit].prefecture
    parts = unit_parts(facts, (prefecture,))
    # The same strings for every unit: their hashes are known, and equal keys are the same object.
    whole, ballot, *_ = count.contest.documents
    count.own_documents = (f"districts/{count.unit}", whole, *parts)
    blocks = (f"blocks/{facts.block}",) if facts.block else ()
    # A joint district is shown whole in each of its prefectures.
    places = facts.prefectures if count.contest.is_joint else (prefecture,)
    shown = (f"prefectures/{each}" for each in prefectures_among(places))
    count.documents = (*count.own_documents, *shown, ballot, *WHOLE, *blocks)


def touch_whole(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Something changed that every document showing this contest shows, units apart."""
    state.touch(position, *contest.documents)
    for prefecture in prefectures_among(contest.facts.prefectures):
        state.touch(position, f"prefectures/{prefecture}")


def coverage_documents(places: Iterable[str]) -> tuple[str, ...]:
    """The table of coverage, and its parts for prefectures."""
    return ("coverage", *(f"prefecture-coverage/{each}" for each in prefectures_among(places)))


@cache
def coverage_in(prefecture: str) -> tuple[str, ...]:
    """Documents of the coverage of a unit of a prefecture; asked for with every first report."""
    return coverage_documents((prefecture,))


def touch_coverage(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Which units report on a contest, or whether any does, changed."""
    state.touch(position, *coverage_documents(contest.facts.prefectures))


def touch_dual(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Whom a list elects changed: the ballots on which its members stand as well say so."""
    for option in contest.options.values():
        for member in option.members if isinstance(option, PartyList) else ():
            if member.dual is not None and member.dual.contest in state.contests:
                state.touch(position, f"contest-candidates/{member.dual.contest}")


def touch_decision(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Figures changed after the decision: documents say whether it still follows from them."""
    if contest.declared is not None:
        state.touch(position, "declarations", "seats")


def touch_dependents(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """The standing of a district changed: lists lose or get back members who stand in it."""
    for dependent in contest.dependents.values():
        dependent.clear_law()
        state.touch(position, *dependent.documents)
        touch_decision(state, dependent, position)
        if dependent.local:
            state.touch(position, f"prefectures/{dependent.facts.prefectures[0]}")


def apply_candidates_registered(
    state: ElectionState, event: contests.CandidatesRegistered, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.options |= {option.id: option for option in event.candidates}
    mark_ballot_change(state, contest, position)


def apply_list_registered(
    state: ElectionState, event: contests.ListRegistered, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.options[event.party_list.id] = event.party_list
    for member in event.party_list.members:
        if member.dual is not None:
            dependents = state.dependents.setdefault(member.dual.contest, {})
            dependents[contest.facts.id] = contest
    mark_ballot_change(state, contest, position)


def apply_justices_registered(
    state: ElectionState, event: contests.JusticesRegistered, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.options |= {option.id: option for option in event.justices}
    mark_ballot_change(state, contest, position)


def apply_options_registered(
    state: ElectionState, event: contests.OptionsRegistered, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.options |= {option.id: option for option in event.options}
    mark_ballot_change(state, contest, position)


def apply_candidate_withdrawn(
    state: ElectionState, event: contests.CandidateWithdrawn, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.withdrawn[event.option] = event.cause
    mark_ballot_change(state, contest, position)
    if contest.rule.ballot == "open-lists":
        # The votes for a member who is gone are no longer votes for the list, in any unit.
        state.touch(position, *(f"districts/{code}" for code in contest.facts.units))


def apply_no_poll_announced(
    state: ElectionState, event: contests.NoPollAnnounced, position: int
) -> None:
    contest = _find_contest(state, event)
    contest.no_poll_announced = True
    state_no_poll(state, contest, position)


def state_no_poll(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Say whether nobody votes, as far as that is announced, declared, or settled by the opening.

    A later nomination can bring the poll back before counting opens (POEA 86(8), 86-4(5), (6)).
    """
    before = contest.uncontested
    if state.register().phase == "defined":
        contest.uncontested = contest.is_no_poll_stated and is_uncontested(
            build_race(state, contest)
        )
    if contest.uncontested == before:
        return
    contest.clear_everything()
    touch_poll(state, contest, position)


def touch_poll(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Every document that says whether anybody votes on a contest shows something else."""
    touch_whole(state, contest, position)
    touch_dependents(state, contest, position)
    touch_coverage(state, contest, position)
    state.touch(position, "turnout")
    state.touch(position, *(f"districts/{code}" for code in contest.facts.units))


def apply_particulars_recorded(
    state: ElectionState, event: contests.ParticularsRecorded, _position: int
) -> None:
    """Field by field: what is not stated stays as it was. Reports read it, no document does."""
    contest = _find_contest(state, event)
    for stated in event.particulars:
        known = contest.particulars.get(stated.option)
        contest.particulars[stated.option] = (
            stated if known is None else _merge_particulars(known, stated)
        )


def _merge_particulars(known: Particulars, stated: Particulars) -> Particulars:
    """What is stated now over what was; a field stated of the person is inferred no longer."""
    now = {
        field: getattr(stated, field)
        for field in ("filed_name", "party_label", "sex", "age", "standing", "nominated")
        if getattr(stated, field) not in {None, ""}
    }
    inferred = {*(f for f in known.inferred if f not in now), *stated.inferred}
    return msgspec.structs.replace(known, **now, inferred=tuple(sorted(inferred)))


def mark_ballot_change(state: ElectionState, contest: ContestRecord, position: int) -> None:
    """Who or what can be voted for is another, or called otherwise."""
    contest.clear_law()
    touch_whole(state, contest, position)
    touch_decision(state, contest, position)
    touch_dependents(state, contest, position)
    touch_dual(state, contest, position)
    state.change_ballots(position)
    state_no_poll(state, contest, position)


def _find_contest(state: ElectionState, event: Event) -> ContestRecord:
    return state.contests[event.originator_id.removeprefix("contest/")]
