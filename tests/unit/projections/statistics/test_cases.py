"""What goes otherwise than usual, and what the report says of it."""

from projections.statistics.tables.report_changes import changes
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.unit.projections.nights import Office
from tests.unit.projections.statistics.reading import report, row, rows

TWO_UNITS = b.finals(b.DISTRICT_1, b.sheet({b.A: 60, b.B: 40}), b.sheet({b.A: 10, b.B: 20}))
THIRD = "13-01-c"
THREE = (
    *b.REGISTER,
    b.contest(b.DISTRICT_1),
    b.candidates(b.DISTRICT_1, b.A, b.B, THIRD, party="ao"),
    b.OPEN,
)


def test_votes_and_winner_of_a_district() -> None:
    made = report(*b.DISTRICT, *TWO_UNITS, b.declare(b.DISTRICT_1, b.A))

    winner = row(made.table("smd_candidates"), order_in_district=1)
    assert (winner["votes"], winner["elected"], winner["result_mark"]) == (70_000, True, "当")
    nation = row(made.table("winners_by_party"), section="smd", status="計", party="__TOTAL__")
    assert nation["total"] == 1
    assert row(made.table("smd_districts"))["deposit_forfeit_point"] == 13_000
    assert row(made.table("smd_thresholds"))["statutory_minimum"] == 21_666


def test_a_withdrawn_candidate_stands_nowhere_and_is_named() -> None:
    gone = b.withdraw(b.DISTRICT_1, THIRD, "withdrawn", day=b.EVE)
    posted = b.finals(b.DISTRICT_1, b.sheet({b.A: 5, b.B: 4}), b.sheet({b.A: 5, b.B: 4}))
    made = report(*THREE, gone, *posted, b.declare(b.DISTRICT_1, b.A))

    table = made.table("smd_candidates")
    assert [record["order_in_district"] for record in table.records()] == [1, 2]
    assert "13-01-C（辞退）" in table.notes[0]
    total = row(made.table("candidacy_by_party"), section="smd", status="計", party="__TOTAL__")
    assert total["total"] == 2


def test_votes_for_one_whose_withdrawal_was_recorded_late_are_no_votes() -> None:
    posted = b.finals(b.DISTRICT_1, b.sheet({b.A: 5, b.B: 4, THIRD: 3}))
    made = report(*THREE, *posted, b.withdraw(b.DISTRICT_1, THIRD, day=b.EVE))

    whole = row(made.table("party_votes_smd_total"), period="current", party="__TOTAL__")
    assert whole["votes"] == 9_000
    # The ballots stay valid until the centre corrects its sheet (POEA 93(1): 有効投票の総数).
    assert row(made.table("smd_districts"))["deposit_forfeit_point"] == 1_200


def test_an_uncontested_seat_has_a_winner_without_votes() -> None:
    alone = (*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A), b.OPEN)
    made = report(*alone, b.declare(b.DISTRICT_1, b.A))

    winner = row(made.table("smd_candidates"))
    assert (winner["elected"], winner["votes"]) == (True, None)
    assert "無投票の選挙区：house-district/13-01" in made.table("smd_candidates").notes
    assert row(made.table("smd_thresholds"))["deposits_forfeited"] is None
    assert row(made.table("smd_districts"))["deposit_forfeit_point"] is None
    assert rows(made.table("smd_ballots_by_unit")) == []


def test_a_tie_decided_by_lot() -> None:
    tie = b.finals(b.DISTRICT_1, b.sheet({b.A: 30, b.B: 20}), b.sheet({b.A: 20, b.B: 30}))
    drawn = (b.lot(b.DISTRICT_1, b.B, b.A), b.declare(b.DISTRICT_1, b.B))
    made = report(*b.DISTRICT, *tie, *drawn)

    table = made.table("smd_candidates")
    assert [record["elected"] for record in table.records()] == [False, True]
    assert [record["votes"] for record in table.records()] == [50_000, 50_000]


