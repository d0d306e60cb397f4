"""Earlier elections: what they published, readable beside the present one."""

from collections.abc import Mapping
from typing import Literal, TypeVar

import msgspec
from fastapi import APIRouter, Response

from api.web.colors import shades
from api.web.page_request import AVisit, Context, PageRequest
from api.web.seat_bar import seat_bar
from api.web.tile_map import HEIGHT, SIDE, WIDTH, tiles
from infra.services.archive.previous_elections import Earlier
from projections.documents.nation_tables import CandidatesDocument
from projections.documents.overview import NationalDocument, PrefectureDocument
from projections.documents.whole_election.seats_document import SeatsDocument
from projections.feeds.layout import JSON

router = APIRouter(include_in_schema=False)

Environment = Literal["live", "rehearsal"]

_HOUR = "public, max-age=3600"
"""An earlier election stays as it is, unless the operator exchanges its folder."""

TDocument = TypeVar("TDocument", bound=msgspec.Struct)


@router.get("/archive")
def archive(visit: AVisit) -> Response:
    """Every earlier election of this server."""
    found, unreadable = visit.services.archive.elections()
    own = (visit.services.environment, visit.services.election)
    found = [each for each in found if (each.environment, each.election) != own]
    context: Context = {"elections": found, "unreadable": unreadable}
    marks = [f"{each.environment}-{each.election}-{each.position}" for each in found]
    return visit.page(
        "archive.html", ("national",), lambda _: context, stamp="".join((*marks, *unreadable))
    )


@router.get("/archive/{environment}/{election}")
def nation(environment: Environment, election: str, visit: AVisit) -> Response:
    """The nation, as an earlier election ended."""
    earlier = visit.services.archive.election(environment, election)
    if earlier is None:
        return visit.missing()
    document = _read(earlier, "national", NationalDocument)
    seats = _read(earlier, "seats", SeatsDocument)
    shown: Context = {
        "document": document,
        "seats": seats,
        "bar": seat_bar(seats),
        "tiles": tiles(document.prefectures),
        "map": {"width": WIDTH, "height": HEIGHT, "side": SIDE, "mode": "votes"},
        "files": [name for name in earlier.documents if "/" not in name],
    }
    return _page(visit, "archive_nation.html", earlier, shown)


@router.get("/archive/{environment}/{election}/prefectures/{code}")
def prefecture(environment: Environment, election: str, code: str, visit: AVisit) -> Response:
    """A prefecture with its contests, as an earlier election ended."""
    earlier = visit.services.archive.election(environment, election)
    if earlier is None:
        return visit.missing()
    try:
        document = _read(earlier, f"prefectures/{code}", PrefectureDocument)
    except KeyError:
        return visit.missing()
    return _page(visit, "archive_prefecture.html", earlier, {"document": document})


@router.get("/archive/{environment}/{election}/files/{document:path}")
def file(environment: Environment, election: str, document: str, visit: AVisit) -> Response:
    """A document of an earlier election, as it was published."""
    earlier = visit.services.archive.election(environment, election)
    if earlier is None or not document.endswith(".json"):
        return visit.missing()
    try:
        body = earlier.read(document.removesuffix(".json"))
    except KeyError:
        return visit.missing()
    headers = {"Cache-Control": _HOUR, "Access-Control-Allow-Origin": "*"}
    return Response(body, headers=headers, media_type=JSON)


def _read(earlier: Earlier, document: str, kind: type[TDocument]) -> TDocument:
    return msgspec.json.decode(earlier.read(document), type=kind)


def _page(
    visit: PageRequest, template: str, earlier: Earlier, shown: Mapping[str, object]
) -> Response:
    parties = {
        party.id: party for party in _read(earlier, "candidates", CandidatesDocument).parties
    }
    head = {
        "election": earlier.election,
        "name": earlier.name,
        "environment": earlier.environment,
        "is_rehearsal": earlier.environment == "rehearsal",
        "polling_day": earlier.polling_day,
    }
    context = {**shown, "head": head, "earlier": earlier, "parties": parties}
    context |= {"shades": shades(parties), "base": _base(earlier)}
    return visit.still(template, context, stamp=f"{earlier.position}-{earlier.root[:16]}")


def _base(earlier: Earlier) -> str:
    return f"/archive/{earlier.environment}/{earlier.election}"
