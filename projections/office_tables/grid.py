"""A sheet as rows of text, and what a cell is: a number, nothing, or a word."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from aggregates.reference.name_folding import fold_width
from projections.office_tables.number_parsing import NotExact, thousandths

WHOLE_ROW: Final = -1
"""Column of a flaw that concerns the row as a whole."""
_NOTHING: Final = re.compile(r"[-－―—–‐−…‥・*＊/／\s]*")
_COUNTED: Final = re.compile(r"(?P<number>.*[0-9])\s*(?:票|人|名)")


class GridLine(NamedTuple):
    """A row that is not empty.

    Attributes:
        number: As a spreadsheet shows it, from 1.
        cells: Text, without surrounding blanks.
        flaws: Column, from 0, or `WHOLE_ROW` -> why it cannot be read, in Japanese.
    """

    number: int
    cells: tuple[str, ...]
    flaws: Mapping[int, str] = {}

    def text(self, column: int) -> str:
        """A cell; nothing beyond the last one."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""

    def value(self, column: int) -> int | None:
        """A cell as a number in thousandths; None where it is none."""
        return number_in(self.text(column))

    def numbers(self) -> set[int]:
        """Columns that hold numbers."""
        return {at for at, cell in enumerate(self.cells) if number_in(cell) is not None}


class Grid(NamedTuple):
    """A sheet.

    Attributes:
        name: Of the sheet or file.
        lines: Its rows without empty ones.
    """

    name: str
    lines: tuple[GridLine, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(line.cells) for line in self.lines), default=0)


def number_in(text: str) -> int | None:
    """A number in thousandths, with or without the word for what is counted; None for others."""
    if not text or not any(character.isdecimal() for character in text):
        return None
    counted = _COUNTED.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return thousandths(counted["number"] if counted else text)
    except NotExact:
        return None


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: it is empty or has a dash."""
    return _NOTHING.fullmatch(text) is not None


def distinct_texts(line: GridLine, columns: range) -> set[str]:
    """Different texts of a row within some columns."""
    return {fold_width(line.text(column)) for column in columns} - {""}
