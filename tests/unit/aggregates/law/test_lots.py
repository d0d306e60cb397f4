import pytest

from aggregates.law.lots import NO_LOTS, DrawLots, rank_by_score, resolve


def test_a_tie_without_a_lot_stops_and_says_between_whom() -> None:
    with pytest.raises(DrawLots) as stopped:
        resolve(["c", "a", "b"], 2, NO_LOTS)

    assert stopped.value.between == ("a", "b", "c")
    assert stopped.value.seats_left == 2
    assert stopped.value.code == "draw-lots"
    assert "a, b, c: 2 of 3 win" in str(stopped.value)


def test_a_recorded_lot_gives_the_order_drawn() -> None:
    assert resolve(["a", "b"], 1, {frozenset({"a", "b"}): ("b", "a")}) == ("b", "a")


@pytest.mark.parametrize("drawn", [("a",), ("a", "c"), ("a", "b", "b"), ("a", "b", "c")])
def test_a_lot_that_does_not_list_exactly_the_tied_is_not_used(drawn: tuple[str, ...]) -> None:
    with pytest.raises(DrawLots):
        resolve(["a", "b"], 1, {frozenset({"a", "b"}): drawn})


def test_a_lot_between_others_is_not_used() -> None:
    with pytest.raises(DrawLots):
        resolve(["a", "b"], 1, {frozenset({"a", "b", "c"}): ("a", "b", "c")})


def test_ties_that_decide_nothing_need_no_lot() -> None:
    scores = {"d": 1, "c": 1, "b": 3, "a": 3}

    assert rank_by_score(scores, 2, NO_LOTS) == ("a", "b", "c", "d")


def test_drawn_equals_follow_as_drawn() -> None:
    scores = {"a": 3, "b": 1, "c": 1}

    assert rank_by_score(scores, 2, {frozenset({"b", "c"}): ("c", "b")}) == ("a", "c", "b")
