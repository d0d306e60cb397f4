"""Rows in PostgreSQL, beside the events they commit to (a `RowStore`).

Every operation has its own connection: after an error nothing of it is left that could lie.
"""

import psycopg

from infra.adapters.postgres.statements import Statements
from infra.protocols.protocol_errors import SwapLost
from infra.protocols.tlog.ports import TreeRow


class PostgresRows:
    """Keeps rows in the table `transparency` of the schema of a log.

    Args:
        conninfo: The database.
        schema: The schema of the log, which makes the table as it opens.
    """

    def __init__(self, conninfo: str, schema: str) -> None:
        self._conninfo = conninfo
        self._statements = Statements("rows", schema=schema)

    def load(self, origin: str) -> TreeRow | None:
        """The row of a log; None when it has none yet."""
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            found = connection.execute(
                self._statements["load_row"], {"origin": origin}, binary=True
            ).fetchone()
        return None if found is None else TreeRow(*found)

    def swap(self, before: TreeRow | None, after: TreeRow) -> None:
        """Replace the row, or make it when `before` is None.

        Raises:
            SwapLost: The row is not `before`.
        """
        name = "insert_row" if before is None else "swap_row"
        old = {} if before is None else {f"old_{k}": v for k, v in before._asdict().items()}
        with psycopg.connect(self._conninfo) as connection:
            done = connection.execute(self._statements[name], {**old, **after._asdict()})
            if done.rowcount != 1:
                raise SwapLost(f"the row of {after.origin} is not the one that was read")
