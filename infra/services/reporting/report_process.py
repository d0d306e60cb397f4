"""A report made in a process of its own: every file of one position, then the folder is renamed.

It runs at the lowest priority, so that anyone who takes postings or answers readers goes first.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.services.reporting import proceedings_pdf, report_csv, report_pdf, report_workbook
from infra.services.reporting.issued_report import Issue, leave_issue, read_issue
from infra.services.reporting.paper import winners_pdf
from projections.statistics.table import Table

CONTENTS = "contents.json"
TABLES = "tables"
SHEETS_MAX = 200
"""Counts of an election whose data sheets are made with every report; others by `kaihyo report`."""
WINNERS_MAX = 60
"""Contests of an election whose papers of winners are made with every report."""
STEP = "step"
"""What the folder of a report in the making says: how many steps are done."""

_NICENESS = 15


class Job(NamedTuple):
    """What is to be made.

    Attributes:
        conninfo: The database.
        name: The log in it.
        position: Position to read at.
        before: Position of the issue before; None for none.
        folder: Where the report goes; it appears there whole or not at all.
    """

    conninfo: str
    name: LogName
    position: int
    before: int | None
    folder: Path


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a report, as its contents list it.

    Attributes:
        id: Name of its files.
        number: Where the report has it.
        title: Its title.
        rows: How many rows it has.
    """

    id: str
    number: str
    title: str
    rows: int


def _tables(issue: Issue, folder: Path) -> list[Path]:
    """Every table as data, for pages; and what there is."""
    (folder / TABLES).mkdir()
    contents = [
        Content(id=t.id, number=t.number, title=t.title, rows=len(t.rows))
        for t in issue.report.tables
    ]
    (folder / CONTENTS).write_bytes(msgspec.json.encode(contents))
    return [_table(table, folder / TABLES / f"{table.id}.json") for table in issue.report.tables]


def _table(table: Table, path: Path) -> Path:
    path.write_bytes(msgspec.json.encode(table))
    return path


def _sheets(issue: Issue, folder: Path) -> list[Path]:
    """The sheets of 開票録 and 選挙録, where they are few: those of a nation take minutes."""
    counts = len(issue.state.counts)
    return proceedings_pdf.write(issue, folder) if counts <= SHEETS_MAX else []


def _winners(issue: Issue, folder: Path) -> list[Path]:
    """Papers of winners, where contests are few."""
    few = len(issue.state.contests) <= WINNERS_MAX
    return winners_pdf.write(issue, folder) if few else []


Write = Callable[[Issue, Path], list[Path]]

_WRITERS: tuple[Write, ...] = (
    _tables,
    report_csv.write,
    report_workbook.write,
    report_pdf.write,
    _sheets,
    _winners,
)

STEPS = 1 + len(_WRITERS)
"""Reading the log, then a step per writer."""


def make(job: Job) -> None:
    """Make every file of a report; what a killed maker left is thrown away."""
    os.nice(_NICENESS)
    making = job.folder.with_name(f".{job.folder.name}-{os.getpid()}")
    making.mkdir(parents=True)
    try:
        with Log(job.conninfo, job.name) as log:
            issue = read_issue(log, str(job.position), job.before)
        for number, write in enumerate(_WRITERS, start=1):
            (making / STEP).write_text(str(number), encoding="ascii")
            write(issue, making)
        (making / STEP).unlink()
        leave_issue(making, issue.stamp)
        if not job.folder.exists():
            making.rename(job.folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
