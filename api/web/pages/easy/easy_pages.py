"""Five pages in plain Japanese: the election, its contests, one of them, a place, the turnout.

They are of the same documents as the others, and show the same figures in shorter sentences.
"""

from fastapi import APIRouter, Response

from api.web.page_request import AVisit, Context
from api.web.pages import public_pages
from api.web.pages.overview_parts import overview_parts
from api.web.translations import EASY
from projections.documents.district_document import DistrictDocument
from projections.documents.nation_tables import TurnoutDocument
from projections.election_projection import ElectionProjection
from projections.views.whole_election.race_list import list_contests, race_list

router = APIRouter(prefix=EASY, include_in_schema=False)

_CODE_CHARS = 2


@router.get("/")
def easy_front(visit: AVisit) -> Response:
    """What is decided, and how much is counted."""
    return visit.page("easy/national.html", ("national", "seats"), overview_parts)


@router.get("/races")
def easy_races(visit: AVisit, prefecture: str = "") -> Response:
    """Who is elected where."""
    prefecture = prefecture[:_CODE_CHARS]

    def build_page(state: ElectionProjection) -> Context:
        held = sorted({code for each in state.contests.values() for code in each.prefectures})
        place = prefecture if prefecture in held else ""
        return {
            "races": race_list(state, place),
            "lists": list_contests(state),
            "held": held,
            "place": place,
        }

    asked = {"prefecture": prefecture}
    return visit.page("easy/races.html", ("national", "seats"), build_page, query=asked)


@router.get("/contests/{kind}/{slug}")
def easy_contest(kind: str, slug: str, visit: AVisit) -> Response:
    """Who stands, how many votes each has, who is elected."""
    key = f"contests/{kind}/{slug}"
    return visit.page("easy/contest.html", (key,), public_pages.contest_page(key))


@router.get("/districts/{code}")
def easy_district(code: str, visit: AVisit) -> Response:
    """What is counted at a place."""
    key = f"districts/{code}"

    def build_page(state: ElectionProjection) -> Context:
        document = public_pages.load_document(state, key, DistrictDocument)
        held = {each.contest: state.contests[each.contest].options for each in document.contests}
        names = {id_: public_pages.option_names(ballot.values()) for id_, ballot in held.items()}
        return {"document": document, "options": names}

    return visit.page("easy/district.html", (key,), build_page)


@router.get("/turnout")
def easy_turnout(visit: AVisit) -> Response:
    """How many of those who may vote have voted."""

    def build_page(state: ElectionProjection) -> Context:
        return {"document": public_pages.load_document(state, "turnout", TurnoutDocument)}

    return visit.page("easy/turnout.html", ("turnout",), build_page)
