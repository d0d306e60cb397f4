"""What the page of the first run has checked: what is wrong with a definition, or its postings.

Nothing is kept and nothing is recorded. What the page posts in the end are the very commands that
`kaihyo import election` makes of the same tables.
"""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from fastapi import APIRouter, Request, Response

from aggregates.election.identifiers import Environment
from aggregates.election.key import NewKey
from api.http.app_state import app_state
from api.http.limits.client_address import sender_address
from api.http.limits.upload_lanes import DEFINITIONS, WORKBOOKS, LaneUse
from api.http.problems import Problem, Unanswered, problem_response
from api.http.request_bodies import decode_body, receive_body
from api.web.pages.centre.office_responses import data
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.spreadsheets.sheet_reader import is_workbook, read_apart
from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookTooLarge, WorkbookUnreadable
from infra.adapters.spreadsheets.table_lines import SheetTable
from infra.services.founding.typed_tables import (
    FieldFault,
    TypedDefinition,
    TypedRow,
    field_faults,
    typed_sheets,
    typed_tables,
)
from infra.services.founding.whole_workbook import (
    ROWS_MAX,
    ROWS_READ_MAX,
    cell_faults,
    founding_sheets,
)
from infra.services.importing.definition.definition import Definition
from infra.services.importing.definition.definition_check import DefinitionCheck, check_sheets
from infra.services.importing.definition.definition_summary import DefinitionSummary
from infra.services.importing.definition.founder_keys import managing_founder, missing_requests
from infra.services.importing.import_faults import Faults

check_router = APIRouter(include_in_schema=False)

_BYTES_MAX = 2_000_000
_COLUMNS_MAX, _SHEETS_MAX = 60, 16
"""What is read of a workbook: more than a definition has."""

TResult = TypeVar("TResult")


class WholeWorkbook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A workbook of a whole definition, as `/setup/data/sheets` has read it.

    Attributes:
        sheets: Its sheets.
        environment: What is founded; the workbook may say otherwise, for it serves for both.
    """

    sheets: tuple[SheetTable, ...]
    environment: Environment


class CheckRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be checked.

    Attributes:
        typed: The definition as it stands on the page.
        workbook: A workbook that stands for it; then nothing is typed.
        founders: Office -> keys of its persons, as their devices made them.
    """

    typed: TypedDefinition | None = None
    workbook: WholeWorkbook | None = None
    founders: dict[str, tuple[NewKey, ...]] = {}

    def __post_init__(self) -> None:
        if (self.typed is None) == (self.workbook is None):
            raise ValueError("Either what is typed or a workbook is checked.")


_check_requests = msgspec.json.Decoder(CheckRequest)


class FoundingOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An office that is there from the first entry.

    Attributes:
        id: Its id.
        name: Its name.
        role: What it is.
        persons: How many make a key before the election is founded.
        manages: Whether it sends the definition, signed by its persons.
    """

    id: str
    name: str
    role: str
    persons: int
    manages: bool


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a check.

    Attributes:
        faults: Everything that is wrong; nothing can be posted before it is put right.
        notes: What is allowed and worth a look.
        summary: What the definition amounts to; None while there are faults.
        election: Id of the election; empty where the definition does not say it.
        founders: Offices that begin it, who manages it first.
        submissions: What is to be signed and posted, in order; empty until every founder's keys
            are there.
    """

    faults: list[FieldFault]
    notes: list[FieldFault]
    summary: DefinitionSummary | None
    election: str
    founders: list[FoundingOffice]
    submissions: list[msgspec.Raw]


@check_router.post("/setup/data/check")
async def check(request: Request) -> Response:
    """Decide everything that is typed, as `kaihyo import check` does."""
    return await _receive(request, lambda body: data(request, _check(body)), DEFINITIONS)


@check_router.post("/setup/data/workbook")
async def workbook(request: Request) -> Response:
    """The sheets of a workbook as rows of text: those that the form of `kaihyo import` has."""
    return await _read_workbook(request, _read_tables)


async def _read_workbook(request: Request, read: Callable[[bytes], object]) -> Response:
    try:
        return await _receive(request, lambda body: data(request, read(body)), WORKBOOKS)
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
    lane = services.uploads.strangers
    async with lane.place(sender_address(request, services.proxies), use):
        body = await receive_body(request, _BYTES_MAX)
        return await lane.run(lambda: read(body))


def _check(body: bytes) -> CheckAnswer:
    asked = decode_body(_check_requests, body)
    found = Faults()
    if asked.workbook is not None:
        about = asked.workbook
        sheets = founding_sheets(about.sheets, about.environment, found)
        checked = check_sheets(sheets, asked.founders, found)
        faults, notes = cell_faults(checked.faults, sheets), cell_faults(checked.notes, sheets)
    else:
        sheets = typed_sheets(asked.typed or TypedDefinition())
        checked = check_sheets(sheets, asked.founders, found)
        faults, notes = field_faults(checked.faults), field_faults(checked.notes)
    return _answer(checked, asked, faults, notes)


def _answer(
    checked: DefinitionCheck,
    asked: CheckRequest,
    faults: list[FieldFault],
    notes: list[FieldFault],
) -> CheckAnswer:
    definition = checked.definition
    is_complete = not missing_requests(definition, asked.founders)
    return CheckAnswer(
        faults=faults,
        notes=notes,
        summary=checked.summary,
        election=definition.election.value.id if definition.election is not None else "",
        founders=_founders(definition),
        submissions=[msgspec.Raw(canonical(each)) for each in checked.submissions]
        if is_complete
        else [],
    )


def _founders(definition: Definition) -> list[FoundingOffice]:
    manager = managing_founder(definition)
    offices = (each.value for each in definition.offices if each.value.id in definition.founders)
    found = [
        FoundingOffice(
            id=each.id,
            name=each.name,
            role=each.role,
            persons=each.signatures_required,
            manages=each.id == manager,
        )
        for each in offices
    ]
    return sorted(found, key=lambda each: not each.manages)


@check_router.post("/setup/data/sheets")
async def sheets(request: Request) -> Response:
    """The sheets of a workbook of a whole definition, line by line, to be checked."""
    return await _read_workbook(request, _read_sheets)


def _read_sheets(body: bytes) -> list[SheetTable]:
    if not is_workbook(body):
        raise WorkbookUnreadable("it begins like no workbook")
    return read_apart(body, ROWS_READ_MAX, _COLUMNS_MAX, _SHEETS_MAX)


def _read_tables(body: bytes) -> dict[str, list[TypedRow]]:
    """In a process of its own: anybody may send a workbook that takes all memory to read."""
    if not is_workbook(body):
        raise WorkbookUnreadable("it begins like no workbook")
    found = read_apart(body, ROWS_MAX, _COLUMNS_MAX, _SHEETS_MAX)
    return typed_tables({sheet.name: sheet.lines for sheet in found if not sheet.is_hidden})
