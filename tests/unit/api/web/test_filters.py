"""Figures as people read them."""

import pytest

from api.web import filters
from projections.documents.models import both_forms


@pytest.mark.parametrize(
    ("thousandths", "text"),
    [(0, "0"), (1_234_000, "1,234"), (1_234_567, "1,234.567"), (7, "0.007"), (-1_500, "−1.500")],
)
def test_votes_show_decimals_only_where_there_are_some(thousandths: int, text: str) -> None:
    assert filters.votes(thousandths) == text
    assert filters.votes(both_forms(thousandths)) == text


def test_a_ratio_is_cut_and_never_rounded() -> None:
    assert filters.thousandth_percent(99_999) == "99.999％"
    assert filters.thousandth_percent(99_999, "en") == "99.999%"
    assert filters.thousandth_percent(None) == "—"


def test_what_is_not_known_is_a_dash() -> None:
    assert (filters.percent(None), filters.jst(None), filters.clock(None)) == ("—", "—", "—")
