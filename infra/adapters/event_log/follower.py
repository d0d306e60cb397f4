"""Rows of the log as they are committed, each once and in order.

The database wakes the follower at every commit; if a wake-up is lost, it looks by itself soon
after. A lost connection is opened again; the position makes sure that nothing is missed or twice.
"""

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TypeAlias, TypeVar

import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import TupleRow

from aggregates.base import Event
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_errors import GapInLog, LogWentBack
from infra.adapters.event_log.log_reader import PAGE_ROWS, LogReader, LogRow
from infra.adapters.postgres.statements import Statements

POLL_SECONDS = 1.0
RECONNECT_SECONDS = 0.2

_log = structlog.get_logger(__name__)

TPage = TypeVar("TPage")
Reading: TypeAlias = Callable[[LogReader, int], tuple[int, TPage] | None]
"""What reads the page following a position: its last position and what it holds; None at the
end of the log."""


class Follower:
    """Follows one log until it is stopped; one follower is iterated over once.

    Args:
        conninfo: The database.
        schema: The log's schema.
        poll_seconds: How long to rely on being woken.
    """

    def __init__(self, conninfo: str, schema: str, *, poll_seconds: float = POLL_SECONDS) -> None:
        self._conninfo = conninfo
        self._sql = Statements("log", schema=schema, channel=schema)
        self._reader = LogReader(conninfo, schema)
        self._poll_seconds = poll_seconds
        self._stopped = threading.Event()
        # Writing to one end of this pair interrupts the wait at the other.
        self._waker, self._woken = socket.socketpair()

    def rows(self, after: int = 0, limit: int = PAGE_ROWS) -> Iterator[list[LogRow]]:
        """Yield batches of rows after a position; blocks for new rows until `stop`.

        Raises:
            GapInLog: Positions are not consecutive.
            LogWentBack: The log ends before `after`.
        """

        def read(reader: LogReader, position: int) -> tuple[int, list[LogRow]] | None:
            batch = reader.read(position, limit)
            if not batch:
                return None
            _require_consecutive(batch, position)
            return batch[-1].position, batch

        for _, batch in self.pages(read, after):
            yield batch

    def pages(self, read: Reading[TPage], after: int = 0) -> Iterator[tuple[int, TPage]]:
        """Yield pages of the log; blocks for new entries until `stop`.

        Args:
            read: Reads one page; sees to it itself that the page is whole.
            after: Where to begin.

        Raises:
            LogWentBack: The log ends before `after`.
        """
        try:
            yield from self._pages(read, after)
        finally:
            self._reader.close()
            self._woken.close()

    def events(self, after: int = 0) -> Iterator[list[tuple[int, Event]]]:
        """Yield events with their positions; blocks for new ones until `stop`."""
        for batch in self.rows(after):
            yield [(row.position, decode(row.topic, row.state)) for row in batch]

    def stop(self) -> None:
        """End at once; may be called from any thread, and more than once."""
        self._stopped.set()
        # The other end is closed when the rows have ended already.
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")

    def _pages(self, read: Reading[TPage], position: int) -> Iterator[tuple[int, TPage]]:
        while not self._stopped.is_set():
            try:
                with self._listen() as connection:
                    self._require_reached(position)
                    for last, page in self._follow(connection, read, position):
                        yield last, page
                        position = last
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                _log.warning("log.follower.reconnect", error=str(error), position=position)
                self._stopped.wait(RECONNECT_SECONDS)

    def _listen(self) -> Connection[TupleRow]:
        """A connection that only listens, so that a wake-up can only be noticed by waiting."""
        connection = psycopg.connect(self._conninfo, autocommit=True)
        connection.execute(self._sql["listen"])
        return connection

    def _require_reached(self, position: int) -> None:
        last = self._reader.last_position()
        if last < position:
            raise LogWentBack(read=position, last=last)

    def _follow(
        self, connection: Connection[TupleRow], read: Reading[TPage], position: int
    ) -> Iterator[tuple[int, TPage]]:
        while not self._stopped.is_set():
            page = read(self._reader, position)
            if page is None:
                self._wait(connection)
            else:
                yield page
                position = page[0]

    def _wait(self, connection: Connection[TupleRow]) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            selector.select(self._poll_seconds)
        # Take every wake-up that has come: one look at the log answers them all.
        for _ in connection.notifies(timeout=0):
            pass


def _require_consecutive(batch: list[LogRow], position: int) -> None:
    for expected, row in enumerate(batch, start=position + 1):
        if row.position != expected:
            raise GapInLog(expected=expected, found=row.position)
