"""How wide text is in the report's type, so that columns are set without measuring every cell.

Widths are in hundredths of an em, from the advances of Noto Sans CJK JP: figures are half as wide
as kanji, marks between them a quarter.
"""

FULL = 100
"""A kanji or kana."""

_DIGIT, _MARK, _BRACKET, _LATIN = 56, 29, 40, 93
_MARKS = frozenset(",.:;'| ")
_BRACKETS = frozenset("/-()")
_SPARE = 10
"""Nothing touches a rule."""


def width(text: str) -> int:
    """Width of one line."""
    if text.isascii() and text.replace(",", "").replace(".", "").isdigit():
        marks = text.count(",") + text.count(".")
        return (len(text) - marks) * _DIGIT + marks * _MARK
    return sum(map(_advance, text))


def _advance(character: str) -> int:
    if not character.isascii():
        return FULL
    if character.isdigit():
        return _DIGIT
    if character in _MARKS:
        return _MARK
    return _BRACKET if character in _BRACKETS else _LATIN


def column(body: int, heading: str, *, most: int, heading_lines: int) -> int:
    """Width of a column: its widest cell, up to `most`; the heading may take several lines."""
    heading_width = width(heading)
    if heading_lines > 1:
        # A line ends before the character that no longer fits, and never before a closing bracket.
        heading_width = -(-heading_width // heading_lines) + FULL
    return max(min(body, most), heading_width, FULL) + _SPARE


def lines(text: str, column_width: int) -> int:
    """How many lines a text takes in a column, at least one."""
    wide = width(text)
    if wide <= column_width:
        return 1
    whole = max(column_width - column_width % FULL, FULL)
    return -(-wide // whole)
