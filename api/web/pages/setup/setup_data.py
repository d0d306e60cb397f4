"""What the page of the first run asks: the law, the register, and what is wrong with a definition.

Nothing is kept and nothing is recorded. What the page posts in the end are the very commands that
`kaihyo import election` makes of the same tables.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

import msgspec
from fastapi import APIRouter, Query, Request, Response

from aggregates.election.contests.contest_facts import CAUSES
from aggregates.election.geography import PREFECTURES
from aggregates.election.identifiers import MunicipalityCode
from aggregates.election.key import NewKey
from aggregates.reference.municipality_register import FIRST_REGISTER, find_register
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from api.http.app_state import app_state
from api.http.limits.upload_lanes import DEFINITIONS, WORKBOOKS, LaneUse
from api.http.problems import Problem, Unanswered, problem_response
from api.http.request_bodies import decode_body, receive_body
from api.web.pages.centre.office_responses import data
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.spreadsheets.sheet_reader import is_workbook, read_apart
from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookTooLarge, WorkbookUnreadable
from infra.services.founding.typed_tables import (
    FieldFault,
    TypedDefinition,
    TypedRow,
    field_faults,
    typed_sheets,
    typed_tables,
)
from infra.services.importing.definition.definition_check import check_sheets
from infra.services.importing.definition.definition_summary import DefinitionSummary
from infra.services.importing.definition.founder_keys import missing_requests
from infra.services.importing.import_faults import Faults
from infra.services.importing.package_kinds import kind_words

data_router = APIRouter(include_in_schema=False)
"""Addresses that have no language."""

_BYTES_MAX = 2_000_000
_ROWS_MAX, _COLUMNS_MAX, _SHEETS_MAX = 5_000, 60, 16
"""What is read of a workbook: more than a municipality can have."""

_TITLES = {"mayor": "{place}長", "municipal-assembly": "{place}議会議員"}
_WORDS = {
    "commission": "{place}選挙管理委員会",
    "centre": "{place}開票所",
    "election": "{contests}選挙",
    "rehearsal": "訓練：{name}",
    "unit": "{place}第{number}開票区",
    "separator": "・",
}
"""What is recorded in Japanese whatever language the page is read in."""

Prefecture = Annotated[str, Query(pattern="^[0-9]{2}$")]
TResult = TypeVar("TResult")


class CheckRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be checked.

    Attributes:
        typed: The definition as it stands on the page.
        founders: Office -> keys of its persons, as their devices made them.
    """

    typed: TypedDefinition
    founders: dict[str, tuple[NewKey, ...]] = {}


_check_requests = msgspec.json.Decoder(CheckRequest)


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a check.

    Attributes:
        faults: Everything that is wrong; nothing can be posted before it is put right.
        notes: What is allowed and worth a look.
        summary: What the definition amounts to; None while there are faults.
        submissions: What is to be signed and posted, in order; empty until every founder's keys
            are there.
    """

    faults: list[FieldFault]
    notes: list[FieldFault]
    summary: DefinitionSummary | None
    submissions: list[msgspec.Raw]


class OfferedKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of contest that may be held.

    Attributes:
        kind: Its id.
        word: What the sheets call it.
        english: The same in English.
        ballot: What is on its ballot.
        is_single: Whether one person is elected.
        title: What a contest of the kind is called, with `{place}` for the municipality.
        answers: The options of every poll of the kind; empty where each has its own.
    """

    kind: str
    word: str
    english: str
    ballot: str
    is_single: bool
    title: str
    answers: list[str]


@data_router.get("/setup/data/offer.json")
def offer(request: Request) -> Response:
    """What may be founded here, and what is served."""
    services = app_state(request)
    served = {"election": services.election, "environment": services.environment}
    return data(
        request,
        {
            "offer": services.offer(),
            "served": served,
            "prefectures": PREFECTURES,
            "causes": list(CAUSES.values()),
            "words": _WORDS,
        },
    )


