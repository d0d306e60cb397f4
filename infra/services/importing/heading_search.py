"""Where a table begins: title rows above the heading, a heading in two rows, rows of totals."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from aggregates.reference.name_folding import fold_width
from infra.adapters.spreadsheets.table_lines import TableLine

_LOOKED_AT: Final = 30
"""Rows among which a heading is looked for; nobody writes more above a table."""
_TOTAL: Final = re.compile(r"[★☆◎○●◇◆□■・※]*(?:[^計]*)(?:合計|総計|小計|累計|計)")
_RATE: Final = re.compile(r".*(?:率|割合)(?:\((?:%|％)\)|%)?")
_NUMBER: Final = re.compile(r"[-−△▲]?[0-9][0-9,.]*")
_SUBHEADINGS: Final = frozenset({"男", "女", "計"})


def find_heading(lines: Sequence[TableLine], is_known: Callable[[str], bool]) -> int:
    """Place of the row with the most known headings, the first of several; 0 when none has any."""
    counts = [sum(map(is_known, set(line.cells))) for line in lines[:_LOOKED_AT]]
    return counts.index(max(counts)) if counts else 0


def is_total(text: str) -> bool:
    """Whether a word in the place of a name says that its row is a total: 計, 合計, ★県計."""
    return _TOTAL.fullmatch(fold_width(text)) is not None


def is_rate(text: str) -> bool:
    """Whether a heading is of a rate, which is computed and never counted: 投票率, 得票率（％）."""
    return _RATE.fullmatch(fold_width(text)) is not None


def continues_heading(
    first: Sequence[str], second: TableLine | None, is_known: Callable[[str], bool]
) -> bool:
    """Whether the row below a heading belongs to it.

    It says nothing new under what is known already, and no figure anywhere.
    """
    if second is None:
        return False
    below = [*second.cells, *[""] * (len(first) - len(second.cells))]
    says_more = False
    for column, text in enumerate(below):
        above = first[column] if column < len(first) else ""
        if not text or text == above:
            continue
        if is_known(above) or _NUMBER.fullmatch(fold_width(text)):
            return False
        says_more = True
    return says_more


def joined_heading(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """One heading out of two rows.

    The upper one may stand for several columns. 男 and 女 are said of what stands above them; any
    other word below such a group is the heading itself, and one below a word of its own is not.
    """
    width = max(len(first), len(second))
    upper = [*first, *[""] * (width - len(first))]
    lower = [*second, *[""] * (width - len(second))]
    names, group = [], ""
    for column in range(width):
        above, below = upper[column], lower[column]
        group = above or (group if below else "")
        if not below or below == above:
            names.append(above)
        elif fold_width(below) in _SUBHEADINGS:
            names.append(f"{group}（{fold_width(below)}）")
        else:
            names.append(below if _is_group(upper, lower, column) else above)
    return names


def _is_group(upper: Sequence[str], lower: Sequence[str], column: int) -> bool:
    """Whether the upper cell over this column covers its neighbour as well."""
    above = upper[column]
    if not above:
        return True
    following = column + 1
    covers = following < len(upper) and upper[following] in {"", above}
    return (covers and bool(lower[following])) or (column > 0 and upper[column - 1] == above)
