"""Migrations: numbered SQL files that bring the schema of a log to the shape this version needs.

`migrations/0001_log.sql`, `0002_….sql`, … are applied in order, each once, in one transaction under
one advisory lock. The table `schema_migrations` in the schema of the log records number, name and
digest of each. A new log is made by the same files, so its schema is their sum. A file never
changes once it is released: what is to be different is a new file with the next number.

In a file `{schema}` becomes the quoted name of the schema; other braces are written twice.
"""

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import LiteralString, NamedTuple

import psycopg
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

from infra.adapters.postgres.statements import Statements

_FILE_NAME = re.compile(r"(\d{4})_([a-z][a-z0-9_]*)\.sql")


class SchemaMismatch(RuntimeError):  # noqa: N818 - it says what is the case
    """The schema of a log has seen other migrations than this version knows."""


class AppliedMigration(NamedTuple):
    """A migration as a log records it.

    Attributes:
        number: From 1, without a gap.
        name: From the name of the file.
        sha256: Digest of the text of the file.
    """

    number: int
    name: str
    sha256: bytes


class Migration(NamedTuple):
    """A migration as this version knows it.

    Attributes:
        number: From 1, without a gap.
        name: From the name of the file.
        text: SQL; several statements, with `{schema}` for the schema of the log. It comes from a
            file of this package, never from a user.
    """

    number: int
    name: str
    text: LiteralString

    def as_applied(self) -> AppliedMigration:
        """What a log records of it."""
        return AppliedMigration(self.number, self.name, hashlib.sha256(self.text.encode()).digest())


@cache
def known_migrations() -> tuple[Migration, ...]:
    """The migrations of this version, in order.

    Raises:
        ValueError: A file is named otherwise, or a number is missing or there twice.
    """
    found = []
    for file in files("infra.adapters.postgres").joinpath("migrations").iterdir():
        match = _FILE_NAME.fullmatch(file.name)
        if match is None:
            raise ValueError(f"{file.name} is no name of a migration, such as 0001_log.sql")
        found.append(Migration(int(match[1]), match[2], file.read_text(encoding="utf-8")))
    found.sort()
    numbers = [each.number for each in found]
    if numbers != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are numbered {numbers}, not 1, 2, 3, ...")
    return tuple(found)


def migrate(
    conninfo: str, schema: str, migrations: tuple[Migration, ...] | None = None
) -> list[AppliedMigration]:
    """Bring the schema of a log up to this version, making it where it is missing.

    All of it happens or nothing; processes that start together take turns. A log that is up to
    date is only read.

    Args:
        conninfo: The database.
        schema: The schema of the log.
        migrations: Those of this version, by default.

    Returns:
        What was applied now.

    Raises:
        SchemaMismatch: The log has seen a migration that this version does not know, or another
            one under the same number. Nothing was changed.
    """
    known = known_migrations() if migrations is None else migrations
    wanted = [each.as_applied() for each in known]
    sql = Statements("migrations", schema=schema)
    with psycopg.connect(conninfo) as connection:
        there = connection.execute(sql["has_table"], (schema,)).fetchone() == (True,)
        if there and _read_applied(connection, sql) == wanted:
            return []
        connection.execute(sql["take_turns"])
        connection.execute(sql["lock_timeout"])
        connection.execute(sql["create"])
        seen = _read_applied(connection, sql)
        _require_prefix(schema, seen, wanted)
        for migration in known[len(seen) :]:
            connection.execute(SQL(migration.text).format(schema=Identifier(schema)))
            connection.execute(sql["add"], migration.as_applied())
        return wanted[len(seen) :]


def _read_applied(
    connection: psycopg.Connection[TupleRow], sql: Statements
) -> list[AppliedMigration]:
    return [AppliedMigration(*row) for row in connection.execute(sql["applied"])]


def _require_prefix(
    schema: str, seen: list[AppliedMigration], wanted: list[AppliedMigration]
) -> None:
    for applied, ours in zip(seen, wanted, strict=False):
        if applied != ours:
            raise SchemaMismatch(
                f"migration {applied.number} ({applied.name}) of schema {schema} is not the one"
                f" that this version knows as {ours.number} ({ours.name})"
            )
    if len(seen) > len(wanted):
        raise SchemaMismatch(
            f"schema {schema} has seen migration {seen[-1].number} ({seen[-1].name}) of a later"
            f" version; this one knows {len(wanted)}"
        )
