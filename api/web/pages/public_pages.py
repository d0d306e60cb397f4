"""Pages for everybody: the nation and everything below it."""

from collections.abc import Callable, Iterable
from typing import Annotated, TypeVar, cast

import msgspec
from fastapi import APIRouter, Query, Response

from aggregates.counting.race import is_uncontested
from aggregates.election.ballot import Candidate, PartyList
from aggregates.election.contests.contest_facts import CAUSES
from api.web.curve_lines import curve_parts
from api.web.page_request import AVisit, Context
from api.web.pages.overview_parts import overview_parts
from projections.documents.block_document import BlockDocument
from projections.documents.contest_document import ContestDocument
from projections.documents.corrections_document import CorrectionsDocument
from projections.documents.district_document import DistrictDocument
from projections.documents.models import MemberVotes, OptionRow, thousandths
from projections.documents.nation_tables import (
    CoverageDocument,
    TurnoutDocument,
)
from projections.documents.overview import (
    PrefectureDocument,
)
from projections.documents.render import build
from projections.documents.rows.race_standing import find_runner_up
from projections.election_projection import ElectionProjection
from projections.state.results import build_race
from projections.views.control.contest_remedies import contest_remedies
from projections.views.expected_reports import expected_reports
from projections.views.latest_entries import latest_rows
from projections.views.quotients import contest_quotients, quotient_table
from projections.views.unit_list import unit_states
from projections.views.whole_election.race_list import list_address

router = APIRouter(include_in_schema=False)

_LATEST = 12
_LATEST_HERE = 8
_LAST = 1000
"""Behind every place on a list."""
_STATUS_CHARS = 12
"""More than the longest word for the state of a unit has."""
_UNIT_TABLE_OPTIONS = 12
"""More columns than this do not fit: the table of units then shows totals only."""

TDocument = TypeVar("TDocument", bound=msgspec.Struct)

MapMode = Annotated[str, Query(alias="map")]


def load_document(state: ElectionProjection, key: str, kind: type[TDocument]) -> TDocument:
    """A document of a known type."""
    found = build(state, key)
    if not isinstance(found, kind):
        raise TypeError(key)
    return found


@router.get("/")
def national(visit: AVisit, mode: MapMode = "") -> Response:
    """The nation."""
    mode = mode if mode == "progress" else "votes"

    def build_page(state: ElectionProjection) -> Context:
        return {
            **overview_parts(state, mode),
            "latest": latest_rows(state, _LATEST),
            "expected": expected_reports(state),
            "blocks": [
                (block, contest.facts.name, contest.facts.seats)
                for block, contest in state.by_block.items()
            ],
        }

    return visit.page(
        "national.html",
        ("national", "seats"),
        build_page,
        query={"map": mode.removeprefix("votes")},
    )


@router.get("/prefectures/{code}")
def prefecture(code: str, visit: AVisit) -> Response:
    """One prefecture."""
    key = f"prefectures/{code}"

    def build_page(state: ElectionProjection) -> Context:
        return {
            "document": load_document(state, key, PrefectureDocument),
            "units": unit_states(state, code),
            "latest": latest_rows(state, _LATEST_HERE, code),
            "lists": [
                (list_address(contest), contest.facts.name)
                for contest in state.by_prefecture.get(code, ())
                if contest.is_list
            ],
        }

    return visit.page("prefecture.html", (key,), build_page)


@router.get("/blocks/{block}")
def block(block: str, visit: AVisit) -> Response:
    """A block of the House with its D'Hondt table."""
    key = f"blocks/{block}"

    def build_page(state: ElectionProjection) -> Context:
        document = load_document(state, key, BlockDocument)
        return {
            "document": document,
            "table": quotient_table(document),
            "contest": load_document(state, f"contests/{document.contest}", ContestDocument),
            "contests": {c.facts.id: c.facts.name for c in state.contests.values()},
        }

    contest = visit.services.live.read(lambda state: state.by_block.get(block))
    if contest is None:
        return visit.missing()
    return visit.page("block.html", (key, f"contests/{contest.facts.id}"), build_page)


@router.get("/contests/{kind}/{slug}")
def contest(kind: str, slug: str, visit: AVisit) -> Response:
    """One race: candidates, votes, units."""
    key = f"contests/{kind}/{slug}"
    is_review = visit.services.live.read(lambda state: _is_review(state, f"{kind}/{slug}"))
    template = "justices.html" if is_review else "contest.html"
    return visit.page(template, (key,), contest_page(key))


def _is_review(state: ElectionProjection, contest: str) -> bool:
    record = state.contests.get(contest)
    return record is not None and record.rule.ballot == "justices"


