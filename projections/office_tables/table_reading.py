"""A sheet read by its layout: the figures of every unit, or why they cannot be read."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from projections.office_tables.grid import Grid
from projections.office_tables.heading_words import leaves_out_early_voters
from projections.office_tables.rate_sheets import is_sheet_of_rates
from projections.office_tables.search.layout_search import confirmed_grid, find_layout
from projections.office_tables.table_entries import (
    ROW_SUM,
    TWICE,
    FigureKey,
    TableEntry,
    block_entries,
    role_key,
)
from projections.office_tables.table_layout import TableDoubt, TableLayout
from projections.office_tables.table_sums import (
    blank_fault,
    check_sums,
    row_difference,
    zeros_by_sum,
)
from projections.office_tables.unit_labels import UnitNames
from projections.office_tables.vocabulary import TableVocabulary


class OfficeFigure(NamedTuple):
    """One number of a unit.

    Attributes:
        key: What it is.
        value: Thousandths.
        heading: How people read it.
    """

    key: FigureKey
    value: int
    heading: str


class UnitFigures(NamedTuple):
    """What a sheet says of one unit.

    Attributes:
        row: Number of the row as a spreadsheet shows it.
        column: Letters, where the unit is a column.
        contest: Id.
        unit: Code.
        state: 確定, 中間, or empty.
        figures: The numbers.
    """

    row: int
    column: str
    contest: str
    unit: str
    state: str
    figures: tuple[OfficeFigure, ...]


class OfficeTable(NamedTuple):
    """What a sheet says.

    Attributes:
        layout: How it was read.
        as_of: Moment of the figures; None where it is not said.
        held_on: Polling day that it names.
        rows: Units, in order.
        doubts: Of the whole sheet: while there is one, no row may be used.
        row_doubts: Of single rows, which are not among `rows`.
        notes: What was left out or concluded.
    """

    layout: TableLayout
    as_of: datetime | None
    held_on: date | None
    rows: tuple[UnitFigures, ...]
    doubts: tuple[TableDoubt, ...]
    row_doubts: tuple[TableDoubt, ...]
    notes: tuple[TableDoubt, ...]


def read_table(grid: Grid, vocabulary: TableVocabulary, contest: str = "") -> OfficeTable:
    """What a sheet says of units.

    Args:
        grid: The sheet.
        vocabulary: What the election calls things.
        contest: Id of the contest, where somebody said it.
    """
    return _Reading(confirmed_grid(grid, vocabulary), vocabulary, contest).table()


class _Reading:
    def __init__(self, grid: Grid, vocabulary: TableVocabulary, contest: str) -> None:
        self._grid = grid
        self._vocabulary = vocabulary
        self._layout = find_layout(grid, vocabulary, contest)
        self._doubts = list(self._layout.doubts)
        self._row_doubts: list[TableDoubt] = []
        self._notes = list(self._layout.notes)
        self._rows: list[UnitFigures] = []
        self._left_out: set[tuple[int, str]] = set()

    def table(self) -> OfficeTable:
        """All of it."""
        preamble = self._layout.preamble
        if not self._doubts:
            for contest, entries in self._tables().items():
                self._read(contest[0], entries)
            self._require_once()
        self._doubts += [TableDoubt(0, "", sentence) for sentence in preamble.doubts]
        self._notes += [TableDoubt(0, "", sentence) for sentence in preamble.notes]
        return OfficeTable(
            self._layout,
            preamble.as_of,
            preamble.held_on,
            () if self._doubts else tuple(self._rows),
            tuple(self._doubts),
            tuple(self._row_doubts),
            tuple(self._notes),
        )

    def _tables(self) -> dict[tuple[str, frozenset[FigureKey]], list[TableEntry]]:
        """Entries of pieces of one table together: side by side, or with its heading repeated."""
        found: dict[tuple[str, frozenset[FigureKey]], list[TableEntry]] = {}
        cities: dict[range, str] = {}
        areas = [block.labels for block in self._layout.blocks]
        is_row = len(set(areas)) == len(areas)
        city = ""
        for block in self._layout.blocks:
            keys = frozenset(filter(None, map(role_key, block.roles.values())))
            units = self._unit_names(block.contest)
            # A table goes on below its repeated heading, or in the block to the right.
            before = city if is_row else cities.get(block.labels, "")
            entries, city = block_entries(self._grid, block, units, before)
            cities[block.labels] = city
            if block.orientation == "units-beside":
                keys = frozenset()
                entries = _join_entries(found.get((block.contest, keys), []), entries)
                found[block.contest, keys] = entries
            else:
                found.setdefault((block.contest, keys), []).extend(entries)
        return found

    def _unit_names(self, contest: str) -> UnitNames:
        if not contest:
            return UnitNames(self._vocabulary.units())
        return UnitNames(self._vocabulary.contest(contest).units)

    def _read(self, contest: str, entries: Sequence[TableEntry]) -> None:
        units = self._unit_names(contest)
        if is_sheet_of_rates(self._grid.name, self._titles(), entries):
            self._notes.append(TableDoubt(0, "", "率の表なので読んでいません。"))
            return
        checked = check_sums(entries, units)
        self._doubts += checked.doubts
        self._notes += [
            TableDoubt(
                each.row, each.column, f"「{each.label}」は開票区の合計なので送っていません。"
            )
            for each in (*(e for e in entries if e.kind == "sum"), *checked.sums)
        ]
        self._notes += [
            TableDoubt(
                each.row, each.column, f"「{each.label}」は上の開票区の内訳なので送っていません。"
            )
            for each in checked.parts
        ]
        skipped = {id(each) for each in (*checked.sums, *checked.parts)}
        for entry in entries:
            if entry.kind != "sum" and id(entry) not in skipped:
                self._read_entry(contest, entry, units)

    def _titles(self) -> list[str]:
        first = min((at for b in self._layout.blocks for at in b.heading), default=0)
        return [cell for line in self._grid.lines[:first] for cell in line.cells if cell]

    def _read_entry(self, contest: str, entry: TableEntry, units: UnitNames) -> None:
        sentence = self._fault(contest, entry, units)
        if sentence:
            word = entry.label if entry.kind == "other" else ""
            self._row_doubts.append(TableDoubt(entry.row, entry.column, sentence, word))
            return
        state = entry.state or self._layout.preamble.state
        zeros = zeros_by_sum(entry, self._members(contest))
        figures = [
            OfficeFigure(key, value, entry.headings[key]) for key, value in entry.values.items()
        ]
        figures += [OfficeFigure(key, 0, entry.headings[key]) for key in sorted(zeros)]
        unit = entry.units[0]
        own = contest or next(c.contest for c in self._vocabulary.contests if unit in c.units)
        self._rows.append(UnitFigures(entry.row, entry.column, own, unit, state, tuple(figures)))

    def _fault(self, contest: str, entry: TableEntry, units: UnitNames) -> str:
        """Why a row cannot be used, in Japanese; empty when it can."""
        if entry.kind == "other":
            return (
                f"「{entry.label}」という開票区はありません。名を確かめるか、対応表で結んでください"
                "（要らない行なら「使わない」にします）。"
            )
        if entry.kind == "ambiguous":
            told = units.names(entry.units)
            return (
                f"「{entry.label}」は{told}のどれか分かりません。"
                "市の名から書くか、対応表で結んでください。"
            )
        if entry.flaws:
            key, sentence = next(iter(entry.flaws.items()))
            return f"「{entry.headings.get(key, entry.label)}」{sentence}"
        return self._figure_fault(contest, entry)

    def _figure_fault(self, contest: str, entry: TableEntry) -> str:
        state = self._layout.preamble.state
        if state == "確定" and entry.state == "中間":
            return "表題は確定ですが、この行には確定の印がありません。どちらかに直してください。"
        members = self._members(contest)
        difference = row_difference(entry, members)
        if difference:
            return difference
        is_final = (entry.state or state) == "確定"
        if is_final and any(map(leaves_out_early_voters, entry.headings.values())):
            return "確定の投票者数には期日前・不在者を含めます。"
        return blank_fault(entry, members)

    def _members(self, contest: str) -> frozenset[str]:
        return self._vocabulary.contest(contest).members if contest else frozenset()

    def _require_once(self) -> None:
        """No unit may stand in a sheet twice with the same figures' names."""
        seen: dict[tuple[str, str, FigureKey], UnitFigures] = {}
        for row in self._rows:
            for figure in row.figures:
                if figure.key == ROW_SUM:
                    continue
                first = seen.setdefault((row.contest, row.unit, figure.key), row)
                if first is not row:
                    sentence = f"{first.row}行目と同じ開票区の「{figure.heading}」が二つあります。"
                    self._doubts.append(TableDoubt(row.row, row.column, sentence))
                    break


def _join_entries(first: Sequence[TableEntry], second: Sequence[TableEntry]) -> list[TableEntry]:
    """Columns of one unit in two blocks of names as one entry."""
    found = list(first)
    for entry in second:
        at = next((i for i, e in enumerate(found) if _is_same(e, entry)), None)
        if at is None:
            found.append(entry)
            continue
        there = found[at]
        twice = dict.fromkeys(_shared_keys(there, entry), TWICE)
        found[at] = there._replace(
            values={**there.values, **entry.values},
            blanks=there.blanks | entry.blanks,
            flaws={**there.flaws, **entry.flaws, **twice},
            headings={**there.headings, **entry.headings},
        )
    return found


def _is_same(first: TableEntry, second: TableEntry) -> bool:
    """Whether two columns are of one unit; sums of different units are two."""
    is_named_so = (first.kind, first.units) == (second.kind, second.units)
    return is_named_so and not (first.kind == "sum" and _shared_keys(first, second))


def _shared_keys(first: TableEntry, second: TableEntry) -> list[FigureKey]:
    return [key for key in first.headings if key in second.headings and key != ROW_SUM]
