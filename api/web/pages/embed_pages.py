"""Pages for other surfaces: frames on other sites, and large screens in a hall."""

from fastapi import APIRouter, Response

from api.web.page_request import AVisit, Context
from api.web.pages.overview_parts import overview_parts
from api.web.pages.public_pages import contest_page
from projections.election_projection import ElectionProjection
from projections.views.latest_entries import latest_rows

router = APIRouter(include_in_schema=False)

_LATEST = 10


@router.get("/embed/national")
def embedded_nation(visit: AVisit) -> Response:
    """Seats of the nation, for a frame."""
    return visit.page("embed_national.html", ("national", "seats"), overview_parts, frames=True)


@router.get("/embed/contests/{kind}/{slug}")
def embedded_contest(kind: str, slug: str, visit: AVisit) -> Response:
    """One race, for a frame."""
    key = f"contests/{kind}/{slug}"
    return visit.page("embed_contest.html", (key,), contest_page(key), frames=True)


@router.get("/screen")
def screen(visit: AVisit) -> Response:
    """What a large screen in a hall shows, one panel after the other."""

    def build_page(state: ElectionProjection) -> Context:
        return {**overview_parts(state), "latest": latest_rows(state, _LATEST)}

    return visit.page("screen.html", ("national", "seats"), build_page)
