import pytest

from aggregates.law.refusals import NegativeFigure, natural


def test_nought_and_more_are_counts() -> None:
    assert (natural("seats", 0), natural("seats", 7)) == (0, 7)


def test_a_negative_count_is_refused_with_its_name_and_figure() -> None:
    with pytest.raises(NegativeFigure, match="counted from zero") as refusal:
        natural("votes", -3)

    assert refusal.value.code == "negative-figure"
    assert refusal.value.facts == {"what": "votes", "figure": -3}
    assert "what: votes, figure: -3" in str(refusal.value)
