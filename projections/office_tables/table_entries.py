"""Units, sums and other rows of a block with their numbers, whichever way the block stands."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from projections.office_tables.block_search import LabelArea, label_texts
from projections.office_tables.figure_names import FigureItem
from projections.office_tables.grid import WHOLE_ROW, Grid, GridLine, is_nothing
from projections.office_tables.heading_words import ColumnRole, Part
from projections.office_tables.names_beside import TOTAL_COLUMN
from projections.office_tables.state_marks import is_state_column, state_in
from projections.office_tables.table_layout import TableBlock, letters
from projections.office_tables.unit_labels import UnitLabel, UnitNames

UNUSED_ROW = "使わない"


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


def role_key(role: ColumnRole) -> FigureKey | None:
    """The figure of a column; None where it has none that is read."""
    if role.kind == "sum":
        return ROW_SUM
    return FigureKey(role.item, role.part) if role.kind == "figure" else None


def block_entries(grid: Grid, block: TableBlock, units: UnitNames) -> list[TableEntry]:
    """Entries of a block in their order; rows without any number are none."""
    if block.orientation == "units-beside":
        return list(_beside(grid, block, units))
    return list(_below(grid, block, units))


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
        self.headings[key] = role.heading
        if column in line.flaws:
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


def _below(grid: Grid, block: TableBlock, units: UnitNames) -> Iterator[TableEntry]:
    city = ""
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
        if label.kind == "repeat":
            # What is said again below stands in the table already.
            return
        city = _next_city(texts, label, city, units)
        cells = _Cells()
        state = ""
        for column, role in block.roles.items():
            cells.take(line, column, role)
            if role.kind == "state":
                state = state_in(line.text(column))
        if WHOLE_ROW in line.flaws:
            cells.flaws[FigureKey(FigureItem("sum", "row"))] = line.flaws[WHOLE_ROW]
        if cells.values or cells.flaws:
            yield cells.entry(line.number, "", text, label, state)


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
