"""Our tables against the published ones, cell by cell.

A published table is compared with ours of the same name: rows by their keys, cells by what they
say, so that 872931 and 872931.000 are one number while a blank and a zero are two things. Pages
of the publication are no result of an election: they are counted and left alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

from infra.services.official_results.table_files import (
    is_upper_folder,
    read_table,
    read_upper_folder,
)
from projections.election_projection import ElectionProjection
from projections.official.plan.recorded_results import results_from
from projections.official.tables.errata import Published, slip
from projections.official.tables.official_tables import (
    FolderUnusable,
    OfficialRow,
)
from projections.official.tables.results_folder import TABLES
from projections.official.upper.upper_comparison import compare_upper
from projections.official.upper.upper_ledger import UpperLedger
from projections.official.upper.upper_plan import plan_upper_replay
from projections.statistics.table import Table
from projections.statistics.tables.table_catalogue import Report
from projections.statistics.tiers import INDEPENDENT, OTHERS

NOT_OURS = frozenset({"source_page"})
"""Columns that describe the publication, not the election."""

_LEFT_OUT = {
    f"{group}_{cut}" for group in ("candidacy", "winners") for cut in ("by_party", "by_pref_party")
}
_LEFT_OUT_PARTIES = {OTHERS, INDEPENDENT}
_NO_NUMBER = "公表の表の{}行目は数として読めません"
_NO_ROW = "（行なし）"
_NO_COLUMN = "（列なし）"
_NO_TABLE = "（表なし）"


class CellDifference(msgspec.Struct, frozen=True):
    """A cell that differs.

    Attributes:
        table: Name of the table.
        key: The row, by the columns that name it.
        column: The column; nothing where the whole row or table is missing.
        official: What is published.
        ours: What the log says.
        why: Where the publication refutes itself: how; where its cell is no number: that.
    """

    table: str
    key: str
    column: str
    official: str
    ours: str
    why: str = ""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A finished comparison.

    Attributes:
        tables: Published tables compared.
        checked: Cells compared.
        equal: Cells that are equal.
        not_ours: Cells that describe the publication and were left alone, by column.
        rows_only_ours: Rows of 諸派 and 無所属 that we have and that publication leaves out.
        mismatches: Cells that differ.
        slips: Cells that differ and that the publication itself refutes.
    """

    tables: int
    checked: int
    equal: int
    not_ours: dict[str, int]
    rows_only_ours: dict[str, int]
    mismatches: tuple[CellDifference, ...]
    slips: tuple[CellDifference, ...]


def compare_publication(report: Report, state: ElectionProjection, folder: Path) -> Compared:
    """Compare a report, and the fold it was read off, with a publication of either house.

    Raises:
        FolderUnusable: There are no tables, or one cannot be read.
    """
    if is_upper_folder(folder):
        return compare_upper_house(state, folder)
    return compare(report, folder)


def compare(
    report: Report, folder: Path, progress: Callable[[str], None] = lambda _: None
) -> Compared:
    """Compare a report with a folder of published tables.

    Args:
        report: Ours.
        folder: With the tables in it, or in its `official-tables`.
        progress: Receives the name of every table.

    Raises:
        FolderUnusable: There are no tables, or one cannot be read.
    """
    path = folder / TABLES if (folder / TABLES).is_dir() else folder
    files = sorted(path.glob("*.csv"))
    if not files:
        raise FolderUnusable(f"{folder}: 公表された表（CSV）がありません")
    published: Published = {file.stem: read_table(file, ()) for file in files}
    book = _Book(published)
    ours = {table.id: table for table in report.tables}
    for name, rows in published.items():
        progress(name)
        if name in ours:
            _Pairing(book, name, rows, ours[name]).compare()
        else:
            book.differ(CellDifference(name, "", "", f"{len(rows)}行", _NO_TABLE))
    return book.result()


def compare_upper_house(state: ElectionProjection, folder: Path) -> Compared:
    """Compare what a log says of an Upper House election with a folder of it, figure by figure.

    The tables of that publication have rows and columns of their own (合区, seats of the other
    half in brackets), so figures are compared, not tables of ours.

    Raises:
        FolderUnusable: A table is missing or cannot be read.
    """
    plan = plan_upper_replay(read_upper_folder(folder))
    found = compare_upper(UpperLedger(plan, results_from(state)))
    return Compared(
        tables=len(plan.folder.tables),
        checked=found.checked,
        equal=found.checked - len(found.mismatches),
        not_ours={},
        rows_only_ours={},
        mismatches=tuple(
            CellDifference(each.table, each.key, "", each.official, each.ours, each.why)
            for each in found.mismatches
        ),
        slips=(),
    )


