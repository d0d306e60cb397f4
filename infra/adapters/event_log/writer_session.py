"""The writer's connection: transactions that are repeated until it is known what became of them.

When a connection is lost during a commit, nobody knows whether it happened. The work is then done
again from the start on a new connection. Work must therefore find out for itself what is recorded
already; the log's writer does so with its table of submissions.
"""

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import psycopg
import structlog
from psycopg import Connection, errors
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from infra.adapters.event_log.log_errors import LogFull, LogUnavailable
from infra.adapters.postgres.statements import Statements

RETRY_SECONDS_MAX = 10.0
"""How long a posting waits for a database that is away, before its sender hears of it."""

_FIRST_DELAY_SECONDS = 0.02
_DELAY_SECONDS_MAX = 1.0
_CONNECT_SECONDS_MAX = 5
_HOPELESS = (errors.DiskFull, errors.ReadOnlySqlTransaction)
"""The server answers, but cannot write; trying again at once would not help."""

TResult = TypeVar("TResult")
_log = structlog.get_logger(__name__)


class WriterSession:
    """One connection for one thread.

    Args:
        conninfo: The database.
        forget: Called whenever a transaction may not have been committed: what was remembered
            of it must be forgotten.
        retry_seconds_max: How long to try again.

    Attributes:
        fault: Why the last group could not be written; empty when it could.
    """

    def __init__(
        self,
        conninfo: str,
        *,
        forget: Callable[[], None],
        retry_seconds_max: float = RETRY_SECONDS_MAX,
    ) -> None:
        self._conninfo = conninfo
        self._forget = forget
        self._retry_seconds_max = retry_seconds_max
        self._connection: Connection[TupleRow] | None = None
        self._away = False
        self.fault = ""

    def transact(self, work: Callable[[Connection[TupleRow]], TResult]) -> TResult:
        """Do work in a transaction and commit it.

        Raises:
            LogFull: The disk of the database is full; nothing is recorded.
            LogUnavailable: The database stays away or cannot write; whether the work is recorded
                is unknown.
            psycopg.Error: The database refuses the work itself; nothing is recorded.
        """
        # Once it is known to be away, one attempt per group is enough to notice its return.
        end = time.monotonic() + (0.0 if self._away else self._retry_seconds_max)
        for delay_seconds in _delays():
            try:
                result = self._once(work)
            except psycopg.Error as error:
                if not self._is_lost(error):
                    raise
                self._drop()
                hopeless = isinstance(error, _HOPELESS)
                if hopeless or time.monotonic() + delay_seconds > end:
                    self._away = not hopeless
                    raise self._build_fault(error) from error
                _log.warning("log.retry", error=_describe(error), delay_seconds=delay_seconds)
                time.sleep(delay_seconds)
            else:
                self._away = False
                self.fault = ""
                return result
        raise LogUnavailable("gave up")

    def _build_fault(self, error: psycopg.Error) -> LogUnavailable:
        """What the senders hear; remembered until something can be written again."""
        self.fault = _describe(error)
        kind = LogFull if isinstance(error, errors.DiskFull) else LogUnavailable
        return kind(self.fault)

    def close(self) -> None:
        """Close the connection."""
        self._drop()

    def _once(self, work: Callable[[Connection[TupleRow]], TResult]) -> TResult:
        try:
            connection = self._connection_now()
            # What needs no answer yet travels with the next thing that does: a turn is two round
            # trips. After a failure the server passes over all that follows, the commit as well.
            with connection.pipeline():
                connection.execute(b"BEGIN", prepare=False)
                result = work(connection)
                committed = connection.execute(b"COMMIT", prepare=False)
            _require_committed(committed.statusmessage)
        except BaseException:
            self._forget()
            self._leave_failed()
            raise
        return result

    def _leave_failed(self) -> None:
        """End a transaction whose own end was passed over, as all that follows a failure is."""
        connection = self._connection
        if connection is None or connection.closed:
            return
        if connection.info.transaction_status != TransactionStatus.IDLE:
            try:
                connection.rollback()
            except psycopg.Error:
                # What cannot be ended must not be gone on with: the next turn begins elsewhere.
                self._drop()

    def _connection_now(self) -> Connection[TupleRow]:
        if self._connection is None or self._connection.closed:
            connection = psycopg.connect(
                self._conninfo, autocommit=True, connect_timeout=_CONNECT_SECONDS_MAX
            )
            options = Statements("session")
            connection.execute(options["never_stand_still"])
            connection.execute(options["wait_for_turn"])
            connection.execute(options["commit_to_disk"])
            self._connection = connection
        return self._connection

    def _is_lost(self, error: psycopg.Error) -> bool:
        kinds = (psycopg.OperationalError, psycopg.InterfaceError, *_HOPELESS)
        return isinstance(error, kinds) or self._connection is None or self._connection.closed

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _require_committed(said: str | None) -> None:
    """The end of the pipeline has raised what failed; this is the server's own word.

    Raises:
        InternalError: It ended the transaction otherwise than it was asked to.
    """
    if said != "COMMIT":
        raise psycopg.InternalError(f"the server answered {said!r} to a commit")


def _delays() -> Iterator[float]:
    """Waits between attempts, doubling; the caller ends them."""
    delay_seconds = _FIRST_DELAY_SECONDS
    while True:
        yield delay_seconds
        delay_seconds = min(delay_seconds * 2, _DELAY_SECONDS_MAX)


def _describe(error: psycopg.Error) -> str:
    return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"
