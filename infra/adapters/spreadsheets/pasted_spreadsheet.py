"""Figures out of a spreadsheet file: rows of text, nothing recorded.

What the rows mean is for the page to say and for the officer to check; here they are only read.
"""

from infra.adapters.spreadsheets import sheet_reader
from infra.adapters.spreadsheets.sheet_reader import SheetText, WorkbookTooLarge, WorkbookUnreadable
from infra.adapters.spreadsheets.workbooks import measure_unpacked

FILE_BYTES_MAX = 2_000_000
_UNPACKED_BYTES_MAX = 40_000_000
_ROWS_MAX = 2_000
_COLUMNS_MAX = 40


class SpreadsheetUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """The file is not a spreadsheet that can be read; says what to do, in two languages."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(japanese)
        self.english = english


def first_sheet(content: bytes) -> SheetText:
    """The first sheet of a workbook.

    Raises:
        SpreadsheetUnreadable: Not a workbook, far larger than it looks, or empty.
    """
    if measure_unpacked(content) > _UNPACKED_BYTES_MAX:
        raise _too_large()
    try:
        found = sheet_reader.first_sheet(content, _ROWS_MAX, _COLUMNS_MAX)
    except WorkbookTooLarge as error:
        raise _too_large() from error
    except WorkbookUnreadable as error:
        raise SpreadsheetUnreadable(
            "表計算ファイルとして読めません。xlsx で保存し直すか、CSV を選んでください。",
            "This is no spreadsheet. Save it as xlsx again, or choose a CSV file.",
        ) from error
    if not found.rows:
        raise SpreadsheetUnreadable(
            "先頭のシートに数字がありません。シートを確かめてください。",
            "The first sheet is empty. Look at the file.",
        )
    return found


def _too_large() -> SpreadsheetUnreadable:
    return SpreadsheetUnreadable(
        "ファイルが大きすぎます。開票の表だけを保存して選んでください。",
        "The file is too large. Save the sheet of the count alone.",
    )
