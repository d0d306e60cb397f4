"""What is done to made-up tables so that nobody can say what the whole of them means."""

from collections.abc import Callable
from typing import NamedTuple

from tests.support.made_layouts import Draw, Row

NO_FIGURES = {"rate", "remark", "mark"}
"""Columns that are not read."""


class Spoiling(NamedTuple):
    """A table before it is spoilt.

    Attributes:
        draw: What was drawn.
        heading: Its rows.
        body: Rows of units and sums.
        units: Places of units among them.
        columns: What the columns are.
    """

    draw: Draw
    heading: list[Row]
    body: list[Row]
    units: list[int]
    columns: list[str]

    def name(self) -> int:
        """A column of a candidate."""
        return self.draw.random.choice(self.names())

    def names(self) -> list[int]:
        """Columns of candidates."""
        return [at for at, each in enumerate(self.columns, start=1) if each.startswith("c")]

    def unit(self) -> Row:
        """A row of a unit."""
        return self.body[self.draw.random.choice(self.units)]


def spoil(table: Spoiling, how: str) -> bool:
    """Spoil a table in place; whether that could be done to it."""
    return how in _WAYS and _WAYS[how](table)


def _misspell(table: Spoiling) -> bool:
    column = table.name()
    for row in table.heading:
        row[column] = row[column] and row[column] + "々"
    return True


def _take_heading(table: Spoiling) -> bool:
    column = table.name()
    for row in table.heading:
        row[column] = ""
    return True


def _add_column(table: Spoiling) -> bool:
    table.heading[0].append("点検票")
    for row in table.body:
        row.extend([*[""] * (len(table.columns) + 1 - len(row)), "7"])
    return True


def _change_total(table: Spoiling) -> bool:
    sums = [at for at, row in enumerate(table.body) if at not in table.units and len(row) > 1]
    table.body[sums[-1]][table.name()] = "999999"
    return True


def _change_row_sum(table: Spoiling) -> bool:
    if "sum" not in table.columns:
        return False
    table.unit()[table.columns.index("sum") + 1] = "999999"
    return True


def _take_cities(table: Spoiling) -> bool:
    cities = {"大浜市", "小峰市"}
    wards = [{p.label for p in table.draw.places if p.city == city} for city in cities]
    if not set.intersection(*wards):
        return False
    table.body[:] = [row for row in table.body if row[0] not in cities]
    return True


def _empty_vote(table: Spoiling) -> bool:
    table.unit()[table.name()] = ""
    return True


def _rename_unit(table: Spoiling) -> bool:
    table.unit()[0] = "霧山市"
    return True


def _repeat_column(table: Spoiling) -> bool:
    column, other = table.draw.random.sample(table.names(), 2)
    for row in table.heading:
        row[column] = row[other]
    return True


def _shift_heading(table: Spoiling) -> bool:
    table.heading[:] = [["", *row] for row in table.heading]
    return True


def _shift_right(table: Spoiling) -> bool:
    table.unit().insert(1, "")
    return True


def _shift_left(table: Spoiling) -> bool:
    table.unit().pop(1)
    return True


def _take_row(table: Spoiling) -> bool:
    del table.body[table.draw.random.choice(table.units)]
    return True


def _write_text(table: Spoiling) -> bool:
    table.unit()[table.name()] = table.draw.one("l2", "12O", "1,23", "調査中")
    return True


_WAYS: dict[str, Callable[[Spoiling], bool]] = {
    "misspelt candidate": _misspell,
    "no heading": _take_heading,
    "unknown column": _add_column,
    "wrong total": _change_total,
    "wrong row sum": _change_row_sum,
    "ward without city": _take_cities,
    "blank vote": _empty_vote,
    "unknown unit": _rename_unit,
    "twice a column": _repeat_column,
    "shifted heading": _shift_heading,
    "shifted row": _shift_right,
    "row shifted left": _shift_left,
    "missing row": _take_row,
    "text in a figure": _write_text,
    "two moments": lambda _: True,  # written above the table
}
SPOILT = (*_WAYS,)
"""Ways in which a table is spoilt."""
