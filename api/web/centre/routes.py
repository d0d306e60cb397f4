"""Addresses below /centre/: the page, its worker, the workbook, and reading a spreadsheet."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from api.problems import Problem, problem_response
from api.web import assets
from api.web.centre.answers import UpToDate, data, shell
from api.web.centre.spreadsheet import FILE_BYTES_MAX, SpreadsheetUnreadable, spreadsheet_rows
from api.web.visit import AVisit
from projections.pages.desks import office_desk, office_desks
from projections.pages.workbook import workbook

router = APIRouter(include_in_schema=False)
worker = APIRouter(include_in_schema=False)
"""Addresses that have no language."""

_WORKER = Path(__file__).parent.parent / "static" / "centre" / "service_worker.js"

Code = Annotated[str, Query(max_length=64)]


@router.get("/centre")
def centre_without_slash() -> Response:
    """The worker's scope ends in a slash, so the page's address does."""
    return RedirectResponse("/centre/", 308)


@router.get("/centre/")
def centre(visit: AVisit) -> Response:
    """The page of a counting centre."""
    return shell(visit, "centre/centre.html")


@worker.get("/centre/worker.js")
def service_worker() -> Response:
    """The service worker; its text changes with every edition, so browsers notice."""
    script = f'const EDITION = "{assets.edition()}";\n{_WORKER.read_text(encoding="utf-8")}'
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(script, headers=headers, media_type="text/javascript")


@worker.get("/centre/data/files.json")
def files(request: Request) -> Response:
    """Everything the page needs without a line."""
    own = (name for name in assets.assets() if name.startswith("centre/"))
    common = ("site.css", "pages.css", "icon.svg")
    return data(request, sorted(assets.address(name) for name in (*own, *common)))


@worker.get("/centre/data/offices.json")
def offices(visit: UpToDate, prefecture: Code = "") -> Response:
    """Offices of a prefecture, to choose one's own from."""
    return data(visit.request, visit.house.live.read(lambda night: office_desks(night, prefecture)))


@worker.get("/centre/data/workbook.json")
def book(visit: UpToDate, office: Code, unit: Code = "") -> Response:
    """The office with its keys, and the workbook of its units, or of one unit it stands in for."""
    desk = visit.house.live.read(lambda night: office_desk(night, office))
    if desk is None:
        raise HTTPException(404, "No such office.")
    units = (unit,) if unit else desk.units
    found = visit.house.live.read(lambda night: workbook(night, units))
    return data(visit.request, {"office": desk, "workbook": found})


@worker.post("/centre/data/rows")
async def rows(request: Request) -> Response:
    """The cells of an uploaded workbook as text. Nothing is kept and nothing is recorded."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > FILE_BYTES_MAX:
            return _unreadable("ファイルが大きすぎます（上限2MB）。開票の表だけを選んでください。")
    try:
        found = await run_in_threadpool(spreadsheet_rows, bytes(content))
    except SpreadsheetUnreadable as error:
        return _unreadable(str(error))
    return data(request, {"rows": found})


def _unreadable(sentence: str) -> Response:
    return problem_response(
        Problem(
            type="urn:kaihyo:spreadsheet-unreadable",
            title="The file cannot be read as a spreadsheet.",
            status=422,
            detail=sentence,
        )
    )
