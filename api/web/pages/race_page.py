"""All races and all contests of lists on one page: filtered, in the order that one asks for."""

from typing import Annotated, cast

from fastapi import APIRouter, Query, Response

from api.web.page_request import AVisit, Context
from projections.election_projection import ElectionProjection
from projections.views.whole_election.race_list import (
    Change,
    Order,
    list_contests,
    race_list,
)

router = APIRouter(include_in_schema=False)

_ORDERS = ("margin", "counted")
_CHANGES = ("gain", "hold", "new")
_CODE_CHARS = 2


@router.get("/races")
def races(
    visit: AVisit,
    prefecture: str = "",
    order: Annotated[str, Query(alias="sort")] = "",
    close: str = "",
    change: str = "",
) -> Response:
    """Every contest: winner, runner-up, margin, progress, who came back by a list."""
    chosen = cast("Order", order if order in _ORDERS else "")
    changed = cast("Change", change if change in _CHANGES else "")
    prefecture = prefecture[:_CODE_CHARS]

    def build_page(state: ElectionProjection) -> Context:
        held = sorted({code for each in state.contests.values() for code in each.prefectures})
        place = prefecture if prefecture in held else ""
        return {
            "races": race_list(state, place, chosen, close=bool(close), change=changed),
            "lists": list_contests(state),
            "held": held,
            "place": place,
            "order": chosen,
            "close": bool(close),
            "change": changed,
            "has_last_time": bool(state.register().previous_contests),
        }

    asked = {
        "prefecture": prefecture,
        "sort": chosen,
        "close": "1" if close else "",
        "change": changed,
    }
    return visit.page("races.html", ("national", "seats"), build_page, query=asked)
