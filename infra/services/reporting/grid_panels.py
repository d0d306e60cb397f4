"""Wide grids cut into panels that fit a page, never within the figures of one party."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from infra.services.reporting.number_format import figure
from infra.services.reporting.text_width import FULL, column, lines, width
from projections.statistics.grid import GridHead, PrintedGrid
from projections.statistics.table import Kind

WIDTH_MAX = 12_000
"""Across an A4 page on its side in the small type, in hundredths of an em."""

_TRIED: tuple[tuple[int, int], ...] = (
    (1, WIDTH_MAX),
    (1, 24 * FULL),
    (2, 16 * FULL),
    (3, 16 * FULL),
)
"""Lines of headings and the width of long texts, the most comfortable first."""

_AROUND = 82
"""Air on both sides of a cell, and its rule."""


class Panel:
    """A part of a grid as text.

    Attributes:
        grid: What it is cut from.
        first: First figure.
        last: One past the last figure.
        widths: Of all columns, without the air around, in hundredths of an em.
    """

    def __init__(self, grid: PrintedGrid, first: int, last: int, widths: tuple[int, ...]) -> None:
        self.grid = grid
        self.first = first
        self.last = last
        self.widths = widths

    @property
    def width(self) -> int:
        """Of all columns with the air around them."""
        return sum(self.widths) + _AROUND * len(self.widths)

    def heads(self) -> Iterator[list[GridHead]]:
        """Rows of headings over the figures of this panel."""
        for row in self.grid.heads:
            ends = list(accumulate(head.span for head in row))
            yield [
                GridHead(head.text, min(end, self.last) - max(end - head.span, self.first))
                for head, end in zip(row, ends, strict=True)
                if end > self.first and end - head.span < self.last
            ]

    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of the figures of this panel."""
        return self.grid.kinds[self.first : self.last]

    def rows(self) -> Iterator[list[str]]:
        """Rows as text: stubs, then figures."""
        stubs = len(self.grid.stubs)
        for row in self.grid.rows:
            cells = row[stubs + self.first : stubs + self.last]
            texts = [figure(kind, cell) for kind, cell in zip(self.kinds(), cells, strict=True)]
            yield [*(str(stub or "") for stub in row[:stubs]), *texts]

    @cached_property
    def line_count(self) -> int:
        """Lines of all rows, where long texts take several."""
        return sum(
            max(lines(cell, wide) for cell, wide in zip(row, self.widths, strict=True))
            for row in self.rows()
        )


def panels(grid: PrintedGrid, width_max: int = WIDTH_MAX) -> Iterator[Panel]:
    """Cut a grid into as few panels as fit, about equally wide."""
    bodies, headings = _bodies(grid), _headings(grid)
    cuts: list[tuple[bool, tuple[int, ...], list[int]]] = []
    for heading_lines, most in _TRIED:
        widths = tuple(
            column(body, heading, most=most, heading_lines=heading_lines)
            for body, heading in zip(bodies, headings, strict=True)
        )
        groups, left = _groups(grid, widths, width_max)
        cuts.append((max(groups, default=0) > left, widths, _evenly(groups, left)))
    # Several lines of headings are worth it only where they save a panel, or make it fit.
    _, widths, counts = min(cuts, key=lambda cut: (cut[0], len(cut[2])))
    stubs, first = len(grid.stubs), 0
    for count in counts:
        last = min(first + count * max(grid.group, 1), len(grid.kinds))
        own = widths[stubs + first : stubs + last]
        yield Panel(grid, first, last, (*widths[:stubs], *own))
        first = last


def align_panels(cut: Iterable[Panel]) -> list[Panel]:
    """Panels under the same headings get the same columns, as far as they fit the page."""
    found = list(cut)
    alike: dict[object, list[Panel]] = defaultdict(list)
    for panel in found:
        alike[panel.grid.stubs, *(tuple(row) for row in panel.heads())].append(panel)
    for group in alike.values():
        widest = tuple(map(max, zip(*(panel.widths for panel in group), strict=True)))
        if sum(widest) + _AROUND * len(widest) <= WIDTH_MAX:
            for panel in group:
                panel.widths = widest
    return found


def _groups(grid: PrintedGrid, widths: tuple[int, ...], width_max: int) -> tuple[list[int], int]:
    """Width of each group of figures, and what the stubs leave for them."""
    stubs, step = len(grid.stubs), max(grid.group, 1)
    figures = widths[stubs:]
    groups = [sum(figures[n : n + step]) + _AROUND * step for n in range(0, len(figures), step)]
    return groups, width_max - sum(widths[:stubs]) - _AROUND * stubs


def _evenly(groups: list[int], most: int) -> list[int]:
    """How many groups each panel takes: as few panels as possible, none much wider than others."""
    fewest = len(_fill_width(groups, most))
    narrow, wide = 0, most
    while narrow < wide:
        tried = (narrow + wide) // 2
        if len(_fill_width(groups, tried)) <= fewest:
            wide = tried
        else:
            narrow = tried + 1
    return _fill_width(groups, wide)


def _fill_width(groups: list[int], most: int) -> list[int]:
    counts, used = [0], 0
    for wide in groups:
        if counts[-1] and used + wide > most:
            counts.append(0)
            used = 0
        counts[-1] += 1
        used += wide
    return counts


def _bodies(grid: PrintedGrid) -> list[int]:
    """Width of the widest cell of every column."""
    stubs = len(grid.stubs)
    texts: tuple[Kind, ...] = ("text",)
    kinds = (*texts * stubs, *grid.kinds)
    return [
        max((width(figure(kind, row[n])) for row in grid.rows), default=0)
        for n, kind in enumerate(kinds)
    ]


def _headings(grid: PrintedGrid) -> list[str]:
    """The widest heading that every column has for itself."""
    levels = [
        [h.text if h.span == 1 else "" for h in row for _ in range(h.span)] for row in grid.heads
    ]
    figures = (max(texts, key=width) for texts in zip(*levels, strict=True))
    return [*grid.stubs, *figures]
