"""Reading a workbook that anybody may send, in a process of its own.

A file of a few kilobytes can name a cell far away, or one text a million times, and whoever reads
it makes room for all of that. What takes too much memory or time ends alone, and not the server.
"""

import io
import resource
import subprocess
import sys
from typing import Final, NamedTuple

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from infra.adapters.spreadsheets.workbooks import cell_text

_MEMORY_BYTES_MAX: Final = 512 * 1024 * 1024
_SECONDS_MAX: Final = 10
_UNREADABLE: Final = 3
"""How the process ends when the file is no workbook."""


class WorkbookUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """The file is no workbook."""


class WorkbookTooLarge(ValueError):  # noqa: N818
    """The workbook takes more memory or time than a sheet of a count may take."""


class SheetText(NamedTuple):
    """The first sheet of a workbook.

    Attributes:
        rows: Its cells as text, without empty rows.
        sheet: Its name.
        others: Names of the sheets that were not read.
    """

    rows: list[list[str]]
    sheet: str
    others: list[str]


def first_sheet(content: bytes, rows_max: int, columns_max: int) -> SheetText:
    """The first sheet of a workbook.

    Raises:
        WorkbookUnreadable, WorkbookTooLarge: See there.
    """
    command = [sys.executable, "-m", __name__, str(rows_max), str(columns_max)]
    try:
        done = subprocess.run(  # noqa: S603 - this very module
            command, input=content, capture_output=True, timeout=_SECONDS_MAX, check=False
        )
    except subprocess.TimeoutExpired:
        raise WorkbookTooLarge from None
    if done.returncode == _UNREADABLE:
        raise WorkbookUnreadable(done.stderr.decode(errors="replace").strip())
    if done.returncode:
        raise WorkbookTooLarge
    return msgspec.json.decode(done.stdout, type=SheetText)


def _read(content: bytes, rows_max: int, columns_max: int) -> SheetText:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    name, *others = book.sheet_names
    cells = book.get_sheet_by_index(0).to_python(skip_empty_area=True, nrows=rows_max)
    rows = [[cell_text(cell) for cell in row[:columns_max]] for row in cells]
    return SheetText([row for row in rows if any(row)], name, others)


def _main(rows_max: int, columns_max: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES_MAX, _MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheet = _read(sys.stdin.buffer.read(), rows_max, columns_max)
    except (CalamineError, IndexError, ValueError) as error:
        sys.stderr.write(str(error))
        sys.exit(_UNREADABLE)
    sys.stdout.buffer.write(msgspec.json.encode(sheet))


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
