import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.refusals import NegativeFigure
from aggregates.reference.largest_remainder import NothingToSpreadOver, spread

totals = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=30)


@given(totals, weights)
def test_the_parts_sum_to_the_total(total: int, parts: list[int]) -> None:
    assert sum(spread(total, parts)) == total


@given(totals, weights)
def test_no_part_is_a_whole_vote_or_more_off_its_share(total: int, parts: list[int]) -> None:
    whole = sum(parts)
    for weight, share in zip(parts, spread(total, parts), strict=True):
        if whole:
            assert abs(share * whole - total * weight) < whole


def test_the_largest_remainder_takes_what_is_left() -> None:
    assert spread(10, [3, 3, 1]) == (4, 4, 2)


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert spread(5, [1, 1, 1]) == (2, 2, 1)
    assert spread(-5, [1, 1, 1]) == (-2, -2, -1)


def test_weights_that_are_all_nought_spread_evenly() -> None:
    assert spread(5, [0, 0]) == (3, 2)


def test_nothing_spreads_over_nothing() -> None:
    assert spread(0, []) == ()


def test_something_does_not_spread_over_nothing() -> None:
    with pytest.raises(NothingToSpreadOver):
        spread(1, [])


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(NegativeFigure):
        spread(1, [2, -1])
