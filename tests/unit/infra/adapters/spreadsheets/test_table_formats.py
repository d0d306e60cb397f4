"""What is in a file, and what is read of it or said: the same in every format, for every reader."""

import io
import re
from pathlib import Path

import pytest
import xlsxwriter

from infra.adapters.spreadsheets.delimited_text import decode_text, read_text
from infra.adapters.spreadsheets.pasted_spreadsheet import first_sheet
from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable
from infra.adapters.spreadsheets.table_lines import (
    HIDDEN_ROW,
    MERGED_NUMBER,
    UNCOMPUTED,
    WHOLE_ROW,
    TableLine,
)
from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from projections.feeds.csv_cells import csv_text, text_cell
from tests.unit.infra.adapters.spreadsheets.table_files import (
    FORMATS,
    Rows,
    document,
    packed_document,
)

MARKED = Path(__file__).with_name("marked.xls")
"""Saved by LibreOffice: error values, a hidden row, column and sheet, cells made one."""

READ: list[tuple[str | float, str]] = [
    (1984.0, "1984"),
    ("1,984", "1,984"),
    ("１,９８４", "１,９８４"),
    (83526.99900000001, "83526.999"),
    (0.30000000000000004, "0.3"),
    (26118.999999999996, "26119"),
    (1 / 3, "0.3333333333333333"),
    ("▲12", "▲12"),
    ("△1.5", "△1.5"),
    ("  敦賀市　", "敦賀市"),
]
"""What is in a cell, and the text that is read of it."""

UNSEEN = ["敦賀\u200b市", "\ufeff敦賀市", "敦賀市\u200e", "敦\u00ad賀市"]

ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("reader", ["import", "page"])
def test_a_cell_is_read_as_people_see_it(name: str, reader: str, tmp_path: Path) -> None:
    # Given every kind of cell in one table of this format
    rows: Rows = [["開票区", "数"], *(["甲", cell] for cell, _ in READ)]
    is_text = not name.startswith("book")
    content = FORMATS[name]([[_exact(cell) if is_text else cell for cell in row] for row in rows])

    cells = cells_of(content, name, reader, tmp_path)

    expected = [repr(cell) if is_text and _is_noisy(cell) else text for cell, text in READ]
    assert [row[1] for row in cells[1:]] == expected


def _exact(cell: str | float) -> str | float:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else cell


def _is_noisy(cell: str | float) -> bool:
    """Text files say a number as it stands; its noise is left out where it is read as a number."""
    return isinstance(cell, float) and not cell.is_integer()


