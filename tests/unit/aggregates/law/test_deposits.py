"""Deposits in yen: what a nomination costs, and what of it is lost (POEA 92 to 94)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.identifiers import ContestKind
from aggregates.law.deposits import (
    Municipality,
    NoDepositForKind,
    municipality_class,
)
from aggregates.law.refusals import NegativeFigure, NoRuleInForce
from tests.support.japan_law import HOUSE_LIST, deposit, list_deposit, list_forfeit

DAY = date(2024, 10, 27)


@pytest.mark.parametrize(
    ("kind", "municipality", "yen"),
    [
        ("house-district", None, 3_000_000),
        ("upper-district", None, 3_000_000),
        ("prefectural-assembly", None, 600_000),
        ("governor", None, 3_000_000),
        ("municipal-assembly", "designated-city", 500_000),
        ("mayor", "designated-city", 2_400_000),
        ("municipal-assembly", "city", 300_000),
        ("mayor", "city", 1_000_000),
        ("municipal-assembly", "town", 150_000),
        ("mayor", "town", 500_000),
    ],
)
def test_the_deposit_of_one_candidate(
    kind: ContestKind, municipality: Municipality | None, yen: int
) -> None:
    assert deposit(kind, DAY, municipality) == yen


def test_towns_asked_for_nothing_before_the_amendment_of_2020() -> None:
    assert deposit("municipal-assembly", date(2020, 12, 11), "town") == 0
    assert deposit("municipal-assembly", date(2020, 12, 12), "town") == 150_000


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("13101", "city"),  # 千代田区
        ("13201", "city"),  # 八王子市
        ("13303", "town"),  # 瑞穂町
        ("13401", "town"),  # 八丈町
        ("14100", "designated-city"),  # 横浜市
        ("14118", "designated-city"),  # 横浜市都筑区
        ("47201", "city"),  # 那覇市
    ],
)
def test_what_a_municipality_is_by_its_code(code: str, kind: Municipality) -> None:
    assert municipality_class(code) == kind


@pytest.mark.parametrize("kind", ["house-block", "upper-list", "justices", "mayor"])
def test_no_deposit_of_one_person(kind: ContestKind) -> None:
    with pytest.raises(NoDepositForKind):
        deposit(kind, DAY)


def test_a_day_before_the_tables_is_refused() -> None:
    with pytest.raises(NoRuleInForce):
        deposit("governor", date(1990, 1, 1))


def test_a_list_gets_back_for_district_winners_and_for_twice_its_seats() -> None:
    deposited = list_deposit(members=10, dual=8)
    assert deposited == 2 * 6_000_000 + 8 * 3_000_000

    assert list_forfeit(deposited, district_winners=3, list_winners=1) == 15_000_000
    assert list_forfeit(deposited, district_winners=0, list_winners=0) == deposited
    assert list_forfeit(deposited, district_winners=4, list_winners=2) == 0


@given(st.integers(0, 60), st.integers(0, 60), st.data())
def test_more_winners_never_lose_more_and_nothing_beyond_the_deposit(
    single: int, dual: int, data: st.DataObject
) -> None:
    deposited = list_deposit(single + dual, dual)
    district, seats = data.draw(st.integers(0, 60)), data.draw(st.integers(0, 60))

    lost = list_forfeit(deposited, district, seats)

    assert 0 <= lost <= deposited
    assert list_forfeit(deposited, district + 1, seats) == max(lost - HOUSE_LIST.dual, 0)
    assert list_forfeit(deposited, district, seats + 1) == max(lost - 2 * HOUSE_LIST.member, 0)


def test_figures_below_nought_are_refused() -> None:
    with pytest.raises(NegativeFigure):
        list_deposit(members=1, dual=2)
    with pytest.raises(NegativeFigure):
        list_forfeit(0, -1, 0)
