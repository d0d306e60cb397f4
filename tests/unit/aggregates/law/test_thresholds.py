from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.geography import BLOCKS
from aggregates.election.identifiers import ContestKind
from aggregates.law.refusals import DivisorNotPositive, NegativeFigure, NoRuleInForce
from aggregates.law.thresholds import (
    Thresholds,
    deposit_line,
    deposit_line_as_printed,
    minimum_as_printed,
    statutory_minimum,
    valid_votes_as_published,
)
from tests.support.japan_law import block_seats, thresholds_for
from tests.unit.aggregates.law.conftest import ReadTable, Rows, thousandths

DAY = date(2024, 10, 27)
VALID = 192_166_000


@pytest.mark.parametrize(
    ("kind", "seats", "minimum", "deposit"),
    [
        ("house-district", 1, Fraction(VALID, 6), Fraction(VALID, 10)),
        ("upper-district", 4, Fraction(VALID, 24), Fraction(VALID, 32)),
        ("governor", 1, Fraction(VALID, 4), Fraction(VALID, 10)),
        ("mayor", 1, Fraction(VALID, 4), Fraction(VALID, 10)),
        ("prefectural-assembly", 3, Fraction(VALID, 12), Fraction(VALID, 30)),
        ("municipal-assembly", 20, Fraction(VALID, 80), Fraction(VALID, 200)),
        ("house-block", 11, None, None),
        ("upper-list", 50, None, None),
        ("justices", 1, None, None),
    ],
)
def test_the_fractions_of_each_kind(
    kind: ContestKind, seats: int, minimum: Fraction | None, deposit: Fraction | None
) -> None:
    fractions = thresholds_for(kind, DAY)

    assert statutory_minimum(VALID, seats, fractions) == minimum
    assert deposit_line(VALID, seats, fractions) == deposit


def test_the_minimum_is_printed_cut_to_thousandths() -> None:
    fractions = thresholds_for("house-district", DAY)

    assert minimum_as_printed(VALID, 1, fractions) == 32_027_666
    assert deposit_line_as_printed(VALID, 1, fractions) == 19_216_600


def test_without_a_line_nothing_is_printed() -> None:
    lists = thresholds_for("house-block", DAY)

    assert minimum_as_printed(VALID, 11, lists) is None
    assert deposit_line_as_printed(VALID, 11, lists) is None


def test_a_polling_day_before_the_table_is_refused() -> None:
    with pytest.raises(NoRuleInForce, match="1993-07-18"):
        thresholds_for("house-district", date(1993, 7, 18))


def test_no_seats_divide_nothing() -> None:
    with pytest.raises(DivisorNotPositive):
        statutory_minimum(VALID, 0, thresholds_for("municipal-assembly", DAY))


def test_negative_votes_are_refused() -> None:
    with pytest.raises(NegativeFigure):
        statutory_minimum(-1, 1, thresholds_for("mayor", DAY))
    with pytest.raises(NegativeFigure):
        valid_votes_as_published(-1)


@pytest.mark.parametrize(
    ("votes", "published"), [(141_302_989, 141_303), (499, 0), (500, 1), (0, 0), (7_000, 7)]
)
def test_valid_votes_are_published_whole_half_up(votes: int, published: int) -> None:
    assert valid_votes_as_published(votes) == published


@given(
    st.integers(0, 10**10),
    st.integers(1, 130),
    st.integers(1, 10),
    st.integers(1, 10),
    st.booleans(),
)
def test_what_is_printed_is_less_than_a_thousandth_below_the_exact_line(
    valid: int, seats: int, minimum: int, deposit: int, per_seat: bool
) -> None:
    fractions = Thresholds(minimum, deposit, per_seat)
    pairs = (
        (statutory_minimum(valid, seats, fractions), minimum_as_printed(valid, seats, fractions)),
        (deposit_line(valid, seats, fractions), deposit_line_as_printed(valid, seats, fractions)),
    )

    for exact, shown in pairs:
        assert exact is not None
        assert shown is not None
        assert 0 <= exact - shown < 1


@pytest.mark.parametrize(
    ("polling_day", "seats", "tohoku"),
    [
        (date(2014, 12, 14), 180, 14),
        (date(2017, 10, 22), 176, 13),
        (date(2021, 10, 31), 176, 13),
        (date(2024, 10, 27), 176, 12),
        (date(2026, 2, 8), 176, 12),
    ],
)
def test_the_blocks_of_each_election(polling_day: date, seats: int, tohoku: int) -> None:
    blocks = block_seats(polling_day)

    assert list(blocks) == [block.id for block in BLOCKS]
    assert sum(blocks.values()) == seats
    assert blocks["tohoku"] == tohoku


def test_the_seats_of_an_unchecked_election_are_unknown() -> None:
    assert block_seats(date(2012, 12, 16)) == {}


@pytest.mark.official
@pytest.mark.parametrize(
    ("column", "polling_day"),
    [
        ("seats_2014", date(2014, 12, 14)),
        ("seats_2017_2021", date(2021, 10, 31)),
        ("seats_2024_2026", date(2024, 10, 27)),
    ],
)
def test_the_blocks_are_those_of_the_annexed_table(
    list_blocks: Rows, column: str, polling_day: date
) -> None:
    assert [int(row[column]) for row in list_blocks] == list(block_seats(polling_day).values())


@pytest.mark.official
def test_the_289_deposit_lines_of_2024(official_table: ReadTable) -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in official_table("official-tables/smd_candidates.csv"):
        sums[row["prefecture"], row["district_no"]] += thousandths(row["votes"])
    printed = {
        (row["prefecture"], row["district_no"]): thousandths(row["deposit_forfeit_point"])
        for row in official_table("official-tables/smd_districts.csv")
    }
    fractions = thresholds_for("house-district", DAY)

    ours = {
        district: deposit_line_as_printed(valid_votes_as_published(votes) * 1000, 1, fractions)
        for district, votes in sums.items()
    }

    assert len(printed) == 289
    assert ours == printed
