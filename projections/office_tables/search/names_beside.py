"""Tables with candidates and lines of the sheet below each other, units beside each other."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aggregates.reference.name_folding import fold_width
from projections.office_tables.grid import Grid
from projections.office_tables.heading_words import (
    ColumnRole,
    column_role,
    heading_word,
    words_of_stack,
)
from projections.office_tables.search.contest_choice import ContestUnclear, choose_contest
from projections.office_tables.table_layout import TableBlock, TableDoubt, letters
from projections.office_tables.unit_labels import UnitNames
from projections.office_tables.vocabulary import ContestWords, TableVocabulary

TOTAL_COLUMN = ""
"""In the place of a unit: the sum of all units."""


class NamesBeside(NamedTuple):
    """Blocks with names in front of rows.

    Attributes:
        blocks: One per column of names.
        doubts: What is not clear.
        notes: What is not read.
    """

    blocks: tuple[TableBlock, ...]
    doubts: tuple[TableDoubt, ...]
    notes: tuple[TableDoubt, ...]


def find_names_beside(
    grid: Grid,
    columns: Mapping[int, Sequence[int]],
    titles: Sequence[str],
    vocabulary: TableVocabulary,
    contest: str = "",
) -> NamesBeside:
    """The blocks of such a sheet.

    Args:
        grid: The sheet.
        columns: Columns with names of options -> indexes of their lines.
        titles: What stands above.
        vocabulary: All contests.
        contest: Id of the contest, where somebody said it.

    Raises:
        ContestUnclear: No contest, or several, may be meant.
    """
    stacks = [[line.text(column) for column in sorted(columns)] for line in grid.lines]
    chosen = (
        vocabulary.contest(contest)
        if contest
        else choose_contest(stacks, titles, set(), vocabulary)
    )
    if chosen is None:  # names of options are there, so a contest is
        raise ContestUnclear("どの選挙区の表か分かりません。")
    search = _BesideSearch(grid, titles, vocabulary.parties, chosen)
    names = [column for column in sorted(columns) if search.names_options(column)]
    blocks = []
    for place, column in enumerate(names):
        end = names[place + 1] if place + 1 < len(names) else grid.width
        blocks.append(search.block(column, end, columns[column][0]))
    return NamesBeside(tuple(blocks), tuple(search.doubts), tuple(search.notes))


class _BesideSearch:
    def __init__(
        self,
        grid: Grid,
        titles: Sequence[str],
        parties: frozenset[str],
        contest: ContestWords,
    ) -> None:
        self._grid = grid
        self._titles = titles
        self._parties = parties
        self._units = UnitNames(contest.units)
        self._contest = contest
        self._options = contest.names()
        self.doubts: list[TableDoubt] = []
        self.notes: list[TableDoubt] = []

    def names_options(self, column: int) -> bool:
        """Whether a column has names of this contest."""
        cells = (line.text(column) for line in self._grid.lines)
        return any(
            heading_word(cell, self._options, self._parties).kind in {"option", "several"}
            for cell in cells
            if cell
        )

    def block(self, names: int, end: int, first: int) -> TableBlock:
        """The block whose names stand in a column, figures right of them."""
        heading = self._heading(first, range(names, end))
        body = tuple(range(first, len(self._grid.lines)))
        roles = {at: role for at in body if (role := self._row_role(at, names)) is not None}
        counted = tuple(at for at in body if at in roles)
        units = self._value_columns(range(names + 1, end), heading, counted)
        for at in body:
            if at not in roles:
                self._doubt_row(at, names, sorted(units))
        return TableBlock(
            "units-beside",
            range(names, names + 1),
            heading,
            counted,
            roles,
            self._contest.contest,
            units,
        )

    def _heading(self, first: int, columns: range) -> tuple[int, ...]:
        """Rows right above the first name that have more than one text."""
        found: list[int] = []
        for at in range(first - 1, -1, -1):
            line = self._grid.lines[at]
            texts = {line.text(column) for column in columns} - {""}
            before = self._grid.lines[at + 1].number - line.number
            if len(texts) < 2 or before > 1:  # noqa: PLR2004 - a title is one text
                break
            found.insert(0, at)
        return tuple(found)

    def _row_role(self, at: int, names: int) -> ColumnRole | None:
        text = self._grid.lines[at].text(names)
        if not text or not self._grid.lines[at].numbers():
            return None
        found = words_of_stack([text], self._options, self._parties)
        role = column_role([text], found)
        if role.kind == "unknown":
            self.doubts.append(
                TableDoubt(
                    self._grid.lines[at].number,
                    letters(names),
                    f"「{text}」が何の数か分かりません。要らない行なら対応表で「使わない」にします。",
                    text,
                )
            )
        return role

    def _doubt_row(self, at: int, names: int, columns: Sequence[int]) -> None:
        """A number without a name in front of it would be left out unseen."""
        line = self._grid.lines[at]
        if any(line.value(column) is not None for column in columns):
            sentence = "名のない行に数があります。何の数か書いてください。"
            self.doubts.append(TableDoubt(line.number, letters(names), sentence))

    def _value_columns(
        self, columns: range, heading: Sequence[int], body: Sequence[int]
    ) -> dict[int, str]:
        """Columns of figures -> unit, or `TOTAL_COLUMN`."""
        found: dict[int, str] = {}
        bare: list[int] = []
        for column in columns:
            if not any(self._grid.lines[at].value(column) is not None for at in body):
                continue
            texts = [self._grid.lines[at].text(column) for at in heading]
            texts = [text for text in dict.fromkeys(texts) if text]
            self._take_column(column, texts, found, bare)
        if len(bare) > 1 or (bare and any(found.values())):
            told = "・".join(map(letters, bare))
            self.doubts.append(TableDoubt(0, told, "得票数の列がどの開票区のものか分かりません。"))
        elif bare:
            found[bare[0]] = self._only_unit()
        return found

    def _take_column(
        self, column: int, texts: Sequence[str], found: dict[int, str], bare: list[int]
    ) -> None:
        labels = [self._units.find(text) for text in texts]
        codes = {each.units[0] for each in labels if each.kind == "unit"}
        words = [heading_word(text, {}, self._parties).kind for text in texts]
        if {"rate", "other", "unread", "label"} & set(words) or "使わない" in texts:
            self.notes.append(
                TableDoubt(0, letters(column), f"「{'／'.join(texts)}」の列は読んでいません。")
            )
        elif len(codes) == 1:
            found[column] = codes.pop()
        elif any(each.kind == "sum" for each in labels):
            found[column] = TOTAL_COLUMN
        elif not texts or set(words) <= {"votes"}:
            bare.append(column)
        else:
            self.doubts.append(
                TableDoubt(
                    0,
                    letters(column),
                    f"「{'／'.join(texts)}」がどの開票区か分かりません。"
                    "要らない列なら対応表で「使わない」にします。",
                    texts[-1],
                )
            )

    def _only_unit(self) -> str:
        """The unit of a sheet that has no column for any: the only one, or the one in the title."""
        if len(self._contest.units) == 1:
            return next(iter(self._contest.units))
        joined = "\n".join(map(fold_width, self._titles))
        names = {fold_width(name): code for code, name in self._contest.units.items()}
        said = [name for name in names if name in joined]
        # 越前町 stands in 南越前町 as well.
        longest = [name for name in said if not any(name != each and name in each for each in said)]
        if len(longest) == 1:
            return names[longest[0]]
        raise ContestUnclear(
            f"{self._contest.name}のどの開票区の表か分かりません。表題に開票区の名を書いてください。"
        )
