"""Events of contests: definition, ballot, withdrawal."""

from aggregates import contest as contests
from aggregates.base import Event
from aggregates.geography import BLOCKS
from aggregates.identity import count_stream, turnout_stream
from projections.state import (
    ALWAYS,
    ContestRecord,
    CountRecord,
    NightState,
    TurnoutPlace,
    TurnoutRecord,
)

_BLOCK_OF = {prefecture: block.id for block in BLOCKS for prefecture in block.prefectures}


def contest_defined(night: NightState, event: contests.ContestDefined, position: int) -> None:
    facts = event.contest
    contest = ContestRecord(facts)
    night.contests[facts.id] = contest
    above = documents_above(contest)
    for code in facts.units:
        _open_unit(night, contest, code, above)
        night.touch(position, f"districts/{code}")
    night.touch(position, *above, "turnout", "candidates")
    for prefecture in facts.prefectures:
        night.touch(position, f"prefectures/{prefecture}")


def _open_unit(
    night: NightState, contest: ContestRecord, code: str, above: tuple[str, ...]
) -> None:
    prefecture = night.register().units[code].prefecture
    here = (f"districts/{code}", f"prefectures/{prefecture}")
    count = CountRecord(contest, code, here + above)
    count.group = contest.groups[prefecture]
    count.group.counts.append(count)
    turnout = TurnoutRecord(code)
    count.group.turnouts.append(turnout)
    contest.counts[code] = count
    contest.turnouts[code] = turnout
    night.counts[count_stream(contest.facts.id, code)] = count
    stream = turnout_stream(contest.facts.id, code)
    night.turnouts[stream] = TurnoutPlace(contest, count.group, turnout, (*here, *above, "turnout"))


def documents_above(contest: ContestRecord) -> tuple[str, ...]:
    """Documents of a whole contest: itself, its block, the nation."""
    facts = contest.facts
    above = [f"contests/{facts.id}", *ALWAYS]
    if facts.kind == "house-block":
        above += [f"blocks/{facts.block}", "seats"]
    elif facts.kind == "house-district":
        # A district's winner leaves the list: the block's seats follow from its districts.
        blocks = {_BLOCK_OF[prefecture] for prefecture in facts.prefectures}
        above += [*(f"blocks/{block}" for block in sorted(blocks)), "seats"]
    elif facts.kind != "justices":
        above.append("seats")
    return tuple(above)


def candidates_registered(
    night: NightState, event: contests.CandidatesRegistered, position: int
) -> None:
    contest = night.contests[_contest_of(event)]
    contest.options |= {option.id: option for option in event.candidates}
    _touch_contest(night, contest, position)


def list_registered(night: NightState, event: contests.ListRegistered, position: int) -> None:
    contest = night.contests[_contest_of(event)]
    contest.options[event.party_list.id] = event.party_list
    _touch_contest(night, contest, position)


def justices_registered(
    night: NightState, event: contests.JusticesRegistered, position: int
) -> None:
    contest = night.contests[_contest_of(event)]
    contest.options |= {option.id: option for option in event.justices}
    _touch_contest(night, contest, position)


def candidate_withdrawn(
    night: NightState, event: contests.CandidateWasWithdrawn, position: int
) -> None:
    contest = night.contests[_contest_of(event)]
    contest.withdrawn[event.option] = event.cause
    _touch_contest(night, contest, position)


def _touch_contest(night: NightState, contest: ContestRecord, position: int) -> None:
    night.touch(position, *documents_above(contest), "candidates")
    for prefecture in contest.facts.prefectures:
        night.touch(position, f"prefectures/{prefecture}")
    for code in contest.facts.units:
        night.touch(position, f"districts/{code}")


def _contest_of(event: Event) -> str:
    return event.originator_id.removeprefix("contest/")
