"""The book of a comparison: how many figures were compared, and which differ."""

from dataclasses import dataclass

import msgspec


class Mismatch(msgspec.Struct, frozen=True):
    """A figure that differs.

    Attributes:
        table: The official table.
        key: The row and column, as people name them.
        official: What the table prints.
        ours: What the log says.
    """

    table: str
    key: str
    official: str
    ours: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A finished comparison."""

    checked: int
    mismatches: tuple[Mismatch, ...]


class Book:
    """Takes figures in pairs."""

    def __init__(self) -> None:
        self._checked = 0
        self._mismatches: list[Mismatch] = []

    def compare(self, table: str, key: str, official: str, ours: str) -> None:
        """Compare one figure, both written the same way."""
        self._checked += 1
        if official != ours:
            self._mismatches.append(Mismatch(table, key, official, ours))

    def closed(self) -> Checked:
        """What was found."""
        return Checked(self._checked, tuple(self._mismatches))
