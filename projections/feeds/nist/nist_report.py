"""NIST SP 1500-100 version 2 (Election Results Common Data Format) from the fold.

`national` gives every contest with its totals; a prefecture or a contest gives every unit as well.
Keys are in the order of the published XML Schema, so the same report is written as JSON and XML.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import NamedTuple

from aggregates.election.ballot import Candidate, PartyList
from aggregates.election.geography import PREFECTURES, prefectures_among
from projections.documents import document_parts
from projections.documents.models import Head
from projections.feeds.nist.nist_parts import Node, external, identifier, node, text
from projections.feeds.nist.nist_selections import (
    answers,
    candidate_id,
    candidates,
    lists,
    options,
    persons,
    places,
    unit_sums,
)
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.results import is_contradicted
from projections.state.sums import SheetSums, add_up

NATION = "gp.jp"


class Scope(NamedTuple):
    """What a report covers.

    Attributes:
        place: The reporting unit that is the whole.
        contests: Contests in it, with the counts that lie in it.
        by_unit: Whether units are distinguished.
    """

    place: str
    contests: list[tuple[ContestRecord, list[CountRecord]]]
    by_unit: bool = True


def election_report(state: ElectionState, document: str) -> Node:
    """The report of `national`, `prefectures/{pp}` or `contests/{kind}/{id}`.

    Raises:
        KeyError: There is no such document, or it has no such report.
    """
    head = document_parts.head(state, document)
    scope = _scope(state, document)
    sums = [_sums(counts) for _, counts in scope.contests]
    return node(
        "ElectionReport",
        Election=[_election(head, scope)],
        Format="precinct-level" if scope.by_unit else "summary-contest",
        GeneratedDate=head.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        GpUnit=[*_places(state, scope), *_districts(scope), *_units(state, scope)],
        Issuer="選挙管理委員会",
        IssuerAbbreviation="選管",
        IsTest=bool(head.warning),
        Notes=" ".join(filter(None, (head.warning, f"position={head.position}", _note(sums)))),
        Party=_parties(state, scope),
        SequenceStart=head.position,
        SequenceEnd=head.position,
        Status=_status(state, scope, sums),
        TestType=head.environment if head.warning else None,
        VendorApplicationId="kaihyo",
    )


def _scope(state: ElectionState, document: str) -> Scope:
    kind, _, name = document.partition("/")
    if kind == "contests":
        contest = state.contests[name]
        return Scope(_district_id(contest), [(contest, list(contest.counts.values()))])
    if kind == "prefectures":
        found = [(c, c.groups[name].counts) for c in state.by_prefecture.get(name, ())]
        return Scope(_prefecture_id(name), found)
    if kind == "national":
        every = [(c, list(c.counts.values())) for c in state.contests.values()]
        return Scope(NATION, every, by_unit=False)
    raise KeyError(document)


def _sums(counts: Iterable[CountRecord]) -> SheetSums:
    return add_up(map(unit_sums, counts))


def _note(sums: list[SheetSums]) -> str:
    """NIST has no mark for a single figure that is estimated, so the report as a whole says so."""
    if not any(each.estimated for each in sums):
        return ""
    return (
        "推計を含みます（無効投票数等の一部は、開票区で数えた数ではありません） includes estimates"
    )


def _status(state: ElectionState, scope: Scope, sums: list[SheetSums]) -> str:
    declared = [contest.declared is not None for contest, _ in scope.contests]
    doubted = any(is_contradicted(state, contest) for contest, _ in scope.contests)
    if declared and all(declared) and not doubted:
        return "certified"
    complete = bool(sums) and all(each.final == each.units for each in sums)
    return "unofficial-complete" if complete else "unofficial-partial"


def _count_status(units: int, reporting: int, final: int) -> list[Node]:
    unfinished = "in-process" if reporting else "not-processed"
    return [node("CountStatus", Status="completed" if final == units else unfinished, Type="total")]


# --- where ------------------------------------------------------------------------------------


def _prefecture_id(code: str) -> str:
    return f"gp.{code}"


def _district_id(contest: ContestRecord) -> str:
    return identifier("gp.d", contest.facts.id)


def _places(state: ElectionState, scope: Scope) -> Iterator[Node]:
    units = state.register().units
    codes = prefectures_among(
        units[c.unit].prefecture for _, counts in scope.contests for c in counts
    )
    if scope.place == NATION:
        members = [_prefecture_id(code) for code in codes]
        yield node(
            "ReportingUnit", NATION, ComposingGpUnitIds=members, Name=text("日本"), Type="country"
        )
    for code in codes:
        yield node(
            "ReportingUnit",
            _prefecture_id(code),
            ExternalIdentifier=[external("jis-x-0401", code)],
            Name=text(PREFECTURES[code]),
            Type="state",
        )


def _districts(scope: Scope) -> Iterator[Node]:
    for contest, _ in scope.contests:
        yield node(
            "ReportingUnit",
            _district_id(contest),
            ExternalIdentifier=[external("contest", contest.facts.id)],
            Name=text(contest.facts.name),
            IsDistricted=True,
            Type="other",
            OtherType=contest.facts.kind,
        )


def _units(state: ElectionState, scope: Scope) -> Iterator[Node]:
    if not scope.by_unit:
        return
    by_unit: dict[str, list[CountRecord]] = {}
    for _, counts in scope.contests:
        for count in counts:
            by_unit.setdefault(count.unit, []).append(count)
    for code, counts in by_unit.items():
        unit = state.register().units[code]
        sums = _sums(counts)
        yield node(
            "ReportingUnit",
            identifier("gp.u", code),
            ExternalIdentifier=[external("unit", code)],
            Name=text(unit.name),
            CountStatus=_count_status(sums.units, sums.reporting, sums.final),
            SubUnitsReported=sums.reporting,
            TotalSubUnits=sums.units,
            Type="municipality" if unit.kind == "municipality" else "other",
            OtherType=None if unit.kind == "municipality" else unit.kind,
        )


# --- who --------------------------------------------------------------------------------------


def _parties(state: ElectionState, scope: Scope) -> list[Node]:
    used = {
        option.party
        for contest, _ in scope.contests
        for option in contest.options.values()
        if isinstance(option, Candidate | PartyList) and option.party
    }
    registered = state.register().parties
    parties = [
        node(
            "Party",
            identifier("p", party),
            Abbreviation=text(registered[party].short),
            Color=(registered[party].color or "").removeprefix("#") or None,
            Name=text(registered[party].name),
        )
        for party in sorted(used)
    ]
    # A list always names a party; that of one without a party is that of independents.
    independent = node("Party", "p.", Name=text(document_parts.INDEPENDENT))
    lists = any(contest.is_list for contest, _ in scope.contests)
    return [*parties, independent] if lists else parties


# --- what -------------------------------------------------------------------------------------


def _election(head: Head, scope: Scope) -> Node:
    mark = "【訓練】" if head.warning else ""
    return node(
        "Election",
        Candidate=[each for contest, _ in scope.contests for each in candidates(contest)],
        Contest=[each for part in scope.contests for each in _contests(scope, *part)],
        ElectionScopeId=scope.place,
        ExternalIdentifier=[external("election", head.election)],
        Name=text(f"{mark}{head.election_name}"),
        StartDate=head.polling_day.isoformat(),
        EndDate=head.polling_day.isoformat(),
        Type="general",
    )


def _contests(scope: Scope, contest: ContestRecord, counts: list[CountRecord]) -> Iterator[Node]:
    # Of a contest that goes beyond a prefecture only what lies within is reported there.
    whole = scope.place if scope.place != NATION else _district_id(contest)
    found = places(whole, counts, by_unit=scope.by_unit)
    if contest.rule.ballot == "justices":
        for justice in contest.options:
            fields = _fields(contest, counts, answers(contest, justice, found))
            own = identifier("co", contest.facts.id, justice)
            yield node(
                "RetentionContest", own, **fields, CandidateId=candidate_id(contest, justice)
            )
        return
    own = identifier("co", contest.facts.id)
    if contest.rule.ballot == "options":
        fields = _fields(contest, counts, options(contest, found))
        yield node("BallotMeasureContest", own, **fields)
        return
    if contest.is_list:
        fields = _fields(contest, counts, lists(contest, found))
        yield node("PartyContest", own, **fields, VoteVariation="proportional")
        return
    fields = _fields(contest, counts, persons(contest, found)) | {"VoteVariation": "plurality"}
    seats = contest.facts.seats
    yield node("CandidateContest", own, **fields, NumberElected=seats, VotesAllowed=1)


def _fields(
    contest: ContestRecord, counts: list[CountRecord], selections: list[Node]
) -> dict[str, object]:
    sums = _sums(counts)
    return {
        "ContestSelection": selections,
        "CountStatus": _count_status(sums.units, sums.reporting, sums.final),
        "ElectionDistrictId": _district_id(contest),
        "ExternalIdentifier": [external("contest", contest.facts.id)],
        "Name": contest.facts.name,
        "SubUnitsReported": sums.reporting,
        "TotalSubUnits": sums.units,
    }
