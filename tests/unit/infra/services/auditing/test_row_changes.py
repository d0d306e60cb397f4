"""Random changes of the log's rows behind its back: each of them is found in the bundle."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from psycopg.rows import TupleRow

from infra.services.auditing.bundle_writer import ExportRefused, export
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.open_source import open_source
from infra.services.auditing.verification import verify
from tests.support.budgets import sample
from tests.unit.infra.services.auditing.changing import IN_FILE, Change, changed, is_found
from tests.unit.infra.services.auditing.published import NAME, Published

pytestmark = pytest.mark.slow

ROW_CHANGES = 150


class Row(NamedTuple):
    """What a row of the log holds."""

    position: int
    topic: str
    state: bytes
    stream: str
    version: int


_SELECT = """
SELECT notification_id, topic, state, originator_id, originator_version
FROM stored_events ORDER BY notification_id
"""
_INSERT = """
INSERT INTO stored_events (notification_id, topic, state, originator_id, originator_version)
VALUES (%s, %s, %s, %s, %s)
"""
_DELETE = "DELETE FROM stored_events WHERE notification_id = %s"
_KINDS: tuple[Change | str, ...] = (
    *IN_FILE,
    "delete",
    "duplicate",
    "swap",
    "topic",
    "stream",
    "end",
)


@contextmanager
def connected(conninfo: str) -> Iterator[psycopg.Connection[TupleRow]]:
    """A connection to the tables of the log."""
    options = f"-c search_path={NAME.schema}"
    with psycopg.connect(conninfo, autocommit=True, options=options) as connection:
        yield connection


def rows_of(conninfo: str) -> list[Row]:
    with connected(conninfo) as connection:
        return [Row._make(row) for row in connection.execute(_SELECT)]


def change_rows(chance: random.Random, rows: list[Row], what: Change | str) -> list[Row]:
    """The same rows with one thing changed in this way."""
    found = list(rows)
    at, other = chance.sample(range(len(rows)), 2)
    row, another = rows[at], rows[other]
    if callable(what):
        found[at] = row._replace(state=changed(chance, row.state, what))
    elif what == "delete":
        del found[at]
    elif what == "duplicate":
        found[at] = row._replace(topic=another.topic, state=another.state)
    elif what == "swap":
        found[at] = row._replace(topic=another.topic, state=another.state)
        found[other] = another._replace(topic=row.topic, state=row.state)
    elif what == "topic":
        topic = chance.choice(sorted({each.topic for each in rows} - {row.topic}))
        found[at] = row._replace(topic=topic)
    elif what == "stream":
        found[at] = row._replace(version=row.version + 100_000)
    else:
        del found[chance.randrange(1, len(rows)) :]
    return found if found != rows else change_rows(chance, rows, what)


@contextmanager
def rows_replaced(conninfo: str, rows: list[Row], by: list[Row]) -> Iterator[None]:
    """Other rows in the log for a while, put there behind its back."""
    with connected(conninfo) as connection:
        _write(connection, set(rows) - set(by), by, set(rows))
        yield
        _write(connection, set(by) - set(rows), rows, set(by))


def _write(
    connection: psycopg.Connection[TupleRow], gone: set[Row], rows: list[Row], there: set[Row]
) -> None:
    with connection.transaction():
        for row in gone:
            connection.execute(_DELETE, [row.position])
        for row in rows:
            if row not in there:
                connection.execute(_INSERT, row)


@pytest.mark.long
def test_every_change_of_the_rows_is_found(
    conninfo: str, published: Published, tmp_path: Path
) -> None:
    chance = random.Random(8)
    rows = rows_of(conninfo)
    kinds = cycle(_KINDS)
    for number in sample(range(ROW_CHANGES), step=5):
        changed_rows = change_rows(chance, rows, next(kinds))
        out = tmp_path / str(number)
        with rows_replaced(conninfo, rows, changed_rows):
            try:
                export(published.log, published.public, out)
            except ExportRefused:
                continue
        assert is_found(out, published), number
        shutil.rmtree(out)
    assert not is_found(published.bundle(tmp_path / "whole"), published)


@contextmanager
def row_forgotten(conninfo: str) -> Iterator[None]:
    """The database without the row of the transparency log, for a while."""
    with connected(conninfo) as connection:
        connection.execute("CREATE TABLE put_aside AS SELECT * FROM transparency")
        connection.execute("DELETE FROM transparency")
        yield
        connection.execute("DELETE FROM transparency")
        connection.execute("INSERT INTO transparency SELECT * FROM put_aside")
        connection.execute("DROP TABLE put_aside")


def test_a_history_written_anew_and_signed_again_is_found_by_one_kept_checkpoint(
    conninfo: str, published: Published, tmp_path: Path
) -> None:
    """The operator has the key, changes a figure, and signs everything once more."""
    rows = rows_of(conninfo)
    at = next(n for n, row in enumerate(rows) if row.topic == "count.tally-posted")
    forged = list(rows)
    forged[at] = rows[at]._replace(state=rows[at].state.replace(b"2000000", b"2000001"))
    assert forged != rows
    kept = published.checkpoint()
    again = Published(published.log, tmp_path)
    again.place.secret.parent.mkdir(parents=True)
    shutil.copy2(published.place.secret, again.place.secret)
    with rows_replaced(conninfo, rows, forged), row_forgotten(conninfo):
        again.sequence()
        out = again.bundle(tmp_path / "forged")
    with open_source(str(out)) as source:
        assert verify(source, key=published.key).size == len(rows)
    with open_source(str(out)) as source, pytest.raises(AuditDifference) as found:
        verify(source, key=published.key, kept=[("kept", kept)])
    assert found.value.rule == "root"
    assert found.value.where == "kept"
