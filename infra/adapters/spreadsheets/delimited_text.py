"""Text files of tables: CSV in the encodings offices use, tabs and semicolons found out."""

import csv
import io
import re
from collections import Counter
from typing import Final

from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable
from infra.adapters.spreadsheets.table_lines import TableLine, table_lines

_SNIFFED_ROWS: Final = 200
"""Rows that are looked at to find out what separates cells."""
_TEXT_MARK: Final = re.compile(r"'[=+\-@]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""Characters that no table has: pictures and other files have them."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def read_text(content: bytes) -> list[TableLine]:
    """The rows of a text file.

    Raises:
        SpreadsheetUnreadable: Its encoding is unknown, or its quotes do not match.
    """
    text = decode_text(content)
    try:
        # A field can hold line breaks; a row is still counted as one, as a spreadsheet does.
        return table_lines(_rows(text, separator_in(text)))
    except csv.Error as error:
        raise SpreadsheetUnreadable(
            f'CSV として読めません（{error}）。引用符（"）の数を確かめてください。',
            "This is no CSV file: look at its quotation marks.",
        ) from error


def decode_text(content: bytes) -> str:
    """Unicode when it is Unicode, else what Japanese Windows writes.

    Raises:
        SpreadsheetUnreadable: It is neither.
    """
    marked = content.startswith(_UTF16_MARKS)
    for encoding in ["utf-16"] if marked else [*_decode_unmarked_utf16(content), "utf-8", "cp932"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise SpreadsheetUnreadable(
        "文字コードが分かりません。UTF-8 の CSV で保存し直してください。",
        "The encoding is unknown. Save the file as CSV in UTF-8.",
    )


def _decode_unmarked_utf16(content: bytes) -> list[str]:
    """UTF-16 without its mark: each line break and separator has a zero byte beside it."""
    for encoding in ("utf-16-le", "utf-16-be"):
        if any(mark.encode(encoding) in content for mark in ",;\t\n"):
            return [encoding]
    return []


def separator_in(text: str) -> str:
    """What stands between cells: what gives the most rows of one width, a comma when nothing does.

    Where two give as many, a tab is more telling than a comma, which stands in numbers as well.
    """
    return max("\t,;", key=lambda separator: (_regular_rows(text, separator), separator == "\t"))


def _regular_rows(text: str, separator: str) -> int:
    """Number of rows that have the most usual number of cells, of those with more than one."""
    try:
        rows = _rows(text, separator, _SNIFFED_ROWS)
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)


def _rows(text: str, separator: str, most: int | None = None) -> list[list[str]]:
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=True
    )
    rows = (row for _, row in zip(range(most), reader, strict=False)) if most else reader
    return [[_without_mark(cell) for cell in row] for row in rows]


def _without_mark(cell: str) -> str:
    """A cell without the apostrophe that says that it is a text and no formula."""
    return cell[1:] if _TEXT_MARK.match(cell) else cell
