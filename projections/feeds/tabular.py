"""CSV of every document: one tidy table each, for spreadsheets and scripts.

Every row says which election and environment it is from, so that a row that was copied out of a
rehearsal still says so.
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from projections.documents.models import Head, Votes
from projections.feeds.csv_cells import (
    BYTE_ORDER_MARK,
    IdKind,
    TypedIds,
    csv_text,
    id_cell,
    text_cell,
)
from projections.feeds.tables.csv_rows import document_rows

MISSING_IN_CP932 = "〓"
"""The geta mark stands for a character that a character set lacks, as Japanese printers do."""

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

_MARKS = "\u0300-\u036f\u3099\u309a"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CHARACTER = re.compile(f"(?s:.)[{_MARKS}{_SELECTORS}]*")
"""What a reader sees as one: a character with its marks and its choice of a variant."""
_VARIANTS = re.compile(f"[{_SELECTORS}]")


ID_COLUMNS: Final[MappingProxyType[str, IdKind]] = MappingProxyType(
    {
        "election": "election",
        "prefecture": "prefecture",
        "unit": "unit",
        "units": "unit",
        "party": "party",
        "list": "option",
        "option": "option",
        "member": "option",
        "person": "option",
        "runner_up": "option",
        "office": "office",
        "parent": "office",
        "keyid": "key",
        "enrolled_by": "office",
        "approved_by": "office",
    }
)
"""Columns of ids, whatever the document, and what the ids are of; numbers in them are figures."""


class CsvTable(NamedTuple):
    """A table of text.

    Attributes:
        columns: Their names.
        rows: As many cells each.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]


def document_table(document: msgspec.Struct) -> CsvTable:
    """The table of a document.

    Raises:
        KeyError: This kind of document has none.
    """
    head: Head = document.head  # type: ignore[attr-defined]  # every document has one
    columns, rows = document_rows(document)
    kinds = [ID_COLUMNS.get(column) for column in columns]
    front = [head.environment, id_cell("election", head.election), str(head.position)]
    found = [[*front, *map(_cell, row, kinds), head.warning] for row in rows]
    if not found and head.warning:
        # A rehearsal without a row must say what it is as well.
        found = [[*front, *("" for _ in columns), head.warning]]
    return CsvTable(("environment", "election", "position", *columns, "warning"), found)


def _cell(value: object, kind: IdKind | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Votes():
            return value.votes
        case TypedIds():
            return id_cell(value.kind, value.ids)
        case str():
            return text_cell(value) if kind is None else id_cell(kind, value)
        case _:
            return str(value)


def csv_bytes(table: CsvTable) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark."""
    return (BYTE_ORDER_MARK + csv_text([table.columns, *table.rows])).encode()


def to_cp932(csv_utf8: bytes) -> bytes:
    """The same file for spreadsheets that know only cp932 (Windows-31J).

    What cp932 has stays as it is, the variants of 髙 and 神 among them. Of the rest a character is
    composed (NFC), or loses the mark that asks for a variant (IVS), or is spelled by its compatible
    form (NFKC), and last becomes the geta mark 〓; nothing is left out, so columns keep their
    places.
    """
    text = csv_utf8.decode().removeprefix(BYTE_ORDER_MARK).translate(_CP932_SPELLINGS)
    try:
        return text.encode("cp932")
    except UnicodeEncodeError:
        return b"".join(map(_cp932, _CHARACTER.findall(text)))


def count_cp932_replacements(csv_utf8: bytes, csv_cp932: bytes) -> int:
    """How many characters became the geta mark."""
    own = csv_utf8.count(MISSING_IN_CP932.encode())
    return csv_cp932.decode("cp932").count(MISSING_IN_CP932) - own


@lru_cache(maxsize=8192)
def _cp932(character: str) -> bytes:
    base = character[0]
    spellings = (
        character,
        unicodedata.normalize("NFC", character),
        base if _is_variant(character) else character,
        unicodedata.normalize("NFKC", base if _is_variant(character) else character),
        MISSING_IN_CP932,
    )
    for spelling in spellings:
        try:
            return spelling.encode("cp932")
        except UnicodeEncodeError:
            continue
    raise ValueError("cp932 has the geta mark")


def _is_variant(character: str) -> bool:
    return len(character) > 1 and all(_VARIANTS.fullmatch(mark) for mark in character[1:])
