"""Of which units a row is the sum, found by numbers of the sample and by where rows stand."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from projections.office_tables.table_entries import TableEntry
from projections.office_tables.table_sums import is_sum, possible_groups
from projections.office_tables.unit_labels import UnitNames


def fitting_groups(
    at: int, entries: Sequence[TableEntry], units: UnitNames
) -> list[list[TableEntry]]:
    """Every group of units that an entry may be the sum of; several where nobody can say which.

    Rows of zeros fit with and without them, so that what stands together goes first: units of the
    city that the entry names, those above it and those below it up to the next sum, then all.

    Args:
        at: Place of the sum.
        entries: Of one table, in order.
        units: Names of units.
    """
    total = entries[at]
    city = units.within(units.city(total.label))
    named = [each for each in entries if _is_unit(each) and set(each.units) <= city]
    if is_sum(total, named):
        return [named]
    above = list(takewhile(_is_unit, reversed(entries[:at])))
    below = list(takewhile(_is_unit, entries[at + 1 :]))
    near = [group for group in (above, below) if is_sum(total, group)]
    whole = list(filter(_is_unit, entries))
    if not near and is_sum(total, whole):
        return [whole]
    return near or [group for group in _others(at, entries, units) if is_sum(total, group)]


def _others(at: int, entries: Sequence[TableEntry], units: UnitNames) -> Iterator[list[TableEntry]]:
    before = list(filter(_is_unit, entries[:at]))
    after = list(filter(_is_unit, entries[at + 1 :]))
    yield from possible_groups(before, after, units)
    for rows in (before[::-1], after):
        yield from (rows[:many] for many in range(1, len(rows) + 1))


def _is_unit(entry: TableEntry) -> bool:
    return entry.kind == "unit"
