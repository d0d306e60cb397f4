"""Addresses below /control/: the page, the board, turnout, and decisions."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from api.web.page_request import AVisit
from api.web.pages.centre.office_responses import UpToDate, data, shell
from infra.runtime.clock import SystemClock
from projections.views.board_view import Board, board, turnout_rows
from projections.views.contest_acts import contest_acts
from projections.views.control.contest_sheets import contest_sheets
from projections.views.pending_decisions import decisions

router = APIRouter(include_in_schema=False)
data_router = APIRouter(include_in_schema=False)
"""Addresses that have no language."""

Prefecture = Annotated[str, Query(pattern="^([0-9]{2})?$")]


class BoardAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of the board and the server's time, by which lateness is computed."""

    now: datetime
    board: Board


@router.get("/control/")
def control_with_slash(visit: AVisit) -> Response:
    """The page has one address."""
    return RedirectResponse(visit.link("/control"), 308)


@router.get("/control")
def control(visit: AVisit) -> Response:
    """The page of a control room."""
    return shell(visit, "control/control.html", "shared", "control")


@data_router.get("/control/data/board.json")
def board_data(
    visit: UpToDate,
    prefecture: Prefecture = "",
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Response:
    """Every count, or those that changed after a position."""
    found = visit.services.live.read(lambda state: board(state, prefecture=prefecture, after=after))
    return data(visit.request, BoardAnswer(now=SystemClock().now(), board=found))


@data_router.get("/control/data/turnout.json")
def turnout_data(
    visit: UpToDate,
    kind: Annotated[str, Query(max_length=40)],
    prefecture: Prefecture = "",
) -> Response:
    """Turnout of every unit for one kind of contest."""
    return data(
        visit.request,
        visit.services.live.read(lambda state: turnout_rows(state, kind, prefecture=prefecture)),
    )


@data_router.get("/control/data/decisions.json")
def decisions_data(visit: UpToDate, prefecture: Prefecture = "") -> Response:
    """Every contest with the law's answer and its declaration."""
    return data(visit.request, visit.services.live.read(lambda state: decisions(state, prefecture)))


@data_router.get("/control/data/sheets.json")
def sheets_data(
    visit: UpToDate,
    contest: Annotated[str, Query(max_length=100)],
    prefecture: Prefecture = "",
) -> Response:
    """The sheets that stand in one contest, as they are looked at before they are confirmed."""
    try:
        found = visit.services.live.read(
            lambda state: contest_sheets(state, contest, prefecture=prefecture)
        )
    except KeyError as error:
        raise HTTPException(404, "No such contest.") from error
    return data(visit.request, found)


@data_router.get("/control/data/contest.json")
def contest_data(visit: UpToDate, contest: Annotated[str, Query(max_length=100)]) -> Response:
    """One contest as it is registered, for what an office may ask for."""
    found = visit.services.live.read(lambda state: contest_acts(state, contest))
    if found is None:
        raise HTTPException(404, "No such contest.")
    return data(visit.request, found)