def contest_page(key: str) -> Callable[[ElectionProjection], Context]:
    """What the page of a contest shows."""

    def build_page(state: ElectionProjection) -> Context:
        document = load_document(state, key, ContestDocument)
        record = state.contests[document.id]
        is_complete = record.complete
        rows = document.options
        if is_complete:
            # Before the last unit nobody leads: the order is that of the ballot.
            rows = sorted(rows, key=lambda row: (row.withdrawn, row.rank or 0))
        return {
            **curve_parts(state, record),
            "document": document,
            "remedies": contest_remedies(state, record),
            "held_on": record.facts.held_on(state.register().facts.polling_day),
            "causes": CAUSES,
            "rows": rows,
            "most": max((thousandths(row.votes) for row in rows), default=0),
            "is_complete": is_complete,
            "is_open": state.register().phase != "defined",
            "is_within_seats": bool(record.options) and is_uncontested(build_race(state, record)),
            "is_list": record.is_list,
            "is_poll": record.rule.ballot == "options",
            "most_adopts": record.rule.majority == "most",
            "block": record.facts.block,
            "ballot": record.options,
            "names": option_names(record.options.values()),
            "unit_names": {row.unit: row.name for row in document.units},
            "withdrawn": record.withdrawn,
            "runner_up": _runner_up(document, rows) if is_complete else "",
            "has_columns": len(rows) <= _UNIT_TABLE_OPTIONS,
            "members": {row.id: _in_order(row.members, is_complete) for row in rows},
            "quotients": contest_quotients(state, record, rows) if record.is_list else [],
        }

    return build_page


def _runner_up(document: ContestDocument, rows: list[OptionRow]) -> str:
    """次点: who has the most votes of those not elected; nobody while a lot is to be drawn.

    Args:
        document: A contest whose figures are all final.
        rows: Its candidates.
    """
    decided = document.declared or document.projected
    if decided is None or not decided.elected or document.uncontested:
        return ""
    others = (row for row in rows if not row.withdrawn and row.id not in decided.elected)
    found = find_runner_up(others)
    return found.id if found is not None else ""


def _in_order(members: Iterable[MemberVotes], is_complete: bool) -> list[MemberVotes]:  # noqa: FBT001
    """Members as seats go to them: the 特定枠 first, then by votes once every unit is final."""
    placed = [member for member in members if member.priority is not None]
    others = [member for member in members if member.priority is None]
    if is_complete:
        # Who is elected is in the order of the decision, which a lot may have made.
        others.sort(key=lambda m: (m.order or _LAST, m.withdrawn, -thousandths(m.votes)))
    return [*sorted(placed, key=lambda member: member.priority or 0), *others]


def option_names(options: object) -> dict[str, str]:
    """Candidates, lists and members of a ballot: id -> name."""
    names: dict[str, str] = {}
    for option in cast("list[Candidate | PartyList]", options):
        names[option.id] = option.name
        if isinstance(option, PartyList):
            names |= {member.id: member.name for member in option.members}
    return names


@router.get("/districts/{code}")
def district(code: str, visit: AVisit) -> Response:
    """One counting district: its sheets, and every report in order."""
    key = f"districts/{code}"

    def build_page(state: ElectionProjection) -> Context:
        document = load_document(state, key, DistrictDocument)
        ballots = {each.contest: state.contests[each.contest] for each in document.contests}
        return {
            "document": document,
            "ballots": {id_: contest.options for id_, contest in ballots.items()},
            "names": {
                id_: option_names(contest.options.values()) for id_, contest in ballots.items()
            },
        }

    return visit.page("district.html", (key,), build_page)


@router.get("/turnout")
def turnout(visit: AVisit) -> Response:
    """Turnout of the nation and every prefecture."""
    return visit.page("turnout.html", ("turnout",), _only("turnout", TurnoutDocument))


@router.get("/justices")
def justices(visit: AVisit) -> Response:
    """The review of justices, where there is one."""
    found = visit.services.live.read(
        lambda state: next((c for c in state.contests if _is_review(state, c)), "")
    )
    if not found:
        return visit.missing()
    key = f"contests/{found}"
    return visit.page("justices.html", (key,), contest_page(key))


@router.get("/corrections")
def corrections(visit: AVisit) -> Response:
    """Every correction: what changed, why, who, when."""
    shown = _only("corrections", CorrectionsDocument)
    return visit.page("corrections.html", ("corrections",), shown)


@router.get("/coverage")
def coverage(visit: AVisit, status: str = "") -> Response:
    """Which units have reported: nobody is missing unnoticed."""
    status = status[:_STATUS_CHARS]

    def build_page(state: ElectionProjection) -> Context:
        document = load_document(state, "coverage", CoverageDocument)
        chosen = status if status in document.counts else ""
        units = state.register().units
        missing = [
            (each.contest, state.contests[each.contest].facts.name, units[unit], found)
            for each in document.contests
            for unit, found in each.units.items()
            if found == chosen
        ]
        return {"document": document, "chosen": chosen, "rows": missing}

    return visit.page("coverage.html", ("coverage",), build_page, query={"status": status})


def _only(key: str, kind: type[msgspec.Struct]) -> Callable[[ElectionProjection], Context]:
    return lambda state: {"document": load_document(state, key, kind)}
