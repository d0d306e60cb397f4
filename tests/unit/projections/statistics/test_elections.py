"""The same tables for assemblies, mayors, governors and the Upper House, from what offices send."""

from pathlib import Path

import pytest

from infra.services.reporting import html_report, report_csv, report_pdf, report_workbook
from projections.statistics.table import TOTAL
from projections.statistics.tables.table_catalogue import Report
from tests import builders as b
from tests.unit.infra.services.reporting.issued import issued
from tests.unit.projections.statistics import elections as held
from tests.unit.projections.statistics.reading import report, row, rows


@pytest.fixture(scope="module")
def assembly() -> Report:
    return report(*held.ASSEMBLY)


def test_an_assembly_has_districts_of_several_seats(assembly: Report) -> None:
    people = assembly.table("prefectural-assembly_candidates")
    winners = [record["name_display"] for record in rows(people, elected=True)]
    assert winners == ["A1", "A2", "B1", "C1", "C2"]

    line = row(assembly.table("prefectural-assembly_thresholds"), contest=held.DISTRICT_A)
    # 1,000 valid votes for two seats: a quarter and a tenth of 500.
    assert (line["statutory_minimum"], line["deposit_forfeit_point"]) == (125_000, 50_000)
    assert (line["seats"], line["below_minimum"], line["deposits_forfeited"]) == (2, 1, 1)


def test_an_assembly_names_who_was_not_voted_on_and_where_a_seat_stays_empty(
    assembly: Report,
) -> None:
    notes = assembly.table("prefectural-assembly_candidates").notes

    assert f"無投票の選挙区：{held.DISTRICT_B}" in notes
    assert f"当選人が定数に足りない選挙区：{held.DISTRICT_C}（1人）" in notes


def test_an_assembly_forfeits_by_its_own_amount(assembly: Report) -> None:
    deposits = row(assembly.table("deposits_prefectural-assembly"), party=TOTAL)

    # a4 below 50 of 1,000 for two seats, c4 below 40 of 1,200 for three; c3 has exactly 40.
    assert (deposits["candidates"], deposits["forfeiting"]) == (9, 2)
    assert (deposits["deposited"], deposits["forfeited"]) == (5_400_000, 1_200_000)


def test_nobody_is_elected_mayor_below_a_quarter() -> None:
    made = report(*held.MAYOR)

    assert rows(made.table("mayor_candidates"), elected=True) == []
    note = f"当選人が定数に足りない選挙区：{held.MAYOR_ID}（1人・再選挙）"
    assert made.table("mayor_candidates").notes[-1] == note
    assert row(made.table("mayor_thresholds"))["statutory_minimum"] == 25_000
    # m5 alone is below a tenth; the deposit of a city's mayor is a million yen.
    assert row(made.table("deposits_mayor"), party=TOTAL)["forfeited"] == 1_000_000


def test_exactly_a_quarter_elects_a_mayor() -> None:
    sheet = {"m1": 25, "m2": 24, "m3": 24, "m4": 21, "m5": 6}
    made = report(
        *held.MAYOR[:-2],
        held.counted(held.MAYOR_DAY, held.MAYOR_ID, held.CITY, **sheet),
        b.declare(held.MAYOR_ID, "m1"),
    )

    (winner,) = rows(made.table("mayor_candidates"), elected=True)
    assert winner["name_display"] == "M1"


def test_a_governor_is_elected_over_all_units() -> None:
    made = report(*held.GOVERNOR)

    (winner,) = rows(made.table("governor_candidates"), elected=True)
    assert (winner["name_display"], winner["votes"]) == ("G2", 100_000)
    assert row(made.table("deposits_governor"), party=TOTAL)["forfeited"] == 3_000_000
    units = rows(made.table("governor_votes_by_unit"), name="G2")
    assert [record["votes"] for record in units] == [30_000, 70_000]


@pytest.fixture(scope="module")
def upper() -> Report:
    return report(*held.UPPER)


def test_two_prefectures_that_elect_together_count_as_one(upper: Report) -> None:
    table = upper.table("candidacy_by_pref_party")
    total = row(table, party=TOTAL, prefecture="鳥取県・島根県")
    assert (total["seats"], total["total"]) == (1, 3)
    assert {record["prefecture"] for record in table.records()} == {"鳥取県・島根県", "合計"}

    # Votes are known for each of the two.
    votes = upper.table("party_votes_by_pref_district")
    own = [row(votes, prefecture=p, party="ao党")["votes_total"] for p in ("鳥取県", "島根県")]
    assert own == [60_000, 20_000]


def test_a_joint_district_has_the_lines_of_its_seat(upper: Report) -> None:
    line = row(upper.table("district_thresholds"))

    assert line["prefecture"] == "鳥取県・島根県"
    # 191 valid votes: a sixth, and an eighth of the deposit line.
    assert (line["statutory_minimum"], line["deposit_forfeit_point"]) == (31_833, 23_875)
    assert row(upper.table("deposits_district"), party=TOTAL)["forfeited"] == 3_000_000


def test_members_who_go_first_are_elected_first(upper: Report) -> None:
    entries = upper.table("list_entries_list")
    orders = {r["name"]: r["elected_order"] for r in rows(entries, elected_pr=True)}

    # ao-2 has nine votes and ao-1 six; ao-first goes before both.
    assert orders == {"AO-FIRST": 1, "AO-2": 2, "AKA-1": 1}
    votes = upper.table("member_votes_by_pref_list")
    assert row(votes, name="AO-2", prefecture="合計")["votes"] == 9_000
    assert row(votes, name="AO-FIRST", prefecture="合計")["priority"] == 1


def test_a_list_of_the_upper_house_loses_what_its_seats_do_not_cover(upper: Report) -> None:
    by_list = upper.table("deposits_list_lists")

    # Two seats cover four members, one seat covers two.
    ao, aka = (row(by_list, party=f"{party}党") for party in ("ao", "aka"))
    assert (ao["deposited"], ao["seats"], ao["forfeited"]) == (18_000_000, 2, 0)
    assert (aka["deposited"], aka["seats"], aka["forfeited"]) == (12_000_000, 1, 0)


def test_members_of_equal_votes_are_ordered_by_the_lot_that_people_drew() -> None:
    equal = held.counted(held.UPPER_DAY, held.LIST, held.VILLAGE, **{
        "ao": 10, "ao-1": 1, "ao-2": 0, "ao-first": 0, "aka": 5, "aka-1": 0, "aka-2": 1,
    })  # fmt: skip
    drawn = (b.lot(held.LIST, "aka-2", "aka-1"), b.declare(held.LIST, "aka-2", "ao-first", "ao-2"))
    made = report(*held.UPPER[:-3], equal, *drawn)

    entries = made.table("list_entries_list")
    winners = {r["name"] for r in rows(entries, elected_pr=True)}
    assert winners == {"AO-FIRST", "AO-2", "AKA-2"}


@pytest.mark.parametrize("kind", held.EVERY_KIND)
def test_every_kind_is_written_in_every_format(kind: str, tmp_path: Path) -> None:
    issue = issued(*held.EVERY_KIND[kind])

    for write in (report_csv.write, report_workbook.write, html_report.write, report_pdf.write):
        assert all(path.stat().st_size > 20 for path in write(issue, tmp_path))
