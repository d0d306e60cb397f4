"""Addresses below /centre/: the page, its worker, the workbook, and reading a spreadsheet."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import segno
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from api.http.app_state import app_state
from api.http.limits.upload_lanes import REPORTS
from api.http.problems import Problem, problem_response
from api.http.request_bodies import decode_body
from api.http.routers.uploads import read_upload
from api.web import assets
from api.web.page_request import AVisit
from api.web.pages.centre.office_responses import UpToDate, data, shell
from infra.adapters.spreadsheets.pasted_spreadsheet import first_sheet
from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable
from infra.adapters.spreadsheets.unit_table_reader import ask_apart
from projections.office_tables.grid import Grid, GridLine
from projections.office_tables.unit_question import UnitQuestion, UnitTableFigures
from projections.plausibility.report_questions import (
    REPORTS_MAX,
    FinalReport,
    recorded_figures,
    report_questions,
)
from projections.views.centre_workbook import workbook
from projections.views.contest_words import table_words
from projections.views.office_list import office_desk, office_desks

router = APIRouter(include_in_schema=False)
data_router = APIRouter(include_in_schema=False)
code_router = APIRouter(include_in_schema=False)
"""Addresses that have no language."""

_WORKER = Path(__file__).parents[2] / "static" / "centre" / "service_worker.js"

_OWN = ("centre/", "shared/")
_COMMON = ("site.css", "pages.css", "icon.svg")
_TOO_LARGE_STATUS = 413
_TOO_LARGE = (
    "ファイルが大きすぎます（上限2MB）。開票の表だけを選んでください。",
    "The file is too large (2 MB at most). Choose the sheet of the count alone.",
)

_TABLE_ROWS_MAX = 1_000
"""Rows of a table of units; no prefecture has as many."""

Code = Annotated[str, Query(max_length=64)]


@router.get("/centre")
def centre_without_slash(visit: AVisit) -> Response:
    """The worker's scope ends in a slash, so the page's address does."""
    return RedirectResponse(visit.link("/centre/"), 308)


@router.get("/centre/")
def centre(visit: AVisit) -> Response:
    """The page of a counting centre."""
    return shell(visit, "centre/centre.html", "shared", "centre")


@router.get("/centre/worker.js")
def service_worker(visit: AVisit) -> Response:
    """The service worker of a language; its text changes with every edition, so browsers notice."""
    about = {"edition": assets.edition(), "page": visit.link("/centre/")}
    script = f"const ABOUT = {json.dumps(about)};\n{_WORKER.read_text(encoding='utf-8')}"
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(script, headers=headers, media_type="text/javascript")


@data_router.get("/centre/data/files.json")
def files(request: Request) -> Response:
    """Everything the page needs without a connection."""
    own = (name for name in assets.assets() if name.startswith(_OWN))
    return data(request, sorted(assets.address(name) for name in (*own, *_COMMON)))


@data_router.get("/centre/data/offices.json")
def offices(visit: UpToDate, prefecture: Code = "", parent: Code = "") -> Response:
    """Offices of a prefecture, to choose one's own from; or those right below an office."""
    found = visit.services.live.read(lambda state: office_desks(state, prefecture))
    below = [each for each in found if each.record is not None and each.record.parent == parent]
    return data(visit.request, below if parent else found)


@data_router.get("/centre/data/workbook.json")
def book(visit: UpToDate, office: Code, unit: Code = "") -> Response:
    """The office with its keys, and the workbook of its units, or of one unit it stands in for."""
    desk = visit.services.live.read(lambda state: office_desk(state, office))
    if desk is None:
        raise HTTPException(404, "No such office.")
    units = (unit,) if unit else desk.units
    found = visit.services.live.read(lambda state: workbook(state, units))
    return data(visit.request, {"office": desk, "workbook": found})


@code_router.get("/centre/data/code.json")
def code(request: Request, text: Annotated[str, Query(min_length=1, max_length=300)]) -> Response:
    """A text as a QR code (ISO/IEC 18004), error correction M: its rows of modules, 1 is dark."""
    drawn = segno.make(text, error="m", micro=False)
    return data(request, ["".join(str(int(bit > 0)) for bit in row) for row in drawn.matrix])


@data_router.post("/centre/data/rows")
async def rows(request: Request, contest: Code = "", unit: Code = "") -> Response:
    """The cells of an uploaded table as text, and what it says of a unit in a contest.

    Nothing is kept and nothing is recorded.
    """
    live = app_state(request).live

    def read(body: bytes) -> Response:
        sheet = first_sheet(body)
        words = live.read(lambda state: table_words(state, contest)) if contest else None
        said = UnitTableFigures((), ())
        if words is not None and len(sheet.rows) <= _TABLE_ROWS_MAX:
            lines = zip(sheet.numbers, sheet.rows, strict=True)
            grid = Grid(sheet.sheet, tuple(GridLine(n, tuple(row)) for n, row in lines))
            said = ask_apart(UnitQuestion(grid, words, unit))
        return data(request, sheet._asdict() | said._asdict())

    try:
        return await read_upload(request, read)
    except SpreadsheetUnreadable as error:
        return _unreadable(error)
    except HTTPException as error:
        if error.status_code == _TOO_LARGE_STATUS:
            return _unreadable(SpreadsheetUnreadable(*_TOO_LARGE))
        raise


_reports = msgspec.json.Decoder(
    Annotated[tuple[FinalReport, ...], msgspec.Meta(max_length=REPORTS_MAX)]
)


@data_router.post("/centre/data/questions")
async def questions(request: Request, contest: Code) -> Response:
    """What to ask before final reports of a contest are sent: how they are unlike the others.

    Nothing is kept and nothing is recorded. The body has the reports (`FinalReport`).
    """
    live = app_state(request).live

    def compare(body: bytes) -> Response:
        reports = decode_body(_reports, body)
        try:
            # Readers and the follower of the log wait for the figures, not for the comparison.
            recorded = live.read(lambda state: recorded_figures(state, contest))
            found = report_questions(recorded, reports)
        except KeyError as error:
            raise HTTPException(404, "No such contest.") from error
        return data(request, found)

    return await read_upload(request, compare, REPORTS)


def _unreadable(error: SpreadsheetUnreadable) -> Response:
    return problem_response(
        Problem(
            type="urn:kaihyo:spreadsheet-unreadable",
            title=error.english,
            status=422,
            detail=str(error),
        )
    )
