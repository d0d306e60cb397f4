"""One CSV per table: UTF-8, a line of column names, one row per thing and cut."""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

from infra.services.reporting.issued_report import Issue
from projections.feeds.csv_cells import IdKind, csv_text, id_cell, text_cell
from projections.statistics.table import Table

FOLDER = "csv"

_ID_COLUMNS: Final[MappingProxyType[str, IdKind]] = MappingProxyType(
    {"election_id": "election", "unit": "unit", "option": "option", "survey": "survey"}
)
"""Columns of ids; all others that say what a row is have names."""


def write(issue: Issue, out: Path) -> list[Path]:
    """Write every table, and beside them what they are and at which position they were read."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = [write_table(table, folder / f"{table.id}.csv") for table in issue.report.tables]
    readme = folder / "README.txt"
    contents = [f"{t.id}.csv　{t.number} {t.title}" for t in issue.report.tables]
    notes = [f"{t.id}: {note}" for t in issue.report.tables for note in t.notes]
    lines = (*issue.stamp.lines(), "", *contents, "", *notes, "")
    readme.write_text("\n".join(lines), encoding="utf-8")
    return [*written, readme]


def write_table(table: Table, path: Path) -> Path:
    """Write one table; returns where."""
    rows = [[text_cell(column.id) for column in table.columns], *printed_cells(table)]
    path.write_text(csv_text(rows, line_end="\n"), encoding="utf-8", newline="")
    return path


def printed_cells(table: Table) -> Iterator[list[str]]:
    """Rows of a table for a file of cells: figures as they are, texts never formulas or figures."""
    kinds = [_ID_COLUMNS.get(column.id) if column.key else None for column in table.columns]
    for row, printed in zip(table.rows, table.text_rows(), strict=True):
        yield [
            _text_or_id(text, kind) if isinstance(cell, str) else text
            for cell, text, kind in zip(row, printed, kinds, strict=True)
        ]


def _text_or_id(text: str, kind: IdKind | None) -> str:
    return text_cell(text) if kind is None else id_cell(kind, text)
