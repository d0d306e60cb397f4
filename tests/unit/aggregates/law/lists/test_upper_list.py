import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.lists.upper_list import PrioritiesAreDistinct, UpperMember, elect_upper
from aggregates.law.lots import DrawLots
from aggregates.law.refusals import NegativeFigure, VotesForNoList
from tests.unit.aggregates.law.drawn import EveryLotDrawn


def _list(first: str, others: str) -> list[UpperMember]:
    placed = [UpperMember(each, place) for place, each in enumerate(first, start=1)]
    return [*(UpperMember(each, None) for each in others), *reversed(placed)]


def test_votes_for_the_name_and_for_members_are_the_partys_together() -> None:
    lists = {"p": _list("a", "bc"), "q": _list("", "x")}
    result = elect_upper(lists, {"p": 1_000, "q": 4_000}, {"a": 500, "b": 2_500, "c": 1}, 2)

    assert result.totals == {"p": 4_001, "q": 4_000}
    assert result.apportionment.seats == {"p": 1, "q": 1}


def test_those_who_go_first_do_so_in_their_written_order_whatever_their_votes() -> None:
    result = elect_upper({"p": _list("ab", "cd")}, {}, {"b": 9, "c": 50, "d": 70}, 3)

    assert result.elected == {"p": ("a", "b", "d")}


def test_the_others_follow_by_personal_votes() -> None:
    result = elect_upper({"p": _list("", "abc")}, {"p": 9}, {"c": 5, "a": 3}, 2)

    assert result.elected == {"p": ("c", "a")}


def test_equal_personal_votes_at_the_last_seat_stop_for_a_lot() -> None:
    lists = {"p": _list("f", "abc")}
    votes = {"a": 5_000, "b": 5_000, "c": 1_000}

    with pytest.raises(DrawLots) as stopped:
        elect_upper(lists, {}, votes, 2)

    assert stopped.value.between == ("a", "b")
    assert stopped.value.seats_left == 1
    drawn = {frozenset({"a", "b"}): ("b", "a")}
    assert elect_upper(lists, {}, votes, 2, drawn).elected == {"p": ("f", "b")}


def test_equal_personal_votes_behind_the_first_places_need_no_lot() -> None:
    result = elect_upper({"p": _list("fg", "ab")}, {"p": 9}, {"a": 5, "b": 5}, 1)

    assert result.elected == {"p": ("f",)}


def test_equal_quotients_at_the_last_seat_stop_for_a_lot_between_parties() -> None:
    lists = {"p": _list("", "a"), "q": _list("", "x")}

    with pytest.raises(DrawLots) as stopped:
        elect_upper(lists, {"p": 5, "q": 2}, {"x": 3}, 1)

    assert stopped.value.between == ("p", "q")


def test_a_list_that_runs_out_of_members_passes_its_seats_on() -> None:
    result = elect_upper({"p": _list("", "a"), "q": _list("", "xy")}, {"p": 90, "q": 2}, {}, 3)

    assert result.apportionment.seats == {"p": 1, "q": 2}
    assert result.elected == {"p": ("a",), "q": ("x", "y")}


@pytest.mark.parametrize(("list_votes", "member_votes"), [({"z": 1}, {}), ({}, {"z": 1})])
def test_votes_for_what_no_list_has_are_refused(
    list_votes: dict[str, int], member_votes: dict[str, int]
) -> None:
    with pytest.raises(VotesForNoList):
        elect_upper({"p": _list("", "a")}, list_votes, member_votes, 1)


@pytest.mark.parametrize(("list_votes", "member_votes"), [({"p": -1}, {}), ({}, {"a": -1})])
def test_negative_votes_are_refused_even_where_the_total_is_not(
    list_votes: dict[str, int], member_votes: dict[str, int]
) -> None:
    with pytest.raises(NegativeFigure):
        elect_upper({"p": _list("", "ab")}, {"p": 9, **list_votes}, {"b": 9, **member_votes}, 1)


def test_two_at_the_same_first_place_are_refused() -> None:
    with pytest.raises(PrioritiesAreDistinct, match="party: p"):
        elect_upper({"p": [UpperMember("a", 1), UpperMember("b", 1)]}, {"p": 1}, {}, 1)


votes = st.integers(0, 30)


@given(
    st.fixed_dictionaries(dict.fromkeys("pqr", votes)),
    st.fixed_dictionaries(dict.fromkeys("abcdefgh", votes)),
    st.integers(0, 9),
)
def test_every_seat_and_every_vote_is_counted_once(
    list_votes: dict[str, int], member_votes: dict[str, int], seats: int
) -> None:
    lists = {"p": _list("a", "bc"), "q": _list("", "de"), "r": _list("fg", "h")}
    result = elect_upper(lists, list_votes, member_votes, seats, EveryLotDrawn())
    winners = [each for members in result.elected.values() for each in members]

    assert sum(result.totals.values()) == sum(list_votes.values()) + sum(member_votes.values())
    assert len(set(winners)) == len(winners) == seats - result.apportionment.vacant
    assert {p: len(members) for p, members in result.elected.items()} == result.apportionment.seats
    turned = {party: lists[party][::-1] for party in reversed(lists)}
    assert elect_upper(turned, list_votes, member_votes, seats, EveryLotDrawn()) == result
