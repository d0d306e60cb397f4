"""Workbooks that come from outside: what a cell says as text, and how large they really are."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Final

from projections.office_tables.number_parsing import without_noise

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
    that is that number, so what has no exact decimal form shows all its digits and can be refused;
    noise of sums (83526.99900000001) is left out as every spreadsheet leaves it out.
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT_BELOW
        return f"{cell:.0f}" if whole else without_noise(repr(cell))
    if isinstance(cell, datetime):
        return _nearest_second(cell).isoformat(sep=" ")
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    if isinstance(cell, timedelta):
        hours, rest = divmod(round(cell.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")
    return str(cell).strip()


def _nearest_second(moment: datetime) -> datetime:
    """Spreadsheets keep moments as fractions of a day: 22:00 may come as 21:59:59.999997."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
