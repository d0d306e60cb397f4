"""Addresses below /setup: the definition, the founders' keys, the devices of counting centres."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from aggregates.election.identifiers import Environment
from api.http.app_state import AppState
from api.http.problems import Unanswered
from api.web.page_request import AVisit, Context
from api.web.pages.centre.office_responses import modules, shell

router = APIRouter(include_in_schema=False)

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
    """The founders' keys, made on their device, and the founding itself.

    Raises:
        Unanswered: 404, this election cannot be founded here, and is not what was.
    """
    return _founding_page(visit, "setup/found.html", election, environment)


@router.get("/setup/key")
def founder_key(visit: AVisit, election: _ELECTION, environment: Environment) -> Response:
    """What the link of another founding office opens on its device, before the founding and after.

    Raises:
        Unanswered: 404, this election cannot be founded here, and is not what was.
    """
    return _founding_page(visit, "setup/founder_key.html", election, environment)


@router.get("/setup/centres")
def centres(visit: AVisit) -> Response:
    """The devices of counting centres: a link for each, and the keys that come back."""
    return shell(visit, "setup/centres.html", *_FOLDERS)


@router.get("/setup/join")
def join(visit: AVisit) -> Response:
    """What the link of a counting centre opens on its device."""
    return shell(visit, "setup/join.html", *_FOLDERS)


def _require_foundable(services: AppState, election: str, environment: Environment) -> None:
    offer = services.offer()
    is_offered = environment in offer.environments and offer.election in {"", election}
    if is_offered or (election, environment) == (services.election, services.environment):
        return
    raise Unanswered(
        404,
        "This election cannot be founded here.",
        f"ここで {election}（{environment}）は始められません。/setup のページで確かめてください。",
    )


def _founding_page(
    visit: AVisit, template: str, election: str, environment: Environment
) -> Response:
    """A page of one founding, which has to be on offer here."""
    _require_foundable(visit.services, election, environment)
    context = _context(visit) | {"founded": {"election": election, "environment": environment}}
    return visit.plain(template, context, status=200)


def _context(visit: AVisit) -> Context:
    return {"modules": modules(_FOLDERS, visit.language)}
