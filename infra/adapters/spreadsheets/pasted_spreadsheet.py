"""Figures out of a file that somebody chose on a page: rows of text, nothing recorded.

What the rows mean is for the page to say and for the officer to check; here they are only read.
"""

from typing import Final, NamedTuple

from infra.adapters.spreadsheets import sheet_reader
from infra.adapters.spreadsheets.sheet_reader import is_workbook
from infra.adapters.spreadsheets.spreadsheet_errors import (
    SpreadsheetUnreadable,
    WorkbookTooLarge,
    WorkbookUnreadable,
)
from infra.adapters.spreadsheets.table_lines import WHOLE_ROW, SheetTable, TableLine, column_letters
from infra.adapters.spreadsheets.workbooks import measure_unpacked

_UNPACKED_BYTES_MAX = 40_000_000
_ROWS_MAX = 4_000
_COLUMNS_MAX = 250
_LINES_MAX = 10 * _ROWS_MAX
"""Line ends of a text, those within cells included; what has more is not even divided."""
_FLAWS_TOLD: Final = 5


class SheetText(NamedTuple):
    """The first visible sheet of a workbook, or a text file.

    Attributes:
        rows: Its cells as text, without empty rows.
        sheet: Its name; empty for a text file.
        others: Names of the sheets that were not read.
        numbers: Number of each row, as a spreadsheet shows it.
    """

    rows: list[list[str]]
    sheet: str
    others: list[str]
    numbers: list[int]

    def lines(self) -> list[TableLine]:
        """The rows with their numbers."""
        return [TableLine(number, row) for number, row in zip(self.numbers, self.rows, strict=True)]


def first_sheet(content: bytes) -> SheetText:
    """The first visible sheet of a workbook, or a text file of whatever encoding and separator.

    Raises:
        SpreadsheetUnreadable: Not a table, far larger than it looks, empty, or with cells that
            cannot be read as people see them; the first of these are named.
    """
    sheets = _sheets(content)
    first = next((each for each in sheets if not each.is_hidden), SheetTable("", []))
    if not first.lines:
        raise SpreadsheetUnreadable(
            "先頭のシートに数字がありません。シートを確かめてください。",
            "The first sheet is empty. Look at the file.",
        )
    if len(first.lines) > _ROWS_MAX:
        raise _too_large()
    _require_flawless(first)
    return SheetText(
        rows=[line.cells[:_COLUMNS_MAX] for line in first.lines],
        sheet=first.name,
        others=[each.name for each in sheets if each is not first],
        numbers=[line.number for line in first.lines],
    )


def _sheets(content: bytes) -> list[SheetTable]:
    if is_workbook(content):
        too_large = measure_unpacked(content) > _UNPACKED_BYTES_MAX
    else:
        too_large = content.count(b"\n") + content.count(b"\r") > _LINES_MAX
    if too_large:
        raise _too_large()
    try:
        return sheet_reader.read_apart(content, _ROWS_MAX + 1, _COLUMNS_MAX)
    except WorkbookTooLarge as error:
        raise _too_large() from error
    except WorkbookUnreadable as error:
        raise SpreadsheetUnreadable(
            "表計算ファイルとして読めません。xlsx で保存し直すか、CSV を選んでください。",
            "This is no spreadsheet. Save it as xlsx again, or choose a CSV file.",
        ) from error


def _require_flawless(sheet: SheetTable) -> None:
    """Refuse what cannot be read as it is seen; a person is at the page and can put it right."""
    told = [
        f"{sheet.name} {line.number}行目{_letters(column)}：{sentence}".strip()
        for line in sheet.lines
        for column, sentence in line.flaws.items()
    ]
    told += [
        f"{sheet.name} {letters}列：非表示の列です。表示するか、列を削除してください。".strip()
        for letters in sheet.hidden_columns
    ]
    if told:
        more = f"ほか{len(told) - _FLAWS_TOLD}か所。" if len(told) > _FLAWS_TOLD else ""
        raise SpreadsheetUnreadable(
            "".join(told[:_FLAWS_TOLD]) + more,
            "Cells with errors, hidden rows or columns, or merged numbers: see the Japanese text.",
        )


def _letters(column: int) -> str:
    return "" if column == WHOLE_ROW else f"{column_letters(column)}列"


def _too_large() -> SpreadsheetUnreadable:
    return SpreadsheetUnreadable(
        "ファイルが大きすぎます。開票の表だけを保存して選んでください。",
        "The file is too large. Save the sheet of the count alone.",
    )
