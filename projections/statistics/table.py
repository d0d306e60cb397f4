"""What a table is: columns that say what their cells are, rows, notes."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

Kind = Literal["text", "count", "votes", "thousandths", "percent", "flag"]
"""What the cells of a column are.

`count`: people, ballots, seats. `votes`: thousandths, printed without decimals where whole.
`thousandths`: always with three decimals. `percent`: hundredths of a percent.
"""

Cell: TypeAlias = str | int | bool | None
"""Exact: whole numbers in the unit of the column; None where nothing is printed."""

TOTAL = "__TOTAL__"
"""What stands in the column of parties where all are summed up."""

_VOTE = 1000


class Column(msgspec.Struct, frozen=True):
    """A column.

    Attributes:
        id: Its name in a tidy file.
        title: Its heading.
        kind: What its cells are.
        key: Whether it says which row this is.
    """

    id: str
    title: str
    kind: Kind = "text"
    key: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table, tidy: one row per thing and cut.

    Attributes:
        id: Name of its file.
        number: Where the report has it: `3(10)`.
        title: 党派別得票数（比例代表）.
        columns: In order.
        rows: Cells in the order of the columns.
        notes: What has to be said under it.
        readable: Name as filed -> readable name, where they differ.
    """

    id: str
    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    readable: dict[str, str] = {}

    def records(self) -> Iterator[dict[str, Cell]]:
        """Rows by column id."""
        names = [column.id for column in self.columns]
        for row in self.rows:
            yield dict(zip(names, row, strict=True))

    def text_rows(self) -> Iterator[tuple[str, ...]]:
        """Rows as text."""
        kinds = [column.kind for column in self.columns]
        for row in self.rows:
            yield tuple(format_cell(kind, cell) for kind, cell in zip(kinds, row, strict=True))


def keys(*columns: tuple[str, str]) -> tuple[Column, ...]:
    """Columns that say which row it is, as (id, title)."""
    return tuple(Column(name, title, "text", key=True) for name, title in columns)


def columns(kind: Kind, *titled: tuple[str, str]) -> tuple[Column, ...]:
    """Columns of one kind, as (id, title)."""
    return tuple(Column(name, title, kind) for name, title in titled)


def by_sex(kind: Kind, stem: str, title: str) -> tuple[Column, ...]:
    """Three columns: men, women, together; `voters_male` and so on."""
    prefix = f"{stem}_" if stem else ""
    return columns(
        kind,
        (f"{prefix}male", f"{title}男"),
        (f"{prefix}female", f"{title}女"),
        (f"{prefix}total", f"{title}計"),
    )


def format_cell(kind: Kind, cell: Cell) -> str:
    """A cell as it is printed in a tidy file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) or kind not in _DECIMALS:
        return str(cell)
    if kind == "votes" and cell % _VOTE == 0:
        return str(cell // _VOTE)
    return _decimal(cell, _DECIMALS[kind])


_DECIMALS: dict[Kind, int] = {"votes": 3, "thousandths": 3, "percent": 2}


def _decimal(value: int, decimals: int) -> str:
    whole, rest = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{decimals}d}"


def blank_if_zero(number: int | None) -> int | None:
    """Numbers of people and votes leave a zero blank."""
    return number or None
