"""Rows of a table, asked cell by cell for what they must be; faults are noted with their place."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from aggregates.reference.name_folding import fold_width
from infra.adapters.spreadsheets.table_lines import WHOLE_ROW, TableLine, column_letters
from infra.services.importing.heading_search import find_heading
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.name_matching import Names, NotFound
from infra.services.importing.sheet_layouts import EXAMPLE, SEPARATOR, SheetColumn
from projections.office_tables.number_parsing import NotExact

T = TypeVar("T")

BEYOND_HEADING = (
    "見出しのない列に記入があります。列の位置を確かめてください"
    "（桁区切りのカンマが引用符なしで入ると、列がずれます）。"
)
CODE_RULE = "半角の英小文字・数字・「.」「-」で書いてください。"


class SheetRow:
    """One row of a table.

    Attributes:
        place: Where it stands.
    """

    def __init__(
        self,
        place: CellPlace,
        cells: Mapping[str, str],
        faults: Faults,
        flawed: Collection[str] = (),
    ) -> None:
        self.place = place
        self._cells = cells
        self._faults = faults
        self._flawed = flawed

    @property
    def sound(self) -> bool:
        """Whether nothing has been found wrong with it so far."""
        return not self._faults.has(self.place)

    def fault(self, column: str, sentence: str) -> None:
        """Note what is wrong with a cell, or with the whole row."""
        self._faults.add(self.place, column, sentence)

    def text(self, column: str) -> str:
        """The cell; empty where there is no such column."""
        return self._cells.get(column, "")

    def required(self, column: str) -> str:
        """The cell, which must not be empty."""
        text = self.text(column)
        if not text and column not in self._flawed:
            self.fault(column, "空欄です。記入してください。")
        return text

    def listed(self, column: str) -> list[str]:
        """The parts of a cell that lists several."""
        text = self.text(column).replace(",", SEPARATOR).replace("，", SEPARATOR)
        text = text.replace("\n", SEPARATOR)
        return [part.strip() for part in text.split(SEPARATOR) if part.strip()]

    def typed(self, column: str, kind: Any, sentence: str, text: str | None = None) -> str:  # noqa: ANN401 - a type form
        """The cell (or a text instead of it), when a type of the domain takes it."""
        value = self.text(column) if text is None else text
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            self.fault(column, f"「{value}」は使えません。{sentence}")
        return value

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """What the cell says as a number, a date or a moment; None where it is empty or wrong."""
        text = self.text(column)
        if not text:
            return None
        try:
            return reader(text)
        except NotExact as error:
            self.fault(column, str(error))
            return None

    def choice(self, column: str, choices: Mapping[str, T]) -> T | None:
        """What the cell says of a closed list; None where it is empty or wrong."""
        text = fold_width(self.text(column))
        if not text:
            return None
        by_code = {str(value): value for value in choices.values()}
        by_word = {fold_width(word): value for word, value in choices.items()}
        found = by_word.get(text, by_code.get(text))
        if found is None:
            self.fault(column, f"「{text}」は選べません。{'・'.join(choices)}のどれかです。")
        return found

    def found(self, column: str, names: Names[T], text: str | None = None) -> T | None:
        """The thing that the cell names; None where it is empty or unknown."""
        written = self.text(column) if text is None else text
        if not written:
            return None
        try:
            return names.find(written)
        except NotFound as error:
            self.fault(column, str(error))
            return None


def read_rows(
    sheet: str, lines: Sequence[TableLine], columns: Iterable[SheetColumn], faults: Faults
) -> list[SheetRow]:
    """The rows of a sheet; none where its heading cannot be used, and rows of examples are faults.

    Args:
        sheet: Its name.
        lines: What it holds, heading first.
        columns: What it may have.
        faults: Where faults are noted.
    """
    known = {column.name: column for column in columns}
    if not lines:
        faults.add(CellPlace(sheet), "", "空の表です。見出しの行が必要です。")
        return []
    at = find_heading(lines, lambda cell: _column_name(cell, known) in known)
    heading, body = lines[at], lines[at + 1 :]
    names = [_column_name(cell, known) for cell in heading.cells]
    if _heading_faults(CellPlace(sheet, heading.number), names, known, faults):
        return []
    for line in lines[:at]:
        faults.note(CellPlace(sheet, line.number), "", "見出しより上の行なので読んでいません。")
    once = _without_copies(sheet, body, faults)
    return [row for line in once if (row := _row(sheet, line, names, faults)) is not None]


def _column_name(heading: str, known: Mapping[str, SheetColumn]) -> str:
    """A heading as our form has it; spacing and the mark of what is required are overlooked."""
    written = heading.removesuffix("＊")
    return found if (found := fold_width(written)) in known else written


def _row(sheet: str, line: TableLine, names: list[str], faults: Faults) -> SheetRow | None:
    """A row of the body; None when there is nothing to ask it for."""
    place = CellPlace(sheet, line.number)
    if any(cell.startswith(EXAMPLE) for cell in line.cells):
        faults.add(place, "", "記入例の行が残っています。行ごと削除してください。")
        return None
    if WHOLE_ROW in line.flaws:
        faults.add(place, "", line.flaws[WHOLE_ROW])
        return None
    flawed = {}
    for column, sentence in line.flaws.items():
        name = names[column] if column < len(names) else column_letters(column)
        faults.add(place, name, sentence)
        flawed[name] = ""
    beyond = line.cells[len(names) :] + [
        cell for name, cell in zip(names, line.cells, strict=False) if not name
    ]
    if any(beyond):
        faults.add(place, "", BEYOND_HEADING)
    cells = dict(zip(names, line.cells, strict=False)) | flawed
    return SheetRow(place, cells, faults, flawed)


def _without_copies(sheet: str, body: Sequence[TableLine], faults: Faults) -> Iterator[TableLine]:
    """Rows but those pasted twice, which would be two things of one name."""
    seen: dict[str, int] = {}
    for line in body:
        cells = "\0".join(line.cells).rstrip("\0")
        first = seen.setdefault(cells, line.number)
        if first == line.number:
            yield line
        else:
            sentence = f"{first}行目とまったく同じ行です。重複なら一つを消してください。"
            faults.add(CellPlace(sheet, line.number), "", sentence)


def _heading_faults(
    place: CellPlace, names: list[str], known: Mapping[str, SheetColumn], faults: Faults
) -> bool:
    written = [name for name in names if name]
    unknown = [name for name in written if name not in known]
    twice = sorted({name for name in written if written.count(name) > 1})
    missing = [each.name for each in known.values() if each.required and each.name not in names]
    for name in unknown:
        told = "・".join(known)
        faults.add(place, name, f"知らない見出しです。この表の見出しは {told} です。")
    for name in twice:
        faults.add(place, name, "同じ見出しが二つあります。一つにしてください。")
    for name in missing:
        faults.add(place, name, "この見出しがありません。様式（import form）と見比べてください。")
    return bool(unknown or twice or missing)
