"""Finding the layout of a sheet: blocks, their contests, and the role of each column."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from aggregates.reference.name_folding import fold_width
from projections.office_tables.block_search import (
    RawBlock,
    label_areas,
    label_texts,
    option_columns,
    raw_blocks,
)
from projections.office_tables.grid import Grid, GridLine
from projections.office_tables.heading_words import (
    ColumnRole,
    HeadingWord,
    column_role,
    words_of_stack,
)
from projections.office_tables.preamble import Preamble, read_preamble
from projections.office_tables.search.contest_choice import (
    ContestUnclear,
    choose_contest,
    every_name,
)
from projections.office_tables.search.heading_stacks import heading_stacks
from projections.office_tables.search.names_beside import find_names_beside
from projections.office_tables.state_marks import is_state_column
from projections.office_tables.table_layout import TableBlock, TableDoubt, TableLayout, letters
from projections.office_tables.unit_labels import UnitNames
from projections.office_tables.vocabulary import ContestWords, TableVocabulary

UNUSED = "使わない"
"""What a confirmed word says of a column, row or sheet that is not wanted."""


def find_layout(grid: Grid, vocabulary: TableVocabulary, contest: str = "") -> TableLayout:
    """The layout of a sheet; with doubts where it is not clear.

    Args:
        grid: The sheet, in confirmed words.
        vocabulary: What the election calls things.
        contest: Id of the contest, where somebody said it.
    """
    search = _LayoutSearch(grid, vocabulary, contest)
    return search.layout()


def confirmed_grid(grid: Grid, vocabulary: TableVocabulary) -> Grid:
    """The sheet in our words where somebody said what a whole cell means."""
    if not vocabulary.words:
        return grid
    units = vocabulary.units()
    # A code would be taken for a number where names of units are looked for.
    words = {theirs: units.get(ours, ours) for theirs, ours in vocabulary.words.items()}

    def ours(cell: str) -> str:
        return words.get(fold_width(cell), cell) if cell else ""

    lines = (line._replace(cells=tuple(map(ours, line.cells))) for line in grid.lines)
    return grid._replace(lines=tuple(lines))


class _LayoutSearch:
    def __init__(self, grid: Grid, vocabulary: TableVocabulary, contest: str) -> None:
        self._grid = grid
        self._contest = contest
        self._vocabulary = vocabulary
        self._units = UnitNames(vocabulary.units())
        self._names = every_name(vocabulary)
        self._doubts: list[TableDoubt] = []
        self._notes: list[TableDoubt] = []

    def layout(self) -> TableLayout:
        """What was found."""
        raw = [
            block
            for area in label_areas(self._grid, self._units)
            for block in raw_blocks(self._grid, area, self._units, self._names)
        ]
        first = min((at for block in raw for at in block.heading), default=len(self._grid.lines))
        titles = self._titles(first)
        beside = option_columns(self._grid, self._names)
        is_beside = max((len(lines) for lines in beside.values()), default=0) > 1 and not raw
        if is_beside:
            first = min(lines[0] for lines in beside.values())
            titles = self._titles(first)
            blocks = self._blocks_beside(beside, titles)
        else:
            blocks = [made for block in raw if (made := self._block(block, titles)) is not None]
        if not blocks and not self._doubts:
            self._doubt(
                0, "", "候補者や開票区の名が並ぶ表が見つかりません。見出しの名を確かめてください。"
            )
        return TableLayout(
            self._grid.name,
            tuple(blocks),
            self._preamble(blocks, first),
            tuple(self._doubts),
            tuple(self._notes),
        )

    def _doubt(self, row: int, column: str, sentence: str, word: str = "") -> None:
        self._doubts.append(TableDoubt(row, column, sentence, word))

    def _titles(self, first: int) -> list[str]:
        cells = [cell for line in self._grid.lines[:first] for cell in line.cells if cell]
        return [*dict.fromkeys(cells), self._grid.name]

    def _preamble(self, blocks: Sequence[TableBlock], first: int) -> Preamble:
        """What stands around the tables: above, or else below them."""
        contests = {block.contest for block in blocks if block.contest}
        days = {self._vocabulary.contest(each).polling_day for each in contests}
        every = {each.polling_day for each in self._vocabulary.contests}
        around = min(days or every)
        found = read_preamble(self._titles(first), around)
        if found.as_of is not None or found.doubts:
            return found
        below = [
            cell
            for line in self._grid.lines[first:]
            if not line.numbers()
            for cell in line.cells
            if cell
        ]
        return read_preamble([*self._titles(first), *below], around)

    def _blocks_beside(
        self, beside: Mapping[int, Sequence[int]], titles: Sequence[str]
    ) -> list[TableBlock]:
        try:
            found = find_names_beside(self._grid, beside, titles, self._vocabulary, self._contest)
        except ContestUnclear as error:
            self._doubt(0, "", str(error))
            return []
        self._doubts += found.doubts
        self._notes += found.notes
        return list(found.blocks)

    def _block(self, raw: RawBlock, titles: Sequence[str]) -> TableBlock | None:
        lines = [self._grid.lines[at] for at in raw.heading]
        body = [self._grid.lines[at] for at in raw.body]
        stacks = heading_stacks(lines, raw.area.columns, self._names)
        try:
            contest = self._choose(raw, stacks, [*titles, *self._above(raw)])
        except ContestUnclear as error:
            self._doubt(lines[0].number, "", str(error))
            if error.contest is not None:
                self._roles(stacks, error.contest, body)
            return None
        roles = self._roles(stacks, contest, body)
        for column in raw.area.labels:
            if is_state_column([line.text(column) for line in body], has_heading=False):
                roles[column] = ColumnRole("state", "")
        roles = self._without_copies(lines[0].number, roles)
        return TableBlock(
            "units-below",
            raw.area.labels,
            raw.heading,
            raw.body,
            roles,
            contest.contest if contest is not None else "",
        )

    def _roles(
        self,
        stacks: Mapping[int, list[str]],
        contest: ContestWords | None,
        body: Sequence[GridLine],
    ) -> dict[int, ColumnRole]:
        """What each column is; what is not clear becomes a doubt."""
        names = contest.names() if contest is not None else {}
        roles: dict[int, ColumnRole] = {}
        for column, texts in stacks.items():
            found = words_of_stack(texts, names, self._vocabulary.parties)
            role = self._role(column, texts, found, body)
            if role is not None:
                roles[column] = role
        return roles

    def _above(self, raw: RawBlock) -> list[str]:
        """Words right above a table that stands below another one."""
        found: list[str] = []
        for at in range(raw.heading[0] - 1, -1, -1):
            if self._grid.lines[at].numbers():
                break
            found += [cell for cell in self._grid.lines[at].cells if cell]
        return found

    def _choose(
        self, raw: RawBlock, stacks: Mapping[int, list[str]], titles: Sequence[str]
    ) -> ContestWords | None:
        if self._contest:
            return self._vocabulary.contest(self._contest)
        units = {
            code
            for at in raw.body
            for text in label_texts(self._grid.lines[at], raw.area)
            if (label := self._units.find(text)).kind == "unit"
            for code in label.units
        }
        return choose_contest(stacks.values(), titles, units, self._vocabulary)

    def _role(
        self,
        column: int,
        heading: Sequence[str],
        found: Sequence[tuple[str, HeadingWord]],
        body: Sequence[GridLine],
    ) -> ColumnRole | None:
        """What a column is; None for one without content."""
        texts = [line.text(column) for line in body]
        role = column_role(heading, found)
        if not any(texts):
            # That nothing stands under a name is to be said, not overlooked.
            return role if role.kind == "figure" else None
        has_numbers = any(line.value(column) is not None for line in body)
        if any(text == UNUSED for text, _ in found):
            return ColumnRole("unread", role.heading)
        # A figure that is missing or cannot be read is a fault of its row, not a remark.
        if not has_numbers and role.kind != "figure":
            is_state = is_state_column(texts, has_heading=role.kind == "state")
            return ColumnRole("state" if is_state else "unread", role.heading)
        if role.kind == "state":
            return ColumnRole("unread", role.heading)
        if role.kind == "unknown":
            self._doubt_column(column, role, found)
        elif role.kind in {"rate", "unread"}:
            sentence = f"「{role.heading}」の列は読んでいません。"
            self._notes.append(TableDoubt(0, letters(column), sentence))
        return role

    def _doubt_column(
        self, column: int, role: ColumnRole, found: Sequence[tuple[str, HeadingWord]]
    ) -> None:
        if not role.heading:
            self._doubt(
                0, letters(column), "見出しのない列に数があります。何の数か書いてください。"
            )
            return
        unknown = [text for text, word in found if word.kind in {"unknown", "several"}]
        word = unknown[0] if unknown else found[-1][0]
        self._doubt(
            0,
            letters(column),
            f"「{role.heading}」が何の数か分かりません。要らない列なら対応表で「{UNUSED}」にします。",
            word,
        )

    def _without_copies(self, row: int, roles: dict[int, ColumnRole]) -> dict[int, ColumnRole]:
        """Roles, with a doubt where two columns would be the same figure."""
        counts = Counter((role.item, role.part) for role in _figures(roles.values()))
        for (item, part), many in counts.items():
            if many > 1:
                columns = [
                    letters(column)
                    for column, role in roles.items()
                    if role.kind == "figure" and (role.item, role.part) == (item, part)
                ]
                heading = next(r.heading for r in _figures(roles.values()) if r.item == item)
                told = "・".join(columns)
                self._doubt(
                    row, told, f"「{heading}」の列が二つ以上あります。どれの数か分かりません。"
                )
        return roles


def _figures(roles: Iterable[ColumnRole]) -> list[ColumnRole]:
    return [role for role in roles if role.kind == "figure"]
