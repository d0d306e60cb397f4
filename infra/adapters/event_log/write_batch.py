"""One turn of a writer: a group of submissions decided under the lock, in one transaction.

The lock is taken before anything is read, and held until the commit. So however many processes
write, each decision is made on exactly the state that its events follow, and two postings can never
both be the first, the final, or the next of a stream.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Self

import msgspec
import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg import Connection
from psycopg.rows import TupleRow

from aggregates.base import CommandContext, Event, SubmissionKey
from aggregates.decisions.command_table import decide
from aggregates.decisions.office_chain import Link, require_next, require_unchained
from aggregates.decisions.repository import ElectionRepository
from aggregates.errors import SubmissionReused
from infra.adapters.event_log.aggregate_store import EventLogStore
from infra.adapters.event_log.clock_guard import ClockGuard
from infra.adapters.event_log.event_codec import decode, encode
from infra.adapters.event_log.log_errors import ClockAhead, LogWentBack
from infra.adapters.event_log.pending_submission import PendingSubmission, likely_streams
from infra.adapters.event_log.recorder import LogRecorder
from infra.adapters.event_log.submission_receipt import (
    Receipt,
    receipt_for,
    recorded_content_sha256,
)
from infra.adapters.postgres.statements import Statements

CLOCK_AHEAD_SECONDS_MAX = 30.0
"""So far a writer's clock may run ahead of the database's. Behind, it only repeats a time."""


class LogCursor(msgspec.Struct, frozen=True):
    """Up to where a process knows the log."""

    position: int = 0
    at: datetime = datetime.min.replace(tzinfo=UTC)


class _Recorded(msgspec.Struct, frozen=True):
    """A submission in the log: its last event, the digest of its body, its receipt."""

    last: Event
    sha256: bytes
    receipt: Receipt

    @classmethod
    def of(cls, last: Event, sha256: bytes, first_position: int, position: int) -> Self:
        receipt = receipt_for(
            last, body_sha256=sha256, first_position=first_position, position=position
        )
        return cls(last, sha256, receipt)

    def refusal(self) -> SubmissionReused:
        """What somebody hears who sends another body under the same id."""
        return SubmissionReused(
            submission=self.last.provenance.submission,
            position=self.receipt.position,
            content_sha256=recorded_content_sha256(self.last.provenance, self.sha256),
        )


def _read_recorded(rows: Iterable[TupleRow]) -> dict[SubmissionKey, _Recorded]:
    found = (
        _Recorded.of(decode(topic, state), sha256, first_position, last_position)
        for sha256, first_position, last_position, topic, state in rows
    )
    return {recorded.last.provenance.key: recorded for recorded in found}


class _OfficeChains:
    """The last signed posting of every office that posts in this turn: read first, moved on last.

    Requires the lock of the log: between the reading and the writing nobody else moves a chain.

    Args:
        connection: Inside a transaction that has the lock.
        sql: The statements of the log.
    """

    def __init__(self, connection: Connection[TupleRow], sql: Statements) -> None:
        self._connection = connection
        self._sql = sql
        self._asked: Iterable[TupleRow] = ()
        self._last: dict[str, Link] = {}
        self._moved: set[str] = set()

    def ask(self, offices: Iterable[str]) -> None:
        """Ask where the chains of these offices end."""
        self._asked = self._connection.execute(self._sql["find_chains"], (sorted(set(offices)),))

    def read(self) -> None:
        """Read what was asked."""
        self._last = {office: Link(sequence, sha256) for office, sequence, sha256 in self._asked}

    def require_next(self, posting: PendingSubmission) -> None:
        """Refuse what does not follow the last posting of its office.

        See `aggregates.decisions.office_chain`.
        """
        submission = posting.submission
        if posting.envelope is None:
            require_unchained(submission)
        else:
            require_next(self._last.get(submission.office, Link()), submission)

    def move(self, posting: PendingSubmission) -> None:
        """The posting is recorded: it is now the last one of its office."""
        submission = posting.submission
        if submission.sequence is not None:
            self._last[submission.office] = Link(submission.sequence, posting.sha256.hex())
            self._moved.add(submission.office)

    def moved(self) -> tuple[list[str], list[int], list[str | None]]:
        """What has moved: offices, and the number and the digest of the last posting of each."""
        offices = sorted(self._moved)
        links = [self._last[office] for office in offices]
        return offices, [link.sequence for link in links], [link.sha256 for link in links]


class WriteBatch:
    """A transaction that has the lock.

    Args:
        connection: Inside a transaction.
        recorder: Records; its lock is taken here.
        sql: The statements of the log.
        store: Aggregates of earlier turns.
        guard: The clock, and whether it is believed.
        repository: Over the store; it remembers what no turn has changed.
        seen: Up to where the store is known to be true.
    """

    def __init__(
        self,
        connection: Connection[TupleRow],
        *,
        recorder: LogRecorder,
        sql: Statements,
        store: EventLogStore,
        guard: ClockGuard,
        repository: ElectionRepository,
        seen: LogCursor,
    ) -> None:
        self._connection = connection
        self._recorder = recorder
        self._sql = sql
        self._store = store
        self._repository = repository
        self._chains = _OfficeChains(connection, sql)
        self._guard = guard
        self._clock = guard.clock
        self._start = seen
        self._at = seen.at
        self._events: list[StoredEvent] = []
        self._recorded: dict[SubmissionKey, _Recorded] = {}
        self._new: list[_Recorded] = []

    @property
    def seen(self) -> LogCursor:
        """Up to where the log is known after this turn."""
        return LogCursor(self._start.position + len(self._events), self._at)

    def answer(self, postings: list[PendingSubmission]) -> list[Receipt | Exception]:
        """Take the lock, decide postings in order, and write what they cause."""
        self._begin(postings)
        self._store.fetch(stream for posting in postings for stream in likely_streams(posting))
        answers = [self._answer(posting) for posting in postings]
        self._write()
        return answers

    def _begin(self, postings: list[PendingSubmission]) -> None:
        """Take the lock and read what the decisions begin with: all questions, then all answers.

        Each question is asked after the lock was got, and sees what was committed before.
        """
        self._recorder.lock_next(self._connection)
        begun = self._connection.execute(self._sql["begin_turn"])
        found = self._ask_recorded([posting.submission.key for posting in postings])
        self._chains.ask(posting.submission.office for posting in postings)
        at, last = begun.fetchone() or (None, 0)
        self._require_clock(at)
        self._start = self._catch_up(self._start, last)
        self._at = self._start.at
        self._guard.require_plausible(self._at if self._start.position else None)
        self._recorded = _read_recorded(found)
        self._chains.read()

    def _require_clock(self, database: datetime | None) -> None:
        """Refuse to stamp anything while this machine runs ahead of the database."""
        ahead_seconds = 0.0 if database is None else (self._clock.now() - database).total_seconds()
        if ahead_seconds > CLOCK_AHEAD_SECONDS_MAX:
            raise ClockAhead(ahead_seconds=ahead_seconds)

    def _catch_up(self, seen: LogCursor, last: int) -> LogCursor:
        """Learn what other processes have recorded since this one looked last."""
        if last < seen.position:
            raise LogWentBack(read=seen.position, last=last)
        if last == seen.position:
            self._store.begin(self._connection, changed=())
            return seen
        changed = self._connection.execute(self._sql["streams_since"], (seen.position,))
        newest = self._connection.execute(self._sql["read_at"], (last,))
        self._store.begin(self._connection, changed=[stream for (stream,) in changed])
        row = newest.fetchone()
        return seen if row is None else LogCursor(last, decode(row[1], row[2]).timestamp)

    def _ask_recorded(self, keys: list[SubmissionKey]) -> Iterable[TupleRow]:
        """Ask for those of the submissions that are in the log already."""
        return self._connection.execute(
            self._sql["find_submissions"],
            ([key.office for key in keys], [key.submission for key in keys]),
        )

    def _answer(self, posting: PendingSubmission) -> Receipt | Exception:
        key = posting.submission.key
        before = self._recorded.get(key)
        if before is not None:
            if before.sha256 != posting.sha256:
                return before.refusal()
            return msgspec.structs.replace(before.receipt, repeated=True)
        self._store.open_decision()
        try:
            recorded = self._decide(posting)
        except psycopg.Error:
            raise
        except Exception as refusal:  # noqa: BLE001 - the sender hears of it
            # Nobody else's posting suffers from a refusal, nor from a mistake in a rule.
            self._store.refuse()
            return refusal
        self._recorded[key] = recorded
        self._new.append(recorded)
        return recorded.receipt

    def _decide(self, posting: PendingSubmission) -> _Recorded:
        submission = posting.submission
        self._chains.require_next(posting)
        # Clocks of several machines differ, and a clock can be set back; the log's time does not.
        at = max(self._clock.now(), self._at)
        context = CommandContext(
            provenance=posting.provenance(),
            at=at,
            signers=posting.signers,
            proven=posting.proven,
        )
        decide(self._repository, submission, context)
        stored = [encode(event) for event in self._store.decided]
        if not stored:
            raise TypeError(f"{type(submission.command).__name__} caused no event")
        events = self._store.accept()
        first = self.seen.position + 1
        self._events += stored
        self._at = at
        self._chains.move(posting)
        return _Recorded.of(events[-1], posting.sha256, first, first + len(events) - 1)

    def _write(self) -> None:
        if not self._new:
            return
        self._recorder.insert(self._connection, self._events, after=self._start.position)
        receipts = [recorded.receipt for recorded in self._new]
        self._connection.execute(
            self._sql["insert_submissions"],
            (
                *self._chains.moved(),
                [recorded.last.provenance.office for recorded in self._new],
                [receipt.submission_id for receipt in receipts],
                [recorded.sha256 for recorded in self._new],
                [receipt.first_position for receipt in receipts],
                [receipt.position for receipt in receipts],
                [receipt.recorded_at for receipt in receipts],
            ),
        )
