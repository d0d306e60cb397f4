"""Units, sums and other rows of a block with their numbers, whichever way the block stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from projections.office_tables.block_search import LabelArea, label_texts
from projections.office_tables.figure_names import FigureItem
from projections.office_tables.grid import WHOLE_ROW, Grid, GridLine, is_nothing
from projections.office_tables.heading_words import ColumnRole, Part
from projections.office_tables.search.names_beside import TOTAL_COLUMN
from projections.office_tables.state_marks import is_state_column, state_in
from projections.office_tables.table_layout import TableBlock, letters
from projections.office_tables.unit_labels import UnitLabel, UnitNames

UNUSED_ROW = "使わない"
TWICE = "が二つ以上あります。どれの数か分かりません。"
"""Why a figure that stands twice cannot be read, not even where both are equal."""
BELOW_REPEAT = "は再掲より下にあるので読んでいません。再掲より上に置いてください。"
"""Why a unit is not read that stands where only what was said already is expected."""


class FigureKey(NamedTuple):
    """What a number of a row is.

    Attributes:
        item: Candidate, line of the sheet, or the printed sum of the votes.
        part: Which number of it.
    """

    item: FigureItem
    part: Part = ""


ROW_SUM = FigureKey(FigureItem("sum", "votes"))


class TableEntry(NamedTuple):
    """A row, or a column where units stand beside each other.

    Attributes:
        row: Number as a spreadsheet shows it.
        column: Letters, where it is a column; empty for a row.
        label: Its name.
        kind: Of a unit, several units, a sum, or something else.
        units: Codes of its unit, or of those that may be meant.
        values: Thousandths.
        blanks: What has a cell in which nothing stands.
        flaws: What has a cell that cannot be read -> why, in Japanese.
        headings: How people read each figure.
        state: 確定 or 中間 where the row says so itself.
        beside: Columns that are not read but hold a number in this row.
    """

    row: int
    column: str
    label: str
    kind: Literal["unit", "ambiguous", "sum", "other"]
    units: tuple[str, ...]
    values: Mapping[FigureKey, int]
    blanks: frozenset[FigureKey]
    flaws: Mapping[FigureKey, str]
    headings: Mapping[FigureKey, str]
    state: str = ""
    beside: frozenset[int] = frozenset()


WHOLE_ENTRY = FigureKey(FigureItem("sum", "row"))
"""In the place of a figure: what concerns the entry as a whole."""


def role_key(role: ColumnRole) -> FigureKey | None:
    """The figure of a column; None where it has none that is read."""
    if role.kind == "sum":
        return ROW_SUM
    return FigureKey(role.item, role.part) if role.kind == "figure" else None


class BlockEntries(NamedTuple):
    """Entries of a block.

    Attributes:
        entries: In their order; rows without any number are none.
        city: The city under whose name a continued table goes on.
    """

    entries: list[TableEntry]
    city: str = ""


def block_entries(grid: Grid, block: TableBlock, units: UnitNames, city: str = "") -> BlockEntries:
    """Entries of a block.

    Args:
        grid: The sheet.
        block: The block.
        units: Names of units.
        city: The city under whose name the table above has ended.
    """
    if block.orientation == "units-beside":
        return BlockEntries(list(_beside(grid, block, units)))
    return _below(grid, block, units, city)


class _Cells:
    """Numbers of one entry as they are collected."""

    def __init__(self) -> None:
        self.values: dict[FigureKey, int] = {}
        self.blanks: set[FigureKey] = set()
        self.flaws: dict[FigureKey, str] = {}
        self.headings: dict[FigureKey, str] = {}

    def take(self, line: GridLine, column: int, role: ColumnRole) -> None:
        """One cell."""
        key = role_key(role)
        if key is None:
            return
        text, value = line.text(column), line.value(column)
        is_twice = key in self.headings and key != ROW_SUM
        self.headings[key] = role.heading
        if is_twice:
            self.flaws[key] = TWICE
        elif column in line.flaws:
            self.flaws[key] = line.flaws[column]
        elif value is not None:
            self.values[key] = value
        elif is_nothing(text):
            self.blanks.add(key)
        else:
            self.flaws[key] = f"「{text}」は数として読めません。数字だけを書いてください。"

    def entry(self, row: int, column: str, label: str, found: UnitLabel, state: str) -> TableEntry:
        """What was collected."""
        return TableEntry(
            row=row,
            column=column,
            label=label,
            kind="sum" if found.kind == "repeat" else found.kind,
            units=found.units,
            values=self.values,
            blanks=frozenset(self.blanks),
            flaws=self.flaws,
            headings=self.headings,
            state=state,
        )


def _below(grid: Grid, block: TableBlock, units: UnitNames, city: str) -> BlockEntries:
    entries: list[TableEntry] = []
    is_below_repeat = False
    for at in block.body:
        line = grid.lines[at]
        texts = [
            text
            for text in label_texts(line, LabelArea(block.labels, range(0)))
            if not is_state_column([text], has_heading=False)
        ]
        if UNUSED_ROW in texts:
            continue
        label, text = _label(texts, city, units)
        is_below_repeat = is_below_repeat or label.kind == "repeat"
        if is_below_repeat and not _is_new(label, entries):
            continue
        city = _next_city(texts, label, city, units)
        cells = _Cells()
        state = ""
        for column, role in block.roles.items():
            cells.take(line, column, role)
            if role.kind == "state":
                state = state_in(line.text(column))
        if WHOLE_ROW in line.flaws:
            cells.flaws[WHOLE_ENTRY] = line.flaws[WHOLE_ROW]
        if is_below_repeat:
            cells.flaws[WHOLE_ENTRY] = BELOW_REPEAT
        if cells.values or cells.flaws:
            beside = frozenset(_unread(block) & line.numbers())
            entry = cells.entry(line.number, "", text, label, state)
            entries.append(entry._replace(beside=beside))
    return BlockEntries(_without_shifted(entries, block), city)


def _is_new(label: UnitLabel, entries: Sequence[TableEntry]) -> bool:
    """Whether a row below 再掲 is of a unit that does not stand above it."""
    known = {unit for each in entries if each.kind == "unit" for unit in each.units}
    return label.kind in {"unit", "ambiguous"} and not set(label.units) <= known


def _unread(block: TableBlock) -> set[int]:
    """Columns that are not read, but those that somebody said are not wanted."""
    return {
        column
        for column, role in block.roles.items()
        if role.kind in {"rate", "unread"} and UNUSED_ROW not in role.heading
    }


def _without_shifted(entries: Sequence[TableEntry], block: TableBlock) -> list[TableEntry]:
    """Entries with a flaw where a column that is not read has a number unlike in most rows.

    A row whose cells moved by one column shows itself there.
    """
    units = [each for each in entries if each.kind != "sum"]
    filled = {
        column
        for column in _unread(block)
        if 2 * sum(column in each.beside for each in units) > len(units)
    }
    found = []
    for entry in entries:
        odd = sorted(entry.beside ^ filled) if entry.kind != "sum" else []
        if odd and not entry.flaws:
            told = "・".join(f"{letters(column)}列" for column in odd)
            sentence = f"：{told}がほかの行と違います。列がずれていないか確かめてください。"
            entry = entry._replace(flaws={WHOLE_ENTRY: sentence})  # noqa: PLW2901 - the same row
        found.append(entry)
    return found


def _label(texts: list[str], city: str, units: UnitNames) -> tuple[UnitLabel, str]:
    """What a row is called: the unit furthest to the right, with nothing but sums behind it."""
    if not texts:
        return UnitLabel("other"), ""
    above = next((name for text in texts[:-1] if (name := units.city(text))), city)
    found = [units.find(text, above) for text in texts]
    for place in range(len(texts) - 1, -1, -1):
        if found[place].kind in {"unit", "ambiguous"}:
            behind = {each.kind for each in found[place + 1 :]}
            return (found[place] if behind <= {"sum"} else UnitLabel("other")), texts[place]
        if found[place].kind == "repeat":
            return found[place], texts[place]
    return found[-1], texts[-1]


def _next_city(texts: list[str], label: UnitLabel, city: str, units: UnitNames) -> str:
    """The city under whose name the following rows stand."""
    for text in texts:
        found = units.city(text)
        if found:
            return "" if text.rstrip().endswith("計") else found
    if label.kind == "unit" and city and label.units[0] not in units.within(city):
        return ""
    return city


def _beside(grid: Grid, block: TableBlock, units: UnitNames) -> Iterator[TableEntry]:
    first = grid.lines[block.body[0]].number if block.body else 0
    for column, unit in block.units.items():
        cells = _Cells()
        for at, role in block.roles.items():
            cells.take(grid.lines[at], column, role)
        found = UnitLabel("sum") if unit == TOTAL_COLUMN else UnitLabel("unit", (unit,))
        label = units.names(found.units) or "計"
        if cells.values or cells.flaws:
            yield cells.entry(first, letters(column), label, found, "")
