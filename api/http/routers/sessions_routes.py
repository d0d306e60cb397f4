"""How an office shows its key to read what is not public, and where its chain stands."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from aggregates.errors import SessionUnknown
from api.http.app_state import AppState, app_state
from api.http.request_bodies import read_body
from infra.services.signing.office_session import OfficeSession

router = APIRouter(tags=["offices"])

_BEARER = "Bearer "
_NEVER_KEPT = {"Cache-Control": "no-store"}

Authorization = Annotated[str, Header()]


def office_session(request: Request) -> OfficeSession:
    """The session of a request, for routes that show what is not public.

    Raises:
        SessionUnknown: There is none.
        SignerRevoked: The key behind it was revoked.
    """
    return app_state(request).sessions.find(_token(request.headers.get("authorization", "")))


@router.post("/v1/elections/{election}/challenges", status_code=201, summary="Ask for a challenge")
def challenge(election: str, request: Request) -> Response:
    """A nonce to sign within a minute."""
    return _answer(_services(request, election).sessions.challenge(), 201)


@router.post("/v1/elections/{election}/sessions", status_code=201, summary="Show a key")
async def open_session(election: str, request: Request) -> Response:
    """A short session for a signed challenge.

    The body is a DSSE envelope of type `application/vnd.kaihyo.session+json` around the RFC 8785
    form of `{"election", "environment", "nonce", "office"}`.
    """
    services = _services(request, election)
    body = await read_body(request)
    return _answer(await run_in_threadpool(services.sessions.open, body), 201)


@router.get("/v1/elections/{election}/sessions/current", summary="Who am I here?")
def current_session(election: str, request: Request, authorization: Authorization = "") -> Response:
    """The session of the token in `Authorization: Bearer`."""
    return _answer(_services(request, election).sessions.find(_token(authorization)))


@router.delete("/v1/elections/{election}/sessions/current", status_code=204, summary="End it")
def close_session(election: str, request: Request, authorization: Authorization = "") -> Response:
    """End the session of the token; it is no mistake when there is none."""
    _services(request, election).sessions.close(_token(authorization))
    return Response(status_code=204, headers=_NEVER_KEPT)


@router.get(
    "/v1/elections/{election}/offices/{office}/chain", summary="Where an office's chain stands"
)
def chain(
    election: str,
    office: Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")],
    request: Request,
) -> Response:
    """Number and digest of the last signed posting of an office; 0 and null before the first."""
    link = _services(request, election).log.reader.chain(office)
    return _answer({"office": office, "sequence": link.sequence, "sha256": link.sha256})


def _token(authorization: str) -> str:
    if not authorization.startswith(_BEARER):
        raise SessionUnknown
    return authorization.removeprefix(_BEARER)


def _services(request: Request, election: str) -> AppState:
    services = app_state(request)
    if services.election != election:
        raise HTTPException(404, "No such election here.")
    return services


def _answer(value: object, status: int = 200) -> Response:
    body = msgspec.json.encode(value)
    return Response(body, status, headers=_NEVER_KEPT, media_type="application/json")
