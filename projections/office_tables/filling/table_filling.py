"""An office's own table with other figures: written by the description by which it is read.

The table is a sample in the layout that an office publishes, with any figures in it. Cells of
units, sums, marks and the moment are replaced where the layout says they stand; then the result is
read again, and unless it says exactly what was to be written, nothing of it may be used.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from projections.documents.models import decimal
from projections.office_tables.filling.preamble_filling import PreambleFilling, filled_text
from projections.office_tables.filling.row_filling import BlockFilling
from projections.office_tables.grid import Grid
from projections.office_tables.table_entries import FigureKey, TableEntry, block_entries, role_key
from projections.office_tables.table_layout import TableBlock, TableDoubt
from projections.office_tables.table_reading import OfficeTable, read_table
from projections.office_tables.unit_labels import UnitNames
from projections.office_tables.vocabulary import TableVocabulary

_NO_FIGURES = "見本の表から開票区の数が読めません。数の入った表を使ってください。"
FINAL, INTERIM = "確定", "中間"


class UnitFilling(NamedTuple):
    """What is to be written of one unit.

    Attributes:
        state: 確定 or 中間.
        values: Thousandths; what is not known is left out, and its cell stays empty.
    """

    state: str
    values: Mapping[FigureKey, int]


class TableFilling(NamedTuple):
    """What is to be written.

    Attributes:
        units: Contest and unit -> figures; units that have not reported are left out.
        as_of: Moment of the figures.
        polling_day: Of the election.
    """

    units: Mapping[tuple[str, str], UnitFilling]
    as_of: datetime
    polling_day: date


class FilledTable(NamedTuple):
    """What came of it.

    Attributes:
        grid: The sheet with the new figures; not to be used while there is a doubt.
        doubts: Why it cannot be written, in Japanese.
        notes: What was left empty, and why.
    """

    grid: Grid
    doubts: tuple[TableDoubt, ...] = ()
    notes: tuple[TableDoubt, ...] = ()


def fill_table(
    grid: Grid,
    sample: OfficeTable,
    vocabulary: TableVocabulary,
    filling: TableFilling,
    contest: str = "",
) -> FilledTable:
    """A sheet with the figures on record in the place of its own.

    Args:
        grid: A sheet in the office's layout, with figures that add up.
        sample: What was read from it.
        vocabulary: What the election calls things.
        filling: The figures.
        contest: Id of the contest, where somebody said it.
    """
    doubts = (*sample.doubts, *sample.row_doubts)
    if doubts or not sample.rows:
        nothing = TableDoubt(
            0, "", "見本の表から開票区の数が読めません。数の入った表を使ってください。"
        )
        return FilledTable(grid, doubts or (nothing,))
    work = _Filling(grid, vocabulary, filling, sample)
    filled = work.grid()
    if work.doubts:
        return FilledTable(grid, tuple(work.doubts))
    difference = _difference(read_table(filled, vocabulary, contest), sample, filling)
    return FilledTable(filled, difference, tuple(work.notes))


class _Filling:
    def __init__(
        self, grid: Grid, vocabulary: TableVocabulary, filling: TableFilling, sample: OfficeTable
    ) -> None:
        self._grid = grid
        self._vocabulary = vocabulary
        self._filling = filling
        self._sample = sample
        self._cells: dict[tuple[int, int], str] = {}
        self.doubts: list[TableDoubt] = []
        self.notes: list[TableDoubt] = []

    def grid(self) -> Grid:
        """The sheet with every cell that was written."""
        self._fill_blocks()
        self._fill_around()
        written: dict[int, list[tuple[int, str]]] = {}
        for (row, column), text in self._cells.items():
            written.setdefault(row, []).append((column, text))
        lines = []
        for line in self._grid.lines:
            texts = list(line.cells)
            for column, text in written.get(line.number, ()):
                texts += [""] * (column + 1 - len(texts))
                texts[column] = text
            lines.append(line._replace(cells=tuple(texts)))
        return self._grid._replace(lines=tuple(lines))

    def _fill_blocks(self) -> None:
        cities: dict[range, str] = {}
        blocks = self._sample.layout.blocks
        is_row = len({block.labels for block in blocks}) == len(blocks)
        tables: dict[tuple[str, frozenset[FigureKey]], list[tuple[TableBlock, TableEntry]]] = {}
        city = ""
        for number, block in enumerate(blocks):
            units = self._units(block.contest)
            before = city if is_row else cities.get(block.labels, "")
            entries, city = block_entries(self._grid, block, units, before)
            cities[block.labels] = city
            keys = frozenset(filter(None, map(role_key, block.roles.values())))
            beside = block.orientation == "units-beside"
            # Units beside each other stand in a block by themselves: their sums are within it.
            table = (f"{block.contest} {number}", keys) if beside else (block.contest, keys)
            tables.setdefault(table, []).extend((block, entry) for entry in entries)
        for found in tables.values():
            made = BlockFilling(self._grid, self._filling_for, self._units(found[0][0].contest))
            self._cells |= made.cells(found)
            self.doubts += made.doubts
            self.notes += made.notes

    def _filling_for(self, contest: str, unit: str) -> tuple[str, Mapping[FigureKey, int]]:
        """State and figures of a unit; none before it has reported."""
        contest = contest or next(
            each.contest for each in self._vocabulary.contests if unit in each.units
        )
        found = self._filling.units.get((contest, unit))
        return (INTERIM, {}) if found is None else (found.state, found.values)

    def _units(self, contest: str) -> UnitNames:
        if not contest:
            return UnitNames(self._vocabulary.units())
        return UnitNames(self._vocabulary.contest(contest).units)

    def _fill_around(self) -> None:
        """The moment, the polling day and the word for what the figures are, around the tables."""
        layout = self._sample.layout
        inside = {
            at for block in layout.blocks for at in (*block.heading, *block.body)
        }  # fmt: skip
        state = _whole_state(self._sample, self._filling)
        around = PreambleFilling(
            layout.preamble, self._filling.as_of, self._filling.polling_day, state
        )
        for at, line in enumerate(self._grid.lines):
            if at in inside:
                continue
            for column, text in enumerate(line.cells):
                if text and (made := filled_text(text, around)) != text:
                    self._cells[line.number, column] = made


def _whole_state(sample: OfficeTable, filling: TableFilling) -> str:
    """確定 where every unit of the sheet is."""
    found = [filling.units.get((row.contest, row.unit)) for row in sample.rows]
    is_final = all(each is not None and each.state == FINAL for each in found)
    return FINAL if is_final else INTERIM


def _difference(
    written: OfficeTable, sample: OfficeTable, filling: TableFilling
) -> tuple[TableDoubt, ...]:
    """Why what was written does not say what it should; nothing where it does."""
    doubts = (*written.doubts, *written.row_doubts)
    return doubts or tuple(_unequal(written, sample, filling))


def _unequal(
    written: OfficeTable, sample: OfficeTable, filling: TableFilling
) -> Iterator[TableDoubt]:
    if sample.as_of is not None and written.as_of != filling.as_of.replace(second=0, microsecond=0):
        yield TableDoubt(0, "", "時刻を見本の形で書けません。表の時刻の欄を確かめてください。")
    states = {(row.contest, row.unit): row.state for row in written.rows}
    found = {
        (row.contest, row.unit, figure.key): figure.value
        for row in written.rows
        for figure in row.figures
    }
    whole = _whole_state(sample, filling)
    for row in sample.rows:
        meant = filling.units.get((row.contest, row.unit))
        for figure in row.figures:
            value = None if meant is None else meant.values.get(figure.key)
            said = found.get((row.contest, row.unit, figure.key))
            if said != value:
                told = "空欄" if value is None else decimal(value)
                sentence = f"「{figure.heading}」（{told}）を見本の形で書けません。"
                yield TableDoubt(row.row, row.column, sentence)
        if meant is not None and states.get((row.contest, row.unit)) not in {
            "", meant.state, whole,
        }:  # fmt: skip
            yield TableDoubt(row.row, row.column, "確定か中間かを見本の形で書けません。")
