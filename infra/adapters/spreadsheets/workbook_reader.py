"""Workbooks as tables: values, with what is wrong or hidden named by cell."""

import io
import re
from collections.abc import Sequence
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from infra.adapters.spreadsheets.binary_marks import binary_marks
from infra.adapters.spreadsheets.compound_file import SIGNATURE
from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookUnreadable
from infra.adapters.spreadsheets.table_lines import (
    HIDDEN_ROW,
    MERGED_NUMBER,
    UNCOMPUTED,
    WHOLE_ROW,
    SheetTable,
    TableLine,
    cell_content,
    column_letters,
    error_sentence,
)
from infra.adapters.spreadsheets.workbook_marks import SheetMarks, packed_marks
from infra.adapters.spreadsheets.workbooks import cell_text

_NUMBER: Final = re.compile(r"[-−△▲]?[0-9０-９][0-9０-９,，.]*")
_ROW_COUNT_MAX: Final = 1 << 20


def read_workbook(
    content: bytes,
    *,
    rows_max: int = _ROW_COUNT_MAX,
    columns_max: int | None = None,
    sheets_max: int | None = None,
) -> list[SheetTable]:
    """Every sheet of a workbook, hidden ones included.

    Args:
        content: xlsx, xlsm, ods or xls.
        rows_max: Rows from the first one that is not empty; the others are left out.
        columns_max: Columns likewise.
        sheets_max: Visible sheets that are read; of all others the name alone is given.

    Raises:
        WorkbookUnreadable: It is none of these, or its parts do not fit together.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        marks = (binary_marks if content.startswith(SIGNATURE) else packed_marks)(content)
        found: list[SheetTable] = []
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            is_hidden = about.visible != SheetVisibleEnum.Visible
            read = sum(not each.is_hidden for each in found)
            if sheets_max is not None and (is_hidden or read >= sheets_max):
                found.append(SheetTable(about.name.strip(), [], is_hidden))
                continue
            sheet = _Sheet(book.get_sheet_by_name(about.name), rows_max, columns_max)
            mark = marks.get(about.name) or marks.get(about.name.strip(), SheetMarks())
            found.append(sheet.table(about.name.strip(), mark, is_hidden=is_hidden))
    except (CalamineError, IndexError, ValueError) as error:
        raise WorkbookUnreadable(str(error)) from error
    return found


class _Sheet:
    """The cells of one sheet from its first cell with content on."""

    def __init__(self, sheet: CalamineSheet, rows_max: int, columns_max: int | None) -> None:
        self._first = sheet.start or (0, 0)
        cells = sheet.to_python(skip_empty_area=True, nrows=rows_max)
        self._rows = [
            [cell_content(cell_text(cell)) for cell in row[:columns_max]] for row in cells
        ]
        self._merged = sheet.merged_cell_ranges or []
        self._flaws: dict[tuple[int, int], str] = {}

    def table(self, name: str, marks: SheetMarks, *, is_hidden: bool) -> SheetTable:
        self._put_errors(marks)
        self._fill_merged([*self._merged, *marks.merged])
        hidden = self._hide_columns(marks.hidden_columns)
        return SheetTable(name, list(self._lines(marks.hidden_rows)), is_hidden, hidden)

    def _put_errors(self, marks: SheetMarks) -> None:
        for row, column in marks.uncomputed:
            place = self._place(row, column)
            if place is not None:
                self._flaws[place] = UNCOMPUTED
        for (row, column), error in marks.errors.items():
            place = self._place(row, column)
            if place is not None:
                self._rows[place[0]][place[1]] = error

    def _fill_merged(self, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        """Text counts for every cell under it, as it is seen; a number cannot."""
        for first, last in ranges:
            place = self._place(*first)
            text = self._rows[place[0]][place[1]] if place is not None else ""
            if place is None or not text:
                continue
            if _NUMBER.fullmatch(text):
                self._flaws[place] = MERGED_NUMBER
                continue
            height, width = len(self._rows), len(self._rows[0])
            for row in range(place[0], min(last[0] - self._first[0] + 1, height)):
                for column in range(place[1], min(last[1] - self._first[1] + 1, width)):
                    self._rows[row][column] = text

    def _hide_columns(self, hidden: set[int]) -> tuple[str, ...]:
        """Letters of hidden columns with content; what is in them is taken out."""
        letters = []
        for column in sorted(hidden):
            place = column - self._first[1]
            if place >= 0 and any(place < len(row) and row[place] for row in self._rows):
                letters.append(column_letters(column))
                for row in self._rows:
                    row[place] = ""
        return tuple(letters)

    def _lines(self, hidden: set[int]) -> list[TableLine]:
        top, left = self._first
        lines = []
        for number, row in enumerate(self._rows):
            if not any(row):
                continue
            flaws = {
                left + at: said for at, cell in enumerate(row) if (said := error_sentence(cell))
            }
            flaws |= {left + at: said for (line, at), said in self._flaws.items() if line == number}
            if top + number in hidden:
                flaws[WHOLE_ROW] = HIDDEN_ROW
            lines.append(TableLine(top + number + 1, [*[""] * left, *row], flaws))
        return lines

    def _place(self, row: int, column: int) -> tuple[int, int] | None:
        """A cell by its place in what was read; None outside of it."""
        row, column = row - self._first[0], column - self._first[1]
        inside = 0 <= row < len(self._rows) and 0 <= column < len(self._rows[row])
        return (row, column) if inside else None