def test_nobody_reaches_the_minimum_and_the_election_is_held_again() -> None:
    names = [f"c{number}" for number in range(7)]
    race = (*b.REGISTER, b.contest(b.DISTRICT_1, [b.CHIYODA]))
    posted = b.tally(b.sheet(dict.fromkeys(names, 10)))
    made = report(
        *race, b.candidates(b.DISTRICT_1, *names), b.OPEN, posted, b.declare(b.DISTRICT_1)
    )

    note = made.table("smd_candidates").notes[-1]
    assert "足りない選挙区：house-district/13-01（1人・再選挙）" in note
    assert row(made.table("smd_thresholds"))["below_minimum"] == 7
    assert (
        row(made.table("winners_by_pref_age"), age_band="計", prefecture="東京都")["count"] is None
    )


def test_a_final_corrected_after_publication_is_named_cell_by_cell() -> None:
    office = Office(*b.DISTRICT, *TWO_UNITS, b.declare(b.DISTRICT_1, b.A))
    issued = build_report(office.night)

    office.post(b.correction(b.sheet({b.A: 50, b.B: 50})))
    changed = changes(issued, build_report(office.night))

    votes = {
        (str(record["row"]).split()[-1], record["before"], record["after"])
        for record in changed.records()
        if record["table"] == "smd_candidates" and record["column"] == "得票数"
    }
    assert votes == {("1", "70", "60"), ("2", "60", "70")}
    untouched = {record["table"] for record in changed.records()}
    assert "candidacy_by_party" not in untouched
    assert "smd_districts" not in untouched


def test_nothing_changed_is_an_empty_table() -> None:
    made = report(*b.DISTRICT, *TWO_UNITS)

    assert changes(made, made).rows == ()


LISTS_EQUAL = b.finals(
    b.UPPER,
    *[b.sheet({"ao": 4, "ao-1": 2, "ao-2": 0, "ao-first": 0, "aka": 4, "aka-1": 2, "aka-2": 0})]
    * 2,
)


def test_lists_with_equal_quotients_wait_for_a_lot_and_the_table_says_so() -> None:
    table = report(*b.UPPER_LIST, b.OPEN, *LISTS_EQUAL).table("dhondt_quotients_list")

    assert all(record["seat_rank"] is None for record in table.records())
    assert any("くじ未了" in note for note in table.notes)


def test_the_lot_gives_the_last_seat_to_a_list() -> None:
    decided = (b.lot(b.UPPER, "aka", "ao"), b.declare(b.UPPER, "aka-1", "aka-2", "ao-first"))
    made = report(*b.UPPER_LIST, b.OPEN, *LISTS_EQUAL, *decided)

    table = made.table("dhondt_quotients_list")
    ranked = {
        (record["party"], record["divisor"])
        for record in table.records()
        if record["seat_rank"] is not None
    }
    assert ranked == {("ao党", 1), ("aka党", 1), ("aka党", 2)}
    assert not any("くじ未了" in note for note in table.notes)


def test_a_withdrawn_member_leaves_list_and_divisors() -> None:
    gone = b.withdraw(b.UPPER, "aka-2", "died")
    sheet = b.sheet({"ao": 4, "ao-1": 2, "ao-2": 0, "ao-first": 0, "aka": 4, "aka-1": 2})
    made = report(*b.UPPER_LIST, gone, b.OPEN, *b.finals(b.UPPER, sheet, sheet))

    names = {record["name"] for record in made.table("list_entries_list").records()}
    assert "AKA-2" not in names
    divisors = rows(made.table("dhondt_quotients_list"), party="aka党")
    assert [record["divisor"] for record in divisors] == [1]


def test_winners_after_a_corrected_final_are_those_declared_anew() -> None:
    office = Office(*b.DISTRICT, *TWO_UNITS, b.declare(b.DISTRICT_1, b.A))
    issued = build_report(office.night)

    office.post(b.correction(b.sheet({b.A: 40, b.B: 60})))
    office.post(b.declare(b.DISTRICT_1, b.B, reason="訂正のため"))
    now = build_report(office.night)

    (winner,) = rows(now.table("smd_candidates"), elected=True)
    assert winner["order_in_district"] == 2
    changed = {record["table"] for record in changes(issued, now).records()}
    assert {"smd_candidates", "smd_votes_by_unit"} <= changed
