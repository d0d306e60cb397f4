"""One CSV per table: UTF-8, a line of column names, one row per thing and cut."""

from collections.abc import Iterator
from pathlib import Path

from infra.services.reporting.issued_report import Issue
from projections.feeds.csv_cells import csv_text, text_cell
from projections.statistics.table import Table

FOLDER = "csv"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write every table, and beside them what they are and at which position they were read."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(table, folder / f"{table.id}.csv") for table in issue.report.tables]
    readme = folder / "README.txt"
    contents = [f"{t.id}.csv　{t.number} {t.title}" for t in issue.report.tables]
    notes = [f"{t.id}: {note}" for t in issue.report.tables for note in t.notes]
    lines = (*issue.stamp.lines(), "", *contents, "", *notes, "")
    readme.write_text("\n".join(lines), encoding="utf-8")
    return [*written, readme]


def _write(table: Table, path: Path) -> Path:
    rows = [[text_cell(column.id) for column in table.columns], *printed_cells(table)]
    path.write_text(csv_text(rows, line_end="\n"), encoding="utf-8", newline="")
    return path


def printed_cells(table: Table) -> Iterator[list[str]]:
    """Rows of a table for a file of cells: figures as they are, texts never formulas."""
    for row, printed in zip(table.rows, table.printed(), strict=True):
        yield [
            text_cell(text) if isinstance(cell, str) else text
            for cell, text in zip(row, printed, strict=True)
        ]