@pytest.mark.parametrize("name", [n for n in FORMATS if "cp932" not in n and n != "semicolon.csv"])
@pytest.mark.parametrize("reader", ["import", "page"])
def test_unseen_characters_are_no_part_of_a_name(name: str, reader: str, tmp_path: Path) -> None:
    content = FORMATS[name]([["\ufeff\ufeff開票区", "数"], *([each, "1"] for each in UNSEEN)])

    cells = cells_of(content, name, reader, tmp_path)

    assert [row[0] for row in cells] == ["開票区", *["敦賀市"] * len(UNSEEN)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_value_is_named_by_its_cell(name: str, error: str, tmp_path: Path) -> None:
    content = FORMATS[name]([["開票区", "数"], ["甲", "1"], ["乙", error]])

    lines = lines_of(content, name, tmp_path)

    assert [line.flaws for line in lines[:2]] == [{}, {}]
    assert error in lines[2].flaws[1]
    with pytest.raises(SpreadsheetUnreadable, match=f"3行目B列.*{error.strip('?')}"):
        first_sheet(content)


def test_marks_of_the_binary_format_are_read() -> None:
    content = MARKED.read_bytes()
    faults = Faults()

    lines = read_sheets(MARKED, faults)["票"]

    by_number = {line.number: line for line in lines}
    assert by_number[2].cells[1:3] == ["#N/A", "#DIV/0!"]
    assert set(by_number[2].flaws) == {1, 2}
    assert by_number[3].flaws == {WHOLE_ROW: HIDDEN_ROW}
    assert by_number[3].cells[2] == "83526.999"
    assert [by_number[row].cells[0] for row in (4, 5)] == ["結合", "結合"]
    assert by_number[6].flaws == {2: MERGED_NUMBER}
    assert {str(each)[:7] for each in faults} == {"隠し: 非表示", "票「D列」: "}
    with pytest.raises(SpreadsheetUnreadable, match=r"2行目B列.*#N/A"):
        first_sheet(content)


def workbook_with_marks() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("票")
        sheet.write_row(1, 1, ["選挙区", "開票区", "数", "控え"])
        sheet.write_row(2, 1, ["", "甲", 1, "x"])
        sheet.merge_range(2, 1, 3, 1, "第１区")
        sheet.write_row(3, 2, ["乙", 2])
        sheet.write_row(4, 1, ["第２区", "丙", 3])
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.merge_range(5, 2, 5, 3, 12)
        sheet.set_column(4, 4, None, None, {"hidden": True})
        book.add_worksheet("一覧").hide()
    return made.getvalue()


ROWS = (
    "<column repeated='4'/><column visibility='collapse'/>"
    "<row><cell/></row>"
    "<row><cell/><cell>選挙区</cell><cell>開票区</cell><cell>数</cell><cell>控え</cell></row>"
    "<row><cell/><cell rows='2'>第１区</cell><cell>甲</cell><cell>1</cell><cell>x</cell></row>"
    "<row><cell/><covered/><cell>乙</cell><cell>2</cell></row>"
    "<row visibility='collapse'><cell/><cell>第２区</cell><cell>丙</cell><cell>2</cell></row>"
    "<row><cell/><cell/><cell columns='2'>12</cell><covered/></row>"
)


def document_with_marks() -> bytes:
    words = {
        "<cell/>": "<table:table-cell/>", "<cell": '<table:table-cell office:value-type="string"',
        "<covered": "<table:covered-table-cell", "<row": "<table:table-row",
        "</row": "</table:table-row", "</cell>": "</text:p></table:table-cell>",
        "<column ": "<table:table-column ", " repeated": " table:number-columns-repeated",
        " visibility": " table:visibility", " rows": " table:number-rows-spanned",
        " columns": " table:number-columns-spanned",
    }  # fmt: skip
    rows = re.sub(r"(<cell[^/>]*>)", r"\1<text:p>", ROWS)
    for short, long in words.items():
        rows = rows.replace(short, long)
    return packed_document(document(rows))


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", workbook_with_marks()), ("a.ods", document_with_marks())]
)
def test_what_is_hidden_or_made_one_is_read_as_seen_or_named(
    name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    faults = Faults()

    lines = read_sheets(tmp_path / name, faults)["票"]

    assert [line.number for line in lines] == [2, 3, 4, 5, 6]
    assert [line.cells[1:5] for line in lines[1:3]] == [
        ["第１区", "甲", "1", ""],
        ["第１区", "乙", "2", ""],
    ]
    assert lines[3].flaws == {WHOLE_ROW: HIDDEN_ROW}
    assert lines[4].flaws == {2: MERGED_NUMBER}
    assert [str(each) for each in faults] == [
        "票「E列」: 非表示の列です。表示するか、列を削除してください。"
    ]


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        (b"a,b\n1,2\n", ","),
        (b"a\tb\n1,984\t2,001\n3,004\t4\n", "\t"),
        (b"title, of 2026\n\na\tb\n1\t2\n", "\t"),
        (b"a;b\n1;2\n", ";"),
        (b"a,b;c\n1,2\n", ","),
        (b"a\n1\n", ","),
    ],
)
def test_what_separates_cells_is_found_out(content: bytes, separator: str) -> None:
    first = decode_text(content).splitlines()[-1]

    assert read_text(content)[-1].cells == first.split(separator)


def test_a_formula_whose_value_was_not_saved_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("票")
        sheet.write_row(0, 0, ["甲", 1])
        sheet.write_formula(0, 2, "=B1+1", None, "")
        sheet.write_formula(0, 3, "=B1+1", None, 2)

    (line,) = read_sheets(path, Faults())["票"]

    assert (line.cells, line.flaws) == (["甲", "1", "", "2"], {2: UNCOMPUTED})


def test_what_our_own_files_mark_as_text_is_read_without_the_mark() -> None:
    written = csv_text([[text_cell(text) for text in ("-1", "@党", "'甲", "=1+1")]])

    assert read_text(written.encode())[0].cells == ["-1", "@党", "'甲", "=1+1"]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x81\xff\xfe\x00"])
def test_what_is_no_text_is_named(content: bytes) -> None:
    with pytest.raises(SpreadsheetUnreadable, match="文字コード"):
        read_text(content)


def test_a_quotation_mark_too_many_is_named() -> None:
    with pytest.raises(SpreadsheetUnreadable, match="引用符"):
        read_text('a,b\n"甲,1\n'.encode())


def cells_of(content: bytes, name: str, reader: str, folder: Path) -> list[list[str]]:
    """The cells of a table by one of the readers."""
    if reader == "page":
        return first_sheet(content).rows
    return [line.cells for line in lines_of(content, name, folder)]


def lines_of(content: bytes, name: str, folder: Path) -> list[TableLine]:
    (folder / name).write_bytes(content)
    faults = Faults()
    (lines,) = read_sheets(folder / name, faults).values()
    assert not len(faults)
    return lines
