from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.lists.dual_candidacy import (
    DistrictResult,
    DistrictResultMissing,
    ListMember,
    OnlyDualCandidatesShareRank,
    eligible_members,
    margin_ratio,
    margin_ratio_as_printed,
    order,
)
from aggregates.law.lots import DrawLots
from aggregates.law.refusals import DivisorNotPositive, NegativeFigure
from tests.unit.aggregates.law.conftest import ReadTable, thousandths
from tests.unit.aggregates.law.drawn import EveryLotDrawn

MOST = 1_000


def _lost(own: int, *, below_deposit: bool = False) -> DistrictResult:
    return DistrictResult(MOST, own, elected=False, below_deposit=below_deposit)


WON = DistrictResult(MOST, MOST, elected=True, below_deposit=False)


def _dual(*ids: str, rank: int = 1) -> list[ListMember]:
    return [ListMember(each, rank, f"district of {each}") for each in ids]


def test_the_ratio_is_exact_and_its_print_is_cut() -> None:
    assert margin_ratio(2, 3) == Fraction(2, 3)
    assert margin_ratio_as_printed(2, 3) == 66_666
    assert margin_ratio_as_printed(99_999_999, 100_000_000) == 99_999
    assert margin_ratio_as_printed(7, 7) == 100_000


@pytest.mark.parametrize("ratio", [margin_ratio, margin_ratio_as_printed])
def test_where_nobody_has_votes_there_is_no_ratio(ratio: object) -> None:
    assert callable(ratio)
    with pytest.raises(DivisorNotPositive):
        ratio(0, 0)
    with pytest.raises(NegativeFigure):
        ratio(-1, 1)


def test_who_won_the_district_or_lost_the_deposit_is_out() -> None:
    members = [*_dual("won", "low", "stays"), ListMember("list-only", 2)]
    results = {"won": WON, "low": _lost(90, below_deposit=True), "stays": _lost(500)}

    assert [each.id for each in eligible_members(members, results)] == ["stays", "list-only"]


def test_list_rank_comes_first_and_the_ratio_orders_a_shared_rank() -> None:
    members = [ListMember("first", 1), *_dual("far", "near", rank=2), ListMember("last", 4)]
    results = {"far": _lost(300), "near": _lost(900)}

    assert order(members, results, 3) == ("first", "near", "far", "last")


def test_ratios_that_print_alike_are_still_told_apart() -> None:
    results = {
        "a": DistrictResult(3_000_000, 1_000_000, elected=False, below_deposit=False),
        "b": DistrictResult(3_000_000, 1_000_001, elected=False, below_deposit=False),
    }

    assert margin_ratio_as_printed(1_000_000, 3_000_000) == margin_ratio_as_printed(
        1_000_001, 3_000_000
    )
    assert order(_dual("a", "b"), results, 1) == ("b", "a")


def test_equal_ratios_at_the_last_seat_stop_for_a_lot() -> None:
    members = [ListMember("first", 1), *_dual("a", "b", "c", rank=2)]
    results = {"a": _lost(500), "b": _lost(500), "c": _lost(100)}

    with pytest.raises(DrawLots) as stopped:
        order(members, results, 2)

    assert stopped.value.between == ("a", "b")
    assert stopped.value.seats_left == 1
    drawn = {frozenset({"a", "b"}): ("b", "a")}
    assert order(members, results, 2, drawn) == ("first", "b", "a", "c")


@pytest.mark.parametrize("seats", [0, 2, 3])
def test_equal_ratios_away_from_the_last_seat_need_no_lot(seats: int) -> None:
    results = {"a": _lost(500), "b": _lost(500), "c": _lost(100)}

    assert order(_dual("c", "b", "a"), results, seats) == ("a", "b", "c")


def test_who_is_out_takes_no_part_in_a_lot() -> None:
    results = {"a": _lost(500), "b": _lost(500, below_deposit=True)}

    assert order(_dual("a", "b"), results, 1) == ("a",)


def test_a_rank_shared_with_a_member_of_the_list_only_is_refused() -> None:
    with pytest.raises(OnlyDualCandidatesShareRank) as refusal:
        order([*_dual("a", rank=3), ListMember("b", 3)], {"a": _lost(1)}, 1)

    assert refusal.value.facts == {"rank": 3, "member": "a"}


def test_a_dual_candidate_without_a_district_result_is_refused() -> None:
    with pytest.raises(DistrictResultMissing):
        order(_dual("a"), {}, 1)


contenders = st.dictionaries(
    st.sampled_from("abcdefg"), st.tuples(st.integers(1, 3), st.integers(0, 9), st.booleans())
)


@given(contenders, st.integers(0, 7))
def test_everybody_eligible_is_ordered_once_whatever_the_input_order(
    drawn_up: dict[str, tuple[int, int, bool]], seats: int
) -> None:
    members = [ListMember(each, rank, "somewhere") for each, (rank, _, _) in drawn_up.items()]
    results = {
        each: DistrictResult(10, own, elected=won, below_deposit=own < 1)
        for each, (_, own, won) in drawn_up.items()
    }
    ordered = order(members, results, seats, EveryLotDrawn())

    assert ordered == order(members[::-1], results, seats, EveryLotDrawn())
    assert sorted(ordered) == sorted(e for e, (_, own, won) in drawn_up.items() if own and not won)
    keys = [(drawn_up[each][0], -drawn_up[each][1]) for each in ordered]
    assert keys == sorted(keys)


@pytest.mark.official
def test_the_ratios_printed_in_2024(official_table: ReadTable) -> None:
    rows = official_table("official-tables/smd_candidates.csv")
    most: dict[tuple[str, str], int] = {}
    for row in rows:
        district = row["prefecture"], row["district_no"]
        most[district] = max(most.get(district, 0), thousandths(row["votes"]))
    compared = 0
    for row in rows:
        if row["sekihai_rate"]:
            winner = most[row["prefecture"], row["district_no"]]
            ours = margin_ratio_as_printed(thousandths(row["votes"]), winner)
            assert ours == thousandths(row["sekihai_rate"]), row["name_display"]
            compared += 1
    assert compared > 500
