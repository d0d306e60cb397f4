"""Tables as people see them: lines of text cells, and what cannot be read of them, cell by cell."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from aggregates.reference.name_folding import visible_text
from projections.feeds.csv_cells import bare_ids, bare_text

WHOLE_ROW: Final = -1
"""Column of a flaw that concerns the row as a whole."""
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA|####*)"
    r"|Err:[0-9]{3}"
)
HIDDEN_ROW: Final = (
    "非表示の行です。読んでいません。送るものなら表示し、要らないものなら行を削除してください。"
)
UNCOMPUTED: Final = "式の値が保存されていません。表計算で開いて保存し直してください。"
MERGED_NUMBER: Final = (
    "結合したセルに数があります。どの欄の数か分かりません。"
    "結合を解き、それぞれの欄に書いてください。"
)


class TableLine(NamedTuple):
    """A row that is not empty.

    Attributes:
        number: As a spreadsheet shows it, from 1.
        cells: Text, without surrounding blanks.
        flaws: Column, from 0, or `WHOLE_ROW` -> why it cannot be read, in Japanese.
    """

    number: int
    cells: list[str]
    flaws: Mapping[int, str] = {}


class SheetTable(NamedTuple):
    """One sheet or one text file.

    Attributes:
        name: Of the sheet; empty for a text file.
        lines: Its rows without empty ones.
        is_hidden: Whether people do not see the sheet.
        hidden_columns: Letters of columns with content that people do not see; they are not read.
    """

    name: str
    lines: list[TableLine]
    is_hidden: bool = False
    hidden_columns: tuple[str, ...] = ()


def error_sentence(text: str) -> str:
    """Why an error value of a spreadsheet (`#N/A`) is no content, in Japanese; empty for others."""
    if not _ERROR.fullmatch(text):
        return ""
    return f"「{text}」は表計算のエラーです。式を直すか、値を書いてください。"


def cell_content(text: str) -> str:
    """Text of a cell: without invisible characters, and without what our CSV adds.

    That is the kind before an id, and the apostrophe before a text that begins like a formula.
    """
    return bare_ids(bare_text(visible_text(text)))


def table_lines(rows: Sequence[Sequence[str]]) -> list[TableLine]:
    """Rows that are not empty, with their numbers; error values are flaws."""
    return [
        TableLine(number, cells, _error_flaws(cells))
        for number, row in enumerate(rows, start=1)
        if any(cells := [cell_content(cell) for cell in row])
    ]


def _error_flaws(cells: Sequence[str]) -> dict[int, str]:
    return {column: said for column, cell in enumerate(cells) if (said := error_sentence(cell))}


def column_letters(column: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
