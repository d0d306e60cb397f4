import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.law.balance import Difference, SheetTotals, differences
from tests.unit.aggregates.law.conftest import ReadTable, thousandths

SHEET = SheetTotals(
    candidate_votes=6_223_523_992,
    cut=8,
    nobody=0,
    valid=6_223_524,
    invalid=241_564,
    ballots=6_465_088,
    taken_away=284,
    rejected=10,
    voters=6_465_382,
)


def test_a_balanced_sheet_has_no_differences() -> None:
    assert differences(SHEET, final=True) == ()


def test_more_ballots_than_voters_balance_with_a_negative_taken_away() -> None:
    sheet = SHEET._replace(taken_away=-20, voters=SHEET.ballots - 20 + SHEET.rejected)

    assert differences(sheet, final=True) == ()


def test_valid_votes_are_compared_in_thousandths() -> None:
    assert differences(SHEET._replace(cut=7), final=False) == (
        Difference("D = A + B + C", 6_223_524_000, 6_223_523_999),
    )


def test_ballots_and_voters_are_compared_whole() -> None:
    assert differences(SHEET._replace(ballots=6_465_089), final=True) == (
        Difference("F = D + E", 6_465_089, 6_465_088),
        Difference("I = F + G + H", 6_465_382, 6_465_383),
    )


def test_an_interim_sheet_is_not_asked_about_the_voters() -> None:
    sheet = SHEET._replace(voters=0)

    assert differences(sheet, final=False) == ()
    assert [each.identity for each in differences(sheet, final=True)] == ["I = F + G + H"]


counts = st.integers(0, 10**6)


@st.composite
def balanced_sheets(draw: st.DrawFn) -> SheetTotals:
    valid, invalid, rejected = draw(counts), draw(counts), draw(counts)
    cut, nobody = draw(st.integers(0, 5)), draw(st.integers(0, 9))
    taken_away = draw(st.integers(-200, 200))
    return SheetTotals(
        candidate_votes=(valid - nobody) * 1000 - cut,
        cut=cut,
        nobody=nobody * 1000,
        valid=valid,
        invalid=invalid,
        ballots=valid + invalid,
        taken_away=taken_away,
        rejected=rejected,
        voters=valid + invalid + taken_away + rejected,
    )


@given(balanced_sheets(), st.sampled_from(SheetTotals._fields))
def test_a_sheet_made_to_add_up_does_and_any_one_slip_shows(sheet: SheetTotals, field: str) -> None:
    slipped = sheet._replace(**{field: getattr(sheet, field) + 1})

    assert differences(sheet, final=True) == ()
    assert differences(slipped, final=True)


@pytest.mark.official
def test_every_row_of_tokyo_2024_adds_up(official_table: ReadTable) -> None:
    rows = official_table("tokyo-district-tally-sheets.csv")
    for row in rows:
        sheet = SheetTotals(
            candidate_votes=thousandths(row["candidate_votes_total"]),
            cut=thousandths(row["anbun_truncated"]),
            nobody=thousandths(row["belongs_to_no_candidate"]),
            valid=int(row["valid"]),
            invalid=int(row["invalid"]),
            ballots=int(row["ballots_total"]),
            taken_away=int(row["taken_away"]),
            rejected=int(row["not_accepted"]),
            voters=int(row["voters"]),
        )
        assert differences(sheet, final=True) == (), row["level_label"]
    assert len(rows) == 121
