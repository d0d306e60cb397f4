"""Which characters the font that comes with the program has, read off the font itself.

A typesetter prints a character without a glyph as an empty box, or not at all, and says nothing.
So every text is compared with the font's own table of characters before it is set.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path

from noto_cjk_sans_jp_regular import FONT_PATH

from projections.statistics.glyphs import MISSING_GLYPH, with_glyphs
from projections.statistics.tables.table_catalogue import Report

_TABLES_AT, _TABLE_BYTES = 12, 16
_ENCODINGS_AT, _ENCODING_BYTES = 4, 8
_GROUPS_AT, _GROUP_BYTES = 16, 12
_FULL_UNICODE = (3, 10)
"""Platform and encoding of the subtable with every plane of Unicode; its format is 12."""

_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})
"""Needs no glyph of its own: blanks, joiners, variation selectors."""


class FontUnreadable(Exception):  # noqa: N818 - says what is wrong
    """The font has no table of characters of the form that is read here."""


@cache
def characters(path: Path = Path(FONT_PATH)) -> frozenset[int]:
    """Code points that a font has (OpenType, table `cmap`, format 12).

    Raises:
        FontUnreadable: It has no such table.
    """
    font = path.read_bytes()
    start = _cmap(font)
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        at = start + _ENCODINGS_AT + number * _ENCODING_BYTES
        platform, encoding, offset = struct.unpack_from(">HHI", font, at)
        if (platform, encoding) == _FULL_UNICODE:
            return frozenset(_groups(font, start + offset))
    raise FontUnreadable(f"{path.name}: no table of all Unicode characters")


def _cmap(font: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        at = _TABLES_AT + number * _TABLE_BYTES
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, at)
        if tag == b"cmap":
            return int(offset)
    raise FontUnreadable("no table of characters")


def _groups(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    found: set[int] = set()
    for number in range(count):
        group = at + _GROUPS_AT + number * _GROUP_BYTES
        first, last, _ = struct.unpack_from(">III", font, group)
        found.update(range(first, last + 1))
    return found


def missing(text: str) -> tuple[str, ...]:
    """Characters of a text that would show nothing, each once, by code point."""
    return tuple(
        character
        for character in sorted(set(text))
        if ord(character) not in characters() and unicodedata.category(character) not in _INVISIBLE
    )


def printable(text: str) -> str:
    """The text with 〓 for every character that the font does not have."""
    return text.translate(dict.fromkeys(map(ord, missing(text)), MISSING_GLYPH))


def unprintable(report: Report) -> tuple[str, ...]:
    """Characters of a report's tables that the font lacks, as `U+2CF02`; private ones apart."""
    texts = {
        with_glyphs(cell) for table in report.tables for row in table.rows for cell in row
        if isinstance(cell, str)
    }  # fmt: skip
    return tuple(f"U+{ord(character):04X}" for character in missing("".join(texts)))
