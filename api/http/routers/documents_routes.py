"""Documents in every format: the latest, any version, and the version of a moment."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from api.http.app_state import AppState, election_state
from api.http.cached_response import answer, position_headers, schema_link
from api.http.encoded_responses import EncodedBody, format_tag
from api.http.limits.past_charge import charge_past
from api.http.openapi import feed_examples as examples
from api.http.problems import Unanswered
from infra.services.queries.live_read_model import Rendered
from infra.services.queries.time_travel import PositionUnknown
from projections.feeds import layout
from projections.feeds.layout import Address, NoSuchAddress
from projections.feeds.tabular import count_cp932_replacements, to_cp932

router = APIRouter(tags=["feed"], default_response_class=Response)

_BASE = "/v1/elections/{election}"

_AS_OF = "as_of は時差のある時刻（例 2024-10-27T22:14:00+09:00）で指定してください。"

AsOf = Annotated[str, Query(description="RFC 3339 moment: answers 302 to the version of then.")]
Encoding = Annotated[str, Query(description="CSV only: `utf-8` or `cp932`.")]


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
    services = election_state(request, election)
    address = _address(text)
    found = _find_document(services, address, request)
    root = services.live.root(found.version)
    own = {**position_headers(found.version, root)}
    if address.format.suffix == ".json":
        own |= schema_link(layout.schema_name(address.document))
    if address.position not in {None, found.version}:
        place = Address(address.document, address.format, found.version)
        own["content-location"] = f"{layout.election_path(election)}/{place}"
    body, media_type, tag = _encode(found, address, encoding)
    if body is not found.body:
        own["kaihyo-replaced"] = str(count_cp932_replacements(found.body, body))
    prepared = EncodedBody(
        body,
        media_type,
        address.cache,
        tag=tag,
        version=found.version,
        documents=(address.document,) if address.position is None else (),
        more=own,
    )
    return answer(request, prepared, keep=encoding == "utf-8")


def _address(text: str) -> Address:
    try:
        return Address.parse(text)
    except NoSuchAddress as error:
        raise Unanswered(
            404,
            "No such document.",
            f"{text} という文書はありません。形式は .json と .csv（文書によって .nist.json、"
            ".nist.xml、.atom）、位置は @ と 1 以上の整数で書きます。",
        ) from error


def _find_document(services: AppState, address: Address, request: Request) -> Rendered:
    try:
        if address.position is None:
            return services.live.latest(address.document, address.format)
        if services.live.version(address.document) > address.position:
            charge_past(services.limit, request.client.host if request.client else "")
        return services.live.as_of(address.document, address.format, address.position)
    except KeyError as error:
        then = "" if address.position is None else f"位置 {address.position} の時点では"
        raise Unanswered(
            404,
            "No such document.",
            f"{then}{address.document} はありません。今ある文書は head.json、"
            "districts-head.json、parts-head.json の documents にあります。",
        ) from error
    except PositionUnknown as error:
        position = services.live.position
        raise Unanswered(
            404,
            "The log has no such position yet.",
            f"位置 {address.position} はまだ記録されていません。今の位置は {position} です。",
            position=position,
        ) from error


def _encode(found: Rendered, address: Address, encoding: str) -> tuple[bytes, str, str]:
    """Body, media type and tag in a character set; only CSV comes in more than one."""
    tag, media_type = format_tag(found.version), address.format.media_type
    if address.format.suffix != ".csv":
        return found.body, media_type, tag
    charset = layout.CSV_ENCODINGS.get(encoding.lower())
    if charset is None:
        raise Unanswered(
            422,
            "encoding is utf-8 or cp932.",
            f"encoding は utf-8 か cp932 です（{encoding} は使えません）。",
        )
    stated = f"{media_type}; charset={charset}; header=present"
    if encoding.lower() == "cp932":
        return to_cp932(found.body), stated, f"{tag}-cp932"
    return found.body, stated, tag


def _travel(election: str, text: str, request: Request, as_of: str, encoding: str) -> Response:
    services = election_state(request, election)
    address = _address(text)
    position, may_change = services.live.position_at(_moment(as_of))
    if position == 0:
        raise Unanswered(
            404,
            "The log begins later.",
            "その時刻にはまだ何も記録されていません。後の時刻を指定してください。",
        )
    then = Address(address.document, address.format, position)
    version_then = _find_document(services, then, request).version
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
        raise Unanswered(422, "as_of is not an RFC 3339 moment.", _AS_OF) from error
    if moment.tzinfo is None:
        raise Unanswered(422, "as_of needs its zone.", _AS_OF)
    return moment
