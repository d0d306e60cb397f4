"""A table laid out for the eye: stubs on the left, headings over groups of figures.

A layout says, as data, which columns of a tidy table stand on the left, which go across as
headings, and which are the figures; what it makes of a table are grids, one per part of it (a
block, a tier, a district).
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from projections.statistics.glyphs import with_glyphs
from projections.statistics.table import TOTAL, Cell, Column, Kind, Table

_TOTALS = frozenset({TOTAL, "計", "合計", "total"})
_WORDS = {
    TOTAL: "計",
    "smd": "小選挙区", "pr": "比例代表", "total": "合計", "district": "選挙区", "list": "比例代表",
    "all": "全体", "overseas": "うち在外",
    "current": "今回", "previous": "前回", "diff": "増減",
    "governor": "知事", "mayor": "市区町村長",
    "prefectural-assembly": "都道府県議会議員", "municipal-assembly": "市区町村議会議員",
}  # fmt: skip


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is laid out.

    Attributes:
        per: Columns whose values make a grid each.
        stubs: Columns on the left; empty for every key that is not used otherwise.
        across: Columns whose values are headings over the figures, the outermost first.
        figures: Columns that are figures; empty for all that are left.
        hidden: Columns that are not shown.
    """

    per: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ("election_id", "kind")


class GridHead(NamedTuple):
    """A heading over `span` columns."""

    text: str
    span: int


class PrintedGrid(NamedTuple):
    """One grid.

    Attributes:
        caption: What part of the table it is; empty where it is the whole.
        stubs: Headings of the columns on the left.
        heads: Rows of headings over the figures; spans of each row sum to the figures.
        kinds: What each figure is.
        rows: Cells of the stubs, then the figures.
        totals: Numbers of rows that sum others up.
        group: Figures that belong together, such as those of one party.
    """

    caption: str
    stubs: tuple[str, ...]
    heads: tuple[tuple[GridHead, ...], ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: frozenset[int]
    group: int


def grids(table: Table, layout: Layout) -> Iterator[PrintedGrid]:
    """Lay a table out."""
    parts: dict[tuple[Cell, ...], list[dict[str, Cell]]] = {}
    for record in table.records():
        parts.setdefault(tuple(record[name] for name in layout.per), []).append(record)
    for part, records in parts.items():
        yield _Grid(table, layout, records).build(_caption(table, part))


def _caption(table: Table, part: tuple[Cell, ...]) -> str:
    """What part of the table it is: 東京都第1区 says 東京都 already."""
    words = [cell_text(table, value) for value in part if value not in {None, ""}]
    return " ".join(
        word for n, word in enumerate(words) if not "".join(words[n + 1 : n + 2]).startswith(word)
    )


class _Grid:
    """One grid in the making."""

    def __init__(self, table: Table, layout: Layout, records: list[dict[str, Cell]]) -> None:
        self._table = table
        self._records = records
        self._across = layout.across
        by_id = {column.id: column for column in table.columns}
        used = {*layout.per, *layout.across, *layout.hidden, *layout.figures}
        keys = tuple(c.id for c in table.columns if c.key and c.id not in used)
        self._stubs = tuple(by_id[name] for name in self._visible_stubs(layout.stubs or keys))
        used |= {column.id for column in self._stubs}
        rest = tuple(c.id for c in table.columns if c.id not in used and c.id not in keys)
        self._figures = tuple(by_id[name] for name in layout.figures or rest)

    def _visible_stubs(self, stubs: tuple[str, ...]) -> tuple[str, ...]:
        """Stubs that say something in this part."""
        return tuple(
            s for s in stubs if any(record[s] not in {None, ""} for record in self._records)
        )

    def build(self, caption: str) -> PrintedGrid:
        groups = list(dict.fromkeys(self._group(record) for record in self._records))
        rows: dict[tuple[Cell, ...], dict[tuple[Cell, ...], dict[str, Cell]]] = {}
        for record in self._records:
            stub = tuple(record[column.id] for column in self._stubs)
            rows.setdefault(stub, {})[self._group(record)] = record
        return PrintedGrid(
            caption=caption,
            stubs=tuple(column.title for column in self._stubs),
            heads=tuple(self._heads(groups)),
            kinds=tuple(column.kind for column in self._figures) * len(groups),
            rows=tuple(self._row(stub, cells, groups) for stub, cells in rows.items()),
            totals=frozenset(n for n, stub in enumerate(rows) if not _TOTALS.isdisjoint(stub)),
            group=len(self._figures),
        )

    def _group(self, record: dict[str, Cell]) -> tuple[Cell, ...]:
        return tuple(record[name] for name in self._across)

    def _heads(self, groups: list[tuple[Cell, ...]]) -> Iterator[tuple[GridHead, ...]]:
        size = len(self._figures)
        for level in range(len(self._across)):
            yield tuple(GridHead(cell_text(self._table, group[level]), size) for group in groups)
        titles = [_split(column) for column in self._figures]
        if any(above for above, _ in titles):
            yield tuple(_merge_titles([above for above, _ in titles])) * len(groups)
        if size > 1 or not self._across:
            yield tuple(GridHead(below, 1) for _, below in titles) * len(groups)

    def _row(
        self,
        stub: tuple[Cell, ...],
        cells: dict[tuple[Cell, ...], dict[str, Cell]],
        groups: list[tuple[Cell, ...]],
    ) -> tuple[Cell, ...]:
        found: list[Cell] = [cell_text(self._table, value) for value in stub]
        for group in groups:
            record = cells.get(group)
            for column in self._figures:
                value = record[column.id] if record is not None else None
                found.append(self._figure(value))
        return tuple(found)

    def _figure(self, value: Cell) -> Cell:
        if isinstance(value, bool):
            return "○" if value else None
        if isinstance(value, str):
            return cell_text(self._table, value)
        return value


def cell_text(table: Table, value: Cell) -> str:
    """A word as people read it: names readable, codes in words."""
    if value is None:
        return ""
    text = str(value)
    readable = table.readable.get(text, text)
    return with_glyphs(_WORDS.get(readable, readable))


def _split(column: Column) -> tuple[str, str]:
    above, _, below = column.title.rpartition(" ")
    return above, below


def _merge_titles(titles: list[str]) -> Iterator[GridHead]:
    """Equal titles side by side as one heading."""
    start = 0
    for n in range(1, len(titles) + 1):
        if n == len(titles) or titles[n] != titles[start]:
            yield GridHead(titles[start], n - start)
            start = n
