"""Wide grids cut into panels that fit a page, never within the figures of one party."""

from collections.abc import Iterator
from itertools import accumulate

from infra.render.wording import figure
from projections.reports.grid import Grid, Head
from projections.reports.table import Kind

WIDTH_MAX = 215
"""Characters across an A4 page on its side, as the narrow columns of figures need them."""

_WIDTHS: dict[Kind, int] = {"text": 14, "flag": 5, "percent": 8, "count": 9, "votes": 15}
_STUB_WIDTH = 12
_GAP = 3


class Panel:
    """A part of a grid as text.

    Attributes:
        grid: What it is cut from.
        first: First figure.
        last: One past the last figure.
    """

    def __init__(self, grid: Grid, first: int, last: int) -> None:
        self.grid = grid
        self.first = first
        self.last = last

    def heads(self) -> Iterator[list[Head]]:
        """Rows of headings over the figures of this panel."""
        for row in self.grid.heads:
            ends = list(accumulate(head.span for head in row))
            yield [
                Head(head.text, min(end, self.last) - max(end - head.span, self.first))
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


def panels(grid: Grid, width_max: int = WIDTH_MAX) -> Iterator[Panel]:
    """Cut a grid into panels."""
    left = width_max - sum(_stub_widths(grid))
    step = max(grid.group, 1)
    first = last = used = 0
    while last < len(grid.kinds):
        wide = sum(_widths(grid, last, last + step))
        if last > first and used + wide > left:
            yield Panel(grid, first, last)
            first, used = last, 0
        used += wide
        last += step
    yield Panel(grid, first, min(last, len(grid.kinds)))


def _stub_widths(grid: Grid) -> Iterator[int]:
    for column in range(len(grid.stubs)):
        longest = max((_wide(str(row[column] or "")) for row in grid.rows), default=_STUB_WIDTH)
        yield min(longest, 4 * _STUB_WIDTH) + _GAP


def _widths(grid: Grid, first: int, last: int) -> Iterator[int]:
    stubs = len(grid.stubs)
    for column in range(first, min(last, len(grid.kinds))):
        kind = grid.kinds[column]
        cells = (figure(kind, row[stubs + column]) for row in grid.rows)
        longest = max((_wide(cell) for cell in cells), default=0)
        yield min(max(longest, 4), _WIDTHS.get(kind, _STUB_WIDTH) * 2) + _GAP


def _wide(text: str) -> int:
    """Full-width characters take two places."""
    return sum(1 if character.isascii() else 2 for character in text)
