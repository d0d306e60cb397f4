"""Events of contests: definition, ballot, withdrawal; and which documents show a contest."""

import msgspec

from aggregates.base import Event
from aggregates.election import contest as contests
from aggregates.election.identifiers import count_stream, turnout_stream
from aggregates.election.particulars import Particulars
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord


def contest_defined(night: ElectionState, event: contests.ContestDefined, position: int) -> None:
    facts = event.contest
    contest = ContestRecord(facts)
    contest.documents = _documents(contest)
    contest.dependents = night.dependents.setdefault(facts.id, {})
    night.contests[facts.id] = contest
    if facts.block:
        night.by_block[facts.block] = contest
    for prefecture in facts.prefectures:
        night.by_prefecture.setdefault(prefecture, []).append(contest)
    for code in facts.units:
        _open_unit(night, contest, code)
        night.touch(position, f"districts/{code}")
    touch_whole(night, contest, position)
    night.touch(position, "turnout", "candidates", "coverage", "declarations")


def _documents(contest: ContestRecord) -> tuple[str, ...]:
    facts = contest.facts
    found = [f"contests/{facts.id}", "national"]
    if facts.seats:
        found.append("seats")
    if facts.block:
        found.append(f"blocks/{facts.block}")
    return tuple(found)


def _open_unit(night: ElectionState, contest: ContestRecord, code: str) -> None:
    facts = contest.facts
    prefecture = night.register().units[code].prefecture
    group = contest.groups[prefecture]
    count = CountRecord(contest, group, code)
    count.own_documents = (f"districts/{code}", f"contests/{facts.id}")
    blocks = (f"blocks/{facts.block}",) if facts.block else ()
    count.documents = (*count.own_documents, f"prefectures/{prefecture}", "national", *blocks)
    group.counts.append(count)
    contest.counts[code] = count
    contest.unsettled += 1
    night.by_unit.setdefault(code, []).append(count)
    night.counts[count_stream(facts.id, code)] = count
    night.turnouts[turnout_stream(facts.id, code)] = count


def touch_whole(night: ElectionState, contest: ContestRecord, position: int) -> None:
    """Something changed that every document showing this contest shows, units apart."""
    night.touch(position, *contest.documents)
    for prefecture in contest.facts.prefectures:
        night.touch(position, f"prefectures/{prefecture}")


def touch_dependents(night: ElectionState, contest: ContestRecord, position: int) -> None:
    """The standing of a district changed: lists lose or get back members who stand in it."""
    for dependent in contest.dependents.values():
        dependent.clear_law()
        night.touch(position, *dependent.documents)
        if dependent.local:
            night.touch(position, f"prefectures/{dependent.facts.prefectures[0]}")


def candidates_registered(
    night: ElectionState, event: contests.CandidatesRegistered, position: int
) -> None:
    contest = _find_contest(night, event)
    contest.options |= {option.id: option for option in event.candidates}
    _ballot_changed(night, contest, position)


def list_registered(night: ElectionState, event: contests.ListRegistered, position: int) -> None:
    contest = _find_contest(night, event)
    contest.options[event.party_list.id] = event.party_list
    for member in event.party_list.members:
        if member.dual is not None:
            dependents = night.dependents.setdefault(member.dual.contest, {})
            dependents[contest.facts.id] = contest
    _ballot_changed(night, contest, position)


def justices_registered(
    night: ElectionState, event: contests.JusticesRegistered, position: int
) -> None:
    contest = _find_contest(night, event)
    contest.options |= {option.id: option for option in event.justices}
    _ballot_changed(night, contest, position)


def candidate_withdrawn(
    night: ElectionState, event: contests.CandidateWasWithdrawn, position: int
) -> None:
    contest = _find_contest(night, event)
    contest.withdrawn[event.option] = event.cause
    _ballot_changed(night, contest, position)


def particulars_recorded(
    night: ElectionState, event: contests.ParticularsRecorded, _position: int
) -> None:
    """Field by field: what is not stated stays as it was. Reports read it, no document does."""
    contest = _find_contest(night, event)
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


def _ballot_changed(night: ElectionState, contest: ContestRecord, position: int) -> None:
    contest.clear_law()
    touch_whole(night, contest, position)
    touch_dependents(night, contest, position)
    night.touch(position, "candidates")


def _find_contest(night: ElectionState, event: Event) -> ContestRecord:
    return night.contests[event.originator_id.removeprefix("contest/")]
