"""Reading a table that anybody may send, in a process of its own.

A file of a few kilobytes can name a cell far away, or one text a million times, and anyone who
reads it makes room for all of that. What takes too much memory or time ends alone, and not the
server.
"""

import os
import resource
import subprocess
import sys
from typing import Final

import msgspec

from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookTooLarge, WorkbookUnreadable
from infra.adapters.spreadsheets.table_lines import SheetTable
from infra.adapters.spreadsheets.workbook_reader import read_workbook

_MEMORY_BYTES_MAX: Final = 512 * 1024 * 1024
_CORE_SECONDS_MAX: Final = 10
_SECONDS_MAX: Final = 30
_NICE: Final = 19
"""Postings and readers come first where cores are few, so this is the least urgent there is."""
_UNREADABLE: Final = 3
"""How the process ends when the file is no workbook."""


def read_apart(content: bytes, rows_max: int, columns_max: int) -> list[SheetTable]:
    """The first visible sheet of a workbook, and the names of all others.

    Raises:
        WorkbookUnreadable, WorkbookTooLarge: See there.
    """
    command = [sys.executable, "-m", __name__, str(rows_max), str(columns_max)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:  # noqa: S603 - this very module
        try:
            # From its first moment: beginning takes as long as reading.
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            read, complaint = process.communicate(content, timeout=_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            raise WorkbookTooLarge from None
    if process.returncode == _UNREADABLE:
        raise WorkbookUnreadable(complaint.decode(errors="replace").strip())
    if process.returncode:
        raise WorkbookTooLarge
    return msgspec.json.decode(read, type=list[SheetTable])


def _main(rows_max: int, columns_max: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES_MAX, _MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CORE_SECONDS_MAX, _CORE_SECONDS_MAX))
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
