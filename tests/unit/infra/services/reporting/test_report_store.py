"""Reports kept by position: made once, one at a time, and never shown half made."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.adapters.event_log import Log
from infra.services.reporting.issued_report import fold_to_position
from infra.services.reporting.report_store import ReportStore, StoredReport
from tests import builders as b
from tests.support.posting import record

SECONDS_MAX = 240.0


@pytest.fixture
def store(log: Log, tmp_path: Path) -> Iterator[ReportStore]:
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    opened = ReportStore(
        tmp_path / "reports", log, lambda n: fold_to_position(log.reader, n)[1], pause_seconds=0.0
    )
    yield opened
    opened.close()


def made(store: ReportStore, position: int) -> StoredReport:
    """The report of a position, asked for until it is there."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        store.ask(position)
        found = store.find(position)
        if found is not None and store.making() is None:
            return found
        time.sleep(0.05)
    raise TimeoutError(position)


def test_a_report_is_made_once_and_says_what_changed(store: ReportStore, log: Log) -> None:
    first = log.reader.last_position()
    store.ask(first)
    making = store.making()
    assert making is not None
    assert (making.position, making.step < making.steps) == (first, True)
    assert store.find(first) is None
    store.ask(first + 1)  # nobody makes two at once, nor what is not recorded yet
    before = made(store, first)
    assert store.positions() == [first]
    assert before.table("changes") is None
    table = before.table("smd_candidates")
    assert table is not None
    assert len(table.rows) == 2

    record(log, b.correction(b.sheet({b.A: 55, b.B: 45}), supersedes=2))
    now = log.reader.last_position()
    after = made(store, now)

    assert store.positions() == [now, first]
    changes = after.table("changes")
    assert changes is not None
    assert any("60" in row and "55" in row for row in changes.text_rows())
    names = {each.name for each in after.folder.iterdir()}
    assert {"house50-report.xlsx", "house50-report.pdf", "csv", "tables", "issue.json"} <= names
    assert not [each for each in after.folder.parent.iterdir() if each.name.startswith(".")]
    # The report is of the log, not of the folder: another log's is not shown.
    other = ReportStore(after.folder.parent, log, lambda _: "00")
    assert other.positions() == []


def test_a_report_that_a_power_cut_left_empty_is_none(store: ReportStore, log: Log) -> None:
    position = log.reader.last_position()
    folder = made(store, position).folder
    for name in ("issue.json", "contents.json"):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(b"")

        again = ReportStore(folder.parent, log, lambda n: fold_to_position(log.reader, n)[1])

        assert (again.find(position), again.positions()) == (None, [])
        (folder / name).write_bytes(whole)
    assert again.positions() == [position]
