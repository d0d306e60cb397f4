"""Pages about candidates and parties, the search, and what can be downloaded."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.web.page_request import AVisit, Context
from projections.election_projection import ElectionProjection
from projections.views.person_view import candidacies, namesakes, party_page, person_address
from projections.views.searching.search import search as search_night

router = APIRouter(include_in_schema=False)

_FOUND_MAX = 100
_QUERY_MAX = 60
_INDEPENDENTS = "independent"
"""How the address calls those without a party."""


@router.get("/candidates/{kind}/{slug}/{person}")
def candidate(kind: str, slug: str, person: str, visit: AVisit) -> Response:
    """A person in a contest: with which votes, and where else they stand."""
    contest = f"{kind}/{slug}"
    found = visit.services.live.read(lambda state: candidacies(state, contest, person))
    if not found:
        return visit.missing()
    documents = [f"contests/{each.contest}" for each in found]

    def build_page(state: ElectionProjection) -> Context:
        return {"candidacies": candidacies(state, contest, person)}

    return visit.page("candidate.html", documents, build_page)


@router.get("/candidates/{person}")
def person_by_id(person: str, visit: AVisit) -> Response:
    """Addresses of before, without a contest: to the person, or a choice where there are several.

    A member of a list who is a candidate elsewhere is one person under two ids of their own.
    """
    found = visit.services.live.read(lambda state: namesakes(state, person))
    if not found:
        return visit.missing()
    if len(found) == 1:
        address = visit.link(person_address(found[0].contest, person))
        return RedirectResponse(address, status_code=302)

    def build_page(state: ElectionProjection) -> Context:
        return {"found": namesakes(state, person), "person_id": person}

    return visit.page("namesakes.html", ["candidates"], build_page)


@router.get("/parties/{party}")
def party(party: str, visit: AVisit) -> Response:
    """A party: its candidates, lists and seats."""
    if not visit.services.election:
        return visit.plain("waiting.html", {}, status=200)
    own = "" if party == _INDEPENDENTS else party
    if own and own not in visit.services.live.read(lambda state: state.register().parties):
        return visit.missing()

    def build_page(state: ElectionProjection) -> Context:
        return {"page": party_page(state, own), "party_id": own}

    return visit.page("party.html", ("national",), build_page)


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
