"""What everybody may read: the pointer, the documents, and the entries of the log."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from api.house import House, house_of

router = APIRouter(tags=["results"])

_SECONDS = "public, max-age=2"
_FOREVER = "public, max-age=31536000, immutable"
_LIMIT_MAX = 1000


def _house(request: Request, election: str) -> House:
    house = house_of(request)
    if house.election != election:
        raise HTTPException(404, "No such election here.")
    return house


@router.get("/v1/elections/{election}/head.json", summary="Pointer: position and versions")
def head(election: str, request: Request) -> Response:
    """Where the log stands, and the latest version of every document."""
    house = _house(request, election)
    body, position = house.head()
    return _answer(request, body, position, _SECONDS)


@router.get("/v1/elections/{election}/log/{position}", summary="One entry of the log, as recorded")
def entry(
    election: str, position: Annotated[int, Path(ge=1, le=2**53)], request: Request
) -> Response:
    """The event at a position."""
    try:
        row = _house(request, election).log.reader.row(position)
    except LookupError as error:
        raise HTTPException(404, "The log has no such position yet.") from error
    body = b'{"event":%b,"position":%d,"topic":"%b"}' % (
        row.state,
        row.position,
        row.topic.encode(),
    )
    return _answer(request, body, position, _FOREVER)


@router.get("/v1/elections/{election}/changes", summary="What changed since a position")
def changes(
    election: str,
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=_LIMIT_MAX)] = 200,
) -> Response:
    """Documents whose version is later than `after`, the oldest first."""
    house = _house(request, election)
    found = house.live.read(lambda night: night.changed_since(after))
    page = found[:limit]
    body = msgspec.json.encode(
        {
            "election": election,
            "environment": house.environment,
            "changes": [{"position": at, "document": document} for at, document in page],
            "next": page[-1][0] if page else after,
            "is_truncated": len(found) > limit,
        }
    )
    return _answer(request, body, house.live.position, _SECONDS)


@router.get("/v1/elections/{election}/{document:path}.json", summary="A document, the latest")
def document(election: str, document: str, request: Request) -> Response:
    """The latest version of a document: `national`, `prefectures/13`, `contests/{kind}/{id}`, …."""
    house = _house(request, election)
    try:
        rendered = house.live.document(document)
    except KeyError as error:
        raise HTTPException(404, "No such document.") from error
    return _answer(request, rendered.body, rendered.version, _SECONDS)


def _answer(request: Request, body: bytes, version: int, cache: str) -> Response:
    tag = f'"{version}"'
    headers = {
        "Cache-Control": cache,
        "ETag": tag,
        "Kaihyo-Position": str(version),
        "Access-Control-Allow-Origin": "*",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
