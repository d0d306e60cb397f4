"""What is wrong with a table, and where: every fault is listed, not only the first."""

from collections.abc import Iterator
from typing import NamedTuple


class CellPlace(NamedTuple):
    """A row of a table.

    Attributes:
        sheet: Name of the sheet or the file.
        row: Number as a spreadsheet shows it; 1 is the heading, 0 the table as a whole.
    """

    sheet: str
    row: int = 0

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}行目" if self.row else self.sheet


class ImportFault(NamedTuple):
    """One thing that has to be put right.

    Attributes:
        place: The row.
        column: Heading of the column; empty for the row as a whole.
        sentence: What is wrong and what to do, in Japanese.
    """

    place: CellPlace
    column: str
    sentence: str

    def __str__(self) -> str:
        column = f"「{self.column}」" if self.column else ""
        return f"{self.place}{column}: {self.sentence}"


class Faults:
    """Faults found so far, and which rows have one; beside them notes, which stop nothing."""

    def __init__(self) -> None:
        self._found: dict[ImportFault, None] = {}
        self._notes: dict[ImportFault, None] = {}
        self._rows: set[CellPlace] = set()

    def __iter__(self) -> Iterator[ImportFault]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, place: CellPlace, column: str, sentence: str) -> None:
        """Note a fault; the same one is noted once."""
        self._found[ImportFault(place, column, sentence)] = None
        self._rows.add(place)

    def note(self, place: CellPlace, column: str, sentence: str) -> None:
        """Note what was left out and why; the same is noted once."""
        self._notes[ImportFault(place, column, sentence)] = None

    @property
    def notes(self) -> tuple[ImportFault, ...]:
        """What was left out."""
        return tuple(self._notes)

    def has(self, place: CellPlace) -> bool:
        """Whether a row has a fault."""
        return place in self._rows

    def in_order(self, sheets: list[str]) -> list[ImportFault]:
        """Every fault by sheet, in this order, and row."""
        ranks = {name: rank for rank, name in enumerate(sheets)}
        return sorted(self, key=lambda each: (ranks.get(each.place.sheet, -1), each.place.row))


class TablesUnreadable(Exception):  # noqa: N818 - says what the file is
    """There is no table to look at; the sentence says why and what to do."""
