"""What a report says differently from an earlier one of the same election."""

from collections.abc import Iterator

from projections.statistics.table import Column, Table, keys
from projections.statistics.tables.table_catalogue import Report

TABLE_ID = "changes"
_GONE = "（行なし）"
_MARK, _MARKS = "推計", "estimated"
"""What notes of a table say of estimates; the column that names those of a row."""


def changes(before: Report, now: Report) -> Table:
    """Every cell that differs, by table, row and column.

    Args:
        before: The report as it was issued last.
        now: The report to be issued.
    """
    rows = tuple(
        (table.id, table.number, *changed)
        for table in now.tables
        for changed in _cell_changes(_earlier(before, table), table)
    )
    return Table(
        id=TABLE_ID,
        number="0",
        title="前回発行からの変更",
        columns=(
            *keys(("table", "表"), ("number", "番号"), ("row", "行"), ("column", "項目")),
            Column("before", "前回"),
            Column("after", "今回"),
            Column("estimated", "推計"),
        ),
        rows=rows,
        notes=(f"前回は記録位置{before.position:,}、今回は記録位置{now.position:,}です。",),
    )


def _earlier(before: Report, table: Table) -> Table | None:
    return next((each for each in before.tables if each.id == table.id), None)


def _cell_changes(before: Table | None, now: Table) -> Iterator[tuple[str, str, str, str, str]]:
    noted = _MARK in " ".join((*(before.notes if before is not None else ()), *now.notes))
    for row, column, earlier, later, marked in _cells(before, now):
        yield row, column, earlier, later, "推計を含む" if noted or marked else ""


def _cells(before: Table | None, now: Table) -> Iterator[tuple[str, str, str, str, bool]]:
    """Every cell that differs, and whether its row names figures that were estimated."""
    titles = {column.id: column.title for column in now.columns}
    then = _by_key(before) if before is not None else {}
    for key, cells in _by_key(now).items():
        earlier = then.pop(key, None)
        row = " ".join(filter(None, key))
        if earlier is None:
            yield row, "", _GONE, " ".join(cells.values()), bool(cells.get(_MARKS))
            continue
        marked = bool(earlier.get(_MARKS) or cells.get(_MARKS))
        for column, value in cells.items():
            if earlier.get(column, "") != value:
                yield row, titles[column], earlier.get(column, ""), value, marked
    for key, earlier in then.items():
        gone = " ".join(earlier.values())
        yield " ".join(filter(None, key)), "", gone, _GONE, bool(earlier.get(_MARKS))


def _by_key(table: Table) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows by key; where a key heads several, the later ones by their place too."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    key_count = [n for n, column in enumerate(table.columns) if column.key]
    rest = [(n, column.id) for n, column in enumerate(table.columns) if not column.key]
    for row in table.text_rows():
        key = tuple(row[n] for n in key_count)
        while key in found:
            key = (*key, "〃")
        found[key] = {column: row[n] for n, column in rest}
    return found
