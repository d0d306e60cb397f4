"""Worked examples of the statutes, T10 to T25: numbers that a commission can follow by hand.

T1 to T5 stand in test_dividing_seats.py, T6 and T7 in test_full_seats.py, T8 and T9 in
test_succession.py, T10 as a whole election in test_long_terms.py, T23 and T24 in test_polls.py,
T26 with the codes in test_identity.py.
"""

from datetime import date

import pytest

from aggregates.law.disputes.invalid_ballots import (
    MoreInvalidThanVotes,
    certain_winners,
    take_hidden_invalid_off,
)
from aggregates.law.election_days import joint_by_election_day
from aggregates.law.justices import review
from aggregates.law.lists.apportionment import apportion
from aggregates.law.long_terms import long_seats_of_lists
from aggregates.law.lots import DrawLots
from aggregates.law.shared_votes import divide
from tests.support.japan_law import list_deposit, list_forfeit

VOTE = 1000


def test_t10_long_seats_of_lists_are_dividing_again() -> None:
    """POEA 115(2): five seats are P 3 and Q 2; of four long ones Q has one."""
    votes, members = {"P": 1_000, "Q": 600, "R": 250}, dict.fromkeys("PQR", 5)

    assert dict(apportion(votes, 5, members).seats) == {"P": 3, "Q": 2, "R": 0}
    assert dict(long_seats_of_lists(votes, 4, members)) == {"P": 3, "Q": 1, "R": 0}


@pytest.mark.parametrize(
    ("cause", "day"),
    [
        ("2026-09-15", "2026-10-25"),
        ("2026-03-16", "2026-10-25"),
        ("2026-09-16", "2027-04-25"),
        ("2027-01-10", "2027-04-25"),
        ("2027-03-15", "2027-04-25"),
    ],
)
def test_t11_by_elections_to_the_diet_fall_on_fourth_sundays(cause: str, day: str) -> None:
    """POEA 33-2(2)."""
    assert joint_by_election_day(date.fromisoformat(cause)) == date.fromisoformat(day)


def test_t12_who_is_safely_ahead_keeps_the_seat_until_an_area_has_voted_again() -> None:
    """POEA 205(2), (3): a is 1,100 and 800 ahead, more than 600 electors; b is 300 ahead."""
    outside = {"a": 5_000 * VOTE, "b": 4_200 * VOTE, "c": 3_900 * VOTE}

    assert certain_winners(outside, 2, 600) == ("a",)
    assert certain_winners(outside, 2, 300) == ("a",)
    assert certain_winners(outside, 2, 299) == ("a", "b")
    assert certain_winners({"a": VOTE}, 2, 600) == ("a",)


def test_t12_equals_at_the_last_seat_name_no_first_loser() -> None:
    with pytest.raises(DrawLots) as stopped:
        certain_winners({"a": 3 * VOTE, "b": VOTE, "c": VOTE}, 2, 0)

    assert (stopped.value.between, stopped.value.seats_left) == (("b", "c"), 1)


def test_t13_hidden_invalid_ballots_are_taken_off_in_proportion() -> None:
    """POEA 209-2(1): six of 600 are three, two and one."""
    votes = {"a": 300 * VOTE, "b": 200 * VOTE, "c": 100 * VOTE}

    assert take_hidden_invalid_off(votes, 6) == {"a": 297_000, "b": 198_000, "c": 99_000}
    assert take_hidden_invalid_off(votes, 0) == votes
    assert sum(take_hidden_invalid_off(votes, 7).values()) == 593 * VOTE
    with pytest.raises(MoreInvalidThanVotes):
        take_hidden_invalid_off(votes, 601)


