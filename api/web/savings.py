"""効果の見える化: what the night took, and what nobody had to type again."""

from fastapi import APIRouter, Response

from api.web.visit import AVisit
from projections.pages.savings import RETYPINGS
from projections.pages.savings import savings as savings_of

router = APIRouter(include_in_schema=False)


@router.get("/savings")
def savings(visit: AVisit) -> Response:
    """Minutes from close to final, re-entries avoided, corrections, late reports."""
    return visit.page(
        "savings.html",
        ("national", "corrections"),
        lambda night: {"savings": savings_of(night), "retypings_each": RETYPINGS},
    )
