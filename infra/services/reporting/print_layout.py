"""How a sheet is printed: widths of columns, scale, where pages end. Numbers only, no workbook.

A spreadsheet shows ### where a figure is wider than its column, and cuts a table wherever the paper
ends. So columns are as wide as what stands in them on any grid of the sheet, and a grid that fits a
page is kept on one.
"""

from collections.abc import Iterator
from itertools import accumulate

from infra.services.reporting.number_format import figure
from infra.services.reporting.text_width import FULL, column, width
from projections.statistics.grid import PrintedGrid
from projections.statistics.table import Kind

ROW_POINTS, HEAD_POINTS = 13.5, 25.5
"""Heights of a row, and of a row of headings, which has two lines."""

_UNIT_HUNDREDTHS = 55
"""Hundredths of an em of 9-point type to one unit of width, the figure of the standard style."""

_BOLD = 1.08
_AIR_UNITS = 1.6
_TEXT_MAX = 26 * FULL
_PAGE_PIXELS, _PAGE_POINTS = 750.0, 495.0
"""A4 on its side within its margins at full size; a quarter is left for wider fonts."""

_UNIT_PIXELS, _CELL_PIXELS = 7, 5
"""A column of so many units is so many times 7 pixels wide, and 5 more (ECMA-376, 18.3.1.13)."""

_TITLE_ROWS = 3
_SCALE_MIN, _SCALE_MAX = 45, 100
_SCALE_WIDE = 60
_KEPT_ROWS_MAX = 75
"""Grids up to here are kept on one page, if need be in smaller print."""


class SheetLayout:
    """Sizes of one sheet.

    Attributes:
        widths: Of all columns, in units.
        scale: Of the print, in percent.
        column_breaks: Columns before which a new page begins.
        row_breaks: Rows before which one begins.
    """

    def __init__(self, grids: list[PrintedGrid], first_row: int) -> None:
        self._grids = grids
        self.widths = _widths(grids)
        fits = int(_PAGE_PIXELS / max(_pixels(self.widths), 1) * 100)
        self.scale = max(min(fits, _SCALE_MAX), _SCALE_MIN)
        self.column_breaks: list[int] = []
        if fits < _SCALE_MIN:
            self.scale = _SCALE_WIDE
        self.scale = max(min(self.scale, self._tallest()), _SCALE_MIN)
        if fits < _SCALE_MIN:
            self.column_breaks = list(self._between_groups())
        self.row_breaks = list(self._between_grids(first_row))

    def _between_groups(self) -> Iterator[int]:
        """Columns at which a page is full, never within the figures of one party."""
        grid = max(self._grids, key=lambda each: len(each.kinds))
        stubs, step = len(grid.stubs), max(grid.group, 1)
        left = _PAGE_PIXELS * 100 / self.scale - _pixels(self.widths[:stubs])
        used = 0.0
        for first in range(stubs, stubs + len(grid.kinds), step):
            wide = _pixels(self.widths[first : first + step])
            if used and used + wide > left:
                yield first
                used = 0.0
            used += wide

    def _tallest(self) -> int:
        """Scale at which the tallest grid that should stay on one page does."""
        above = (_TITLE_ROWS + 2) * ROW_POINTS
        kept = [above + height(grid) for grid in self._grids if len(grid.rows) <= _KEPT_ROWS_MAX]
        return int(_PAGE_POINTS / max(kept, default=1) * 100)

    def _between_grids(self, first_row: int) -> Iterator[int]:
        """Rows of captions before which a page ends, so that their grids stay whole."""
        page = _PAGE_POINTS * 100 / self.scale
        row, used = first_row, first_row * ROW_POINTS
        for grid in self._grids:
            tall = height(grid)
            if row > first_row and used + tall > page:
                yield row
                used = 0.0
            used = (used + tall) % page
            row += row_count(grid)


def row_count(grid: PrintedGrid) -> int:
    """Rows that a grid takes, with its caption and the blank one after it."""
    return bool(grid.caption) + max(len(grid.heads), 1) + len(grid.rows) + 1


def height(grid: PrintedGrid) -> float:
    """Height of a grid in points."""
    heads = max(len(grid.heads), 1)
    return heads * HEAD_POINTS + (row_count(grid) - heads) * ROW_POINTS


def _pixels(widths: list[float]) -> float:
    return sum(wide * _UNIT_PIXELS + _CELL_PIXELS for wide in widths)


def _widths(grids: list[PrintedGrid]) -> list[float]:
    """Every column as wide as the widest of what stands in it."""
    count = max((len(grid.stubs) + len(grid.kinds) for grid in grids), default=1)
    widest = [0.0] * count
    for grid in grids:
        for n, wide in enumerate(_grid_widths(grid)):
            widest[n] = max(widest[n], wide)
    return widest


def _grid_widths(grid: PrintedGrid) -> list[float]:
    texts: tuple[Kind, ...] = ("text",)
    kinds = (*texts * len(grid.stubs), *grid.kinds)
    headings = (*grid.stubs, *(h.text for h in grid.heads[-1] for _ in range(h.span)))
    found = []
    for n, (kind, heading) in enumerate(zip(kinds, headings, strict=True)):
        body = max((width(figure(kind, row[n])) for row in grid.rows), default=0)
        own = column(int(body * _BOLD), heading, most=_TEXT_MAX, heading_lines=2)
        found.append(own / _UNIT_HUNDREDTHS + _AIR_UNITS)
    _widen(grid, found)
    return found


def _widen(grid: PrintedGrid, widths: list[float]) -> None:
    """Give groups of columns what their common heading needs in two lines."""
    for heads in grid.heads[:-1]:
        ends = accumulate(head.span for head in heads)
        for head, end in zip(heads, ends, strict=True):
            columns = range(len(grid.stubs) + end - head.span, len(grid.stubs) + end)
            needed = (width(head.text) / 2 + FULL) / _UNIT_HUNDREDTHS
            short = needed - sum(widths[n] for n in columns)
            for n in columns:
                widths[n] += max(short, 0) / head.span
