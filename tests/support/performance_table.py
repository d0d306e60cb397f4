"""README's table of performance, written from what the benchmarks say of themselves.

`python -m tests.support.performance_table [--runs 5] [--readme README.md] [NAME ...]` runs the
named benchmarks (`postings`, `pages` and `rebuild` unless named) so often, takes the median of each
figure, and puts their rows in the place of those rows of the table that name the same command.
Good rows and bad: what misses its bar says so. Other rows stay as they are. For a machine on which
nothing else runs: only the ratios hold elsewhere.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec

ROWS_VARIABLE = "KAIHYO_BENCHMARK_ROWS"
"""Names the file to which a benchmark adds its rows; unset, it only prints."""
_TELLING = ("postings", "pages", "rebuild")


class Bar(msgspec.Struct, frozen=True):
    """What is wanted of a figure: at least or at most so much."""

    bound: float
    is_least: bool

    def is_met(self, figure: float) -> bool:
        """Whether a figure is as wanted."""
        return figure >= self.bound if self.is_least else figure <= self.bound

    def describe(self, figure: float) -> str:
        """What was wanted, and whether it was missed."""
        wanted = f"wanted: at {'least' if self.is_least else 'most'} {self.bound:g}"
        return wanted if self.is_met(figure) else f"{wanted}; missed"


class Row(msgspec.Struct, frozen=True):
    """A row of one run.

    Attributes:
        what: First cell.
        measured: Second cell, with names of figures in braces.
        beside: Third cell, the limit of the same run and the ratio, in the same way.
        figures: Figures by name.
        bars: What is wanted of some of them.
    """

    what: str
    measured: str
    beside: str
    figures: dict[str, float]
    bars: dict[str, Bar] = {}


def give_row(row: Row) -> None:
    """Add a row to the file of whoever writes the table, if somebody does."""
    if path := os.environ.get(ROWS_VARIABLE):
        with Path(path).open("ab") as file:
            file.write(msgspec.json.encode(row) + b"\n")


def write_cells(runs: list[Row], command: str, day: str) -> str:
    """The line of the table for the same row of several runs: the median of each figure."""
    row = runs[0]
    figures = {name: median(run.figures[name] for run in runs) for name in row.figures}
    wanted = [bar.describe(figures[name]) for name, bar in row.bars.items()]
    beside = row.beside.format(**figures) + (f" ({'; '.join(wanted)})" if wanted else "")
    what = f"{row.what} ({day}, median of {len(runs)})"
    return f"| {what} | {row.measured.format(**figures)} | {beside} | `{command}` |"


def replace_rows(text: str, command: str, lines: Iterable[str]) -> str:
    """The text with these lines in the place of the rows of a command, else after the table.

    Raises:
        ValueError: There is no table of performance in it.
    """
    rows = text.split("\n")
    head = next((n for n, row in enumerate(rows) if row.startswith("| what | measured |")), None)
    if head is None:
        raise ValueError("no table begins with: | what | measured |")
    end = next(n for n in range(head, len(rows) + 1) if n == len(rows) or not rows[n])
    own = [n for n in range(head, end) if rows[n].endswith(f"| `{command}` |")]
    place = own[0] if own else end
    kept = [row for n, row in enumerate(rows) if n not in own]
    return "\n".join([*kept[:place], *lines, *kept[place:]])


def _run(name: str, runs: int) -> list[list[Row]]:
    """The rows of a benchmark, each with all its runs.

    Raises:
        RuntimeError: It gave no rows: it failed, or tells none.
    """
    found: dict[str, list[Row]] = {}
    for _ in range(runs):
        with tempfile.NamedTemporaryFile() as file:
            subprocess.run(
                [sys.executable, "-m", f"tests.benchmarks.{name}"],
                env={**os.environ, ROWS_VARIABLE: file.name},
                check=False,  # it exits with 1 where a bar is missed, which the row says
            )
            for line in Path(file.name).read_bytes().splitlines():
                row = msgspec.json.decode(line, type=Row)
                found.setdefault(row.what, []).append(row)
    if not found or any(len(each) != runs for each in found.values()):
        raise RuntimeError(f"tests.benchmarks.{name} did not give its rows in every run")
    return list(found.values())


def main() -> int:
    """Run, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=_TELLING)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--readme", type=Path, default=Path("README.md"))
    given = parser.parse_args()
    day = datetime.now(UTC).date().isoformat()
    for name in given.names:
        command = f"python -m tests.benchmarks.{name}"
        lines = [write_cells(runs, command, day) for runs in _run(name, given.runs)]
        text = given.readme.read_text(encoding="utf-8")
        given.readme.write_text(replace_rows(text, command, lines), encoding="utf-8")
        print("\n".join(lines), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
