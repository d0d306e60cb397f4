"""Migrations: a new log is their sum, an old one becomes the same and keeps what it recorded."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from aggregates.errors import SubmissionReused
from infra.adapters.event_log import Log
from infra.adapters.postgres.embedded import program
from infra.adapters.postgres.schema_migrations import (
    Migration,
    SchemaMismatch,
    known_migrations,
    migrate,
)
from infra.adapters.postgres.schemas import LogName, log_names
from infra.services.queries.rebuild import rebuild
from infra.services.queries.shutdown_digest import LeftDigest, left_digest
from projections.documents.document_format import FIRST_FORMAT
from tests import builders as b
from tests.support.posting import posting, record

OLD_LOG = (Path(__file__).parents[4] / "golden/log_before_migrations.sql").read_text(
    encoding="utf-8"
)
OLD_EVENTS = 12
OLD_DIGEST = "f5ae905fde54a3eb822875fecab73bef0d2909b0e1bcdea5944a3913fb7077dd"
SCHEMA = "house50_rehearsal"
NEXT = Migration(len(known_migrations()) + 1, "later", "CREATE TABLE {schema}.later (id bigint)")


def restore_old_log(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(OLD_LOG)


def dump_schema(conninfo: str, schema: str) -> str:
    """Everything that the schema is made of, as `pg_dump` writes it."""
    text = subprocess.run(
        [program("pg_dump"), "--schema-only", f"--schema={schema}", conninfo],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # Every dump is given a key of its own.
    text = re.sub(r"^\\(un)?restrict .*$", "", text, flags=re.MULTILINE)
    return text.replace(schema, "the_schema")


def read_rows(conninfo: str, table: str) -> list[tuple[object, ...]]:
    query = SQL("SELECT * FROM {}").format(Identifier(SCHEMA, table))
    with psycopg.connect(conninfo) as connection:
        return sorted(connection.execute(query), key=repr)


def test_a_new_log_and_an_old_one_have_the_same_schema(conninfo: str, log_name: LogName) -> None:
    restore_old_log(conninfo)
    Log(conninfo, log_name).close()
    new = LogName("house51", "rehearsal")
    Log(conninfo, new).close()
    assert dump_schema(conninfo, log_name.schema) == dump_schema(conninfo, new.schema)
    assert "CREATE TABLE the_schema.schema_migrations" in dump_schema(conninfo, new.schema)


def test_an_old_log_keeps_its_rows_and_its_digest_and_goes_on(
    conninfo: str, log_name: LogName
) -> None:
    # Given a log as the version before migrations left it
    restore_old_log(conninfo)
    assert log_names(conninfo) == [log_name]
    events = read_rows(conninfo, "stored_events")
    with Log(conninfo, log_name) as log:
        # Then opening it changes no event
        assert read_rows(conninfo, "stored_events") == events
        assert rebuild(log).events == len(events) == OLD_EVENTS
        assert left_digest(log) == LeftDigest(OLD_EVENTS, OLD_DIGEST, FIRST_FORMAT)
        # and a posting of then is known as its office's, and a new one is recorded
        repeated = log.writer.post(*posting("given-000000-000000", b.DISTRICT[0]))
        assert (repeated.position, repeated.repeated) == (1, True)
        with pytest.raises(SubmissionReused):
            log.writer.post(*posting("given-000000-000000", b.NOTE))
        assert record(log, b.NOTE)[0].position == OLD_EVENTS + 1


def test_processes_that_start_together_migrate_once(conninfo: str, log_name: LogName) -> None:
    restore_old_log(conninfo)
    with ThreadPoolExecutor(6) as together:
        done = list(together.map(lambda _: migrate(conninfo, log_name.schema), range(6)))
    assert sorted(map(len, done)) == [0] * 5 + [len(known_migrations())]


def test_a_log_that_is_up_to_date_is_only_read(conninfo: str, log: Log) -> None:
    reading = f"{conninfo} options='-c default_transaction_read_only=on'"
    assert migrate(reading, log.name.schema) == []


def test_the_next_migration_is_applied_alone(conninfo: str, log: Log) -> None:
    assert migrate(conninfo, log.name.schema, (*known_migrations(), NEXT)) == [NEXT.as_applied()]
    assert read_rows(conninfo, "later") == []
    # and the version before it does not open the log any more
    with pytest.raises(SchemaMismatch, match=r"later\) of a later version"):
        Log(conninfo, log.name)


def test_a_migration_that_fails_leaves_nothing(conninfo: str, log: Log) -> None:
    broken = Migration(NEXT.number + 1, "broken", "SELECT 1/0")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(conninfo, log.name.schema, (*known_migrations(), NEXT, broken))
    Log(conninfo, log.name).close()
    assert len(read_rows(conninfo, "schema_migrations")) == len(known_migrations())


def test_another_migration_under_the_same_number_is_refused(conninfo: str, log: Log) -> None:
    first, *others = known_migrations()
    changed = first._replace(text=first.text + "-- edited after its release")
    with pytest.raises(SchemaMismatch, match=r"migration 1 \(log\)"):
        migrate(conninfo, log.name.schema, (changed, *others))