@pytest.mark.parametrize(
    ("own", "pool", "shares", "cut", "nobody"),
    [
        # T14
        ({"a": 600, "b": 400}, 3, {"a": 1_800, "b": 1_200}, 0, 0),
        # T15
        ({"a": 2, "b": 1}, 1, {"a": 666, "b": 333}, 1, 0),
        # T16
        ({"a": 300, "b": 200, "c": 100}, 7, {"a": 3_500, "b": 2_333, "c": 1_166}, 1, 0),
        # T18: nobody who shares has a vote of their own.
        ({"a": 0, "b": 0}, 5, {"a": 0, "b": 0}, 0, 5_000),
        # T19: the weight of an Upper House list is its name votes, without its members'.
        ({"X": 900, "p": 60}, 5, {"X": 4_687, "p": 312}, 1, 0),
    ],
    ids=["T14", "T15", "T16", "T18", "T19"],
)
def test_a_pool_is_divided_by_other_valid_votes_and_cut(
    own: dict[str, int], pool: int, shares: dict[str, int], cut: int, nobody: int
) -> None:
    """POEA 68-2(4), (5); the cut and what belongs to nobody are practice of the record."""
    made = divide(pool, {each: votes * VOTE for each, votes in own.items()})

    assert (dict(made.shares), made.cut, made.nobody) == (shares, cut, nobody)


def test_several_pools_take_the_votes_without_any_pool_as_weights() -> None:
    """T17: three pools; chaining them would give 2.559 and 1.440 of the second."""
    own = {"a": 100, "b": 50, "c": 30}
    pools = (("ab", 10), ("bc", 4), ("abc", 1))

    made = [divide(size, {each: own[each] * VOTE for each in who}) for who, size in pools]
    totals = {
        each: own[each] * VOTE + sum(division.shares.get(each, 0) for division in made)
        for each in own
    }

    assert [dict(division.shares) for division in made] == [
        {"a": 6_666, "b": 3_333},
        {"b": 2_500, "c": 1_500},
        {"a": 555, "b": 277, "c": 166},
    ]
    assert totals == {"a": 107_221, "b": 56_110, "c": 31_666}
    cut = sum(division.cut for division in made)
    assert (cut, sum(totals.values()) + cut) == (3, (180 + 15) * VOTE)


@pytest.mark.parametrize(
    ("members", "dual", "district_winners", "seats", "deposited", "lost"),
    [
        (10, 6, 2, 3, 42_000_000, 0),
        (10, 6, 1, 0, 42_000_000, 39_000_000),
    ],
)
def test_t22_what_a_house_list_loses_of_its_deposit(  # noqa: PLR0917 - a row of the example
    members: int, dual: int, district_winners: int, seats: int, deposited: int, lost: int
) -> None:
    """POEA 92(2), 94(1)."""
    assert list_deposit(members, dual) == deposited
    assert list_forfeit(deposited, district_winners, seats) == lost


def test_t20_what_an_upper_house_list_loses_of_its_deposit() -> None:
    """POEA 92(3), 94(3): 6 million for each member beyond twice the winners."""
    assert list_forfeit(list_deposit(10, 0), 0, 3) == 24_000_000


def test_t21_divisors_end_at_the_members_of_a_list() -> None:
    """POEA 95-2(1), (5): without the end A would have five seats and B one."""
    votes = {"A": 600, "B": 200, "C": 100}

    assert dict(apportion(votes, 6, {"A": 2, "B": 3, "C": 3}).seats) == {"A": 2, "B": 3, "C": 1}
    assert dict(apportion(votes, 6, dict.fromkeys(votes, 9)).seats) == {"A": 5, "B": 1, "C": 0}


@pytest.mark.parametrize(
    ("ballots", "yes", "no", "dismissed"),
    [(9_999, 9_000, 999, False), (10_000, 5_001, 4_999, True), (10_000, 5_000, 5_000, False)],
)
def test_t25_a_justice_is_dismissed_by_more_and_by_a_hundredth_of_the_registered(
    ballots: int, yes: int, no: int, dismissed: bool
) -> None:
    """Judicial review act 32."""
    assert review(yes, no, ballots, 1_000_000).dismissed is dismissed
