"""How far the log has been brought to a topic, kept beside the log."""

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.statements import Statements


class Tracking:
    """The tracked position of one topic: everything up to it has certainly been carried there.

    Args:
        log: The log that is carried.
        topic: Where to.
    """

    def __init__(self, log: Log, topic: str) -> None:
        self._log = log
        self._topic = topic
        self._sql = Statements("relay", schema=log.name.schema)
        self._connection: Connection[TupleRow] | None = None

    def position(self) -> int:
        """The tracked position; 0 at first."""
        row = self._open().execute(self._sql["reached"], (self._topic,)).fetchone()
        return 0 if row is None else int(row[0])

    def reach(self, position: int) -> None:
        """Everything up to this position is there."""
        self._open().execute(self._sql["reach"], (self._topic, position))

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection[TupleRow]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._log.conninfo, autocommit=True)
            # Losing the last step costs a repeat, so it need not wait for the disk.
            self._connection.execute("SET synchronous_commit = off")
            self._connection.execute(self._sql["create"])
        return self._connection
