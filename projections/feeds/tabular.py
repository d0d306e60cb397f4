"""CSV of every document: one tidy table each, for spreadsheets and scripts.

Every row says which election and environment it is from, so that a row that was copied out of a
rehearsal still says so.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from projections.feeds.rows import rows_of
from projections.shapes import Head, Votes

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""

MISSING_IN_CP932 = "〓"
"""The geta mark stands for a character that a character set lacks, as Japanese printers do."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_CP932_SPELLINGS = str.maketrans({
    "\u2212": "\uff0d",  # minus sign
    "\u301c": "\uff5e",  # wave dash
    "\u2014": "\u2015",  # em dash
    "\u2016": "\u2225",  # double vertical line
    "\u00a2": "\uffe0",
    "\u00a3": "\uffe1",
    "\u00ac": "\uffe2",
})  # fmt: skip
"""Characters that cp932 has under another code point."""


class Table(NamedTuple):
    """A table of text.

    Attributes:
        columns: Their names.
        rows: As many cells each.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]


def table_of(document: msgspec.Struct) -> Table:
    """The table of a document.

    Raises:
        KeyError: This kind of document has none.
    """
    head: Head = document.head  # type: ignore[attr-defined]  # every document has one
    columns, rows = rows_of(document)
    front = [head.environment, head.election, str(head.position)]
    found = [[*front, *map(_cell, row), head.warning] for row in rows]
    if not found and head.warning:
        # A rehearsal without a row must say what it is as well.
        found = [[*front, *("" for _ in columns), head.warning]]
    return Table(("environment", "election", "position", *columns, "warning"), found)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Votes():
            return value.votes
        case str():
            # A text that begins like a formula is never one (it would run in a spreadsheet).
            return f"'{value}" if value.startswith(_FORMULA) else value
        case _:
            return str(value)


def csv_bytes(table: Table) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark."""
    return (BYTE_ORDER_MARK + _text([list(table.columns), *table.rows])).encode()


def to_cp932(csv_utf8: bytes) -> bytes:
    """The same file for spreadsheets that know only cp932 (Windows-31J).

    A character that cp932 lacks is composed (NFC), then spelled by its compatible form (NFKC),
    and last replaced by the geta mark 〓; nothing is left out, so columns keep their places.
    """
    text = csv_utf8.decode().removeprefix(BYTE_ORDER_MARK)
    composed = unicodedata.normalize("NFC", text).translate(_CP932_SPELLINGS)
    return b"".join(map(_cp932, _runs(composed)))


def _runs(text: str) -> Iterator[str]:
    """The text itself if it fits, else its characters one by one."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        yield from text
    else:
        yield text


def _cp932(text: str) -> bytes:
    for spelling in (text, unicodedata.normalize("NFKC", text), MISSING_IN_CP932):
        try:
            return spelling.encode("cp932")
        except UnicodeEncodeError:
            continue
    raise ValueError("cp932 has the geta mark")


def _text(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
