"""Names of things: codes with check digits, streams."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.geography import BLOCKS, PREFECTURE_CODES, PREFECTURES
from aggregates.election.identifiers import MunicipalityCode, contest_kind, count_stream
from aggregates.errors import MunicipalityCodeInvalid

MUNICIPALITIES = (
    Path(__file__).parents[3].parent / "shared" / "data" / "reference" / "municipalities.csv"
)


@pytest.mark.parametrize("code", ["131016", "011002", "011011", "141003", "472018", "012025"])
def test_real_codes_check_themselves(code: str) -> None:
    assert MunicipalityCode(code) == code
    assert MunicipalityCode.from_jis(code[:5]) == code


@pytest.mark.parametrize(
    ("five", "digit"),
    [
        ("13101", "6"), ("36401", "1"), ("01107", "0"), ("01100", "2"),
        ("22138", "4"), ("22139", "2"), ("22140", "6"),
    ],
)  # fmt: skip
def test_check_digits_by_hand(five: str, digit: str) -> None:
    """T26: 13101 gives 27; 27 mod 11 is 5, 11 - 5 is 6; of 10 the last digit."""
    assert MunicipalityCode.from_jis(five) == five + digit


@pytest.mark.parametrize("code", ["131010", "131061", "13101", "1310166", "13101x", "１３１０１６"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(MunicipalityCodeInvalid) as refused:
        MunicipalityCode(code)

    assert code in str(refused.value)


@given(st.from_regex(r"[0-9]{5}", fullmatch=True), st.integers(0, 9))
def test_five_digits_have_exactly_one_check_digit(five: str, last: int) -> None:
    code = MunicipalityCode.from_jis(five)

    if code[5] == str(last):
        assert MunicipalityCode(f"{five}{last}") == code
    else:
        with pytest.raises(MunicipalityCodeInvalid):
            MunicipalityCode(f"{five}{last}")


@pytest.mark.official
@pytest.mark.skipif(not MUNICIPALITIES.exists(), reason="the official list of codes is not here")
def test_every_municipality_of_the_country_checks_itself() -> None:
    with MUNICIPALITIES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    assert len(rows) == 1892
    for row in rows:
        assert MunicipalityCode.from_jis(row["jis5"]) == MunicipalityCode(row["lgcode6"])
        assert PREFECTURES[row["pref_code"]] == row["prefecture"]


def test_the_blocks_divide_the_prefectures() -> None:
    placed = [prefecture for block in BLOCKS for prefecture in block.prefectures]

    assert sorted(placed) == list(PREFECTURES)
    assert PREFECTURE_CODES["沖縄県"] == "47"


def test_streams_tell_what_they_hold() -> None:
    assert count_stream("house-district/13-01", "13101") == "count/house-district/13-01/13101"
    assert contest_kind("house-district/13-01") == "house-district"
