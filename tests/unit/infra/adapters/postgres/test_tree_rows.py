"""Rows in PostgreSQL: the contract of every row store, and a log that stands on them."""

from pathlib import Path

import psycopg
import pytest

from infra.adapters.event_log import Log
from infra.adapters.memory.tree_rows_memory import MemoryRows
from infra.adapters.postgres.tree_rows import PostgresRows
from infra.protocols.protocol_errors import SequencerEnded, SwapLost
from infra.protocols.tlog.ports import RowStore, TreeRow
from tests.unit.infra.protocols.trees import ORIGIN, entries, root_between
from tests.unit.infra.services.sequencing.tlog_logs import StoredLog

ROW = TreeRow(ORIGIN, 3, bytes(32), bytes(64), b"note")
GROWN = TreeRow(ORIGIN, 4, bytes(31) + b"x", bytes(32), b"another note")


@pytest.fixture
def rows(log: Log, conninfo: str) -> PostgresRows:
    return PostgresRows(conninfo, log.name.schema)


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> RowStore:
    if request.param == "memory":
        return MemoryRows()
    found: PostgresRows = request.getfixturevalue("rows")
    return found


def test_a_row_is_made_once_and_swapped_by_who_read_it(store: RowStore) -> None:
    assert store.load(ORIGIN) is None
    with pytest.raises(SwapLost):
        store.swap(ROW, GROWN)
    store.swap(None, ROW)
    with pytest.raises(SwapLost):
        store.swap(None, ROW)
    others = (
        ROW._replace(size=2),
        ROW._replace(root=b"y" * 32),
        ROW._replace(edge=b""),
        ROW._replace(checkpoint=b"z"),
    )
    for other in others:
        with pytest.raises(SwapLost):
            store.swap(other, GROWN)
    assert store.load(ORIGIN) == ROW
    store.swap(ROW, GROWN)
    assert store.load(ORIGIN) == GROWN
    with pytest.raises(SwapLost):
        store.swap(ROW, GROWN)


def test_logs_do_not_share_rows(store: RowStore) -> None:
    other = ROW._replace(origin="log.example/house51")
    store.swap(None, ROW)
    store.swap(None, other)
    assert store.load(other.origin) == other


def test_a_log_never_shrinks(rows: PostgresRows) -> None:
    rows.swap(None, GROWN)
    with pytest.raises(SwapLost):
        rows.swap(GROWN, ROW)


def test_a_sequencer_on_postgres(rows: PostgresRows, conninfo: str, tmp_path: Path) -> None:
    stored = StoredLog(tmp_path, rows)
    sequencer = stored.start()
    stored.source.all = entries(300)
    sequencer.step()
    assert stored.start().checkpoint.root == root_between(0, 300)
    sequencer = stored.start()
    stored.source.all = entries(400)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("ALTER TABLE house50_rehearsal.transparency RENAME TO gone")
        with pytest.raises(SequencerEnded):
            sequencer.step()
        connection.execute("ALTER TABLE house50_rehearsal.gone RENAME TO transparency")
    sequencer = stored.start()
    assert sequencer.step() == 100
    assert sequencer.checkpoint.root == root_between(0, 400)
