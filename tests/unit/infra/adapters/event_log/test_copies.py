"""Where the log is copied to, as the database tells it."""

import time
from collections.abc import Iterator

import psycopg
import pytest

from infra.adapters.event_log import Log, LogUnavailable
from infra.adapters.postgres.replication import Copies
from infra.services.streaming.received_log import ReceivedLog
from tests import builders as b
from tests.support.posting import record

SLOT = "copies_test"


@pytest.fixture
def slot(conninfo: str) -> Iterator[str]:
    """A slot whose taker is gone."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SELECT pg_create_physical_replication_slot(%s, true)", (SLOT,))
        yield SLOT
        connection.execute("SELECT pg_drop_replication_slot(%s)", (SLOT,))


def test_a_database_alone_waits_for_nobody_and_keeps_nothing(log: Log) -> None:
    assert log.reader.copies() == (False, 0, 0)


@pytest.mark.usefixtures("slot")
def test_what_nobody_takes_is_told_as_it_grows(log: Log) -> None:
    record(log, *b.DISTRICT)
    before = log.reader.copies().held_bytes

    record(log, b.tally(b.sheet({b.A: 60, b.B: 40})))

    assert 0 < before < log.reader.copies().held_bytes


def test_a_standby_that_is_wanted_and_not_there_is_told(log: Log, conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = local")
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)'")
        connection.execute("SELECT pg_reload_conf()")
        try:
            found = told_at_last(log)
        finally:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_reload_conf()")

    assert found[:2] == (True, 0)


def told_at_last(log: Log) -> Copies:
    """What a session says once the server has read its settings again."""
    end = time.monotonic() + 60
    while not (found := log.reader.copies()).wanted:
        assert time.monotonic() < end
        time.sleep(0.05)
        log.reader.close()
    return found


def test_a_read_node_has_no_copies() -> None:
    with pytest.raises(LogUnavailable):
        ReceivedLog().reader.copies()
