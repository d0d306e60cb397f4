"""Reports of small elections, read by row."""

from projections.statistics.table import Cell, Table
from projections.statistics.tables.table_catalogue import Report, build_report
from tests.support.gwt import Command
from tests.unit.projections.nights import Office


def report(*commands: Command) -> Report:
    """The report after these commands."""
    return build_report(Office(*commands).night)


def rows(table: Table, **where: Cell) -> list[dict[str, Cell]]:
    """Rows that say this."""
    return [
        record
        for record in table.records()
        if all(record[name] == value for name, value in where.items())
    ]


def row(table: Table, **where: Cell) -> dict[str, Cell]:
    """The only such row."""
    (found,) = rows(table, **where)
    return found
