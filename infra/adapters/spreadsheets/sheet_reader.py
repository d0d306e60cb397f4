"""Reading a table that anybody may send, in a process of its own.

A file of a few kilobytes can name a cell far away, or one text a million times, and anyone who
reads it makes room for all of that. What takes too much memory or time ends alone, and not the
server. Nor does anything in the server wait for it: not for Python's lock either.
"""

import sys
from typing import Final

import msgspec

from infra.adapters.spreadsheets.compound_file import SIGNATURE
from infra.adapters.spreadsheets.delimited_text import read_text
from infra.adapters.spreadsheets.least_urgent import limit_process, run_apart
from infra.adapters.spreadsheets.spreadsheet_errors import (
    SpreadsheetUnreadable,
    WorkbookTooLarge,
    WorkbookUnreadable,
)
from infra.adapters.spreadsheets.table_lines import SheetTable
from infra.adapters.spreadsheets.workbook_reader import read_workbook

WORKBOOK_SIGNATURES: Final = (b"PK\x03\x04", SIGNATURE[:4])
"""How workbooks begin: zip (xlsx, ods) and compound file (xls)."""
_SMALL_TEXT_BYTES: Final = 16_000
"""A text of this length is read in less time than a process takes to begin."""
_NO_WORKBOOK, _NO_TEXT = 3, 4
"""How the process ends when the file is no table; what it writes says why."""


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do; one that is empty is none that could be read."""
    return not content or content.startswith(WORKBOOK_SIGNATURES)


def read_apart(
    content: bytes, rows_max: int, columns_max: int, sheets_max: int = 1
) -> list[SheetTable]:
    """The first visible sheets of a workbook and the names of all others, or a text file.

    Raises:
        WorkbookUnreadable, SpreadsheetUnreadable, WorkbookTooLarge: See there.
    """
    if not is_workbook(content) and len(content) <= _SMALL_TEXT_BYTES:
        return _read(content, rows_max, columns_max, sheets_max)
    done = run_apart([__name__, *map(str, (rows_max, columns_max, sheets_max))], content)
    if done is None:
        raise WorkbookTooLarge
    if done.returncode == _NO_WORKBOOK:
        raise WorkbookUnreadable(done.stderr.decode(errors="replace").strip())
    if done.returncode == _NO_TEXT:
        raise SpreadsheetUnreadable(*msgspec.json.decode(done.stdout, type=tuple[str, str]))
    if done.returncode:
        raise WorkbookTooLarge
    return msgspec.json.decode(done.stdout, type=list[SheetTable])


def _read(content: bytes, rows_max: int, columns_max: int, sheets_max: int) -> list[SheetTable]:
    if is_workbook(content):
        return read_workbook(
            content, rows_max=rows_max, columns_max=columns_max, sheets_max=sheets_max
        )
    lines = read_text(content)[:rows_max]
    return [SheetTable("", [line._replace(cells=line.cells[:columns_max]) for line in lines])]


def _main(rows_max: int, columns_max: int, sheets_max: int) -> None:
    limit_process()
    told = sys.stdout.buffer
    try:
        content = sys.stdin.buffer.read()
        told.write(msgspec.json.encode(_read(content, rows_max, columns_max, sheets_max)))
    except WorkbookUnreadable as error:
        sys.stderr.write(str(error))
        sys.exit(_NO_WORKBOOK)
    except SpreadsheetUnreadable as error:
        told.write(msgspec.json.encode((str(error), error.english)))
        sys.exit(_NO_TEXT)


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
