"""Our tables against published ones: what is equal, what differs, what refutes itself."""

import csv
from pathlib import Path

import pytest

from infra.services.reporting.published_comparison import Compared, compare, same
from projections.official.tables.official_tables import FolderUnusable
from projections.statistics.table import Table
from projections.statistics.tables.table_catalogue import Report
from tests.unit.projections.statistics.reading import report
from tests.unit.projections.statistics.test_tables import HOUSE_NIGHT

NAMES = ("smd_candidates", "dhondt_quotients", "pr_list_entries", "candidacy_by_party")


@pytest.fixture(scope="module")
def ours() -> Report:
    return report(*HOUSE_NIGHT)


def publish(table: Table, folder: Path, *more: tuple[str, ...], drop: int = 0) -> Path:
    """Write a table as a publication would, with the page it stands on."""
    path = folder / f"{table.id}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(column.id for column in table.columns), "source_page"])
        written = [*table.text_rows()][drop:]
        writer.writerows((*row, "7") for row in (*written, *more))
    return path


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def folder(ours: Report, tmp_path: Path) -> Path:
    for name in NAMES:
        publish(ours.table(name), tmp_path)
    return tmp_path


def compared(ours: Report, folder: Path) -> Compared:
    return compare(ours, folder)


def test_what_is_published_as_we_have_it_is_equal(ours: Report, folder: Path) -> None:
    found = compared(ours, folder)

    assert (found.mismatches, found.slips) == ((), ())
    assert found.checked == found.equal > 100
    assert found.not_ours["source_page"] == sum(len(ours.table(name).rows) for name in NAMES)


def test_one_changed_cell_is_named(ours: Report, folder: Path) -> None:
    edited(folder / "smd_candidates.csv", ",60,", ",61,")

    (found,) = compared(ours, folder).mismatches

    assert (found.table, found.column) == ("smd_candidates", "votes")
    assert (found.official, found.ours) == ("61", "60")


def test_a_row_that_is_missing_on_either_side_differs(ours: Report, folder: Path) -> None:
    publish(ours.table("pr_list_entries"), folder, drop=1)
    extra = ("r06-10-27", "東京都", "9", "9", "true")
    table = ours.table("smd_candidates")
    publish(table, folder, (*extra, *[""] * (len(table.columns) - len(extra))))

    found = {
        (each.table, each.official == "（行なし）") for each in compared(ours, folder).mismatches
    }

    assert found == {("pr_list_entries", True), ("smd_candidates", False)}


def test_a_column_or_a_table_we_do_not_have_differs(ours: Report, folder: Path) -> None:
    edited(folder / "dhondt_quotients.csv", "quotient", "quotients")
    (folder / "unheard_of.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    found = {(each.table, each.column) for each in compared(ours, folder).mismatches}

    assert found == {("dhondt_quotients", "quotients"), ("unheard_of", "")}


def test_a_quotient_past_the_end_of_the_list_refutes_itself(ours: Report, folder: Path) -> None:
    table = ours.table("dhondt_quotients")
    publish(table, folder, ("r06-10-27", "東京都", "ao党", "2", "40.000", ""))

    found = compared(ours, folder)

    assert found.mismatches == ()
    assert "1人で" in found.slips[0].why


def test_a_seat_past_the_end_of_the_list_is_no_slip(ours: Report, folder: Path) -> None:
    table = ours.table("dhondt_quotients")
    publish(table, folder, ("r06-10-27", "東京都", "ao党", "2", "40.000", "4"))

    found = compared(ours, folder)

    assert found.slips == ()
    assert len(found.mismatches) == 1


def test_tables_that_are_not_there_refute_nothing(ours: Report, folder: Path) -> None:
    (folder / "smd_candidates.csv").unlink()
    path = publish(ours.table("smd_districts"), folder)
    line = path.read_text(encoding="utf-8").splitlines()[1].split(",")[3]
    edited(path, f",{line},", ",1.000,")

    found = compared(ours, folder)

    assert [(each.column, each.ours) for each in found.mismatches] == [
        ("deposit_forfeit_point", line)
    ]
    assert found.slips == ()


def test_groups_without_a_column_may_be_left_out(ours: Report, folder: Path) -> None:
    path = folder / "candidacy_by_party.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "諸派" not in line]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")

    found = compared(ours, folder)

    assert found.mismatches == ()
    assert found.rows_only_ours == {"candidacy_by_party": 12}


def test_numbers_are_compared_as_numbers_and_blanks_as_blanks() -> None:
    assert same("872931.000", "872931")
    assert not same("", "0")
    assert not same("0", "")
    assert not same("１", "2")


def test_an_empty_folder_is_refused(ours: Report, tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match="表（CSV）がありません"):
        compare(ours, tmp_path)


def test_a_cell_that_is_no_number_differs_and_is_told_by_its_line(
    ours: Report, folder: Path
) -> None:
    edited(folder / "smd_candidates.csv", ",60,", ",sixty,")

    (found,) = compared(ours, folder).mismatches

    assert (found.column, found.official) == ("votes", "sixty")
    assert "2行目は数として読めません" in found.why


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "空のファイル"),
        (b"election_id,block\nr06,a,b\n", "2行目: 3列あります"),
        (b'election_id,block\n"r06', "CSVとして読めません"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place(
    ours: Report, folder: Path, content: bytes, said: str
) -> None:
    (folder / "dhondt_quotients.csv").write_bytes(content)

    with pytest.raises(FolderUnusable, match=said) as refused:
        compare(ours, folder)
    assert "dhondt_quotients.csv" in str(refused.value)
