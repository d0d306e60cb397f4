"""Cuts, sums, comparisons with the last election, and every kind of contest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.statistics.printed_figures import era_date, share, turnout_rate
from projections.statistics.table import format_cell
from tests import builders as b
from tests.unit.projections.statistics.reading import report, row, rows

HOUSE_NIGHT = (
    *b.HOUSE,
    b.OPEN,
    b.tally(b.sheet({"d1-ao": 60, "d1-aka": 40}), b.DISTRICT_1),
    b.tally(b.sheet({"d2-ao": 9, "d2-aka": 91}), b.DISTRICT_2, b.CHUO),
    *b.finals(b.BLOCK, b.sheet({"ao": 70, "aka": 30}), b.sheet({"ao": 10, "aka": 90})),
    b.declare(b.DISTRICT_1, "d1-ao"),
    b.declare(b.DISTRICT_2, "d2-aka"),
    b.declare(b.BLOCK, "aka-1", "aka-3", "ao-3"),
)


def test_a_house_night_with_dual_candidates() -> None:
    made = report(*HOUSE_NIGHT)

    marks = {
        record["name"]: record["smd_result"] for record in made.table("pr_list_entries").records()
    }
    assert marks == {
        "AO-1": "当",
        "AO-2": "落",
        "AO-3": "",
        "AKA-1": "落",
        "AKA-2": "当",
        "AKA-3": "",
    }
    rates = {r["name"]: r["sekihai_rate"] for r in made.table("pr_list_entries").records()}
    assert rates["AKA-1"] == 66_666
    assert rates["AO-2"] is None
    struck = rows(made.table("pr_list_entries"), sekihai_excluded=True)
    assert [record["name"] for record in struck] == ["AO-2"]


def test_quotients_end_with_the_members_who_are_left() -> None:
    table = report(*HOUSE_NIGHT).table("dhondt_quotients")

    divisors = [(record["party"], record["divisor"]) for record in table.records()]
    assert divisors == [("ao党", 1), ("aka党", 1), ("aka党", 2)]
    ranks = {(r["party"], r["divisor"]): r["seat_rank"] for r in table.records()}
    assert ranks == {("aka党", 1): 1, ("ao党", 1): 2, ("aka党", 2): 3}


def test_everybody_counts_once_in_the_total() -> None:
    table = report(*HOUSE_NIGHT).table("candidacy_by_party")

    whole = {
        section: row(table, section=section, status="計", party="__TOTAL__")["total"]
        for section in ("smd", "pr", "total")
    }
    assert whole == {"smd": 4, "pr": 6, "total": 6}
    assert row(table, section="pr", status="計", party="__TOTAL__")["dual_total"] == 4


def test_what_sums_imply_is_counted_and_never_shown_of_a_person() -> None:
    known = b.particulars(
        b.DISTRICT_1,
        {"option": b.A, "sex": "female", "standing": "new", "inferred": ["sex", "standing"]},
        {"option": b.B, "sex": "male", "filed_name": "\ue000田", "nominated": False},
    )
    made = report(*b.DISTRICT, known)

    people = list(made.table("smd_candidates").records())
    assert [person["gender"] for person in people] == ["", "男"]
    assert people[1]["name_display"] == "\ue000田"
    assert made.table("smd_candidates").readable == {"\ue000田": "13-01-B"}
    table = made.table("candidacy_by_party")
    women = row(table, section="smd", status="新", party="無所属")["female"]
    assert women == 1
    assert "1人については" in table.notes[0]


def test_compared_with_the_last_election() -> None:
    polled = b.turnout(b.figures((100, 100), (60, 50)))
    made = report(*b.DISTRICT, polled, b.PREVIOUS)

    rates = row(made.table("turnout"), scope="all", prefecture="東京都")
    assert (rates["rate_male"], rates["prev_rate_male"], rates["diff_male"]) == (6000, 5500, 500)
    assert (rates["rate_female"], rates["diff_female"]) == (5000, -400)
    # Before the first sheet nobody has lost what they had last time.
    change = row(made.table("party_votes_smd_total"), period="diff", party="__TOTAL__")
    assert (change["votes"], change["share_pct"]) == (None, None)
    made = report(*b.DISTRICT, b.tally(b.sheet({b.A: 1, b.B: 0}), final=False), b.PREVIOUS)
    table = made.table("party_votes_smd_total")
    change = row(table, period="diff", party="__TOTAL__")
    assert (change["votes"], change["share_pct"]) == (-500, -3_333)
    assert any("2のうち1" in note for note in table.notes)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_never_more_than_half_a_hundredth_off(part: int, whole: int) -> None:
    assert abs(turnout_rate(part, whole) * 2 * whole - 20_000 * part) <= whole


def test_an_exact_half_goes_to_the_even_hundredth() -> None:
    assert turnout_rate(81, 800) == 1012
    assert turnout_rate(3, 800) == 38
    assert turnout_rate(0, 0) == 0


def test_a_share_of_nothing_is_blank_and_a_loss_is_rounded_by_its_size() -> None:
    assert share(5, 0) is None
    assert share(-1, 20_000) == -1
    assert format_cell("percent", -5) == "-0.05"
    assert format_cell("votes", 12_481_878) == "12481.878"
    assert format_cell("votes", 20_000_000) == "20000"
    assert format_cell("thousandths", 20_000_000) == "20000.000"


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2024, 10, 27), "r06-10-27"),
        (date(2014, 12, 14), "h26-12-14"),
        (date(1986, 7, 6), "s61-07-06"),
    ],
)
def test_publications_name_elections_by_era(day: date, named: str) -> None:
    assert era_date(day) == named


def test_the_upper_house_has_votes_per_member_and_prefecture() -> None:
    posted = b.finals(
        b.UPPER,
        b.sheet({"ao": 5, "ao-1": 3, "ao-2": 4, "ao-first": 0, "aka": 1, "aka-1": 2, "aka-2": 0}),
    )
    made = report(*b.UPPER_LIST, b.OPEN, *posted)

    table = made.table("member_votes_by_pref_list")
    assert row(table, name="AO-2", prefecture="東京都")["votes"] == 4_000
    votes = row(made.table("party_lists_list"), party="ao党")["votes"]
    assert votes == 12_000
    whole = row(made.table("party_votes_list_total"), period="current", party="__TOTAL__")
    assert whole["votes"] == 15_000


def test_a_governor_has_the_tables_of_persons() -> None:
    made = report(*b.GOVERNOR_RACE)

    names = {table.id for table in made.tables}
    assert {"governor_candidates", "governor_thresholds", "candidacy_by_party"} <= names
    assert not any("dhondt" in name for name in names)


def test_the_review_of_justices() -> None:
    commands = (*b.HOUSE, b.OPEN)
    sheets = [b.review_sheet({"j1": (6, 4), "j2": (2, 7)}, 10)] * 2
    made = report(*commands, *b.finals(b.JUSTICES, *sheets))

    table = made.table("review_votes")
    assert row(table, justice="J1")["yes"] == 12
    assert row(table, justice="J2")["valid_votes"] == 18
    assert row(table, justice="J1")["yes_pct"] == 6000
