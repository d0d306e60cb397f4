from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.lots import DrawLots
from aggregates.law.plurality import elect, no_poll_needed
from aggregates.law.refusals import NegativeFigure
from aggregates.law.thresholds import statutory_minimum, valid_votes_as_published
from tests.support.japan_law import thresholds_for
from tests.unit.aggregates.law.conftest import ReadTable, thousandths
from tests.unit.aggregates.law.drawn import EveryLotDrawn

polls = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), min_size=1)
seat_counts = st.integers(0, 6)
minima = st.none() | st.integers(0, 12).map(Fraction)


def test_the_most_votes_win_in_order_of_votes() -> None:
    result = elect({"a": 2_000, "b": 5_000, "c": 3_000}, 2, Fraction(1))

    assert result.elected == ("b", "c")
    assert result.below_minimum == ()
    assert result.vacant == 0


def test_exactly_the_minimum_is_enough_and_a_thousandth_less_is_not() -> None:
    result = elect({"a": 32_000, "b": 31_999}, 2, Fraction(32_000))

    assert result.elected == ("a",)
    assert result.below_minimum == ("b",)
    assert result.vacant == 1


def test_the_minimum_is_compared_exactly_and_not_as_printed() -> None:
    """192,166 / 6 is printed 32,027.666, and these very votes are below it."""
    result = elect({"a": 32_027_666}, 1, Fraction(192_166_000, 6))

    assert result.vacant == 1


def test_without_a_vote_nobody_is_elected() -> None:
    result = elect({"a": 0, "b": 0}, 1, Fraction(0))

    assert result.elected == ()
    assert result.below_minimum == ("a", "b")
    assert result.vacant == 1


def test_equal_votes_at_the_last_seat_stop_for_a_lot() -> None:
    votes = {"a": 9_000, "b": 5_000, "c": 5_000, "d": 1_000}

    with pytest.raises(DrawLots) as stopped:
        elect(votes, 2, None)

    assert stopped.value.between == ("b", "c")
    assert stopped.value.seats_left == 1
    assert elect(votes, 2, None, {frozenset({"b", "c"}): ("c", "b")}).elected == ("a", "c")


def test_equal_votes_away_from_the_last_seat_need_no_lot() -> None:
    assert elect({"b": 5, "a": 5, "d": 1, "c": 1}, 2, None).elected == ("a", "b")


def test_equal_votes_below_the_minimum_need_no_lot() -> None:
    assert elect({"a": 9, "b": 2, "c": 2}, 2, Fraction(3)).elected == ("a",)


def test_no_seats_elect_nobody() -> None:
    assert elect({"a": 9, "b": 9}, 0, None).elected == ()


@pytest.mark.parametrize(("votes", "seats"), [({"a": -1}, 1), ({"a": 1}, -1)])
def test_negative_figures_are_refused(votes: dict[str, int], seats: int) -> None:
    with pytest.raises(NegativeFigure):
        elect(votes, seats, None)


@pytest.mark.parametrize(("candidates", "seats", "no_poll"), [(2, 2, True), (3, 2, False)])
def test_no_poll_where_candidates_do_not_outnumber_seats(
    candidates: int, seats: int, no_poll: bool
) -> None:
    assert no_poll_needed([f"c{number}" for number in range(candidates)], seats) is no_poll


def test_negative_seats_are_no_poll_either_way() -> None:
    with pytest.raises(NegativeFigure):
        no_poll_needed(["a"], -1)


@given(polls, seat_counts, minima)
def test_every_seat_is_given_once_or_stays_vacant(
    votes: dict[str, int], seats: int, minimum: Fraction | None
) -> None:
    result = elect(votes, seats, minimum, EveryLotDrawn())

    assert len(set(result.elected)) == len(result.elected)
    assert len(result.elected) + result.vacant == seats
    assert set(result.elected) | set(result.below_minimum) <= set(votes)
    assert not set(result.elected) & set(result.below_minimum)


@given(polls, seat_counts, minima)
def test_no_loser_has_more_votes_than_a_winner(
    votes: dict[str, int], seats: int, minimum: Fraction | None
) -> None:
    result = elect(votes, seats, minimum, EveryLotDrawn())
    losers = set(votes) - set(result.elected) - set(result.below_minimum)

    assert all(votes[winner] >= votes[loser] for winner in result.elected for loser in losers)
    if losers:
        assert result.vacant == 0


@given(polls, seat_counts, minima, st.data())
def test_more_votes_never_cost_a_seat(
    votes: dict[str, int], seats: int, minimum: Fraction | None, data: st.DataObject
) -> None:
    riser = data.draw(st.sampled_from(sorted(votes)))
    more = {**votes, riser: votes[riser] + data.draw(st.integers(1, 12))}

    if riser in elect(votes, seats, minimum, EveryLotDrawn()).elected:
        assert riser in elect(more, seats, minimum, EveryLotDrawn()).elected


@given(polls, seat_counts, minima)
def test_the_order_of_candidates_never_matters(
    votes: dict[str, int], seats: int, minimum: Fraction | None
) -> None:
    backwards = dict(reversed(votes.items()))

    assert elect(backwards, seats, minimum, EveryLotDrawn()) == elect(
        votes, seats, minimum, EveryLotDrawn()
    )


@pytest.mark.official
def test_the_289_district_winners_of_2024(official_table: ReadTable) -> None:
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    winners = {}
    for row in official_table("official-tables/smd_candidates.csv"):
        district = row["prefecture"], row["district_no"]
        votes[district][row["order_in_district"]] = thousandths(row["votes"])
        if row["result_mark"] == "当":
            winners[district] = (row["order_in_district"],)
    fractions = thresholds_for("house-district", date(2024, 10, 27))

    elected = {}
    for district, own in votes.items():
        valid = valid_votes_as_published(sum(own.values())) * 1000
        elected[district] = elect(own, 1, statutory_minimum(valid, 1, fractions)).elected

    assert len(winners) == 289
    assert elected == winners
