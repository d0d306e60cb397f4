"""The store of entries: the same events, from the file or from the log."""

import errno
import os

import pytest

from infra.adapters.event_log import Log
from infra.services.queries import entry_store
from infra.services.queries.entry_store import EntryStore
from tests import builders as b
from tests.support.posting import record


@pytest.fixture
def recorded(log: Log) -> Log:
    record(log, *b.DISTRICT, *[b.NOTE] * 5)
    return log


def test_pages_in_any_order_give_every_event(recorded: Log) -> None:
    events = [event for _, event in recorded.reader.events()]
    rows = recorded.reader.read()
    store = EntryStore(recorded.reader)
    store.take(rows[4:6])
    store.take(rows[:5])
    asked = range(len(rows), 0, -1)
    assert store.events(asked) == [events[position - 1] for position in asked]
    store.close()
    assert store.events([1]) == events[:1]


def test_what_was_written_needs_no_log(recorded: Log) -> None:
    rows = recorded.reader.read()

    class NoLog:
        def read(self, *_: int) -> list[object]:
            raise AssertionError("asked")

    store = EntryStore(NoLog())  # type: ignore[arg-type]
    store.take(rows)
    assert len(store.events(range(1, len(rows) + 1))) == len(rows)


def test_a_full_disk_leaves_the_log(recorded: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    rows = recorded.reader.read()
    store = EntryStore(recorded.reader)
    monkeypatch.setattr(os, "pwrite", full)
    store.take(rows)
    monkeypatch.undo()
    store.take(rows)
    assert store.events([2, 1]) == [event for _, event in recorded.reader.events()][1::-1]


def test_decoded_events_are_few(recorded: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_store, "_DECODED_MAX", 2)
    store = EntryStore(recorded.reader)
    for position in range(1, recorded.reader.last_position() + 1):
        store.events([position])
    assert len(store._recent) + len(store._older) <= 4


def test_what_the_log_has_not_is_said(recorded: Log) -> None:
    with pytest.raises(LookupError):
        EntryStore(recorded.reader).events([10_000])