class _Book:
    """Counts cells and keeps those that differ."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.checked = 0
        self.not_ours: dict[str, int] = defaultdict(int)
        self.rows_only_ours: dict[str, int] = defaultdict(int)
        self._differences: list[CellDifference] = []
        self._slips: list[CellDifference] = []
        self._unequal = 0

    def cell(self, name: str, row: OfficialRow, column: str, key: str, ours: str) -> None:
        """Compare one cell."""
        self.checked += 1
        official = row.cells[column]
        if same(official, ours):
            return
        self._unequal += 1
        why = slip(self.published, name, row, column, ours)
        if not why and _is_number(ours) and official and not _is_number(official):
            found = CellDifference(name, key, column, official, ours, _NO_NUMBER.format(row.line))
            self._differences.append(found)
            return
        found = CellDifference(name, key, column, official, ours, why)
        (self._slips if why else self._differences).append(found)

    def differ(self, difference: CellDifference) -> None:
        """Keep something that is missing as a whole."""
        (self._slips if difference.why else self._differences).append(difference)

    def result(self) -> Compared:
        return Compared(
            tables=len(self.published),
            checked=self.checked,
            equal=self.checked - self._unequal,
            not_ours=dict(self.not_ours),
            rows_only_ours=dict(self.rows_only_ours),
            mismatches=tuple(self._differences),
            slips=tuple(self._slips),
        )


class _Pairing:
    """One published table and ours."""

    def __init__(self, book: _Book, name: str, rows: tuple[OfficialRow, ...], table: Table) -> None:
        self._book = book
        self._name = name
        self._rows = rows
        header = list(rows[0].cells) if rows else []
        self._keys = [c.id for c in table.columns if c.key and c.id in header]
        self._columns = [column for column in header if column not in NOT_OURS]
        self._known = {column.id for column in table.columns}
        self._waiting: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
        names = [column.id for column in table.columns]
        for row in table.text_rows():
            cells = dict(zip(names, row, strict=True))
            self._waiting[self._key(cells)].append(cells)

    def compare(self) -> None:
        for column in self._missing_columns():
            self._book.differ(
                CellDifference(self._name, "", column, f"{len(self._rows)}セル", _NO_COLUMN)
            )
        for row in self._rows:
            for column in NOT_OURS & row.cells.keys():
                self._book.not_ours[column] += 1
            self._row(row)
        self._left_over()

    def _missing_columns(self) -> Iterator[str]:
        return (column for column in self._columns if column not in self._known)

    def _row(self, row: OfficialRow) -> None:
        key = self._key(row.cells)
        said = " ".join(filter(None, key))
        ours = self._partner(row, key)
        if ours is None:
            shown = " ".join(row.cells[c] for c in self._columns if c not in self._keys)
            why = slip(self._book.published, self._name, row, "", "")
            self._book.differ(CellDifference(self._name, said, "", shown, _NO_ROW, why))
            return
        for column in self._columns:
            if column in self._known:
                self._book.cell(self._name, row, column, said, ours[column])

    def _partner(self, row: OfficialRow, key: tuple[str, ...]) -> dict[str, str] | None:
        """Our row of the same key; where a key heads two rows, the one most alike."""
        waiting = self._waiting.get(key, [])
        if not waiting:
            return None
        alike = max(waiting, key=lambda ours: self._alike(row, ours))
        waiting.remove(alike)
        return alike

    def _alike(self, row: OfficialRow, ours: dict[str, str]) -> int:
        shared = (c for c in self._columns if c in self._known)
        return sum(same(row.cells[column], ours[column]) for column in shared)

    def _left_over(self) -> None:
        for key, rows in self._waiting.items():
            for ours in rows:
                if self._name in _LEFT_OUT and ours["party"] in _LEFT_OUT_PARTIES:
                    self._book.rows_only_ours[self._name] += 1
                    continue
                shown = " ".join(ours[c] for c in self._columns if c in self._known)
                said = " ".join(filter(None, key))
                self._book.differ(CellDifference(self._name, said, "", _NO_ROW, shown))

    def _key(self, cells: dict[str, str]) -> tuple[str, ...]:
        return tuple(cells[column].strip() for column in self._keys)


def same(official: str, ours: str) -> bool:
    """Whether two cells say the same: equal text, or equal numbers however they are written."""
    if official == ours:
        return True
    if not official or not ours:
        return False
    return _is_number(official) and _is_number(ours) and Decimal(official) == Decimal(ours)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
