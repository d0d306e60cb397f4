"""The tables of analysts: what the fold says, kept up row by row."""

from pathlib import Path

import psycopg
import pyarrow.parquet
import pytest
from psycopg.sql import SQL, Identifier

from infra.adapters.event_log import Log
from infra.services.queries.rebuild import catch_up
from infra.services.sql_export.parquet_export import write_parquet
from infra.services.sql_export.sql_export import SqlExport, SqlExportAhead
from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, every_row
from tests import builders as b
from tests.support.gwt import Command
from tests.support.posting import record

SCHEMA = "house50_rehearsal_results"

NIGHT: tuple[Command, ...] = (
    *b.HOUSE,
    b.OPEN,
    b.turnout(b.figures((1000, 1100), (500, 520)), b.DISTRICT_1, b.CHIYODA),
    b.tally(b.sheet({"d1-ao": 600, "d1-aka": 400}, invalid=20), b.DISTRICT_1),
    b.correction(b.sheet({"d1-ao": 590, "d1-aka": 410}, invalid=20), b.DISTRICT_1),
    b.tally(b.sheet({"ao": 600, "aka": 300}), b.BLOCK, b.CHIYODA),
    b.declare(b.DISTRICT_1, "d1-ao"),
    b.withdraw(b.BLOCK, "aka-3", day=b.EVE),
)


@pytest.fixture(autouse=True)
def _empty(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(SCHEMA)))


def stored(conninfo: str) -> dict[str, list[tuple[object, ...]]]:
    """Every table, its rows sorted."""
    with psycopg.connect(conninfo) as connection:
        return {
            table.name: sorted(
                connection.execute(
                    SQL("SELECT * FROM {}").format(Identifier(SCHEMA, table.name))
                ).fetchall(),
                key=repr,
            )
            for table in TABLES
        }


def folded(log: Log) -> dict[str, list[tuple[object, ...]]]:
    night = ElectionProjection()
    catch_up(night, log.reader)
    return {table.name: sorted(every_row(table, night), key=repr) for table in TABLES}


def test_row_by_row_is_the_same_as_all_at_once(log: Log, conninfo: str) -> None:
    outlet = SqlExport(log)
    for command in NIGHT:
        record(log, command)
        outlet.update()

        assert stored(conninfo) == folded(log)


def test_a_new_process_goes_on(log: Log, conninfo: str) -> None:
    record(log, *NIGHT[:-3])
    SqlExport(log).update()
    record(log, *NIGHT[-3:])
    position = SqlExport(log).update()

    assert stored(conninfo) == folded(log)
    with psycopg.connect(conninfo) as connection:
        row = connection.execute(
            SQL("SELECT election, environment, position, warning FROM {}.progress").format(
                Identifier(SCHEMA)
            )
        ).fetchone()
    assert row is not None
    assert row[:3] == ("house50", "rehearsal", position)
    assert "REHEARSAL" in row[3]


def test_figures_are_those_of_the_sheets(log: Log, conninfo: str) -> None:
    record(log, *NIGHT)
    SqlExport(log).update()
    with psycopg.connect(conninfo) as connection:
        votes = connection.execute(
            SQL(
                "SELECT option, votes_thousandths FROM {}.unit_votes WHERE contest = %s ORDER BY 1"
            ).format(Identifier(SCHEMA)),
            (b.DISTRICT_1,),
        ).fetchall()
    assert votes == [("d1-aka", 410_000), ("d1-ao", 590_000)]


def test_nothing_is_half_written(log: Log, conninfo: str) -> None:
    # Given a table that cannot take its rows
    record(log, *NIGHT[:-3])
    outlet = SqlExport(log)
    outlet.update()
    before = stored(conninfo)
    with psycopg.connect(conninfo) as connection:
        connection.execute(
            SQL("ALTER TABLE {}.corrections ADD CHECK (old <> 0)").format(Identifier(SCHEMA))
        )
        connection.execute(
            SQL("ALTER TABLE {}.seats ADD CHECK (declared_seats = 0)").format(Identifier(SCHEMA))
        )
    record(log, *NIGHT[-3:])

    # When a batch needs it
    with pytest.raises(psycopg.errors.CheckViolation):
        outlet.update()

    # Then no table has anything of that batch
    assert stored(conninfo) == before


def test_tables_that_know_more_than_the_log_are_left_alone(log: Log, conninfo: str) -> None:
    record(log, *b.DISTRICT)
    SqlExport(log).update()
    with psycopg.connect(conninfo) as connection:
        connection.execute(SQL("UPDATE {}.progress SET position = 1000").format(Identifier(SCHEMA)))

    with pytest.raises(SqlExportAhead):
        SqlExport(log).update()


def test_parquet_holds_the_same_rows(log: Log, tmp_path: Path) -> None:
    record(log, *NIGHT)
    night = ElectionProjection()
    catch_up(night, log.reader)
    for table in TABLES:
        path = tmp_path / f"{table.name}.parquet"
        write_parquet(night, table, path)

        read = pyarrow.parquet.read_table(path)
        rows = [tuple(row.values())[1:] for row in read.to_pylist()]
        assert rows == every_row(table, night)
        assert set(read["environment"].to_pylist()) <= {"rehearsal"}
        assert "REHEARSAL" in read.schema.metadata[b"warning"].decode()
