"""The layout of a sheet: where its tables stand and what their rows and columns are."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from projections.office_tables.heading_words import ColumnRole
from projections.office_tables.preamble import Preamble

LETTERS: Final = 26

Orientation = Literal["units-below", "units-beside"]
"""Whether each row is a unit, or each column."""


class TableDoubt(NamedTuple):
    """Something that cannot be read with certainty, or was left out.

    Attributes:
        row: Number as a spreadsheet shows it; 0 for the sheet as a whole.
        column: Letters of the column; empty for the row as a whole.
        sentence: What it is and what to do, in Japanese.
        word: The heading or name that a confirmed word would settle; empty where none would.
    """

    row: int
    column: str
    sentence: str
    word: str = ""


class TableBlock(NamedTuple):
    """One table of a sheet.

    Attributes:
        orientation: Of its units.
        labels: Columns with names of rows.
        heading: Indexes of the lines of its heading.
        body: Indexes of the lines below it.
        roles: Column -> what its numbers are; of a row where units stand beside each other.
        contest: Id; empty while nobody can say.
        units: Column -> unit, where units stand beside each other.
    """

    orientation: Orientation
    labels: range
    heading: tuple[int, ...]
    body: tuple[int, ...]
    roles: Mapping[int, ColumnRole]
    contest: str = ""
    units: Mapping[int, str] = {}


class TableLayout(NamedTuple):
    """The layout of a sheet.

    Attributes:
        sheet: Its name.
        blocks: Its tables, from above and from the left.
        preamble: What stands around them.
        doubts: What has to be confirmed before anything is read.
        notes: What is not read, and why.
    """

    sheet: str
    blocks: tuple[TableBlock, ...]
    preamble: Preamble
    doubts: tuple[TableDoubt, ...] = ()
    notes: tuple[TableDoubt, ...] = ()


def letters(column: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        found = chr(ord("A") + rest) + found
    return found
