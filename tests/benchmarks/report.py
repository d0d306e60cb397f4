"""How long the report takes beyond the fold, and how much memory: of a log made by a replay.

python -m tests.benchmarks.report [DATA_FOLDER]

Without a folder the official results of 2024 are replayed first.
Exits with 1 when a bar is missed.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from infra.bootstrap import open_log
from infra.runtime.settings import Settings
from infra.services.reporting import html_report, report_csv, report_pdf, report_workbook
from infra.services.reporting.issued_report import Issue, read_issue
from projections.statistics.tables.table_catalogue import build_report
from tests.acceptance.kaihyo import kaihyo

TDone = TypeVar("TDone")

TABLES_SECONDS_MAX, TABLES_MEMORY_MIB_MAX, PDF_SECONDS_MAX = 5.0, 300.0, 30.0
"""What is promised of a national election: tables beyond the fold, their memory, the whole PDF."""

WRITERS: tuple[tuple[str, Callable[[Issue, Path], list[Path]]], ...] = (
    ("csv", report_csv.write),
    ("xlsx", report_workbook.write),
    ("html", html_report.write),
    ("pdf", report_pdf.write),
)


def main() -> int:
    """Measure; give 1 when a bar is missed."""
    if len(sys.argv) > 1:
        return _measured(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as data:
        done = kaihyo("replay-official", "--data", data)
        if done.returncode:
            sys.stdout.write(done.stderr)
            return 1
        return _measured(Path(data))


def _measured(data: Path) -> int:
    """Print one JSON object; times in seconds, memory in MiB."""
    with open_log(Settings(data=data)) as log:
        issue, read_seconds = _timed(lambda: read_issue(log))
    measured: dict[str, object] = {
        "tables": len(issue.report.tables),
        "rows": sum(len(table.rows) for table in issue.report.tables),
        "read_and_fold_seconds": read_seconds,
    }
    _, measured["tables_seconds"] = _timed(lambda: build_report(issue.state))
    measured["tables_memory_mib"] = _memory_mib()
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS:
            _, measured[f"{name}_seconds"] = _timed(partial(write, issue, Path(folder)))
            measured[f"{name}_memory_mib"] = _memory_mib()
    measured["bars"] = {
        "tables_seconds_max": _told(measured["tables_seconds"], TABLES_SECONDS_MAX),
        "tables_memory_mib_max": _told(measured["tables_memory_mib"], TABLES_MEMORY_MIB_MAX),
        "pdf_seconds_max": _told(measured["pdf_seconds"], PDF_SECONDS_MAX),
    }
    sys.stdout.write(json.dumps(measured) + "\n")
    return int("MISSED" in json.dumps(measured))


def _told(measured: object, most: float) -> str:
    """A measured figure beside its bar."""
    kept = isinstance(measured, float) and measured <= most
    return f"{measured} of {most}: {'kept' if kept else 'MISSED'}"


def _timed(work: Callable[[], TDone]) -> tuple[TDone, float]:
    started = perf_counter()
    done = work()
    return done, round(perf_counter() - started, 3)


def _memory_mib() -> float:
    """The most this process has had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    sys.exit(main())
