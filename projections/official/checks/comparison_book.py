"""The book of a comparison: how many figures were compared, and which differ."""

from dataclasses import dataclass

import msgspec

from projections.official.tables.errata import Published, slip
from projections.official.tables.official_tables import OfficialRow


class Mismatch(msgspec.Struct, frozen=True):
    """A figure that differs.

    Attributes:
        table: The official table.
        key: The row and column, as people name them.
        official: What the table prints.
        ours: What the log says.
        why: Where the publication refutes itself: how.
    """

    table: str
    key: str
    official: str
    ours: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFigures:
    """A finished comparison."""

    checked: int
    mismatches: tuple[Mismatch, ...]


class Book:
    """Takes figures in pairs.

    Args:
        published: The official tables, to see whether one that differs refutes itself.
    """

    def __init__(self, published: Published) -> None:
        self._published = published
        self._checked = 0
        self._mismatches: list[Mismatch] = []

    def compare(
        self,
        table: str,
        key: str,
        official: str,
        ours: str,
        cell: tuple[OfficialRow, str] | None = None,
    ) -> None:
        """Compare one figure, both written the same way; `cell` is where the table has it."""
        self._checked += 1
        if official != ours:
            why = slip(self._published, table, *cell, ours) if cell is not None else ""
            self._mismatches.append(Mismatch(table, key, official, ours, why))

    def result(self) -> CheckedFigures:
        """What was found."""
        return CheckedFigures(self._checked, tuple(self._mismatches))
