"""The tables of an election as files: definition, final reports, and what people decided."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Final

import msgspec

from infra.adapters.filesystem import atomic_files
from infra.adapters.spreadsheets.text_workbook import text_workbook
from infra.services.importing import sheet_layouts as at
from infra.services.table_export.definition_tables import definition_tables
from infra.services.table_export.recorded_acts import decisions, withdrawals
from infra.services.table_export.report_tables import report_table
from projections.feeds.csv_cells import BYTE_ORDER_MARK, IdKind, csv_text, id_cell, text_cell
from projections.state.election_state import ElectionState

DEFINITION: Final = "definition"
WORKBOOK: Final = "definition.xlsx"
"""The same sheets in one file, which the page that begins an election takes."""
REPORTS: Final = "reports.csv"
ACTS: Final = "acts.jsonl"

_CODES: Final[Mapping[str, IdKind]] = {
    at.PARTIES: "party",
    at.UNITS: "unit",
    at.CANDIDATES: "option",
    at.LISTS: "option",
    at.MEMBERS: "option",
    at.JUSTICES: "option",
    at.OPTIONS: "option",
    at.OFFICES: "office",
}
"""What the codes of a sheet are of; those of contests begin with their kind anyway."""
_REFERENCES: Final[Mapping[str, IdKind]] = {
    "党派": "party",
    "名簿": "option",
    "重複する候補者": "option",
    "団体コード": "municipality",
    "開票区": "unit",
    "上級機関": "office",
}
"""Columns that name what stands on another sheet, or in the register of municipalities."""


def write_tables(state: ElectionState, folder: Path) -> tuple[Path, ...]:
    """Write the tables of an election.

    Args:
        state: The fold of its log.
        folder: Where `definition/*.csv` and the same as `definition.xlsx` (for `kaihyo import
            election` and the page that begins one), `reports.csv` (for `kaihyo import tallies`)
            and `acts.jsonl` (commands, one a line: withdrawals before counting opens, then lots
            and decisions) are written.

    Raises:
        NotAsTable: Something on record has no row in the sheets.
        OSError: They cannot be written.
    """
    (folder / DEFINITION).mkdir(parents=True, exist_ok=True)
    tables = definition_tables(state)
    files = {
        folder / DEFINITION / f"{sheet}.csv": _definition_csv(sheet, rows)
        for sheet, rows in tables.items()
    }
    made_at = datetime.combine(state.register().facts.polling_day, time())
    files[folder / WORKBOOK] = _definition_workbook(tables, made_at)
    files[folder / REPORTS] = _csv(report_table(state))
    acts = (*withdrawals(state), *decisions(state))
    files[folder / ACTS] = b"".join(msgspec.json.encode(each) + b"\n" for each in acts)
    for path, data in files.items():
        atomic_files.replace(path, data)
    return tuple(files)


def _definition_csv(sheet: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet whose columns of ids hold a form that no spreadsheet takes for figures or dates."""
    kinds = dict(_REFERENCES)
    if sheet in _CODES:
        kinds["コード"] = _CODES[sheet]
    head, *body = rows
    of_columns = [kinds.get(name) for name in head]
    cells = (
        [id_cell(kind, cell) if kind else cell for kind, cell in zip(of_columns, row, strict=True)]
        for row in body
    )
    return _csv([head, *cells])


def _definition_workbook(tables: Mapping[str, Sequence[Sequence[str]]], made_at: datetime) -> bytes:
    """The sheets in one workbook, every cell a text; the same tables make the same bytes."""
    written = io.BytesIO()
    with text_workbook(written) as book:
        book.set_properties({"created": made_at})
        text = book.add_format({"num_format": "@"})
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(rows[0]) - 1, 18, text)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell, text)
            sheet.freeze_panes(1, 0)
    return written.getvalue()


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = csv_text([text_cell(cell) for cell in row] for row in rows)
    return f"{BYTE_ORDER_MARK}{text}".encode()
