"""Postings into the log: all that wait are decided and committed together.

One thread per process takes what is waiting, decides it under the lock of the events table, and
commits once. Any number of processes may do so at the same time; the lock makes them take turns.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from aggregates.base import Envelope
from aggregates.commands.election_commands import Submission
from aggregates.decisions.repository import ElectionRepository
from infra.adapters.event_log.aggregate_store import EventLogStore
from infra.adapters.event_log.batch_worker import GROUP_MAX, BatchWorker
from infra.adapters.event_log.clock_guard import ClockGuard
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.event_log.recorder import LogRecorder
from infra.adapters.event_log.submission_receipt import Receipt
from infra.adapters.event_log.write_batch import LogCursor, WriteBatch
from infra.adapters.event_log.writer_session import PATIENCE_SECONDS, WriterSession
from infra.adapters.postgres.statements import Statements

_Answers = Sequence[Receipt | Exception]


class LogWriter:
    """Takes submissions from any thread and answers with receipts.

    Args:
        conninfo: The database.
        recorder: Of the log.
        guard: The clock, and whether it is believed; events never go back in it.
        patience_seconds: How long to wait for a database that is away.
        group_max: Most submissions in one transaction.
    """

    def __init__(
        self,
        conninfo: str,
        recorder: LogRecorder,
        *,
        guard: ClockGuard | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
        group_max: int = GROUP_MAX,
    ) -> None:
        schema = recorder.datastore.schema
        self._recorder = recorder
        self._sql = Statements("log", schema=schema, channel=schema)
        self._guard = guard or ClockGuard()
        self._store = EventLogStore(self._sql)
        self._repository = ElectionRepository(self._store)
        self._seen = LogCursor()
        self._session = WriterSession(
            conninfo, forget=self._store.clear, patience_seconds=patience_seconds
        )
        self._thread = BatchWorker(self._answer, name="log-writer", group_max=group_max)

    def submit(
        self, submission: Submission, body_sha256: bytes, *, envelope: Envelope | None = None
    ) -> Future[Receipt]:
        """Record a submission with the next group.

        Args:
            submission: What an office asks for; its form has been checked.
            body_sha256: Digest of the body as it came. The same id with the same digest gets the
                original receipt; with another digest it is refused.
            envelope: The signed envelope as it came, if it was signed.

        Returns:
            The receipt, once the submission is on disk. The future raises `Refusal` when a rule
            is against it (nothing is recorded), and `LogUnavailable` when the database stays away
            (send it again: it is recorded once).

        Raises:
            LogUnavailable: Closed, or too many are waiting.
        """
        return self.take(PendingSubmission(submission, body_sha256, envelope))

    def take(self, posting: PendingSubmission) -> Future[Receipt]:
        """Record a posting, whose signatures have been verified, with the next group.

        Returns:
            As of `submit`.

        Raises:
            LogUnavailable: Closed, or too many are waiting.
        """
        return self._thread.submit(posting)

    def post(
        self,
        submission: Submission,
        body_sha256: bytes,
        *,
        envelope: Envelope | None = None,
    ) -> Receipt:
        """Record a submission and wait for its receipt; see `submit`."""
        return self.submit(submission, body_sha256, envelope=envelope).result()

    @property
    def fault(self) -> str:
        """Why the last group could not be written; empty when it could."""
        return self._session.fault

    def close(self) -> None:
        """Record what waits, then stop."""
        self._thread.close()
        self._session.close()

    def _answer(self, postings: list[PendingSubmission]) -> _Answers:
        return _split(postings, self._commit)

    def _commit(self, postings: list[PendingSubmission]) -> _Answers:
        answers, self._seen = self._session.transact(
            lambda connection: self._take_turn(connection, postings)
        )
        return answers

    def _take_turn(
        self, connection: Connection[TupleRow], postings: list[PendingSubmission]
    ) -> tuple[_Answers, LogCursor]:
        turn = WriteBatch(
            connection,
            recorder=self._recorder,
            sql=self._sql,
            store=self._store,
            guard=self._guard,
            repository=self._repository,
            seen=self._seen,
        )
        return turn.answer(postings), turn.seen


def _split(
    postings: list[PendingSubmission], commit: Callable[[list[PendingSubmission]], _Answers]
) -> _Answers:
    """Commit together; where the database refuses the group, find the one it refuses."""
    try:
        return commit(postings)
    except psycopg.Error as error:
        if len(postings) == 1:
            return [error]
        half = len(postings) // 2
        return [*_split(postings[:half], commit), *_split(postings[half:], commit)]
