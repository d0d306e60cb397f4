"""A table in an office's own layout: a sample that the office publishes, with the recorded figures.

The sample's cells are kept where the layout does not say that they are figures, sums, marks, or
the moment. What cannot be written so that it is read back to the same figures is not written.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from xlsxwriter.worksheet import Worksheet

from aggregates.election.identifiers import VOTE
from infra.adapters.spreadsheets.text_workbook import text_workbook
from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.office_sheets import as_grid
from projections.feeds.csv_cells import BYTE_ORDER_MARK, csv_text, text_cell
from projections.office_tables.filling.recorded_filling import (
    recorded_filling,
    recorded_vocabulary,
)
from projections.office_tables.filling.table_filling import FilledTable, fill_table
from projections.office_tables.grid import Grid, number_in
from projections.office_tables.table_layout import TableDoubt
from projections.office_tables.table_reading import read_table
from projections.office_tables.vocabulary import TableVocabulary
from projections.state.election_state import ElectionState
from projections.statistics.figures_mark import figures_mark, figures_warning

_BOOK: Final = ".xlsx"
_TEXT: Final = ".csv"


class LayoutNotWritten(Exception):  # noqa: N818 - says what was not done
    """The figures cannot be written in the layout of the sample; says why."""


def write_in_layout(
    state: ElectionState, sample: Path, out: Path, contest: str = ""
) -> tuple[str, ...]:
    """Write the figures on record in the layout of a sample.

    Args:
        state: The fold.
        sample: A table of the office, with figures that add up.
        out: Where it is written; `.xlsx` or `.csv`. A file that is there is not touched.
        contest: Id of the contest, where the sample does not say it.

    Returns:
        What was left empty, in Japanese.

    Raises:
        LayoutNotWritten: Something cannot be written as the sample has it; nothing is.
        TablesUnreadable: The sample cannot be read.
        OSError: It cannot be written there.
    """
    if out.suffix.lower() not in {_BOOK, _TEXT}:
        raise LayoutNotWritten(f"{out.name}: 書き出す先は .xlsx か .csv にしてください。")
    if contest and contest not in state.contests:
        raise LayoutNotWritten(f"選挙区「{contest}」はありません。")
    sheets = read_sheets(sample, Faults(), needs_all=False)
    grids = [as_grid(name, lines) for name, lines in sheets.items()]
    vocabulary = recorded_vocabulary(state, grids)
    filled = list(_fill_sheets(state, vocabulary, grids, contest))
    if not filled:
        raise LayoutNotWritten(f"{sample.name}: 開票区の数のある表がありません。")
    if out.suffix.lower() == _TEXT and len(filled) > 1:
        raise LayoutNotWritten("シートが二つ以上あります。書き出す先を .xlsx にしてください。")
    warning = _warning(state)
    write = _write_text if out.suffix.lower() == _TEXT else _write_book
    write(out, [each.grid for each in filled], warning)
    return tuple(note.sentence for each in filled for note in each.notes)


def _fill_sheets(
    state: ElectionState, vocabulary: TableVocabulary, grids: Sequence[Grid], contest: str
) -> Iterator[FilledTable]:
    for grid in grids:
        table = read_table(grid, vocabulary, contest)
        if not table.rows and not table.doubts and not table.row_doubts:
            # A sheet of rates or of notes: its figures are not ours to say.
            continue
        figures = [figure for row in table.rows for figure in row.figures]
        of_turnout = all(figure.key.item.kind == "turnout" for figure in figures)
        ids = dict.fromkeys(row.contest for row in table.rows)
        filling = recorded_filling(state, ids, of_turnout=of_turnout)
        if table.rows and filling is None:
            raise LayoutNotWritten(f"シート「{grid.name}」の選挙区には、まだ報告がありません。")
        if filling is None:
            raise LayoutNotWritten(_doubt_lines(grid, (*table.doubts, *table.row_doubts)))
        filled = fill_table(grid, table, vocabulary, filling, contest)
        if filled.doubts:
            raise LayoutNotWritten(_doubt_lines(grid, filled.doubts))
        yield filled


def _doubt_lines(grid: Grid, doubts: Sequence[TableDoubt]) -> str:
    lines = [f"シート「{grid.name}」を見本の形で書き出せません。"]
    for doubt in doubts:
        row = f"{doubt.row}行目 " if doubt.row else ""
        lines.append(f"{row}{doubt.column}{doubt.sentence}")
    return "\n".join(lines)


def _warning(state: ElectionState) -> str:
    facts = state.register().facts
    is_rehearsal = facts.environment == "rehearsal"
    return figures_warning(figures_mark(is_rehearsal=is_rehearsal, is_replay=facts.is_replay))


def _rows(grid: Grid, warning: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows at the places at which the sample has them, and below them what they are."""
    last = 0
    for line in grid.lines:
        yield line.number, line.cells
        last = line.number
    if warning:
        yield last + 2, [warning]


def _write_text(out: Path, grids: Sequence[Grid], warning: str) -> None:
    rows: list[list[str]] = []
    for number, cells in _rows(grids[0], warning):
        rows += [[] for _ in range(number - 1 - len(rows))]
        rows.append([each if number_in(each) is not None else text_cell(each) for each in cells])
    with out.open("x", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK + csv_text(rows))


def _write_book(out: Path, grids: Sequence[Grid], warning: str) -> None:
    with out.open("xb") as file, text_workbook(file) as book:
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            for number, cells in _rows(grid, warning):
                for column, text in enumerate(cells):
                    _write_cell(sheet, number - 1, column, text)


def _write_cell(sheet: Worksheet, row: int, column: int, text: str) -> None:
    value = number_in(text)
    # Codes with a zero in front and figures with a word behind them stay as they are written.
    if value is not None and text.lstrip("-").replace(".", "", 1).isdecimal() and text[0] != "0":
        sheet.write_number(row, column, value / VOTE if value % VOTE else value // VOTE)
    elif text == "0":
        sheet.write_number(row, column, 0)
    elif text:
        sheet.write_string(row, column, text)
