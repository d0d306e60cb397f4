"""Headings in several rows: what stands above a column, groups over several columns included."""

from collections.abc import Sequence

from aggregates.reference.name_folding import fold_width
from projections.office_tables.block_search import HeadingNames
from projections.office_tables.grid import GridLine
from projections.office_tables.heading_words import QUALIFIERS, heading_word


def heading_stacks(
    lines: Sequence[GridLine], columns: range, names: HeadingNames
) -> dict[int, list[str]]:
    """Column -> texts above it, from above, each once.

    The name of a group stands in one of its columns, wherever the office put it; a group are the
    columns below which no word (男, 女, 計) comes twice.
    """
    rows = [[line.text(column) for column in columns] for line in lines]
    for at in range(len(rows) - 1):
        _fill_groups(rows[at], rows[at + 1 :], names)
    stacks: dict[int, list[str]] = {}
    for place, column in enumerate(columns):
        texts: list[str] = []
        for row in rows:
            for text in row[place].split("\n"):
                if text and fold_width(text) not in {fold_width(each) for each in texts}:
                    texts.append(text)
        stacks[column] = texts
    return stacks


def _fill_groups(upper: list[str], below: Sequence[list[str]], names: HeadingNames) -> None:
    """Write the name of each group over all of its columns."""
    for group in _groups(below, len(upper), names):
        texts = {upper[place] for place in group if upper[place]}
        if len(texts) == 1:
            text = texts.pop()
            for place in group:
                upper[place] = text
        elif texts:
            current = ""
            for place in group:
                current = upper[place] or current
                upper[place] = current


def _groups(below: Sequence[list[str]], width: int, names: HeadingNames) -> list[list[int]]:
    """Neighbouring columns with different qualifiers below."""
    groups: list[list[int]] = []
    said: set[str] = set()
    for place in range(width):
        word = next((row[place] for row in reversed(below) if row[place]), "")
        kind = heading_word(word, names.options, names.parties).kind if word else "unknown"
        folded = fold_width(word)
        if kind not in QUALIFIERS and not (kind == "sum" and folded in {"計", "合計", "小計"}):
            said = set()
            continue
        if not said or folded in said:
            groups.append([])
            said = set()
        said.add(folded)
        groups[-1].append(place)
    return [group for group in groups if len(group) > 1]
