"""`turnout`, `coverage`, `candidates`: one table of the nation each.

The two long ones are there in parts as well: `prefecture-coverage/{code}` and
`contest-candidates/{kind}/{id}` have the shape of the whole.
"""

from collections.abc import Iterable
from typing import get_args

import msgspec

from aggregates.election.ballot import Candidate, Justice, Party, PartyList, PollOption
from aggregates.election.geography import prefectures_among
from projections.documents import document_parts
from projections.documents.models import Head, Poll, Progress
from projections.documents.results_document import ContestStatus, contest_status
from projections.documents.rows.candidate_standings import CandidateStanding, candidate_standings
from projections.state.count_status import Status
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.sums import TurnoutSums, add_turnouts


class TurnoutTable(msgspec.Struct, frozen=True, kw_only=True):
    """Turnout of one kind of contest.

    Attributes:
        kind: Kind of contest.
        national: The nation.
        prefectures: By prefecture code.
    """

    kind: str
    national: Poll
    prefectures: dict[str, Poll]


class TurnoutDocument(msgspec.Struct, frozen=True, kw_only=True):
    """投票状況 of the nation.

    Attributes:
        head: Election, environment, position.
        tables: Per kind of contest.
    """

    head: Head
    tables: list[TurnoutTable]


def turnout_document(state: ElectionState, key: str) -> TurnoutDocument:
    """Build `turnout`."""
    kinds = dict.fromkeys(contest.facts.kind for contest in state.contests.values())
    return TurnoutDocument(
        head=document_parts.head(state, key), tables=[_turnout_table(state, kind) for kind in kinds]
    )


def _turnout_table(state: ElectionState, kind: str) -> TurnoutTable:
    by_prefecture: dict[str, list[TurnoutSums]] = {}
    for contest in state.contests.values():
        if contest.facts.kind == kind:
            for code, group in contest.groups.items():
                by_prefecture.setdefault(code, []).append(group.turnout())
    sums = {code: add_turnouts(found) for code, found in sorted(by_prefecture.items())}
    return TurnoutTable(
        kind=kind,
        national=document_parts.poll(add_turnouts(sums.values())),
        prefectures={code: document_parts.poll(sums[code]) for code in prefectures_among(sums)},
    )


class ContestCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """Which units of a contest have reported.

    Attributes:
        contest: Id.
        uncontested: 無投票: nobody votes, so no unit reports.
        units: Unit code -> none, interim, final, corrected or contested; every unit is there.
    """

    contest: str
    uncontested: bool
    units: dict[str, Status]


class CoverageDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The coverage table, or its part for a prefecture: nobody can be missing unnoticed.

    Attributes:
        head: Election, environment, position.
        counts: How many counts have which status.
        contests: Per contest; in a part those of the prefecture, with its units alone.
    """

    head: Head
    counts: dict[str, int]
    contests: list[ContestCoverage]


def coverage_document(state: ElectionState, key: str) -> CoverageDocument:
    """Build `coverage`."""
    shown = ((contest, contest.counts.values()) for contest in state.contests.values())
    return _coverage(state, key, shown)


def prefecture_coverage_document(state: ElectionState, key: str) -> CoverageDocument:
    """Build `prefecture-coverage/{code}`: contests held there, with the units that lie there."""
    code = key.partition("/")[2]
    shown = (
        (contest, contest.groups[code].counts) for contest in state.by_prefecture.get(code, ())
    )
    return _coverage(state, key, shown)


def _coverage(
    state: ElectionState,
    key: str,
    shown: Iterable[tuple[ContestRecord, Iterable[CountRecord]]],
) -> CoverageDocument:
    counts: dict[str, int] = dict.fromkeys(get_args(Status), 0)
    contests = []
    for contest, held in shown:
        units = {count.unit: count.status for count in held if not contest.uncontested}
        for status in units.values():
            counts[status] += 1
        contests.append(
            ContestCoverage(contest=contest.facts.id, uncontested=contest.uncontested, units=units)
        )
    return CoverageDocument(head=document_parts.head(state, key), counts=counts, contests=contests)


class ContestBallot(msgspec.Struct, frozen=True, kw_only=True):
    """The ballot of one contest.

    Attributes:
        contest: Id.
        name: Name.
        kind: Kind of contest.
        seats: Seats.
        prefectures: Codes of the prefectures of its units.
        candidates: Candidates, in order of the ballot.
        lists: Lists with their members, in order of the ballot.
        justices: Justices under review, in order of the ballot.
        withdrawn: Option id -> why it no longer stands.
        options: Options of a poll, in order of the ballot; left out elsewhere.
        status: How far the contest is: see `results`.
        progress: From the register.
        standings: Everybody on the ballot with votes and decision, a list before its members.
    """

    contest: str
    name: str
    kind: str
    seats: int
    prefectures: tuple[str, ...]
    candidates: list[Candidate]
    lists: list[PartyList]
    justices: list[Justice]
    withdrawn: dict[str, str]
    status: ContestStatus
    progress: Progress
    standings: list[CandidateStanding]
    options: list[PollOption] | msgspec.UnsetType = msgspec.UNSET


class CandidatesDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands, with which votes, and who is elected: parties and ballots; or of one contest.

    Attributes:
        head: Election, environment, position.
        parties: Registered parties; in the part of a contest those that its ballot names.
        contests: Ballots; in the part of a contest its own.
    """

    head: Head
    parties: list[Party]
    contests: list[ContestBallot]


def candidates_document(state: ElectionState, key: str) -> CandidatesDocument:
    """Build `candidates`."""
    return CandidatesDocument(
        head=document_parts.head(state, key),
        parties=list(state.register().parties.values()),
        contests=[_contest_ballot(state, contest) for contest in state.contests.values()],
    )


def contest_candidates_document(state: ElectionState, key: str) -> CandidatesDocument:
    """Build `contest-candidates/{kind}/{id}`: the ballot of one contest, as in `candidates`."""
    ballot = _contest_ballot(state, state.contests[key.partition("/")[2]])
    named = {each.party for each in ballot.candidates}
    for each in ballot.lists:
        named |= {each.party, *(member.party for member in each.members)}
    return CandidatesDocument(
        head=document_parts.head(state, key),
        parties=[party for party in state.register().parties.values() if party.id in named],
        contests=[ballot],
    )


def _contest_ballot(state: ElectionState, contest: ContestRecord) -> ContestBallot:
    return ContestBallot(
        contest=contest.facts.id,
        name=contest.facts.name,
        kind=contest.facts.kind,
        seats=contest.facts.seats,
        prefectures=contest.prefectures,
        candidates=[o for o in contest.options.values() if isinstance(o, Candidate)],
        lists=[o for o in contest.options.values() if isinstance(o, PartyList)],
        justices=[o for o in contest.options.values() if isinstance(o, Justice)],
        withdrawn=dict(contest.withdrawn),
        options=_poll_options(contest),
        status=contest_status(contest),
        progress=document_parts.progress(contest.sums()),
        standings=candidate_standings(state, contest),
    )


def _poll_options(contest: ContestRecord) -> list[PollOption] | msgspec.UnsetType:
    found = [o for o in contest.options.values() if isinstance(o, PollOption)]
    return found or msgspec.UNSET
