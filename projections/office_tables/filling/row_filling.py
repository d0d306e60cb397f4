"""Cells of units and of their sums in one table of a sheet."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from aggregates.reference.name_folding import fold_width
from projections.documents.models import decimal
from projections.office_tables.filling.sum_groups import fitting_groups
from projections.office_tables.grid import Grid
from projections.office_tables.heading_words import ColumnRole
from projections.office_tables.state_marks import state_in
from projections.office_tables.table_entries import FigureKey, TableEntry, role_key
from projections.office_tables.table_layout import TableBlock, TableDoubt, letters
from projections.office_tables.table_sums import check_sums
from projections.office_tables.unit_labels import UnitNames

_KEPT: Final = frozenset(
    {"団体コード", "コード", "NO", "No", "NO.", "No.", "№", "番号", "届出番号"}
)
"""Numbers that are no figures: they stay as they are."""

Filling = Callable[[str, str], tuple[str, Mapping[FigureKey, int]]]
Placed = tuple[TableBlock, TableEntry]
_Place = tuple[int, str, str]


class BlockFilling:
    """Writes one table.

    Attributes:
        doubts: Why a cell cannot be written.
        notes: What was left empty.

    Args:
        grid: The sample.
        filling: State and figures of a contest and a unit.
        units: Names of units.
    """

    def __init__(self, grid: Grid, filling: Filling, units: UnitNames) -> None:
        self._grid = grid
        self._filling = filling
        self._units = units
        self._cells: dict[tuple[int, int], str] = {}
        self.doubts: list[TableDoubt] = []
        self.notes: list[TableDoubt] = []

    def cells(self, placed: Sequence[Placed]) -> dict[tuple[int, int], str]:
        """Row number and column -> text of every cell that is written."""
        entries = [entry for _, entry in placed]
        checked = check_sums(entries, self._units)
        sums = {id(entry) for entry in checked.sums}
        parts = {id(entry) for entry in checked.parts}
        as_units = [
            entry._replace(kind="sum") if id(entry) in sums else entry
            for entry in entries if id(entry) not in parts
        ]  # fmt: skip
        values = {
            _place(entry): self._filling(block.contest, entry.units[0])[1]
            for block, entry in placed if entry.kind == "unit" and id(entry) not in parts
        }  # fmt: skip
        marks = self._marks(placed)
        for block, entry in placed:
            self._leave_unread(block, entry)
            if id(entry) in parts:
                self._note(entry, "内訳は記録にないので空欄にしました。")
                self._write(block, entry, {})
            elif entry.kind == "unit":
                state, own = self._filling(block.contest, entry.units[0])
                self._write(block, entry, own)
                self._mark(block, entry, marks.get(state, ""))
            elif entry.kind == "sum" or id(entry) in sums:
                self._write(block, entry, self._sum(entry, as_units, values))
        return self._cells

    def _sum(
        self,
        total: TableEntry,
        entries: Sequence[TableEntry],
        values: Mapping[_Place, Mapping[FigureKey, int]],
    ) -> Mapping[FigureKey, int]:
        """A sum of what is written in the rows that it sums up in the sample."""
        at = next(n for n, each in enumerate(entries) if _place(each) == _place(total))
        made: list[dict[FigureKey, int]] = []
        for group in fitting_groups(at, entries, self._units):
            found = _sum_reported((values.get(_place(each), {}) for each in group), total.headings)
            if found not in made:
                made.append(found)
        if len(made) == 1:
            return made[0]
        sentence = f"「{total.label}」がどの開票区の合計か、見本の数からは分かりません。"
        self.doubts.append(TableDoubt(total.row, total.column, sentence))
        return {}

    def _write(self, block: TableBlock, entry: TableEntry, own: Mapping[FigureKey, int]) -> None:
        for place, role in block.roles.items():
            key = role_key(role)
            if key is not None:
                value = own.get(key)
                self._cells[self._cell(block, entry, place)] = (
                    "" if value is None else decimal(value).removesuffix(".000")
                )

    def _cell(self, block: TableBlock, entry: TableEntry, place: int) -> tuple[int, int]:
        """Row number and column of a figure of an entry."""
        if block.orientation == "units-below":
            return entry.row, place
        column = next(c for c in block.units if letters(c) == entry.column)
        return self._grid.lines[place].number, column

    def _leave_unread(self, block: TableBlock, entry: TableEntry) -> None:
        """Rates, differences and last time's figures would be those of the sample."""
        for place, role in block.roles.items():
            if role.kind not in {"rate", "unread"} or _is_kept(role):
                continue
            row, column = self._cell(block, entry, place)
            line = next(each for each in self._grid.lines if each.number == row)
            if line.value(column) is not None:
                self._cells[row, column] = ""
                self._note(entry, f"「{role.heading}」は記録にないので空欄にしました。")

    def _marks(self, placed: Iterable[Placed]) -> dict[str, str]:
        """確定 and 中間 -> how the sample marks them."""
        found: dict[str, Counter[str]] = {"確定": Counter(), "中間": Counter()}
        by_number = {line.number: line for line in self._grid.lines}
        for block, entry in placed:
            if entry.kind == "unit" and block.orientation == "units-below":
                for column, role in block.roles.items():
                    if role.kind == "state":
                        text = by_number[entry.row].text(column)
                        found[state_in(text)][text] += 1
        usual = {"確定": "確定", "中間": ""}
        return {
            state: counts.most_common(1)[0][0] if counts else usual[state]
            for state, counts in found.items()
        }

    def _mark(self, block: TableBlock, entry: TableEntry, mark: str) -> None:
        if block.orientation == "units-below":
            for column, role in block.roles.items():
                if role.kind == "state":
                    self._cells[entry.row, column] = mark

    def _note(self, entry: TableEntry, sentence: str) -> None:
        note = (
            TableDoubt(0, "", sentence) if "「" in sentence else TableDoubt(entry.row, "", sentence)
        )
        if note not in self.notes:
            self.notes.append(note)


def _is_kept(role: ColumnRole) -> bool:
    return bool({fold_width(part) for part in role.heading.split("／")} & _KEPT)


def _place(entry: TableEntry) -> _Place:
    """Tables side by side have rows in common, but not names."""
    return entry.row, entry.column, entry.label


def _sum_reported(
    found: Iterable[Mapping[FigureKey, int]], keys: Iterable[FigureKey]
) -> dict[FigureKey, int]:
    """Sums; of a figure that nobody has reported, none."""
    rows = list(found)
    return {
        key: sum(row.get(key, 0) for row in rows) for key in keys if any(key in row for row in rows)
    }
