"""Figures out of a spreadsheet file: rows of text, nothing recorded.

What the rows mean is for the page to say and for the officer to check; here they are only read.
"""

import io
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from infra.workbooks import cell_text, unpacked_bytes

FILE_BYTES_MAX = 2_000_000
_UNPACKED_BYTES_MAX = 40_000_000
_ROWS_MAX = 2_000
_COLUMNS_MAX = 40


class SpreadsheetUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """The file is not a spreadsheet that can be read; says what to do, in two languages."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(japanese)
        self.english = english


class Sheet(NamedTuple):
    """The first sheet of a workbook.

    Attributes:
        rows: Its cells as text, without empty rows.
        sheet: Its name.
        others: Names of the sheets that were not read.
    """

    rows: list[list[str]]
    sheet: str
    others: list[str]


def first_sheet(content: bytes) -> Sheet:
    """The first sheet of a workbook.

    Raises:
        SpreadsheetUnreadable: Not a workbook, packed far too tightly, or empty.
    """
    _require_reasonable(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name, *others = book.sheet_names
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=True, nrows=_ROWS_MAX)
    except (CalamineError, IndexError, ValueError) as error:
        raise SpreadsheetUnreadable(
            "表計算ファイルとして読めません。xlsx で保存し直すか、CSV を選んでください。",
            "This is no spreadsheet. Save it as xlsx again, or choose a CSV file.",
        ) from error
    rows = [[cell_text(cell) for cell in row[:_COLUMNS_MAX]] for row in cells]
    filled = [row for row in rows if any(row)]
    if not filled:
        raise SpreadsheetUnreadable(
            "先頭のシートに数字がありません。シートを確かめてください。",
            "The first sheet is empty. Look at the file.",
        )
    return Sheet(filled, name, others)


def _require_reasonable(content: bytes) -> None:
    if unpacked_bytes(content) > _UNPACKED_BYTES_MAX:
        raise SpreadsheetUnreadable(
            "ファイルが大きすぎます。開票の表だけを保存して選んでください。",
            "The file is too large. Save the sheet of the count alone.",
        )
