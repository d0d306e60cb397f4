"""What everybody may read beside documents: pointers, changes, entries, catalogue, schemas."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from aggregates.rule_package.package import package_bytes
from api.http.app_state import AppState, election_state
from api.http.cached_response import answer, position_headers, schema_link
from api.http.encoded_responses import EncodedBody, format_tag
from api.http.openapi import feed_examples as examples
from api.http.problems import Unanswered
from api.http.response_cache import HEAD_POINTER
from projections.feeds import layout, pointer
from projections.feeds.dcat_catalogue import catalogue as catalogue_bytes
from projections.feeds.public_entry import entry_bytes
from projections.feeds.schemas import INDEX, index_bytes, schema_bytes

router = APIRouter(tags=["feed"], default_response_class=Response)

_LIMIT_MAX = 1000
_BASE = "/v1/elections/{election}"

Position = Annotated[int, Query(ge=0, le=2**53)]


@router.get(
    f"{_BASE}/head.json",
    summary="Pointer: position, root, progress, and the version of every document",
    responses=examples.json_responses(examples.HEAD),
)
def head(election: str, request: Request) -> Response:
    """Where the log stands. It never goes back. Poll it every two seconds at most."""
    return _pointer(election_state(request, election), request, layout.HEAD)


@router.get(
    f"{_BASE}/districts-head.json",
    summary="Pointer to the counting districts",
    responses=examples.json_responses(examples.DISTRICTS_HEAD),
)
def districts_head(election: str, request: Request) -> Response:
    """As `head.json`, with the versions of `districts/…` instead of all others."""
    return _pointer(election_state(request, election), request, layout.DISTRICTS_HEAD)


@router.get(
    f"{_BASE}/parts-head.json",
    summary="Pointer to the parts of long documents",
    responses=examples.json_responses(examples.PARTS_HEAD),
)
def parts_head(election: str, request: Request) -> Response:
    """As `head.json`, with the versions of parts of long documents instead of all others."""
    return _pointer(election_state(request, election), request, layout.PARTS_HEAD)


def _pointer(services: AppState, request: Request, name: str) -> Response:
    body, position, root = services.live.read_with_root(
        lambda state, root: (pointer.pointer(state, root, name), state.position, root)
    )
    prepared = EncodedBody(
        body,
        layout.JSON,
        layout.MOVING,
        tag=format_tag(position),
        version=position,
        documents=HEAD_POINTER,
        more={**position_headers(position, root), **schema_link("head")},
    )
    return answer(request, prepared, keep=True)


@router.get(
    f"{_BASE}/log/{{position}}",
    summary="One entry of the log, as recorded",
    responses=examples.json_responses(examples.ENTRY),
)
def entry(
    election: str, position: Annotated[int, Path(ge=1, le=2**53)], request: Request
) -> Response:
    """The event at a position: the bytes that are hashed into the transparency tree."""
    services = election_state(request, election)
    try:
        row = services.log.reader.row(position)
        # Who has just posted reads at once: the night may be a moment behind the receipt.
        services.live.wait_for(position)
        root = services.live.root(position)
    except (LookupError, ValueError) as error:
        last = services.live.position
        raise Unanswered(
            404,
            "The log has no such position yet.",
            f"位置 {position} はまだ記録されていません。今の位置は {last} です。",
            position=last,
        ) from error
    body = entry_bytes(row.position, row.topic, row.state)
    more = position_headers(position, root)
    prepared = EncodedBody(body, layout.JSON, layout.IMMUTABLE, tag=position, more=more)
    return answer(request, prepared)


@router.get(
    f"{_BASE}/changes",
    summary="What changed since a position",
    responses=examples.json_responses(examples.CHANGES),
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
    services = election_state(request, election)
    _require_recorded(services, after)
    body, position, root = services.live.read_with_root(
        lambda state, root: (pointer.changes(state, after, limit, root), state.position, root)
    )
    more = {**position_headers(position, root), **schema_link("changes")}
    tag = format_tag(f"{position}-{after}-{limit}")
    return answer(request, EncodedBody(body, layout.JSON, layout.MOVING, tag=tag, more=more))


def _require_recorded(services: AppState, after: int) -> None:
    """No reader knows a position that is not recorded; one server may be behind another, though."""
    if after > services.live.position and after > (last := services.live.recorded):
        raise Unanswered(
            404,
            "The log has no such position yet.",
            f"after の {after} はまだ記録されていません。今の位置は {last} です。"
            "どこまで読んだかを確かめてください。",
            position=last,
        )


@router.get(
    f"{_BASE}/catalogue.jsonld",
    summary="DCAT catalogue",
    responses=examples.of(layout.JSON_LD, examples.CATALOGUE),
)
def catalogue(election: str, request: Request) -> Response:
    """What there is, in which formats."""
    body = election_state(request, election).live.read(catalogue_bytes)
    return answer(request, EncodedBody(body, layout.JSON_LD, layout.MOVING))


@router.get(
    f"{_BASE}/{layout.RULES}",
    summary="Rule package: what the law says of each kind of contest",
    responses=examples.json_responses(examples.RULES),
)
def rules(election: str, request: Request) -> Response:
    """The bytes whose SHA-256 the first entry names, where it names one; it never changes."""
    services = election_state(request, election)
    body = services.live.read(lambda state: package_bytes(state.register().package))
    tag = hashlib.sha256(body).hexdigest()
    return answer(request, EncodedBody(body, layout.JSON, layout.MOVING, tag=tag))


@router.get(INDEX, summary="Every JSON Schema", responses=examples.json_responses(examples.SCHEMAS))
def schemas(request: Request) -> Response:
    """Name and address of every schema."""
    return answer(request, EncodedBody(index_bytes(), layout.JSON, layout.MOVING))


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
        raise Unanswered(
            404,
            "No such schema.",
            f"{name} という形式定義はありません。一覧は {INDEX} にあります。",
        ) from error
    return answer(request, EncodedBody(body, layout.JSON_SCHEMA, layout.MOVING), keep=True)
