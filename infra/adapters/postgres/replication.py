"""On how many machines a commit is, and what is kept for those who take the log away."""

from typing import NamedTuple

from psycopg import Cursor
from psycopg.rows import TupleRow

from infra.adapters.postgres.statements import Statements


class Copies(NamedTuple):
    """What the database says of its copies.

    Attributes:
        wanted: Whether a commit waits for a standby (`synchronous_standby_names`).
        standbys: Standbys that commits wait for and that follow; None for users who may not know
            (PostgreSQL tells roles with `pg_read_all_stats`).
        held_bytes: Write-ahead log that the slot furthest behind keeps from being thrown away.
    """

    wanted: bool
    standbys: int | None
    held_bytes: int


def query_copies(cursor: Cursor[TupleRow]) -> Copies:
    """Ask the database."""
    sql = Statements("copies")
    wanted, standbys, hidden = cursor.execute(sql["standbys"]).fetchone() or (False, 0, 0)
    (held,) = cursor.execute(sql["held"]).fetchone() or (0,)
    return Copies(wanted, None if hidden else standbys, held)
