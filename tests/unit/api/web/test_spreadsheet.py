"""Reading a spreadsheet: text of cells, and a sentence for whatever is none."""

import io
import zipfile

import pytest
import xlsxwriter

from infra.adapters.spreadsheets.pasted_spreadsheet import first_sheet
from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable


def book(*rows: tuple[object, ...]) -> bytes:
    packed = io.BytesIO()
    made = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = made.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    made.close()
    return packed.getvalue()


def test_numbers_come_as_they_are_written_and_empty_rows_are_left_out() -> None:
    content = book(("氏名", "得票"), ("甲", 350), (), ("乙", 240.125), ("丙", "１２"))

    assert first_sheet(content).rows == [
        ["氏名", "得票"],
        ["甲", "350"],
        ["乙", "240.125"],
        ["丙", "１２"],
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_named(content: bytes) -> None:
    with pytest.raises(SpreadsheetUnreadable, match="表計算ファイルとして読めません"):
        first_sheet(content)


def test_an_empty_workbook_is_named() -> None:
    with pytest.raises(SpreadsheetUnreadable, match="数字がありません"):
        first_sheet(book())


def test_what_unpacks_to_far_more_than_it_says_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)

    with pytest.raises(SpreadsheetUnreadable, match="大きすぎます"):
        first_sheet(packed.getvalue())


def test_a_small_file_that_names_a_far_cell_does_not_take_the_server_with_it() -> None:
    # Given two cells with all of a sheet between them, which a reader makes room for
    packed = io.BytesIO()
    made = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = made.add_worksheet()
    sheet.write(0, 0, "甲")
    sheet.write(1_048_575, 16_383, 350)
    made.close()

    with pytest.raises(SpreadsheetUnreadable, match="大きすぎます"):
        first_sheet(packed.getvalue())
