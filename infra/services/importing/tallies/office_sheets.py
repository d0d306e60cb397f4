"""Tables as offices publish them, as the single figures that a tidy table would have stated."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from aggregates.election.identifiers import VOTE
from aggregates.reference.name_folding import fold_width
from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing.heading_search import find_heading
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.name_mapping import Mapping as Words
from infra.services.importing.name_matching import NotFound
from infra.services.importing.tallies import tallies_long
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.table_words import table_vocabulary
from infra.services.importing.tallies.tallies_long import Defaults, GivenFigure
from projections.documents.models import decimal
from projections.office_tables.figure_names import DISMISS, FIGURES, KEEP, THOUSANDTHS, FigureItem
from projections.office_tables.grid import Grid, GridLine
from projections.office_tables.table_entries import FigureKey
from projections.office_tables.table_layout import TableDoubt
from projections.office_tables.table_reading import OfficeTable, UnitFigures, read_table
from projections.office_tables.vocabulary import ContestWords, TableVocabulary

THIS_CONTEST: Final = "この表の選挙区"
THIS_STATE: Final = "この表の区分"
"""Words of a layout file that stand in no table: what holds for all of it."""
_WORDS: Final[dict[FigureItem, str]] = {item: word for word, item in reversed(FIGURES.items())}
_REVIEW: Final = {"dismiss": DISMISS, "keep": KEEP}
_SHEET: Final = ("valid", "invalid", "ballots")
_OWN_HEADINGS: Final = (
    {tallies_long.CONTEST, tallies_long.UNIT},
    {tallies_long.ITEM, tallies_long.NUMBER},
)

Sheets = Mapping[str, Sequence[TableLine]]


def all_figures(
    sheets: Sheets,
    register: RecordedRegister,
    words: Words,
    defaults: Defaults,
    faults: Faults,
) -> list[GivenFigure]:
    """Every figure of every sheet: of our own form, or of a layout that is found.

    Args:
        sheets: Name -> rows.
        register: What is on record.
        words: Names of another system.
        defaults: What the file does not say.
        faults: Where doubts and what was left out are noted.
    """
    defaults = confirmed_defaults(words, defaults)
    own = {name: lines for name, lines in sheets.items() if not lines or _is_own(lines, words)}
    found = tallies_long.figures(own, words, defaults, faults)
    others = [as_grid(name, lines) for name, lines in sheets.items() if name not in own]
    if not others:
        return found
    try:
        vocabulary = table_vocabulary(register, others, words.folded(), defaults.contest)
    except NotFound as error:
        faults.add(CellPlace(others[0].name), tallies_long.CONTEST, str(error))
        return found
    for grid in others:
        if words.is_unused(grid.name):
            faults.note(CellPlace(grid.name), "", "対応表で使わないシートなので読んでいません。")
            continue
        found += _OfficeSheet(grid, vocabulary, defaults, faults).figures()
    return found


def confirmed_defaults(words: Words, defaults: Defaults) -> Defaults:
    """What holds for a whole file: as said for this one, or as its layout file says."""
    said = words.folded()
    return defaults._replace(
        state=defaults.state or said.get(THIS_STATE, ""),
        contest=defaults.contest or said.get(THIS_CONTEST, ""),
    )


def as_grid(name: str, lines: Sequence[TableLine]) -> Grid:
    """Rows as the reader of layouts takes them."""
    return Grid(name, tuple(GridLine(line.number, tuple(line.cells), line.flaws) for line in lines))


def _is_own(lines: Sequence[TableLine], words: Words) -> bool:
    """Whether a sheet has the headings of our own form, tidy or wide."""

    def known(cell: str) -> bool:
        return any(fold_width(words.word(cell)) in headings for headings in _OWN_HEADINGS)

    at = find_heading(lines, known)
    found = {fold_width(words.word(cell)) for cell in lines[at].cells}
    return any(headings <= found for headings in _OWN_HEADINGS)


class _OfficeSheet:
    def __init__(
        self, grid: Grid, vocabulary: TableVocabulary, defaults: Defaults, faults: Faults
    ) -> None:
        self._grid = grid
        self._defaults = defaults
        self._vocabulary = vocabulary
        self._faults = faults
        self._place = CellPlace(grid.name)

    def figures(self) -> Iterator[GivenFigure]:
        """The figures of a sheet; none where it is not clear."""
        if not self._vocabulary.contests:
            sentence = (
                "どの選挙区の表か分かりません。選挙区か選挙の種類を --contest で示してください。"
            )
            self._faults.add(self._place, "", sentence)
            return
        table = read_table(self._grid, self._vocabulary)
        for doubt in (*table.doubts, *table.row_doubts):
            self._faults.add(*self._at(doubt))
        for note in table.notes:
            self._faults.note(*self._at(note))
        if table.rows and self._is_usable(table):
            for row in table.rows:
                yield from self._row(table, row)

    def _at(self, doubt: TableDoubt) -> tuple[CellPlace, str, str]:
        column = f"{doubt.column}列" if doubt.column else ""
        return self._place._replace(row=doubt.row), column, doubt.sentence

    def _is_usable(self, table: OfficeTable) -> bool:
        """Whether the sheet is of this election and says when its figures were."""
        days = {self._vocabulary.contest(row.contest).polling_day for row in table.rows}
        if table.held_on is not None and table.held_on not in days:
            told = "、".join(sorted(day.isoformat() for day in days))
            self._faults.add(
                self._place,
                "",
                f"{table.held_on.isoformat()} 執行の表です。この選挙の投票日は {told} です。"
                "送っていません。",
            )
            return False
        missing = []
        if table.as_of is None and not self._defaults.moment:
            missing.append("いつの数字か（--at）")
        if not self._defaults.state and not all(row.state for row in table.rows):
            missing.append("確定か中間か（--state）")
        if missing:
            sentence = f"表に書いてありません：{'、'.join(missing)}。指定してください。"
            self._faults.add(self._place, "", sentence)
        return not missing

    def _row(self, table: OfficeTable, row: UnitFigures) -> Iterator[GivenFigure]:
        place = self._place._replace(row=row.row)
        contest = self._vocabulary.contest(row.contest)
        figures, sentence = stated_figures(row, contest)
        if sentence:
            self._faults.add(place, f"{row.column}列" if row.column else "", sentence)
            return
        state = row.state or self._defaults.state
        missing = _missing_for_final(figures, contest)
        if fold_width(state) == "確定" and missing:
            state = "中間"
            told = "・".join(missing)
            self._faults.note(
                self._place, "", f"{told}がこの表にないので、確定ではなく中間として送ります。"
            )
        for item, number in figures.items():
            yield GivenFigure(
                place=place,
                column=item,
                contest=row.contest,
                unit=row.unit,
                moment=table.as_of.isoformat() if table.as_of else self._defaults.moment,
                state=state,
                item=item,
                number=number,
                reason="",
                remark="",
            )


def stated_figures(row: UnitFigures, contest: ContestWords) -> tuple[dict[str, str], str]:
    """Item -> number as a tidy table states them; and why they cannot be stated, in Japanese.

    Args:
        row: What a table says of a unit.
        contest: Its contest.
    """
    values = {figure.key: figure.value for figure in row.figures}
    found: dict[str, str] = {}
    for key, value in values.items():
        item = _item(key, set(values), contest)
        if item:
            found[item] = _number(key.item, value)
    missing = contest.needed - {item.removesuffix(DISMISS).removesuffix(KEEP) for item in found}
    has_votes = any(key.item.kind == "votes" for key in values)
    if has_votes and missing:
        names = "、".join(contest.options[option][0] for option in sorted(missing))
        return {}, f"「{names}」の票がどの列か分かりません（男女別や政党名だけの表は送れません）。"
    if contest.members and _names_members(values, contest) and _has_bare_lists(values, contest):
        return (
            {},
            "名簿の列が政党名だけの票か合計か分かりません。見出しに「政党名」を書いてください。",
        )
    _add_ballots(found)
    return found, ""


def _item(key: FigureKey, keys: set[FigureKey], contest: ContestWords) -> str:
    """What a tidy table calls a figure; empty for one that only helps to check."""
    item, part = key
    if item.kind == "votes":
        if contest.is_review:
            return item.name + _REVIEW[part] if part in _REVIEW else ""
        if part == "name":
            has_members = any(other.item.name in contest.members for other in keys)
            return item.name if has_members else ""
        return item.name if part in {"", "together"} else ""
    if item.kind == "sum" or item.name.endswith(".together"):
        return ""
    return _WORDS[item]


def _names_members(values: Mapping[FigureKey, int], contest: ContestWords) -> bool:
    return any(key.item.name in contest.members for key in values)


def _has_bare_lists(values: Mapping[FigureKey, int], contest: ContestWords) -> bool:
    return any(key.item.name in contest.needed and key.part != "name" for key in values)


def _number(item: FigureItem, value: int) -> str:
    is_whole = item.kind != "votes" and item.name not in THOUSANDTHS and value % VOTE == 0
    return str(value // VOTE) if is_whole else decimal(value)


def _add_ballots(found: dict[str, str]) -> None:
    """投票総数 where the sheet has 有効 and 無効: by definition their sum (F = D + E)."""
    valid, invalid, ballots = map(_sheet_word, _SHEET)
    if ballots not in found and valid in found and invalid in found:
        parts = found[valid], found[invalid]
        if all(part.removeprefix("-").isdecimal() for part in parts):
            found[ballots] = str(sum(map(int, parts)))


def _missing_for_final(figures: Mapping[str, str], contest: ContestWords) -> list[str]:
    """What a table of votes lacks of a final sheet; nothing for one without votes."""
    if not contest.needed & {item.removesuffix(DISMISS).removesuffix(KEEP) for item in figures}:
        return []
    found = [word for name in (*_SHEET, "voters") if (word := _sheet_word(name)) not in figures]
    if contest.members and not any(item in contest.members for item in figures):
        found.append("登載者の得票")
    return found


def _sheet_word(name: str) -> str:
    return _WORDS[FigureItem("figure", name)]
