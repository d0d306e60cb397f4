"""A table of the report in parts that a page can hold: grids, and long ones cut into stretches."""

from collections.abc import Iterator

from projections.statistics.grid import PrintedGrid
from projections.statistics.table import Table
from projections.statistics.table_layouts import lay_out

CELLS_MAX = 12_000
"""Cells on one page: about half a megabyte of HTML, a tenth of it on the line."""


def page_parts(table: Table, cells_max: int = CELLS_MAX) -> list[list[PrintedGrid]]:
    """The grids of each page of a table; one page where everything fits."""
    grids = [stretch for grid in lay_out(table) for stretch in _stretches(grid, cells_max)]
    pages: list[list[PrintedGrid]] = []
    size = cells_max + 1
    for grid in grids:
        if size + _cells(grid) > cells_max:
            pages.append([])
            size = 0
        pages[-1].append(grid)
        size += _cells(grid)
    return pages or [[]]


def part_name(page: list[PrintedGrid], number: int) -> str:
    """What a page is called where one is chosen: what its first and last grid are about."""
    named = [grid.caption for grid in page if grid.caption]
    if not named:
        return str(number)
    return named[0] if named[0] == named[-1] else f"{named[0]} ～ {named[-1]}"


def _cells(grid: PrintedGrid) -> int:
    return len(grid.rows) * (len(grid.stubs) + len(grid.kinds))


def _stretches(grid: PrintedGrid, cells_max: int) -> Iterator[PrintedGrid]:
    """The grid, or stretches of its rows where it has too many; headings stand over each."""
    columns = max(len(grid.stubs) + len(grid.kinds), 1)
    step = max(cells_max // columns, 1)
    if len(grid.rows) <= step:
        yield grid
        return
    for first in range(0, len(grid.rows), step):
        rows = grid.rows[first : first + step]
        totals = frozenset(n - first for n in grid.totals if first <= n < first + step)
        caption = f"{grid.caption}（{first + 1:,}～{first + len(rows):,}行）"
        yield grid._replace(caption=caption, rows=rows, totals=totals)
