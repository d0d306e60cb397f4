"""The outlet: what changed goes to the tables of analysts, with the position, in one transaction.

Nothing reads these tables but analysts; they may be dropped and are made again from the log.
"""

from collections.abc import Iterable

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.statements import Statements
from infra.services.queries.rebuild import catch_up
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, AnalystTable, due
from projections.feeds.analyst_unit_rows import Row
from projections.feeds.pointer import warning


class SqlExportAhead(Exception):  # noqa: N818 - it says what is the case
    """The tables know more than the log: the log was restored from a backup, or is another one."""


class SqlExport:
    """Keeps the tables of one log.

    Args:
        log: The log; the tables are in the same database.
        conninfo: Another database for the tables.
    """

    def __init__(self, log: Log, conninfo: str = "") -> None:
        self._log = log
        self._conninfo = conninfo or log.conninfo
        self.schema = f"{log.name.schema}_results"
        self._sql = Statements("outlet", schema=self.schema)
        self._night = ElectionProjection()
        self._follower = log.follower()

    def update(self) -> int:
        """Bring the tables up to the present end of the log and give its position.

        Raises:
            SqlExportAhead: See there.
        """
        catch_up(self._night, self._log.reader)
        if self._night.election is None:
            return 0
        with psycopg.connect(self._conninfo) as connection:
            self._write(connection)
        return self._night.position

    def watch(self) -> None:
        """Update now and with every batch, until `stop`."""
        self.update()
        for rows in self._follower.rows(self._night.position):
            if rows[-1].position > self._night.position:
                self.update()

    def stop(self) -> None:
        """End `watch`; may be called from any thread."""
        self._follower.stop()

    def _write(self, connection: Connection[TupleRow]) -> None:
        connection.execute(self._sql["lock"], (self.schema,))
        known, format_ = self._read_progress(connection)
        if known > self._night.position:
            raise SqlExportAhead(
                f"{self.schema} は位置 {known} ですが、記録は {self._night.position} までです。"
            )
        # Rows that an earlier release wrote lack columns, or say 0 of what is not known.
        for table, rows in due(self._night, known if format_ == DOCUMENT_FORMAT else 0):
            _upsert(connection, self.schema, table, rows)
        facts, state = self._night.register().facts, self._night
        connection.execute(
            self._sql["write_position"],
            (
                facts.id,
                facts.environment,
                warning(state),
                state.position,
                state.times[-1],
                DOCUMENT_FORMAT,
            ),
        )

    def _read_progress(self, connection: Connection[TupleRow]) -> tuple[int, int]:
        """Position and format of what is written; columns that are new are added."""
        connection.execute(self._sql["create_schema"])
        connection.execute(self._sql["create_progress"])
        for table in TABLES:
            connection.execute(_create(self.schema, table))
            connection.execute(_add_columns(self.schema, table))
        found = connection.execute(self._sql["read_position"]).fetchone()
        return (0, DOCUMENT_FORMAT) if found is None else (int(found[0]), int(found[1]))


def _names(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _create(schema: str, table: AnalystTable) -> sql.Composed:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.type))
        for column in table.all_columns
    ]
    return sql.SQL("CREATE TABLE IF NOT EXISTS {}.{} ({}, PRIMARY KEY ({}))").format(
        sql.Identifier(schema),
        sql.Identifier(table.name),
        sql.SQL(", ").join(columns),
        _names(table.key),
    )


def _add_columns(schema: str, table: AnalystTable) -> sql.Composed:
    added = [
        sql.SQL("ADD COLUMN IF NOT EXISTS {} {}").format(
            sql.Identifier(column.name), sql.SQL(column.type)
        )
        for column in table.columns
    ]
    return sql.SQL("ALTER TABLE {}.{} {}").format(
        sql.Identifier(schema), sql.Identifier(table.name), sql.SQL(", ").join(added)
    )


def _upsert(
    connection: Connection[TupleRow], schema: str, table: AnalystTable, rows: list[Row]
) -> None:
    """Copy the rows in and merge them: a batch costs the same whether it has ten rows or 10,000."""
    target = sql.Identifier(schema, table.name)
    incoming = sql.Identifier(f"incoming_{table.name}")
    columns = _names(column.name for column in table.all_columns)
    others = [column.name for column in table.all_columns if column.name not in table.key]
    updates = sql.SQL(", ").join(
        sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in others
    )
    connection.execute(
        sql.SQL("CREATE TEMP TABLE {} (LIKE {}) ON COMMIT DROP").format(incoming, target)
    )
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(incoming, columns)
    with connection.cursor() as cursor, cursor.copy(copy) as stream:
        for row in rows:
            stream.write_row(row)
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}").format(
            target, columns, columns, incoming, _names(table.key), updates
        )
    )
