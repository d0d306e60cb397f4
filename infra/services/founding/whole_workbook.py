"""A workbook of a whole definition as a page hands it in: read by the reader of `kaihyo import`.

The page keeps what was read of it and sends it again with the founders' keys; what is wrong is said
by sheet and cell, as people find it in their workbook.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from aggregates.election.identifiers import Environment
from infra.adapters.spreadsheets.table_lines import SheetTable, TableLine, column_letters
from infra.services.founding.typed_tables import FieldFault
from infra.services.importing import sheet_layouts as at
from infra.services.importing.import_faults import CellPlace, Faults, ImportFault
from infra.services.importing.table_source import Sheets, visible_sheets

ROWS_MAX: Final = 5_000
"""Rows that a page takes of a sheet; a definition with more is taken by the command line."""
ROWS_READ_MAX: Final = 20 * ROWS_MAX
"""Rows that are read of a sheet, so that one with more is seen to have them."""
_WORDS: Final = {environment: word for word, environment in at.ENVIRONMENTS.items()}


def founding_sheets(
    tables: Sequence[SheetTable], environment: Environment, faults: Faults
) -> Sheets:
    """The sheets of a workbook, for what is founded now: the page says whether it is a rehearsal.

    Args:
        tables: Sheets as they were read.
        environment: What is founded; it stands for what the workbook says of it.
        faults: Where hidden and overlong sheets are noted.
    """
    sheets = visible_sheets(tables, faults)
    for name, lines in sheets.items():
        if lines and lines[-1].number > ROWS_MAX:
            way = "kaihyo import election で取り込んでください。"
            sentence = f"{ROWS_MAX:,}行を超えています。{way}"
            faults.add(CellPlace(name), "", sentence)
    if at.ELECTION in sheets:
        sheets[at.ELECTION] = [_place_line(line, environment) for line in sheets[at.ELECTION]]
    return sheets


def _place_line(line: TableLine, environment: Environment) -> TableLine:
    if not line.cells or line.cells[0].removesuffix("＊") != at.ENVIRONMENT:
        return line
    cells = [line.cells[0], _WORDS[environment], *line.cells[2:]]
    return line._replace(cells=cells, flaws={})


def cell_faults(
    found: Sequence[ImportFault], sheets: Mapping[str, Sequence[TableLine]]
) -> list[FieldFault]:
    """Faults with the cell in which a spreadsheet shows them; they are at no field of the page."""
    return [
        FieldFault(
            table="", row=None, field="", sentence=_sentence(each, sheets.get(each.place.sheet))
        )
        for each in found
    ]


def _sentence(fault: ImportFault, lines: Sequence[TableLine] | None) -> str:
    sheet, row = fault.place
    letters = _letters(fault.column, row, lines or ())
    if not row or not letters:
        return str(fault)
    return f"{sheet} {letters}{row}「{fault.column}」: {fault.sentence}"


def _letters(column: str, row: int, lines: Sequence[TableLine]) -> str:
    """The column with a heading, in the last line above the row that has it."""
    for line in reversed([each for each in lines if each.number < row]):
        names = [cell.removesuffix("＊") for cell in line.cells]
        if column and column in names:
            return column_letters(names.index(column))
    return ""
