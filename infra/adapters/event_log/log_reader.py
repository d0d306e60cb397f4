"""The log as it is read: rows by position, in order, as fast as the database gives them."""

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple, TypeVar

import psycopg
from psycopg import Connection, Cursor
from psycopg.rows import TupleRow

from aggregates.base import Event
from aggregates.decisions.office_chain import Link
from infra.adapters.event_log.event_codec import decode
from infra.adapters.postgres.replication import Copies, query_copies
from infra.adapters.postgres.statements import Statements

PAGE_ROWS = 5000

TAnswer = TypeVar("TAnswer")


class LogRow(NamedTuple):
    """One row of the log: the event's bytes as recorded, and where it stands."""

    position: int
    topic: str
    state: bytes
    stream: str
    version: int


class LogReader:
    """Reads one log over a connection of its own, from any thread, one question at a time."""

    def __init__(self, conninfo: str, schema: str) -> None:
        self._conninfo = conninfo
        self._sql = Statements("log", schema=schema, channel=schema)
        self._lock = threading.Lock()
        self._connection: Connection[TupleRow] | None = None

    def read(self, after: int = 0, limit: int = PAGE_ROWS) -> list[LogRow]:
        """Rows following a position, in order."""

        def page(cursor: Cursor[TupleRow]) -> list[LogRow]:
            cursor.execute(self._sql["read_after"], (after, limit), prepare=True)
            return [LogRow._make(row) for row in cursor.fetchall()]

        return self.ask(page)

    def rows(self, after: int = 0) -> Iterator[LogRow]:
        """Every row following a position, up to the present end."""
        while page := self.read(after):
            yield from page
            after = page[-1].position

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """Every event following a position with its position, up to the present end."""
        for row in self.rows(after):
            yield row.position, decode(row.topic, row.state)

    def last_position(self) -> int:
        """The last position; 0 in an empty log."""
        return self.ask(
            lambda cursor: int(_only(cursor.execute(self._sql["last_position"]).fetchone())[0])
        )

    def row(self, position: int) -> LogRow:
        """The row at a position.

        Raises:
            LookupError: The log does not reach so far.
        """
        found = self.ask(
            lambda cursor: cursor.execute(self._sql["read_at"], (position,)).fetchone()
        )
        if found is None:
            raise LookupError(f"position {position} is not in the log")
        return LogRow._make(found)

    def position_at(self, time: datetime) -> int:
        """The last position recorded at or before a moment; 0 before the first.

        Times never go back along the log, so this looks at a handful of rows only.
        """
        positions = range(1, self.last_position() + 1)
        return bisect_right(positions, time, key=self._time_at)

    def chain(self, office: str) -> Link:
        """The last signed posting of an office."""
        rows = self.ask(
            lambda cursor: cursor.execute(self._sql["find_chains"], ([office],)).fetchall()
        )
        return Link(*rows[0][1:]) if rows else Link()

    def copies(self) -> Copies:
        """On how many machines commits are."""
        return self.ask(query_copies)

    def ask(self, question: Callable[[Cursor[TupleRow]], TAnswer]) -> TAnswer:
        """Ask the database over this reader's connection, in binary.

        Once more on a new connection when the old one turns out to be lost, so a question only
        reads.
        """
        with self._lock:
            fresh = self._connection is None
            try:
                return self._ask_once(question)
            except (psycopg.OperationalError, psycopg.InterfaceError):
                self._drop()
                if fresh:
                    raise
            return self._ask_once(question)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _time_at(self, position: int) -> datetime:
        row = self.row(position)
        return decode(row.topic, row.state).timestamp

    def _ask_once(self, question: Callable[[Cursor[TupleRow]], TAnswer]) -> TAnswer:
        if self._connection is None:
            self._connection = psycopg.connect(self._conninfo, autocommit=True)
        with self._connection.cursor(binary=True) as cursor:
            return question(cursor)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _only(row: TupleRow | None) -> TupleRow:
    if row is None:
        raise LookupError("the database gave no row")
    return row
