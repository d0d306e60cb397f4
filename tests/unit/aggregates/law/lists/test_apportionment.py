from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.lists.apportionment import Award, apportion, quotient_as_printed
from aggregates.law.lots import DrawLots
from aggregates.law.refusals import DivisorNotPositive, NegativeFigure, VotesForNoList
from tests.unit.aggregates.law.drawn import EveryLotDrawn

UNLIMITED = 100
parties = st.sampled_from("abcdef")
polls = st.dictionaries(parties, st.integers(0, 60), min_size=1)
seat_counts = st.integers(0, 12)
caps = st.integers(0, 5)


def _open(votes: dict[str, int]) -> dict[str, int]:
    return dict.fromkeys(votes, UNLIMITED)


def test_the_largest_quotients_take_the_seats() -> None:
    result = apportion({"a": 6_000, "b": 4_000}, 3, {"a": 3, "b": 3})

    assert result.seats == {"a": 2, "b": 1}
    assert result.awards == (Award(1, "a", 1), Award(2, "b", 1), Award(3, "a", 2))
    assert result.vacant == 0


def test_divisors_end_at_the_eligible_members_and_the_seat_passes_on() -> None:
    assert apportion({"a": 9_000, "b": 1_000}, 3, {"a": 1, "b": 5}).seats == {"a": 1, "b": 2}


def test_seats_nobody_can_take_stay_vacant() -> None:
    result = apportion({"a": 9_000, "b": 1_000}, 4, {"a": 1, "b": 1})

    assert result.seats == {"a": 1, "b": 1}
    assert result.vacant == 2


def test_a_party_without_votes_gets_nothing() -> None:
    result = apportion({"a": 0}, 1, {"a": 1, "b": 1})

    assert result.seats == {"a": 0, "b": 0}
    assert result.vacant == 1


def test_equal_quotients_for_fewer_seats_stop_for_a_lot_between_the_parties() -> None:
    votes = {"a": 6_000, "b": 3_000, "c": 3_000}
    eligible = {"a": 3, "b": 3, "c": 3}

    with pytest.raises(DrawLots) as stopped:
        apportion(votes, 3, eligible)

    assert stopped.value.between == ("a", "b", "c")
    assert stopped.value.seats_left == 2
    drawn = {frozenset({"a", "b", "c"}): ("c", "a", "b")}
    result = apportion(votes, 3, eligible, drawn)
    assert result.awards == (Award(1, "a", 1), Award(2, "c", 1), Award(3, "a", 2))


def test_equal_quotients_that_all_win_need_no_lot() -> None:
    result = apportion({"b": 3_000, "a": 3_000, "c": 1_000}, 2, {"a": 2, "b": 2, "c": 2})

    assert result.awards == (Award(1, "a", 1), Award(2, "b", 1))


def test_a_list_that_has_run_out_takes_no_part_in_the_lot() -> None:
    """a's second quotient would equal b's first, but a has only one member."""
    result = apportion({"a": 6_000, "b": 3_000}, 2, {"a": 1, "b": 1})

    assert result.seats == {"a": 1, "b": 1}


def test_votes_for_a_party_without_a_list_are_refused() -> None:
    with pytest.raises(VotesForNoList):
        apportion({"a": 1, "x": 1}, 1, {"a": 1})


@pytest.mark.parametrize(("votes", "seats", "members"), [(-1, 1, 1), (1, -1, 1), (1, 1, -1)])
def test_negative_figures_are_refused(votes: int, seats: int, members: int) -> None:
    with pytest.raises(NegativeFigure):
        apportion({"a": votes}, seats, {"a": members})


@pytest.mark.parametrize(
    ("votes", "divisor", "printed"),
    [(694_578_943, 2, 347_289_472), (641_127_000, 7, 91_589_571), (694_578_943, 6, 115_763_157)],
)
def test_quotients_are_printed_half_up(votes: int, divisor: int, printed: int) -> None:
    assert quotient_as_printed(votes, divisor) == printed


def test_quotients_are_printed_for_divisors_from_one() -> None:
    with pytest.raises(DivisorNotPositive):
        quotient_as_printed(1, 0)


@given(polls, seat_counts, st.data())
def test_every_seat_is_given_once_or_stays_vacant(
    votes: dict[str, int], seats: int, data: st.DataObject
) -> None:
    eligible = {party: data.draw(caps) for party in votes}
    result = apportion(votes, seats, eligible, EveryLotDrawn())

    assert sum(result.seats.values()) + result.vacant == seats
    assert all(result.seats[party] <= eligible[party] for party in votes)
    assert [award.rank for award in result.awards] == list(range(1, len(result.awards) + 1))
    for party in votes:
        divisors = [award.divisor for award in result.awards if award.party == party]
        assert divisors == list(range(1, result.seats[party] + 1))


@given(polls, seat_counts, st.data())
def test_no_losing_quotient_exceeds_a_winning_one(
    votes: dict[str, int], seats: int, data: st.DataObject
) -> None:
    eligible = {party: data.draw(caps) for party in votes}
    result = apportion(votes, seats, eligible, EveryLotDrawn())
    won = [Fraction(votes[award.party], award.divisor) for award in result.awards]
    lost = [
        Fraction(own, result.seats[party] + 1)
        for party, own in votes.items()
        if own and result.seats[party] < eligible[party]
    ]

    assert won == sorted(won, reverse=True)
    assert all(low <= high for high in won[-1:] for low in lost)
    if lost:
        assert result.vacant == 0


@given(polls, seat_counts, st.data())
def test_more_votes_never_mean_fewer_seats(
    votes: dict[str, int], seats: int, data: st.DataObject
) -> None:
    riser = data.draw(st.sampled_from(sorted(votes)))
    more = {**votes, riser: votes[riser] + data.draw(st.integers(1, 60))}

    before = apportion(votes, seats, _open(votes), EveryLotDrawn())
    after = apportion(more, seats, _open(votes), EveryLotDrawn())

    assert after.seats[riser] >= before.seats[riser]


@given(polls, seat_counts)
def test_a_larger_house_never_costs_a_seat(votes: dict[str, int], seats: int) -> None:
    smaller = apportion(votes, seats, _open(votes), EveryLotDrawn())
    larger = apportion(votes, seats + 1, _open(votes), EveryLotDrawn())

    assert all(larger.seats[party] >= smaller.seats[party] for party in votes)


@given(polls, seat_counts, st.data())
def test_the_order_of_parties_never_matters(
    votes: dict[str, int], seats: int, data: st.DataObject
) -> None:
    eligible = {party: data.draw(caps) for party in votes}
    backwards = dict(reversed(votes.items()))

    assert apportion(backwards, seats, eligible, EveryLotDrawn()) == apportion(
        votes, seats, eligible, EveryLotDrawn()
    )


def _stops(votes: dict[str, int], seats: int) -> bool:
    try:
        apportion(votes, seats, _open(votes))
    except DrawLots:
        return True
    return False


@given(polls, seat_counts)
def test_a_lot_is_asked_for_exactly_where_it_decides(votes: dict[str, int], seats: int) -> None:
    one_way = apportion(votes, seats, _open(votes), EveryLotDrawn())
    other_way = apportion(votes, seats, _open(votes), EveryLotDrawn(backwards=True))

    assert _stops(votes, seats) is (one_way.seats != other_way.seats)
