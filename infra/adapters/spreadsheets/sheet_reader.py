"""Reading a table that anybody may send, in a process of its own.

A file of a few kilobytes can name a cell far away, or one text a million times, and whoever reads
it makes room for all of that. What takes too much memory or time ends alone, and not the server.
"""

import resource
import subprocess
import sys
from typing import Final

import msgspec

from infra.adapters.spreadsheets.table_lines import SheetTable
from infra.adapters.spreadsheets.workbook_reader import WorkbookUnreadable, read_workbook

_MEMORY_BYTES_MAX: Final = 512 * 1024 * 1024
_SECONDS_MAX: Final = 10
_UNREADABLE: Final = 3
"""How the process ends when the file is no workbook."""


class WorkbookTooLarge(ValueError):  # noqa: N818
    """The workbook takes more memory or time than a sheet of a count may take."""


def read_apart(content: bytes, rows_max: int, columns_max: int) -> list[SheetTable]:
    """The first visible sheet of a workbook, and the names of all others.

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
    return msgspec.json.decode(done.stdout, type=list[SheetTable])


def _main(rows_max: int, columns_max: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES_MAX, _MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = read_workbook(
            sys.stdin.buffer.read(), rows_max=rows_max, columns_max=columns_max, sheets_max=1
        )
    except WorkbookUnreadable as error:
        sys.stderr.write(str(error))
        sys.exit(_UNREADABLE)
    sys.stdout.buffer.write(msgspec.json.encode(sheets))


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
