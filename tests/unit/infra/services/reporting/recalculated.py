"""A workbook as LibreOffice reads it, and what the tables say should stand in it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from projections.statistics.grid import PrintedGrid
from projections.statistics.table import Cell, Kind, Table
from projections.statistics.table_layouts import lay_out

_UNITS: dict[Kind, int] = {"votes": 1000, "thousandths": 1000, "percent": 100}

Row = list[object]


_DETECTS_NUMBERS = "CSV:44,34,76,1,,1041,false,true"
"""Separator, quote, UTF-8, first line, Japanese, and whatever looks like a figure is one."""


def converted(path: Path, folder: Path) -> Path:
    """The workbook or CSV file opened and written again by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is missing: apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    asked = [office, "--headless", profile, "--convert-to", "ods", "--outdir", str(folder)]
    if path.suffix == ".csv":
        asked.append(f"--infilter={_DETECTS_NUMBERS}")
    subprocess.run([*asked, str(path)], check=True, capture_output=True, timeout=240)
    return folder / f"{path.stem}.ods"


def sheets_of(path: Path) -> dict[str, list[Row]]:
    """Rows of every sheet without blank ends."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: [_trimmed([*row]) for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def expected_rows(table: Table) -> Iterator[Row]:
    """Every row of figures, in the order of the sheet."""
    for grid in lay_out(table):
        texts: tuple[Kind, ...] = ("text",)
        kinds = (*texts * len(grid.stubs), *grid.kinds)
        for row in grid.rows:
            yield _trimmed([_shown(k, c) for k, c in zip(kinds, row, strict=True)])


def missing_rows(table: Table, sheet: list[Row]) -> list[Row]:
    """Rows of a table that a sheet does not have, or not in this order."""
    left = iter(sheet)
    return [row for row in expected_rows(table) if not any(row == found for found in left)]


def wrong_totals(grid: PrintedGrid, sheet: list[Row]) -> list[tuple[object, ...]]:
    """Figures of 合計 that the rows above them do not sum to, as the sheet has them."""
    stubs = len(grid.stubs)
    first = list(grid.rows[0][:stubs])
    caption = next((n for n, row in enumerate(sheet) if grid.caption and row == [grid.caption]), 0)
    start = next(n for n in range(caption, len(sheet)) if sheet[n][:stubs] == first)
    rows = sheet[start : start + len(grid.rows)]
    parts = [row for n, row in enumerate(rows) if n not in grid.totals]
    wrong: list[tuple[object, ...]] = []
    for column, kind in enumerate(grid.kinds, start=stubs):
        if kind in {"count", "votes"}:
            found = round(sum(_number(row, column) for row in parts), 3)
            if found != round(_number(rows[-1], column), 3):
                wrong.append((column, found, _number(rows[-1], column)))
    return wrong


def _number(row: Row, column: int) -> float:
    value = row[column] if column < len(row) else 0
    return float(value) if isinstance(value, int | float) else 0.0


def _shown(kind: Kind, cell: Cell) -> object:
    if cell is None or cell == "":
        return ""
    return cell if isinstance(cell, str) else cell / _UNITS.get(kind, 1)


def _trimmed(row: Row) -> Row:
    last = max((n for n, cell in enumerate(row, 1) if cell != ""), default=0)
    return row[:last]