@data_router.get("/setup/data/municipalities.json")
def municipalities(request: Request, prefecture: Prefecture) -> Response:
    """Municipalities of a prefecture by their codes of six digits; wards below their city."""
    register = find_register(FIRST_REGISTER)
    names = register.names_in(prefecture) if register is not None else {}
    wards = {
        code: next((c for c, city in names.items() if _is_ward(name, city)), "")
        for code, name in names.items()
    }
    rows = [
        {
            "code": str(MunicipalityCode.from_jis(code)),
            "name": name,
            "wards": [
                {
                    "code": str(MunicipalityCode.from_jis(each)),
                    "name": names[each].removeprefix(name),
                }
                for each, city in wards.items()
                if city == code
            ],
        }
        for code, name in names.items()
        if not wards[code]
    ]
    return data(request, rows)


def _is_ward(name: str, city: str) -> bool:
    return city.endswith("市") and name.startswith(city) and name.endswith("区")


@data_router.get("/setup/data/kinds.json")
def kinds(request: Request, day: date | None = None) -> Response:
    """Kinds of contest that a municipality may hold alone, by the law of a day."""
    words = {kind: word for word, kind in kind_words(JAPAN).items()}
    rules = JAPAN.rules_on(day or date.max)
    found = [
        _kind(words[kind], rule)
        for kind, rule in rules.items()
        if rule.is_managed_by("municipality") and rule.ballot in {"persons", "options"}
    ]
    return data(request, found)


def _kind(word: str, rule: KindRule) -> OfferedKind:
    return OfferedKind(
        kind=rule.kind,
        word=word,
        english=rule.english,
        ballot=rule.ballot,
        is_single=rule.seats == "one",
        title=_TITLES.get(rule.kind, word),
        answers=[each.name for each in rule.answers],
    )


@data_router.post("/setup/data/check")
async def check(request: Request) -> Response:
    """Decide everything that is typed, as `kaihyo import check` does."""
    return await _receive(request, lambda body: data(request, _check(body)), DEFINITIONS)


@data_router.post("/setup/data/workbook")
async def workbook(request: Request) -> Response:
    """The sheets of a workbook as rows of text: those that the form of `kaihyo import` has."""
    try:
        return await _receive(request, lambda body: data(request, _read_tables(body)), WORKBOOKS)
    except (WorkbookUnreadable, WorkbookTooLarge):
        told = "表計算ファイルとして読めません。xlsx で保存し直してください。"
        return problem_response(
            Problem(
                type="urn:kaihyo:spreadsheet-unreadable",
                title="This is no workbook.",
                status=422,
                detail=told,
            )
        )


async def _receive(request: Request, read: Callable[[bytes], TResult], use: LaneUse) -> TResult:
    """What a function reads in the body; in the lane of strangers, so that no posting waits."""
    services = app_state(request)
    if not services.offer().environments:
        # While votes are counted nobody computes here for what cannot be posted.
        raise Unanswered(
            409,
            "No election can be founded here now.",
            "ここではいま選挙を始められません。すでに選挙が公開されています。",
        )
    peer = request.client.host if request.client is not None else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    lane = services.uploads.strangers
    client = services.proxies.client(peer, forwarded.encode("latin-1")) if forwarded else peer
    async with lane.place(client, use):
        body = await receive_body(request, _BYTES_MAX)
        return await lane.run(lambda: read(body))


def _check(body: bytes) -> CheckAnswer:
    asked = decode_body(_check_requests, body)
    checked = check_sheets(typed_sheets(asked.typed), asked.founders, Faults())
    is_complete = not missing_requests(checked.definition, asked.founders)
    return CheckAnswer(
        faults=field_faults(checked.faults),
        notes=field_faults(checked.notes),
        summary=checked.summary,
        submissions=[msgspec.Raw(canonical(each)) for each in checked.submissions]
        if is_complete
        else [],
    )


def _read_tables(body: bytes) -> dict[str, list[TypedRow]]:
    """In a process of its own: anybody may send a workbook that takes all memory to read."""
    if not is_workbook(body):
        raise WorkbookUnreadable("it begins like no workbook")
    found = read_apart(body, _ROWS_MAX, _COLUMNS_MAX, _SHEETS_MAX)
    return typed_tables({sheet.name: sheet.lines for sheet in found if not sheet.is_hidden})
