"""The report after the election on pages: every table of one position, with its files.

A position's report never changes; the newest is begun by anyone who asks, one at a time.
"""

import atexit
import gzip
import os
import tempfile
import threading
from functools import lru_cache
from pathlib import Path
from typing import Annotated, cast

import msgspec
from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi import Path as PathWord
from fastapi.responses import FileResponse, RedirectResponse

from api.http.app_state import AppState
from api.http.position_convertor import register_positions
from api.web.page_request import AVisit, Context, PageRequest
from infra.adapters.event_log.event_log import Log
from infra.services.reporting import proceedings_pdf, report_csv
from infra.services.reporting.grid_panels import Panel
from infra.services.reporting.paper import winners_pdf
from infra.services.reporting.report_store import Making, ReportStore, StoredReport
from projections.statistics.grid import PrintedGrid
from projections.statistics.report_parts import page_parts, part_name
from projections.statistics.table import Table

register_positions()
router = APIRouter(include_in_schema=False)
data_router = APIRouter(include_in_schema=False)
"""Addresses that have no language: files, and how the next report is coming on."""

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_SOON = {"Cache-Control": "public, max-age=2", "X-Content-Type-Options": "nosniff"}
_COMPRESSED_FROM = 1_000
_TABLES_MAX = 8
"""Tables kept in memory: the largest of a nation takes a few megabytes."""
_FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_SHELVES = threading.Lock()


class ReportStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of reports.

    Attributes:
        position: Where the log stands.
        latest: Position of the newest report; 0 for none.
        making: The report in the making.
        failed: The last one that was begun could not be made.
    """

    position: int
    latest: int
    making: Making | None
    failed: bool


def report_store(app: FastAPI, services: AppState) -> ReportStore | None:
    """The reports of this process's log; None on a read node, which has no database to read."""
    if not isinstance(services.log, Log):
        return None
    with _SHELVES:
        found = cast("ReportStore | None", getattr(app.state, "reports", None))
        if found is None:
            found = ReportStore(_folder(services), services.log, services.live.root)
            app.state.reports = found
            atexit.register(found.close)
        return found


def _folder(services: AppState) -> Path:
    """Beside the transparency log of the same log, where that may be written: it outlives us."""
    if services.public is not None and os.access(services.public.parent, os.W_OK):
        return services.public.parent / "reports"
    made = tempfile.TemporaryDirectory(prefix="kaihyo-reports-")
    atexit.register(made.cleanup)
    return Path(made.name)


@router.get("/reports")
def without_slash(visit: AVisit) -> Response:
    """The page has one address."""
    return RedirectResponse(visit.link("/reports/"), 308)


@router.get("/reports/")
def newest(visit: AVisit) -> Response:
    """The newest report, and how the next is coming on."""
    if not visit.services.election:
        return visit.plain("waiting.html", {}, status=200)
    store = report_store(visit.request.app, visit.services)
    if store is None:
        return _page(visit, None, None)
    store.ask(visit.services.live.position)
    positions = store.positions()
    return _page(visit, store, store.find(positions[0]) if positions else None)


@router.get("/reports/{position:position}/")
def issue(visit: AVisit, position: int) -> Response:
    """The report of one position."""
    store = report_store(visit.request.app, visit.services)
    made = store.find(position) if store is not None else None
    return visit.missing() if made is None else _page(visit, store, made)


@router.get("/reports/{position:position}/{table}")
def table(
    visit: AVisit, position: int, table: str, part: Annotated[int, Query(ge=1)] = 1
) -> Response:
    """One table of a report; in parts where it is long."""
    made = _find_report(visit.request, visit.services, position)
    if made is None or all(each.id != table for each in made.contents):
        return visit.missing()
    found, pages = _parts(made.table_path(table))
    if part > len(pages):
        return visit.missing()
    shown: Context = {
        **_head(visit),
        "stamp": made.stamp,
        "table": found,
        "panels": [_panel(grid) for grid in pages[part - 1]],
        "part": part,
        "parts": [part_name(page, n) for n, page in enumerate(pages, 1)] if len(pages) > 1 else [],
        "neighbours": _neighbours(made, found),
    }
    return visit.still("report_table.html", shown, stamp=f"report-{position}-{part}")


@data_router.get("/reports/status.json")
def status(visit: AVisit) -> Response:
    """How the next report is coming on; asking begins it when it is due."""
    store = report_store(visit.request.app, visit.services)
    position = visit.services.live.position
    latest = 0
    if store is not None:
        store.ask(position)
        latest = next(iter(store.positions()), 0)
    told = ReportStatus(
        position=position,
        latest=latest,
        making=store.making() if store is not None else None,
        failed=store.failed if store is not None else False,
    )
    return Response(msgspec.json.encode(told), headers=_SOON, media_type="application/json")


@data_router.get("/reports/{position:position}/report.{form}")
def whole(visit: AVisit, position: int, form: str) -> Response:
    """The whole report as a workbook or a PDF."""
    made = _find_report(visit.request, visit.services, position)
    if made is None or form not in _FILES:
        return visit.missing()
    name = f"{made.stamp.election}-report"
    return _file(made.folder / f"{name}.{form}", _FILES[form], f"{name}-{position}.{form}")


