"""The tables of an election as files: definition, final reports, and what people decided."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from infra.adapters.filesystem import atomic_files
from infra.services.importing import sheet_layouts as at
from infra.services.table_export.definition_tables import definition_tables
from infra.services.table_export.recorded_acts import decisions, withdrawals
from infra.services.table_export.report_tables import report_table
from projections.feeds.csv_cells import BYTE_ORDER_MARK, IdKind, csv_text, id_cell, text_cell
from projections.state.election_state import ElectionState

DEFINITION: Final = "definition"
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
        folder: Where `definition/*.csv` (for `kaihyo import election`), `reports.csv` (for
            `kaihyo import tallies`) and `acts.jsonl` (commands, one a line: withdrawals before
            counting opens, then lots and decisions) are written.

    Raises:
        NotAsTable: Something on record has no row in the sheets.
        OSError: They cannot be written.
    """
    (folder / DEFINITION).mkdir(parents=True, exist_ok=True)
    files = {
        folder / DEFINITION / f"{sheet}.csv": _definition_csv(sheet, rows)
        for sheet, rows in definition_tables(state).items()
    }
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


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = csv_text([text_cell(cell) for cell in row] for row in rows)
    return f"{BYTE_ORDER_MARK}{text}".encode()
