"""One CSV per table: UTF-8, a line of column names, one row per thing and cut."""

import csv
from pathlib import Path

from infra.services.reporting.issued_report import Issue
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
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.id for column in table.columns])
        writer.writerows(table.printed())
    return path
