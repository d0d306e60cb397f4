"""Workbooks that come from outside: what a cell says as text, and how large they really are."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Final

_EXACT_BELOW: Final = 2**53
"""Whole numbers from here on may have lost digits already when they were saved."""

Cell = int | float | str | bool | time | date | datetime | timedelta


def measure_unpacked(data: bytes) -> int:
    """How large a packed workbook becomes; a small one can unpack to gigabytes.

    0 for what is not packed (xls): whether that is a workbook is seen when it is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        return 0


def cell_text(cell: Cell) -> str:
    """What people see in a cell.

    Spreadsheets keep every number as a binary fraction. It is written as the shortest decimal
    that is that number, so what has no exact decimal form shows all its digits and can be refused.
    """
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT_BELOW
        return f"{cell:.0f}" if whole else repr(cell)
    if isinstance(cell, datetime):
        return _nearest_second(cell).isoformat(sep=" ")
    return str(cell).strip()


def _nearest_second(moment: datetime) -> datetime:
    """Spreadsheets keep moments as fractions of a day: 22:00 may come as 21:59:59.999997."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
