"""What everybody may read: pointers, documents in every format, changes, entries, schemas."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from api import examples_feed as examples
from api.answers import Prepared, Ready
from api.front import HEAD_POINTER
from api.house import House, election_of, house_of
from infra.live import Rendered
from infra.past import PositionUnknown
from projections.feeds import layout, pointer
from projections.feeds.catalogue import catalogue as catalogue_bytes
from projections.feeds.entry import entry_bytes
from projections.feeds.layout import Address, NoSuchAddress
from projections.feeds.schemas import INDEX, index_bytes, schema_bytes
from projections.feeds.tabular import to_cp932

router = APIRouter(tags=["feed"], default_response_class=Response)

_LIMIT_MAX = 1000
_TIME_TRAVEL_COST = 20.0
"""Tokens of the rate limit: an old document is folded again, not looked up."""

_BASE = "/v1/elections/{election}"

Position = Annotated[int, Query(ge=0, le=2**53)]
AsOf = Annotated[str, Query(description="RFC 3339 moment: answers 302 to the version of then.")]
Encoding = Annotated[str, Query(description="CSV only: `utf-8` or `cp932`.")]


def _answer(request: Request, prepared: Prepared, *, keep: bool = False) -> Response:
    """A prepared answer to this request, kept for the next ones when it stays right."""
    if keep:
        house_of(request).kept.put(request.scope["path"], prepared)
    headers = request.headers
    return _response(
        prepared.ready(
            headers.get("accept-encoding", "").encode("latin-1"),
            headers.get("if-none-match", "").encode("latin-1"),
        )
    )


def _response(ready: Ready) -> Response:
    response = Response(ready.body, ready.status)
    response.raw_headers = list(ready.headers)
    return response


@router.get(
    f"{_BASE}/head.json",
    summary="Pointer: position, root, progress, and the version of every document",
    responses=examples.of_json(examples.HEAD),
)
def head(election: str, request: Request) -> Response:
    """Where the log stands. It never goes back. Poll it every two seconds at most."""
    return _pointer(election_of(request, election), request, districts=False)


@router.get(
    f"{_BASE}/districts-head.json",
    summary="Pointer to the counting districts",
    responses=examples.of_json(examples.DISTRICTS_HEAD),
)
def districts_head(election: str, request: Request) -> Response:
    """As `head.json`, with the versions of `districts/…` instead of all others."""
    return _pointer(election_of(request, election), request, districts=True)


def _pointer(house: House, request: Request, *, districts: bool) -> Response:
    body, position, root = house.live.read_rooted(
        lambda night, root: (
            pointer.pointer(night, root, districts=districts), night.position, root
        )
    )  # fmt: skip
    prepared = Prepared(
        body,
        layout.JSON,
        layout.MOVING,
        tag=position,
        version=position,
        document=HEAD_POINTER,
        more={**_position_headers(position, root), **_described_by("head")},
    )
    return _answer(request, prepared, keep=True)


def _position_headers(position: int, root: str) -> dict[str, str]:
    return {"kaihyo-position": str(position), "kaihyo-root": root}


def _described_by(schema: str) -> dict[str, str]:
    return {"link": f'<{layout.schema_path(schema)}>; rel="describedby"'}


@router.get(
    f"{_BASE}/log/{{position}}",
    summary="One entry of the log, as recorded",
    responses=examples.of_json(examples.ENTRY),
)
def entry(
    election: str, position: Annotated[int, Path(ge=1, le=2**53)], request: Request
) -> Response:
    """The event at a position: the bytes that are hashed into the transparency tree."""
    house = election_of(request, election)
    try:
        row = house.log.reader.row(position)
        root = house.live.root(position)
    except (LookupError, ValueError) as error:
        raise HTTPException(404, "The log has no such position yet.") from error
    body = entry_bytes(row.position, row.topic, row.state)
    more = _position_headers(position, root)
    prepared = Prepared(body, layout.JSON, layout.IMMUTABLE, tag=position, more=more)
    return _answer(request, prepared)


@router.get(
    f"{_BASE}/changes",
    summary="What changed since a position",
    responses=examples.of_json(examples.CHANGES),
)
def changes(
    election: str,
    request: Request,
    after: Position = 0,
    limit: Annotated[int, Query(ge=1, le=_LIMIT_MAX)] = 200,
) -> Response:
    """Documents whose version is later than `after`, the oldest first, each in its latest version.

    Ask again with `next`: nothing is left out. The documents of one position are never divided,
    so an answer may be longer than `limit`.
    """
    house = election_of(request, election)
    body, position, root = house.live.read_rooted(
        lambda night, root: (pointer.changes(night, after, limit, root), night.position, root)
    )
    more = {**_position_headers(position, root), **_described_by("changes")}
    tag = f"{position}-{after}-{limit}"
    return _answer(request, Prepared(body, layout.JSON, layout.MOVING, tag=tag, more=more))


@router.get(
    f"{_BASE}/catalogue.jsonld",
    summary="DCAT catalogue",
    responses=examples.of(layout.JSON_LD, examples.CATALOGUE),
)
def catalogue(election: str, request: Request) -> Response:
    """What there is, in which formats."""
    body = election_of(request, election).live.read(catalogue_bytes)
    return _answer(request, Prepared(body, layout.JSON_LD, layout.MOVING))


@router.get(INDEX, summary="Every JSON Schema", responses=examples.of_json(examples.SCHEMAS))
def schemas(request: Request) -> Response:
    """Name and address of every schema."""
    return _answer(request, Prepared(index_bytes(), layout.JSON, layout.MOVING))


@router.get(
    f"{layout.SCHEMAS}/{{name}}.json",
    summary="One JSON Schema",
    responses=examples.of(layout.JSON_SCHEMA, examples.SCHEMA),
)
def schema(name: str, request: Request) -> Response:
    """The schema of a kind of document, or of `head`, `changes`, `stream`."""
    try:
        body = schema_bytes(name)
    except KeyError as error:
        raise HTTPException(404, "No such schema.") from error
    return _answer(request, Prepared(body, layout.JSON_SCHEMA, layout.MOVING), keep=True)


@router.get(
    f"{_BASE}/{{document:path}}@{{position}}.{{format}}",
    summary="A document as it was at a position: immutable",
    responses=examples.DOCUMENTS,
)
def version(
    election: str,
    document: str,
    position: str,
    format: str,  # noqa: A002 - the parameter's public name
    *,
    request: Request,
    encoding: Encoding = "utf-8",
) -> Response:
    """The exact bytes of then. Any position is valid; old ones are rebuilt from the log.

    Formats: `json` and `csv` for every document; `nist.json` and `nist.xml` for `national`,
    `prefectures/…`, `contests/…`; `atom` for `corrections` and `declarations`.
    """
    return _document(election, f"{document}@{position}.{format}", request, encoding)


@router.get(
    f"{_BASE}/{{document:path}}.{{format}}",
    summary="A document, the latest",
    responses=examples.DOCUMENTS,
)
def latest(
    election: str,
    document: str,
    format: str,  # noqa: A002 - the parameter's public name
    *,
    request: Request,
    as_of: AsOf = "",
    encoding: Encoding = "utf-8",
) -> Response:
    """The latest version: `national`, `prefectures/13`, `contests/{kind}/{id}`, ….

    With `as_of` it answers 302 to the immutable address of the version of that moment.
    """
    if as_of:
        return _travel(election, f"{document}.{format}", request, as_of, encoding)
    return _document(election, f"{document}.{format}", request, encoding)


def _document(election: str, text: str, request: Request, encoding: str) -> Response:
    house = election_of(request, election)
    address = _address(text)
    found = _found(house, address, request)
    root = house.live.root(found.version)
    own = {**_position_headers(found.version, root)}
    if address.format.suffix == ".json":
        own |= _described_by(layout.schema_name(address.document))
    if address.position not in {None, found.version}:
        place = Address(address.document, address.format, found.version)
        own["content-location"] = f"{layout.election_path(election)}/{place}"
    body, media_type, tag = _encoded(found, address, encoding)
    prepared = Prepared(
        body,
        media_type,
        address.cache,
        tag=tag,
        version=found.version,
        document=address.document if address.position is None else "",
        more=own,
    )
    return _answer(request, prepared, keep=encoding == "utf-8")


def _address(text: str) -> Address:
    try:
        return Address.parse(text)
    except NoSuchAddress as error:
        raise HTTPException(404, "No such document.") from error


def _found(house: House, address: Address, request: Request) -> Rendered:
    try:
        if address.position is None:
            return house.live.written(address.document, address.format)
        if house.live.version(address.document) > address.position:
            _charge(house, request)
        return house.live.as_of(address.document, address.format, address.position)
    except KeyError as error:
        raise HTTPException(404, "No such document.") from error
    except PositionUnknown as error:
        raise HTTPException(404, "The log has no such position yet.") from error


def _charge(house: House, request: Request) -> None:
    client = request.client.host if request.client is not None else ""
    seconds = house.limit.seconds_to_wait(client, _TIME_TRAVEL_COST)
    if seconds:
        raise HTTPException(429, "Too many requests.", {"Retry-After": str(seconds)})


def _encoded(found: Rendered, address: Address, encoding: str) -> tuple[bytes, str, str]:
    """Body, media type and tag in a character set; only CSV comes in more than one."""
    tag, media_type = str(found.version), address.format.media_type
    if address.format.suffix != ".csv":
        return found.body, media_type, tag
    charset = layout.CSV_ENCODINGS.get(encoding.lower())
    if charset is None:
        raise HTTPException(422, "encoding is utf-8 or cp932.")
    stated = f"{media_type}; charset={charset}; header=present"
    if encoding.lower() == "cp932":
        return to_cp932(found.body), stated, f"{tag}-cp932"
    return found.body, stated, tag


def _travel(election: str, text: str, request: Request, as_of: str, encoding: str) -> Response:
    house = election_of(request, election)
    address = _address(text)
    position, may_change = house.live.position_at(_moment(as_of))
    if position == 0:
        raise HTTPException(404, "The log begins later.")
    then = Address(address.document, address.format, position)
    version_then = _found(house, then, request).version
    place = Address(address.document, address.format, version_then)
    query = f"?encoding={encoding}" if encoding != "utf-8" else ""
    return Response(
        status_code=302,
        headers={
            "Location": f"{layout.election_path(election)}/{place}{query}",
            "Cache-Control": layout.MOVING if may_change else layout.IMMUTABLE,
            "Kaihyo-Position": str(position),
        },
    )


def _moment(text: str) -> datetime:
    """A moment with its zone; a plus sign that became a space in the query is one again."""
    try:
        moment = msgspec.convert(text.replace(" ", "+"), datetime)
    except msgspec.ValidationError as error:
        raise HTTPException(422, "as_of is not an RFC 3339 moment.") from error
    if moment.tzinfo is None:
        raise HTTPException(422, "as_of needs its zone: 2024-10-27T22:14:00+09:00.")
    return moment
