from collections.abc import Mapping

import pytest

from aggregates.law.lists.dual_candidacy import DistrictResult, ListMember
from aggregates.law.lists.house_block import elect_block
from aggregates.law.lots import DrawLots
from aggregates.law.refusals import VotesForNoList

WON = DistrictResult(1_000, 1_000, elected=True, below_deposit=False)


def _lost(own: int) -> DistrictResult:
    return DistrictResult(1_000, own, elected=False, below_deposit=False)


LISTS = {
    "a": [ListMember("a1", 1), ListMember("a2", 2, "x"), ListMember("a3", 2, "y")],
    "b": [ListMember("b1", 1, "x"), ListMember("b2", 1, "y")],
}


def _results(**by_member: DistrictResult) -> Mapping[str, DistrictResult]:
    return by_member


def test_seats_go_to_lists_and_then_to_their_members_in_order() -> None:
    results = _results(a2=_lost(100), a3=_lost(200), b1=_lost(300), b2=_lost(400))
    outcome = elect_block(LISTS, {"a": 5_000, "b": 3_000}, 3, results)

    assert outcome.apportionment.seats == {"a": 2, "b": 1}
    assert outcome.elected == {"a": ("a1", "a3"), "b": ("b2",)}


def test_a_list_that_runs_out_of_members_passes_its_seat_on() -> None:
    results = _results(a2=WON, a3=WON, b1=_lost(300), b2=_lost(400))
    outcome = elect_block(LISTS, {"a": 9_000, "b": 1_000}, 3, results)

    assert outcome.elected == {"a": ("a1",), "b": ("b2", "b1")}
    assert outcome.apportionment.vacant == 0


def test_a_tie_between_parties_is_drawn_before_one_between_members() -> None:
    results = _results(a2=_lost(100), a3=_lost(200), b1=_lost(300), b2=_lost(300))
    votes = {"a": 5_000, "b": 5_000}

    with pytest.raises(DrawLots) as parties:
        elect_block(LISTS, votes, 1, results)
    assert parties.value.between == ("a", "b")

    lots = {frozenset({"a", "b"}): ("b", "a")}
    with pytest.raises(DrawLots) as members:
        elect_block(LISTS, votes, 1, results, lots)
    assert members.value.between == ("b1", "b2")

    lots[frozenset({"b1", "b2"})] = ("b2", "b1")
    assert elect_block(LISTS, votes, 1, results, lots).elected == {"a": (), "b": ("b2",)}


def test_votes_for_a_party_without_a_list_are_refused() -> None:
    with pytest.raises(VotesForNoList):
        elect_block({"a": [ListMember("a1", 1)]}, {"a": 1, "x": 1}, 1, {})
