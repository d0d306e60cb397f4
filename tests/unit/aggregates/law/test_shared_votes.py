import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.refusals import NegativeFigure
from aggregates.law.shared_votes import Division, SharedBetweenTwoOrMore, divide

pools = st.integers(0, 50_000)
owners = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 10**8), min_size=2)


def test_a_pool_is_divided_in_proportion_and_cut_after_three_decimals() -> None:
    assert divide(100, {"a": 1_000_000, "b": 2_000_000}) == Division(
        shares={"a": 33_333, "b": 66_666}, cut=1, nobody=0
    )


def test_three_sharers_can_lose_two_thousandths() -> None:
    assert divide(10, {"a": 1_000, "b": 1_000, "c": 4_000}).cut == 2


def test_a_sharer_without_votes_of_their_own_gets_nothing() -> None:
    assert divide(5, {"a": 7_000, "b": 0}).shares == {"a": 5_000, "b": 0}


def test_where_no_sharer_has_votes_the_pool_belongs_to_nobody() -> None:
    assert divide(5, {"a": 0, "b": 0}) == Division(shares={"a": 0, "b": 0}, cut=0, nobody=5_000)


@pytest.mark.parametrize("own", [{}, {"a": 1_000}])
def test_a_pool_of_one_is_no_pool(own: dict[str, int]) -> None:
    with pytest.raises(SharedBetweenTwoOrMore):
        divide(1, own)


@pytest.mark.parametrize(("pool", "votes"), [(-1, 1), (1, -1)])
def test_negative_figures_are_refused(pool: int, votes: int) -> None:
    with pytest.raises(NegativeFigure):
        divide(pool, {"a": 5, "b": votes})


@given(pools, owners)
def test_not_a_thousandth_is_lost_or_made(pool: int, own: dict[str, int]) -> None:
    division = divide(pool, own)

    assert sum(division.shares.values()) + division.cut + division.nobody == pool * 1000
    assert division.nobody in (0, pool * 1000)


@given(pools, owners)
def test_each_is_cut_by_less_than_a_thousandth(pool: int, own: dict[str, int]) -> None:
    division = divide(pool, own)
    whole = sum(own.values())

    assert 0 <= division.cut < len(own)
    for each, share in division.shares.items():
        assert 0 <= pool * 1000 * own[each] - share * whole < max(whole, 1)


@given(pools, owners)
def test_the_order_of_sharers_never_matters(pool: int, own: dict[str, int]) -> None:
    assert divide(pool, dict(reversed(own.items()))) == divide(pool, own)
