"""Pages about candidates and parties, the search, and what can be downloaded."""

from fastapi import APIRouter, Response

from api.web.page_request import AVisit, Context
from projections.election_projection import ElectionProjection
from projections.views.person_view import candidacies, party_page
from projections.views.search import search as search_night

router = APIRouter(include_in_schema=False)

_FOUND_MAX = 100
_QUERY_MAX = 60
_INDEPENDENTS = "independent"
"""How the address calls those without a party."""


@router.get("/candidates/{person}")
def candidate(person: str, visit: AVisit) -> Response:
    """A person: where they stand, and with which votes."""
    found = visit.services.live.read(lambda state: candidacies(state, person))
    if not found:
        return visit.missing()
    documents = ["candidates", *(f"contests/{each.contest}" for each in found)]

    def build_page(state: ElectionProjection) -> Context:
        return {"candidacies": candidacies(state, person)}

    return visit.page("candidate.html", documents, build_page)


@router.get("/parties/{party}")
def party(party: str, visit: AVisit) -> Response:
    """A party: its candidates, lists and seats."""
    own = "" if party == _INDEPENDENTS else party
    if own and own not in visit.services.live.read(lambda state: state.register().parties):
        return visit.missing()

    def build_page(state: ElectionProjection) -> Context:
        return {"page": party_page(state, own), "party_id": own}

    return visit.page("party.html", ("national", "candidates"), build_page)


@router.get("/search")
def search(visit: AVisit, q: str = "") -> Response:
    """Find a person, a place or a party."""
    query = q.strip()[:_QUERY_MAX]

    def build_page(state: ElectionProjection) -> Context:
        found, total = search_night(state, query, _FOUND_MAX)
        return {"query": query, "found": found, "total": total, "most": _FOUND_MAX}

    return visit.page("search.html", ("candidates",), build_page, query={"q": query})


@router.get("/downloads")
def downloads(visit: AVisit) -> Response:
    """Every document as a file."""

    def build_page(state: ElectionProjection) -> Context:
        return {
            "keys": sorted(key for key in state.versions if "/" not in key),
            "prefectures": sorted(
                key.removeprefix("prefectures/")
                for key in state.versions
                if key.startswith("prefectures/")
            ),
            "blocks": [(b, c.facts.name) for b, c in state.by_block.items()],
        }

    return visit.page("downloads.html", ("national",), build_page)
