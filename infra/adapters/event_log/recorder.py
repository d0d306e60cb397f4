"""The library's recorder with gapless positions.

Position = notification id = 1, 2, 3, ... without a gap: anyone who records holds the lock of the
events table from before reading the last position until the commit. So positions are given in the
order of commits, a reader that has seen position n has seen everything before it, and a roll-back
leaves no hole. If somebody records without the lock, positions collide and the database refuses
one of the two: the unique index is a second guard.

Never enable the library's `enable_db_functions`: they take no lock, and a follower misses events.
"""

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import ProgrammingError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg import Connection, Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, tuple_row
from typing_extensions import override

from infra.adapters.postgres.statements import Statements

CHUNK_EVENTS = 1000
"""Rows per INSERT: keeps one statement's parameters below a few megabytes."""


class LogDatastore(PostgresDatastore):
    """The library's datastore for one schema, from a connection string with all its options."""

    def __init__(self, conninfo: str, schema: str) -> None:
        given = dict(conninfo_to_dict(conninfo))
        super().__init__(
            dbname=str(given.pop("dbname", "")),
            host=str(given.pop("host", "")),
            port=str(given.pop("port", "5432")),
            user=str(given.pop("user", "")),
            password=str(given.pop("password", "")),
            schema=schema,
            originator_id_type="text",
            pool_size=0,
            max_overflow=4,
        )
        if not isinstance(self.pool.kwargs, dict):
            raise TypeError("the library's pool no longer keeps its arguments in a dict")
        self.pool.kwargs |= given


class LogRecorder(PostgresApplicationRecorder):
    """Records events at gapless positions."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        if datastore.enable_db_functions:
            raise ProgrammingError("database functions take no lock; followers would miss events")
        super().__init__(datastore)
        # Channels belong to the whole database; the schema's name keeps logs apart.
        self.channel_name = datastore.schema
        sql = Statements("log", schema=datastore.schema, channel=datastore.schema)
        self._sql = sql
        # Tables are made by migrations, see `infra/adapters/postgres/schema_migrations.py`.
        self.sql_create_statements = []
        self.lock_table_statements = [sql["lock_timeout"], sql["lock_events"]]

    @override
    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Record events in one transaction of their own and return their positions.

        Unlike the library's method it never repeats by itself: after a lost reply nobody knows
        whether the events are recorded, and the caller has to find out.
        """
        with self.datastore.get_connection() as connection, connection.transaction():
            self.lock(connection)
            return self.insert(connection, stored_events, after=self.last_position(connection))

    def lock(self, connection: Connection[Any]) -> None:
        """Wait for the turn to record; it lasts until the transaction ends."""
        connection.execute(self._sql["lock_timeout"])
        self.lock_next(connection)

    def lock_next(self, connection: Connection[Any]) -> None:
        """The same on a connection that says itself how long it waits, which saves a statement."""
        connection.execute(self._sql["lock_events"])

    def last_position(self, connection: Connection[Any]) -> int:
        """The last position recorded; 0 in an empty log."""
        with connection.cursor(row_factory=tuple_row) as cursor:
            row = cursor.execute(self._sql["last_position"]).fetchone()
        return 0 if row is None else int(row[0])

    def insert(
        self, connection: Connection[Any], stored_events: Sequence[StoredEvent], *, after: int
    ) -> range:
        """Record events at the positions following `after`, and wake the followers.

        Requires the lock, and `after` to be the last position read under it.
        """
        with connection.cursor() as cursor:
            for start in range(0, len(stored_events), CHUNK_EVENTS):
                chunk = stored_events[start : start + CHUNK_EVENTS]
                self._insert_chunk(cursor, chunk, after + start)
            if stored_events:
                cursor.execute(self._sql["notify"])
        return range(after + 1, after + 1 + len(stored_events))

    def _insert_chunk(
        self, cursor: Cursor[DictRow], chunk: Sequence[StoredEvent], after: int
    ) -> None:
        cursor.execute(
            self._sql["insert_events"],
            (
                after,
                [event.originator_id for event in chunk],
                [event.originator_version for event in chunk],
                [event.topic for event in chunk],
                [event.state for event in chunk],
            ),
        )
