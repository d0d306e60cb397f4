"""Pages for other surfaces: frames on other sites, and large screens in a hall."""

from fastapi import APIRouter, Response

from api.web.page_request import AVisit, Context
from api.web.pages.public_pages import contest_page, load_document
from api.web.seat_bar import seat_bar
from api.web.tile_map import HEIGHT, SIDE, WIDTH, tiles
from projections.documents.overview import NationalDocument
from projections.documents.seats_document import SeatsDocument
from projections.election_projection import ElectionProjection
from projections.views.latest_entries import latest_rows

router = APIRouter(include_in_schema=False)

_LATEST = 10


def _nation(state: ElectionProjection) -> Context:
    document = load_document(state, "national", NationalDocument)
    seats = load_document(state, "seats", SeatsDocument)
    return {"document": document, "seats": seats, "bar": seat_bar(seats)}


@router.get("/embed/national")
def embedded_nation(visit: AVisit) -> Response:
    """Seats of the nation, for a frame."""
    return visit.page("embed_national.html", ("national", "seats"), _nation, frames=True)


@router.get("/embed/contests/{kind}/{slug}")
def embedded_contest(kind: str, slug: str, visit: AVisit) -> Response:
    """One race, for a frame."""
    key = f"contests/{kind}/{slug}"
    return visit.page("embed_contest.html", (key,), contest_page(key), frames=True)


@router.get("/screen")
def screen(visit: AVisit) -> Response:
    """What a large screen in a hall shows, one panel after the other."""

    def build_page(state: ElectionProjection) -> Context:
        nation = _nation(state)
        document = load_document(state, "national", NationalDocument)
        return {
            **nation,
            "tiles": tiles(document.prefectures),
            "map": {"width": WIDTH, "height": HEIGHT, "side": SIDE, "mode": "votes"},
            "latest": latest_rows(state, _LATEST),
        }

    return visit.page("screen.html", ("national", "seats"), build_page)
