"""Every seat on one picture, coloured as counting completes."""

from fastapi import APIRouter, Response

from api.web.page_request import AVisit, Context
from projections.election_projection import ElectionProjection
from projections.views.whole_election.election_shape import election_shape
from projections.views.whole_election.seat_map import seat_map

router = APIRouter(include_in_schema=False)

_SIDE = 20


@router.get("/seats")
def seats(visit: AVisit) -> Response:
    """A tile per seat; there is none where no assembly is elected as a whole."""
    has_chamber = visit.services.election and visit.services.live.read(
        lambda state: election_shape(state).chamber is not None
    )
    if visit.services.election and not has_chamber:
        return visit.missing()

    def build_page(state: ElectionProjection) -> Context:
        chamber = election_shape(state).chamber
        found = seat_map(state, chamber.contests if chamber is not None else [])
        every = [*found.tiles, *(tile for each in found.lists for tile in each.tiles)]
        counts = dict.fromkeys(("declared", "complete", "counting", "none", "vacant"), 0)
        for tile in every:
            counts[tile.state] += 1
        gains = sum(tile.is_gain for tile in every)
        return {"map": found, "side": _SIDE, "counts": counts, "total": len(every), "gains": gains}

    return visit.page("seats.html", ("results", "seats"), build_page)
