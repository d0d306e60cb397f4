"""Postings into the log: all that wait are decided and committed together.

One thread per process takes what is waiting, decides it under the lock of the events table, and
commits once. Any number of processes may do so at the same time; the lock makes them take turns.

This is what makes commits cheap: while one group is being committed the next one gathers, so the
groups grow with the load and nobody waits for a timer.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from aggregates.base import Envelope
from aggregates.commands.election_commands import Submission
from aggregates.decisions.repository import ElectionRepository
from infra.adapters.event_log.aggregate_store import EventLogStore
from infra.adapters.event_log.clock_guard import ClockGuard
from infra.adapters.event_log.log_errors import LogClosed, LogUnavailable
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.event_log.recorder import LogRecorder
from infra.adapters.event_log.submission_receipt import Receipt
from infra.adapters.event_log.write_batch import LogCursor, WriteBatch
from infra.adapters.event_log.writer_session import RETRY_SECONDS_MAX, WriterSession
from infra.adapters.postgres.statements import Statements

GROUP_MAX = 500
"""Requests answered together at most; keeps one transaction well below a second."""
WAITING_MAX = 50_000
"""Requests that may wait; more are turned away at once, so that memory stays bounded."""

TRequest = TypeVar("TRequest")
TAnswer = TypeVar("TAnswer")
TTold_contra = TypeVar("TTold_contra", contravariant=True)
_Answers = Sequence[Receipt | Exception]


class AnswerReceiver(Protocol[TTold_contra]):
    """Receives what became of a request: a `Future`, or a callback."""

    def set_running_or_notify_cancel(self) -> bool:
        """Whether the request still stands; it cannot be withdrawn afterwards."""

    def set_result(self, result: TTold_contra, /) -> None:
        """Take the answer."""

    def set_exception(self, exception: BaseException | None, /) -> None:
        """Take what was wrong."""


_Waiting = tuple[TRequest, AnswerReceiver[TAnswer]]


class LogWriter:
    """Takes submissions from any thread and answers with receipts.

    Args:
        conninfo: The database.
        recorder: Of the log.
        guard: The clock, and whether it is believed; events never go back in it.
        retry_seconds_max: How long to wait for a database that is away.
        group_max: Most submissions in one transaction.
    """

    def __init__(
        self,
        conninfo: str,
        recorder: LogRecorder,
        *,
        guard: ClockGuard | None = None,
        retry_seconds_max: float = RETRY_SECONDS_MAX,
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
            conninfo, forget=self._store.clear, retry_seconds_max=retry_seconds_max
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

    def take_all(
        self, postings: Sequence[tuple[PendingSubmission, AnswerReceiver[Receipt]]]
    ) -> None:
        """Record postings, whose signatures have been verified, in one group if it has room.

        Args:
            postings: Each with the receiver of its outcome, which the writer's thread calls.

        Raises:
            LogUnavailable: Closed, or too many are waiting; nothing was taken.
        """
        self._thread.submit_all(postings)

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


class BatchWorker(Generic[TRequest, TAnswer]):
    """One thread that answers requests in groups, in the order in which they came.

    Args:
        answer: Answers a group: for each request its answer, or the exception it gets. What it
            raises itself goes to everyone in the group.
        name: Of the thread.
        group_max: Most requests in one group.
    """

    def __init__(
        self,
        answer: Callable[[list[TRequest]], Sequence[TAnswer | Exception]],
        *,
        name: str,
        group_max: int = GROUP_MAX,
    ) -> None:
        self._answer = answer
        self._group_max = group_max
        self._queue: SimpleQueue[_Waiting[TRequest, TAnswer] | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, request: TRequest) -> Future[TAnswer]:
        """Let a request wait for its group.

        Raises:
            LogClosed: After `close`.
            LogUnavailable: Too many wait already.
        """
        future: Future[TAnswer] = Future()
        self.submit_all([(request, future)])
        return future

    def submit_all(self, requests: Sequence[tuple[TRequest, AnswerReceiver[TAnswer]]]) -> None:
        """Let requests wait for their group, each with its sender.

        Raises:
            LogClosed, LogUnavailable: As of `submit`; none of them waits then.
        """
        if self._queue.qsize() + len(requests) > WAITING_MAX:
            raise LogUnavailable(f"{WAITING_MAX} requests are waiting")
        with self._gate:
            if self._closed:
                raise LogClosed("the log is closed")
            for request in requests:
                self._queue.put(request)

    def close(self) -> None:
        """Answer everybody who waits, then end the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._gather()
            # A request whose sender has gone is left out; from here on it cannot be withdrawn.
            group = [(r, sender) for r, sender in group if sender.set_running_or_notify_cancel()]
            if group:
                self._settle(group)

    def _gather(self) -> tuple[list[_Waiting[TRequest, TAnswer]], bool]:
        group: list[_Waiting[TRequest, TAnswer]] = []
        waiting = self._queue.get()
        while waiting is not None:
            group.append(waiting)
            if len(group) >= self._group_max:
                return group, True
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _settle(self, group: list[_Waiting[TRequest, TAnswer]]) -> None:
        answers: Sequence[TAnswer | Exception]
        try:
            answers = self._answer([request for request, _ in group])
        except Exception as error:  # noqa: BLE001 - every sender hears of it
            answers = [error] * len(group)
        for (_, sender), answer in zip(group, answers, strict=True):
            if isinstance(answer, Exception):
                sender.set_exception(as_answer(answer))
            else:
                sender.set_result(answer)


def as_answer(error: Exception) -> Exception:
    """An exception as the future of a loop takes it.

    Given a `StopIteration`, which a rule may let out by mistake, it would never be done.
    """
    if not isinstance(error, StopIteration):
        return error
    failure = RuntimeError(repr(error))
    failure.__cause__ = error
    return failure
