"""Marks of a workbook in the binary format (MS-XLS): errors, hidden rows and columns."""

import struct
from collections.abc import Iterator
from typing import Final

from infra.adapters.spreadsheets.compound_file import read_stream
from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookUnreadable
from infra.adapters.spreadsheets.workbook_marks import SheetMarks

_FORMULA, _EOF, _COLUMNS, _SHEET = 0x0006, 0x000A, 0x007D, 0x0085
_VALUE, _ROW, _BEGIN = 0x0205, 0x0208, 0x0809
_WORKSHEET: Final = 0
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_HIDDEN_ROW: Final = 0x20
_HIDDEN_COLUMN: Final = 0x01
_NO_NUMBER: Final = b"\xff\xff"
_RESULT_IS_ERROR: Final = 2


def binary_marks(content: bytes) -> dict[str, SheetMarks]:
    """Marks of every sheet of an xls file by the sheet's name.

    Raises:
        WorkbookUnreadable: It is no such file.
    """
    try:
        stream = read_stream(content, ("Workbook", "Book"))
        return {name: _marks(stream, at) for name, at in _sheets(stream)}
    except (struct.error, IndexError) as error:
        raise WorkbookUnreadable(str(error)) from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place on, to the end of what begins there."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == _BEGIN) - (kind == _EOF)
        if depth == 0:
            return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, data in _records(stream, 0):
        if kind == _SHEET:
            at, _, what, length, wide = struct.unpack_from("<IBBBB", data)
            if what == _WORKSHEET:
                letters = data[8 : 8 + length * 2] if wide & 1 else data[8 : 8 + length]
                yield letters.decode("utf-16-le" if wide & 1 else "latin-1"), at


def _marks(stream: bytes, at: int) -> SheetMarks:
    made = SheetMarks()
    for kind, data in _records(stream, at):
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", data)
            if flags & _HIDDEN_ROW:
                made.hidden_rows.add(row)
        elif kind == _COLUMNS:
            first, last, flags = struct.unpack_from("<HH4xH", data)
            if flags & _HIDDEN_COLUMN:
                made.hidden_columns.update(range(first, last + 1))
        elif kind == _VALUE:
            row, column, code, is_error = struct.unpack_from("<HH2xBB", data)
            if is_error:
                made.errors[row, column] = _ERRORS.get(code, "#N/A")
        elif kind == _FORMULA:
            row, column, what, code, last_bytes = struct.unpack_from("<HH2xBxB3x2s", data)
            if last_bytes == _NO_NUMBER and what == _RESULT_IS_ERROR:
                made.errors[row, column] = _ERRORS.get(code, "#N/A")
    return made