@data_router.get("/reports/{position:position}/{table}.csv")
def tidy_file(visit: AVisit, position: int, table: str) -> Response:
    """One table as CSV, the very file that `kaihyo report` writes."""
    made = _find_report(visit.request, visit.services, position)
    if made is None or all(each.id != table for each in made.contents):
        return visit.missing()
    path = made.folder / report_csv.FOLDER / f"{table}.csv"
    return _file(path, "text/csv; charset=utf-8", f"{table}-{position}.csv")


@data_router.get("/reports/{position:position}/sheets-{place}.pdf")
def data_sheets(
    visit: AVisit, position: int, place: Annotated[str, PathWord(pattern="^([0-9]{2}|nation)$")]
) -> Response:
    """The sheets of 開票録 and 選挙録 of a prefecture, or of what spans several, to be printed."""
    return _place_file(visit, position, place, proceedings_pdf.FOLDER, "sheets")


@data_router.get("/reports/{position:position}/winners-{place}.pdf")
def winner_papers(
    visit: AVisit, position: int, place: Annotated[str, PathWord(pattern="^([0-9]{2}|nation)$")]
) -> Response:
    """当選人の告示, 当選の告知 and 当選証書 of a prefecture, or of what spans several."""
    return _place_file(visit, position, place, winners_pdf.FOLDER, "winners")


def _place_file(visit: AVisit, position: int, place: str, folder: str, word: str) -> Response:
    """The papers of one kind and one prefecture, as a file whose name begins with a word."""
    made = _find_report(visit.request, visit.services, position)
    if made is None or place not in _places(made, folder):
        return visit.missing()
    name = f"{made.stamp.election}-{place}.pdf"
    return _file(made.folder / folder / name, _FILES["pdf"], f"{word}-{position}-{name}")


def _places(made: StoredReport, folder: str) -> list[str]:
    """Prefectures with papers of one kind in a report."""
    start = f"{made.stamp.election}-"
    found = (made.folder / folder).glob(f"{start}*.pdf")
    return sorted(each.stem.removeprefix(start) for each in found)


def _find_report(request: Request, services: AppState, position: int) -> StoredReport | None:
    store = report_store(request.app, services)
    return store.find(position) if store is not None else None


def _page(visit: PageRequest, store: ReportStore | None, made: StoredReport | None) -> Response:
    shown: Context = {
        **_head(visit),
        "made": made,
        "making": store.making() if store is not None else None,
        "failed": store is not None and store.failed,
        "served": store is not None,
        "present": visit.services.live.position,
        "earlier": store.positions() if store is not None else [],
        "sizes": _sizes(made) if made is not None else {},
        "sheets": _places(made, proceedings_pdf.FOLDER) if made is not None else [],
        "winners": _places(made, winners_pdf.FOLDER) if made is not None else [],
    }
    return _respond(visit, visit.plain("report.html", shown, status=200))


def _head(visit: PageRequest) -> Context:
    facts = visit.services.live.read(lambda state: state.register().facts)
    return {
        "head": {
            "election": facts.id,
            "name": facts.name,
            "environment": facts.environment,
            "is_rehearsal": facts.environment == "rehearsal",
            "polling_day": facts.polling_day,
        }
    }


@lru_cache(_TABLES_MAX)
def _parts(path: Path) -> tuple[Table, list[list[PrintedGrid]]]:
    """A table and its parts; what was made never changes."""
    found = msgspec.json.decode(path.read_bytes(), type=Table)
    return found, page_parts(found)


def _panel(grid: PrintedGrid) -> Panel:
    return Panel(grid, 0, len(grid.kinds), ())


def _sizes(made: StoredReport) -> dict[str, int]:
    """Kilobytes of the heavy files, to be seen before one loads them."""
    name = f"{made.stamp.election}-report"
    return {form: -(-(made.folder / f"{name}.{form}").stat().st_size // 1000) for form in _FILES}


def _neighbours(made: StoredReport, found: Table) -> dict[str, object]:
    ids = [each.id for each in made.contents]
    at = ids.index(found.id)
    return {
        "before": made.contents[at - 1] if at else None,
        "after": made.contents[at + 1] if at + 1 < len(ids) else None,
    }


def _respond(visit: PageRequest, page: Response) -> Response:
    """A page that may be kept for a moment, compressed for who can read that."""
    body = bytes(page.body)
    page.headers["Cache-Control"] = _SOON["Cache-Control"]
    if len(body) > _COMPRESSED_FROM and "gzip" in visit.request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 6, mtime=0)
        page.headers["Content-Encoding"] = "gzip"
    page.body = body
    page.headers["Content-Length"] = str(len(body))
    return page


def _file(path: Path, media_type: str, name: str) -> Response:
    headers = {**_FOREVER, "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=media_type, filename=name, headers=headers)
