"""効果の見える化: what the night took, what nobody had to type again, and how it was last time."""

from datetime import date
from typing import NamedTuple

from fastapi import APIRouter, Response

from api.http.app_state import AppState
from api.web.page_request import AVisit, Context
from infra.services.archive.previous_elections import Earlier
from projections.election_projection import ElectionProjection
from projections.views.savings import RETYPINGS, Course
from projections.views.savings import savings as savings_of

router = APIRouter(include_in_schema=False)


class LastTime(NamedTuple):
    """The election before this one, and how its night went."""

    earlier: Earlier
    course: Course


@router.get("/savings")
def savings(visit: AVisit) -> Response:
    """Minutes from close to final, re-entries avoided, corrections, late reports."""
    last = _last_time(visit.services)

    def build(state: ElectionProjection) -> Context:
        return {"savings": savings_of(state), "retypings_each": RETYPINGS, "last": last}

    stamp = "" if last is None else f"-{last.earlier.election}-{last.earlier.position}"
    return visit.page("savings.html", ("national", "corrections"), build, stamp=stamp)


def _last_time(services: AppState) -> LastTime | None:
    """What the archive has to compare with; None when it has nothing."""
    if not services.election:
        return None
    day, environment, kinds = services.live.read(_facts)
    earlier = services.archive.before(day, environment, kinds)
    return None if earlier is None else LastTime(earlier, services.archive.course(earlier))


def _facts(state: ElectionProjection) -> tuple[date, str, set[str]]:
    facts = state.register().facts
    kinds: set[str] = {contest.facts.kind for contest in state.contests.values()}
    return facts.polling_day, facts.environment, kinds
