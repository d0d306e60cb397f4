"""Addresses below /setup: the definition, the founders' keys, the devices of counting centres."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from aggregates.election.identifiers import Environment
from api.web.page_request import AVisit, Context
from api.web.pages.centre.office_responses import modules, shell

router = APIRouter(include_in_schema=False)
redirect_router = APIRouter(include_in_schema=False)
"""Where every other address leads as long as there is no log."""

_ELECTION = Annotated[str, Query(pattern="^[a-z][a-z0-9-]{0,31}$")]
_FOLDERS = ("shared", "setup")


@router.get("/setup")
def setup(visit: AVisit) -> Response:
    """The form that defines an election; it is kept in the browser until it is founded."""
    return visit.plain("setup/setup.html", _context(visit), status=200)


@router.get("/setup/")
def setup_with_slash(visit: AVisit) -> Response:
    """The page has one address."""
    return RedirectResponse(visit.link("/setup"), 308)


@router.get("/setup/found")
def found(visit: AVisit, election: _ELECTION, environment: Environment) -> Response:
    """The founders' keys, made on their device, and the founding itself."""
    context = _context(visit) | {"founded": {"election": election, "environment": environment}}
    return visit.plain("setup/found.html", context, status=200)


@router.get("/setup/centres")
def centres(visit: AVisit) -> Response:
    """The devices of counting centres: a link for each, and the keys that come back."""
    return shell(visit, "setup/centres.html", *_FOLDERS)


@router.get("/setup/join")
def join(visit: AVisit) -> Response:
    """What the link of a counting centre opens on its device."""
    return shell(visit, "setup/join.html", *_FOLDERS)


@redirect_router.get("/{path:path}")
def first_page(visit: AVisit, path: str) -> Response:
    """There is no election yet: what leads to one, and nothing for programs.

    Raises:
        HTTPException: 503 for an address of the feed or of health.
    """
    if path == "health" or path.startswith("v1/"):
        raise HTTPException(503, "No election is defined yet.")
    return RedirectResponse(visit.link("/setup"), 303, {"Cache-Control": "no-store"})


def _context(visit: AVisit) -> Context:
    return {"modules": modules(_FOLDERS, visit.language)}
