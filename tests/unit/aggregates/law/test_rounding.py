from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.refusals import DivisorNotPositive
from aggregates.law.rounding import cut_div, half_up_div, percent_half_up
from tests.unit.aggregates.law.conftest import ReadTable

figures = st.integers(-(10**12), 10**12)
divisors = st.integers(1, 10**6)


def _by_decimal(part: int, divisor: int, rounding: str) -> int:
    with localcontext(prec=60):
        return int((Decimal(part) / Decimal(divisor)).quantize(Decimal(1), rounding=rounding))


@given(figures, divisors)
def test_half_up_is_what_decimal_says(part: int, divisor: int) -> None:
    assert half_up_div(part, divisor) == _by_decimal(part, divisor, ROUND_HALF_UP)


@given(figures, divisors)
def test_cut_is_what_decimal_says(part: int, divisor: int) -> None:
    assert cut_div(part, divisor) == _by_decimal(part, divisor, ROUND_DOWN)


@pytest.mark.parametrize(
    ("part", "half_up", "cut"), [(5, 3, 2), (4, 2, 2), (-5, -3, -2), (-1, -1, 0), (0, 0, 0)]
)
def test_halves_go_away_from_nought(part: int, half_up: int, cut: int) -> None:
    assert (half_up_div(part, 2), cut_div(part, 2)) == (half_up, cut)


@pytest.mark.parametrize("divisor", [0, -1])
def test_only_one_or_more_divides(divisor: int) -> None:
    with pytest.raises(DivisorNotPositive):
        cut_div(1, divisor)
    with pytest.raises(DivisorNotPositive):
        half_up_div(1, divisor)


def test_a_rate_of_nobody_is_nought() -> None:
    assert percent_half_up(0, 0, 2) == 0


@pytest.mark.official
def test_turnout_of_2024_is_rounded_half_up_but_for_one_exact_half(
    official_table: ReadTable,
) -> None:
    voters = {
        (row["tier"], row["scope"], row["block"], row["prefecture"]): row
        for row in official_table("official-tables/electorate.csv")
    }
    compared = 0
    strays = []
    for row in official_table("official-tables/turnout.csv"):
        counted = voters[row["tier"], row["scope"], row["block"], row["prefecture"]]
        for who in ("male", "female", "total"):
            rate = percent_half_up(
                int(counted[f"voters_{who}"]), int(counted[f"electors_{who}"]), 2
            )
            printed = int(Decimal(row[f"rate_{who}"]) * 100)
            compared += 1
            if rate != printed:
                strays.append((row["scope"], row["block"], who, rate, printed))

    assert compared == 630
    # 81 of 800 is 10.125 %, the only exact half in the table, and the table prints 10.12.
    assert strays == [("overseas", "四国", "male", 1013, 1012)]
