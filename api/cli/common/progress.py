"""Progress bars on the terminal: one for each stage of a task."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from api.cli.common.console import ERRORS


class Bars:
    """One progress bar per stage."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int, label: str = "") -> None:
        """Move the bar of a stage; a label says where within the stage it is."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(
            self._tasks[stage], completed=done, total=total, description=label or stage
        )


@contextmanager
def show_progress() -> Iterator[Bars]:
    """Bars while something runs; silent where nobody watches."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERRORS.console, disable=not sys.stderr.isatty()) as bars:
        yield Bars(bars)
