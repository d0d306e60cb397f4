"""The chains of offices during one turn: read at its beginning, moved on at its end."""

from collections.abc import Iterable

from psycopg import Connection
from psycopg.rows import TupleRow

from aggregates.decisions.office_chain import Link, require_next, require_unchained
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.postgres.statements import Statements


class Chains:
    """The last signed posting of every office that posts in this turn.

    Requires the lock of the log: between the reading and the writing nobody else moves a chain.

    Args:
        connection: Inside a transaction that has the lock.
        sql: The statements of the log.
    """

    def __init__(self, connection: Connection[TupleRow], sql: Statements) -> None:
        self._connection = connection
        self._sql = sql
        self._last: dict[str, Link] = {}
        self._moved: set[str] = set()

    def fetch(self, offices: Iterable[str]) -> None:
        """Read where the chains of these offices end."""
        rows = self._connection.execute(self._sql["find_chains"], (sorted(set(offices)),))
        self._last = {office: Link(sequence, sha256) for office, sequence, sha256 in rows}

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

    def write(self) -> None:
        """Store what has moved."""
        offices = sorted(self._moved)
        if offices:
            links = [self._last[office] for office in offices]
            self._connection.execute(
                self._sql["move_chains"],
                (offices, [link.sequence for link in links], [link.sha256 for link in links]),
            )
