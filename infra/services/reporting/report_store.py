"""Reports that were made, on disk by position; one more is made at a time, beside the readers.

A report costs seconds and its PDF more, so readers never wait for one and cannot ask for many: they
are shown the last that was made, and the next one begins when the log has moved on and the last
was finished long enough ago.
"""

import multiprocessing
import shutil
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import msgspec

from infra.adapters.event_log.event_log import Log
from infra.services.reporting.issued_report import ISSUED, Stamp
from infra.services.reporting.report_process import (
    CONTENTS,
    STEP,
    STEPS,
    TABLES,
    Content,
    Job,
    make,
)
from projections.statistics.table import Table

PAUSE_SECONDS = 120.0
"""From the end of one report to the beginning of the next."""
_LEFT_SECONDS = 3600.0
KEPT = 12
"""Reports kept; the oldest are made again from the log when they are asked for (`--as-of`)."""


class Making(msgspec.Struct, frozen=True, kw_only=True):
    """A report in the making.

    Attributes:
        position: Position it is read at.
        step: Steps that are done.
        steps: Steps there are.
    """

    position: int
    step: int
    steps: int


class StoredReport(NamedTuple):
    """A report that was made.

    Attributes:
        folder: Where its files are.
        stamp: What it states.
        contents: Its tables.
    """

    folder: Path
    stamp: Stamp
    contents: tuple[Content, ...]

    def table_path(self, table: str) -> Path:
        """Where the data of a table are."""
        return self.folder / TABLES / f"{table}.json"

    def table(self, name: str) -> Table | None:
        """A table, or None."""
        if all(each.id != name for each in self.contents):
            return None
        return msgspec.json.decode(self.table_path(name).read_bytes(), type=Table)


class ReportStore:
    """The reports of one log.

    Attributes:
        failed: The last one that was begun could not be made.

    Args:
        folder: Where they are kept.
        log: The log they are read from.
        root_at: Root of the tree of a size, to know reports of another log by.
        pause_seconds: From the end of one report to the beginning of the next.
    """

    def __init__(
        self,
        folder: Path,
        log: Log,
        root_at: Callable[[int], str],
        *,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        self._folder = folder
        self._log = log
        self._root_at = root_at
        self._pause_seconds = pause_seconds
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._position = 0
        self._ended = float("-inf")
        self._known: dict[int, StoredReport] = {}
        self.failed = False

    def positions(self) -> list[int]:
        """Positions of the reports that are here, the latest first."""
        if not self._folder.is_dir():
            return []
        found = (int(each.name) for each in self._folder.iterdir() if each.name.isdigit())
        return sorted((p for p in found if self.find(p) is not None), reverse=True)

    def find(self, position: int) -> StoredReport | None:
        """The report of a position, or None."""
        known = self._known.get(position)
        # Another process that serves the same log may have cleared it away.
        if known is None or not known.folder.is_dir():
            known = self._read(position)
            if known is not None:
                self._known[position] = known
        return known

    def ask(self, position: int) -> None:
        """Begin the report of a position, unless one is made now or was a moment ago."""
        with self._lock:
            if self._is_busy() or time.monotonic() - self._ended < self._pause_seconds:
                return
            before = self.positions()
            if position < 1 or (before and before[0] >= position):
                return
            self._clear_away(before[KEPT - 1 :])
            self._folder.mkdir(parents=True, exist_ok=True)
            earlier = before[0] if before else None
            target = self._folder / str(position)
            job = Job(self._log.conninfo, self._log.name, position, earlier, target)
            # A process of its own: it has its own interpreter lock and goes when this one does.
            context = multiprocessing.get_context("spawn")
            self._process = context.Process(target=make, args=(job,), daemon=True)
            self._position = position
            self._process.start()

    def making(self) -> Making | None:
        """The report in the making, or None."""
        with self._lock:
            if not self._is_busy() or self._process is None:
                return None
            left = self._folder / f".{self._position}-{self._process.pid}" / STEP
            try:
                step = int(left.read_text(encoding="ascii"))
            except (FileNotFoundError, ValueError):
                step = 0
            return Making(position=self._position, step=step, steps=STEPS)

    def close(self) -> None:
        """End what is in the making."""
        with self._lock:
            if self._process is not None and self._process.is_alive():
                self._process.terminate()
                self._process.join()

    def _is_busy(self) -> bool:
        if self._process is None:
            return False
        if self._process.is_alive():
            return True
        self._process.join()
        self.failed = self._process.exitcode != 0
        self._process = None
        self._ended = time.monotonic()
        return False

    def _read(self, position: int) -> StoredReport | None:
        folder = self._folder / str(position)
        try:
            stamp = msgspec.json.decode((folder / ISSUED).read_bytes(), type=Stamp)
            written = (folder / CONTENTS).read_bytes()
            contents = msgspec.json.decode(written, type=tuple[Content, ...])
        except (FileNotFoundError, msgspec.MsgspecError):
            # Not there, or a power cut left names without their bytes.
            return None
        # A folder may outlive the database it was made from.
        if stamp.root != self._root_at(position):
            return None
        return StoredReport(folder, stamp, contents)

    def _clear_away(self, positions: list[int]) -> None:
        for position in positions:
            self._known.pop(position, None)
            shutil.rmtree(self._folder / str(position), ignore_errors=True)
        if self._folder.is_dir():
            for left in self._folder.glob(".*"):
                # What a maker that was killed left; no report takes so long.
                if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)
