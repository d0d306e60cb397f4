"""One log: one election in one environment, in one schema of one database."""

import threading
from datetime import datetime
from types import TracebackType
from typing import Self

import psycopg

from infra.adapters.event_log.clock_guard import ClockGuard
from infra.adapters.event_log.follower import Follower
from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.event_log.log_reader import LogReader
from infra.adapters.event_log.log_writer import LogWriter
from infra.adapters.event_log.recorder import LogDatastore, LogRecorder
from infra.adapters.postgres.schema_migrations import migrate
from infra.adapters.postgres.schemas import LogName
from infra.runtime.clock import Clock

_CONNECT_SECONDS_MAX = 5


class Log:
    """Opens a log, making or migrating its tables where that is needed.

    Args:
        conninfo: The database.
        name: Which election and environment.
        clock: The time, for what is recorded here.
        clock_confirmed: Time of the last entry, when an operator has confirmed the clock.

    Raises:
        LogUnavailable: The database cannot be reached.
        SchemaMismatch: A later version of this software has migrated the log.
    """

    def __init__(
        self,
        conninfo: str,
        name: LogName,
        *,
        clock: Clock | None = None,
        clock_confirmed: datetime | None = None,
    ) -> None:
        self.name = name
        self.conninfo = conninfo
        self._guard = ClockGuard(clock, clock_confirmed)
        self._writer: LogWriter | None = None
        self._beginning = threading.Lock()
        _require_reachable(conninfo)
        migrate(conninfo, name.schema)
        self.recorder = LogRecorder(LogDatastore(conninfo, name.schema))
        self.reader = LogReader(conninfo, name.schema)

    @property
    def writer(self) -> LogWriter:
        """The writer of this process; its thread begins with the first use."""
        # Asked from several threads: a second writer would be closed by nobody, nor looked after.
        with self._beginning:
            if self._writer is None:
                self._writer = LogWriter(self.conninfo, self.recorder, guard=self._guard)
            return self._writer

    def write_fault(self, last: datetime | None = None) -> str:
        """Why this process could not write its last postings, or cannot write the next ones.

        Args:
            last: Time of the last entry, as far as it is known.

        Returns:
            Empty when it can.
        """
        found = "" if self._writer is None else self._writer.fault
        return found or self._guard.fault(last)

    def follower(self) -> Follower:
        """A new follower of this log."""
        return Follower(self.conninfo, self.name.schema)

    def close(self) -> None:
        """Record what waits, then close every connection. Followers are stopped by their owners."""
        if self._writer is not None:
            self._writer.close()
        self.reader.close()
        self.recorder.datastore.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()


def _require_reachable(conninfo: str) -> None:
    """Say why a database cannot be reached; the library's pool would only say that it waited."""
    try:
        psycopg.connect(conninfo, connect_timeout=_CONNECT_SECONDS_MAX).close()
    except psycopg.OperationalError as error:
        raise LogUnavailable(str(error)) from error
