"""Where tables stand on a sheet: side by side, below each other, each with its heading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from aggregates.reference.name_folding import fold_width
from projections.office_tables.grid import Grid, GridLine, distinct_texts
from projections.office_tables.heading_words import HEADING_LABEL, heading_word, words_of_stack
from projections.office_tables.unit_labels import UnitNames

_KEY_KINDS: Final = frozenset(
    {"option", "several", "figure", "turnout", "sum", "sex", "part", "rate", "other"}
)
"""Words that only a heading has."""

_CORNER: Final = re.compile(
    r"(?:開票区|市区町村|区市町村|市町村|市町|市区|団体|都道府県|候補者|氏名|党派|政党|区分|地域)"
    r"(?:等?名|氏名)?(?:[\\/・].*)?"
)


class LabelArea(NamedTuple):
    """Columns with names of rows, and the columns of figures that belong to them.

    Attributes:
        labels: The columns with names, and what stands between.
        columns: The columns right of them.
    """

    labels: range
    columns: range


class RawBlock(NamedTuple):
    """A table before anybody asked what its columns are.

    Attributes:
        area: Its columns.
        heading: Indexes of lines.
        body: Indexes of lines.
    """

    area: LabelArea
    heading: tuple[int, ...]
    body: tuple[int, ...]


class HeadingNames(NamedTuple):
    """Names that can stand in headings.

    Attributes:
        options: Folded name -> id, of every contest.
        parties: Folded names.
    """

    options: Mapping[str, str]
    parties: frozenset[str]


def label_areas(grid: Grid, units: UnitNames) -> list[LabelArea]:
    """Columns with names of units beside numbers; several when tables stand side by side."""
    counts: dict[int, int] = {}
    numbers: dict[int, int] = {}
    for line in grid.lines:
        within = line.numbers()
        texts = enumerate(line.cells)
        found = [at for at, cell in texts if at not in within and cell and _is_unit(units, cell)]
        for column in found:
            if any(each > column for each in within):
                counts[column] = counts.get(column, 0) + 1
        if found:
            for column in within:
                numbers[column] = numbers.get(column, 0) + 1
    merged: list[list[int]] = []
    for column in sorted(counts):
        between = range(merged[-1][1] + 1, column) if merged else range(0)
        if merged and not any(each in numbers for each in between):
            merged[-1][1] = column
        else:
            merged.append([column, column])
    return list(_areas(merged, grid.width))


def _is_unit(units: UnitNames, text: str) -> bool:
    return units.find(text).kind in {"unit", "ambiguous"}


def _areas(merged: Sequence[Sequence[int]], width: int) -> Iterator[LabelArea]:
    for place, (first, last) in enumerate(merged):
        start = 0 if place == 0 else first
        end = merged[place + 1][0] if place + 1 < len(merged) else width
        yield LabelArea(range(start, last + 1), range(last + 1, end))


def label_texts(line: GridLine, area: LabelArea) -> list[str]:
    """Names in front of a row, each once, numbers before them left out."""
    texts = [line.text(column) for column in area.labels if line.value(column) is None]
    return [text for text in dict.fromkeys(texts) if text]


def raw_blocks(
    grid: Grid, area: LabelArea, units: UnitNames, names: HeadingNames
) -> list[RawBlock]:
    """The tables of an area, from above."""
    search = _BlockSearch(area, units, names)
    for at, line in enumerate(grid.lines):
        search.take(at, line)
    return search.end()


class _BlockSearch:
    """Goes down an area and tells headings from what stands below them."""

    def __init__(self, area: LabelArea, units: UnitNames, names: HeadingNames) -> None:
        self._area = area
        self._units = units
        self._names = names
        self._found: list[RawBlock] = []
        self._heading: list[int] = []
        self._body: list[int] = []
        self._has_key = False
        self._labels: set[str] = set()
        self._corners: set[str] = set()
        self._above: GridLine | None = None

    def take(self, at: int, line: GridLine) -> None:
        """One line more."""
        labels = label_texts(line, self._area)
        is_key = self._is_key(line, labels)
        if self._body and (is_key or self._is_repeated(labels)):
            self._close()
        if is_key:
            self._add_heading(at, line, labels)
            self._has_key = True
        elif self._is_corner(line, labels) and not self._body:
            self._add_heading(at, line, labels)
        elif not self._heading:
            return
        elif self._body or self._begins_body(line, labels):
            self._body.append(at)
        else:
            self._add_heading(at, line, labels)

    def end(self) -> list[RawBlock]:
        """The tables that were found."""
        self._close()
        return self._found

    def _close(self) -> None:
        if self._heading and self._body:
            self._found.append(RawBlock(self._area, tuple(self._heading), tuple(self._body)))
        self._heading, self._body, self._has_key = [], [], False
        self._corners |= self._labels
        self._labels = set()
        self._above = None

    def _add_heading(self, at: int, line: GridLine, labels: Sequence[str]) -> None:
        self._heading.append(at)
        self._labels |= set(labels)
        self._above = line

    def _is_repeated(self, labels: Sequence[str]) -> bool:
        """Whether a row begins as a heading of this table has begun before."""
        return any(
            text in self._labels | self._corners and HEADING_LABEL.fullmatch(fold_width(text))
            for text in labels
        )

    def _begins_body(self, line: GridLine, labels: Sequence[str]) -> bool:
        if not self._has_key:
            return False
        has_texts = any(line.text(column) for column in self._area.columns)
        return bool(labels) and (bool(self._numbers(line)) or not has_texts)

    def _numbers(self, line: GridLine) -> list[int]:
        return [column for column in self._area.columns if line.value(column) is not None]

    def _is_corner(self, line: GridLine, labels: Sequence[str]) -> bool:
        """Whether a row is of a heading by the word in its corner: 開票区, 市町名＼党派."""
        if not any(HEADING_LABEL.fullmatch(fold_width(text)) for text in labels):
            return False
        if any(_is_unit(self._units, text) for text in labels):
            return False
        texts = distinct_texts(line, self._area.columns)
        # One text over several columns is a title, unless nothing but a heading has this corner.
        is_plain = any(_CORNER.fullmatch(fold_width(text)) for text in labels)
        return len(texts) > (len(self._area.columns) > 1 and not is_plain)

    def _is_key(self, line: GridLine, labels: Sequence[str]) -> bool:
        """Whether a row has words that only a heading has, and no name of a unit before them."""
        kinds = {self._units.find(text).kind for text in labels}
        if kinds & {"unit", "ambiguous"} or (kinds != {"other"} and labels and self._numbers(line)):
            return False
        texts = distinct_texts(line, self._area.columns)
        if self._above is not None:
            # A name may stand in two rows.
            above = self._above
            texts |= {above.text(c) + line.text(c) for c in self._area.columns if line.text(c)}
        if len(texts) < 2 and len(self._area.columns) > 1:  # noqa: PLR2004 - a title is one text
            return False
        if any(HEADING_LABEL.fullmatch(fold_width(text)) for text in labels) and not self._body:
            return bool(texts - {""}) and self._has_key_word(texts)
        return not self._numbers(line) and self._has_key_word(texts)

    def _has_key_word(self, texts: set[str]) -> bool:
        for text in texts:
            found = words_of_stack([text], self._names.options, self._names.parties)
            if any(word.kind in _KEY_KINDS for _, word in found):
                return True
        return False


def option_columns(grid: Grid, names: HeadingNames) -> dict[int, list[int]]:
    """Columns that hold names of options beside numbers -> indexes of those lines."""
    found: dict[int, list[int]] = {}
    for at, line in enumerate(grid.lines):
        numbers = line.numbers()
        for column, cell in enumerate(line.cells):
            if not cell or not any(each > column for each in numbers):
                continue
            if heading_word(cell, names.options, names.parties).kind in {"option", "several"}:
                found.setdefault(column, []).append(at)
    return found
