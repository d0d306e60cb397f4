"""What a workbook says of its cells beside their values: errors, and what people do not see.

The library that reads values gives an error value as an empty cell and says nothing of hidden rows
and columns, so the same file is read a second time for these marks alone.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from infra.adapters.spreadsheets.spreadsheet_errors import WorkbookUnreadable
from infra.adapters.spreadsheets.table_lines import error_sentence

Attributes = dict[str, str]

_CHUNK_BYTES: Final = 1 << 16
_MARKED: Final = re.compile(rb"""\bhidden\s*=|\bt\s*=\s*["']e["']|<(?:\w+:)?f[\s/>]""")
"""What a sheet has that hides a row or a column, holds an error value or a formula."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_FAR: Final = 20_000
"""Repetitions of empty rows or cells at the end of a sheet are not followed further than this."""


@dataclass
class SheetMarks:
    """Marks of one sheet; rows and columns from 0.

    Attributes:
        errors: Cell -> its error value, as `#N/A`.
        uncomputed: Cells with a formula whose value was not saved: who opens the file sees one.
        hidden_rows: Rows that people do not see.
        hidden_columns: Columns likewise.
        merged: First and last cell of cells made one; for xlsx and xls the library says them.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def packed_marks(content: bytes) -> dict[str, SheetMarks]:
    """Marks of every sheet of an xlsx, xlsm or ods file by the sheet's name.

    Raises:
        WorkbookUnreadable: A part is missing or no XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "content.xml" in packed.namelist():
                return _open_document(packed)
            return {name: _sheet(packed, part) for name, part in _sheet_parts(packed).items()}
    except (KeyError, ValueError, zipfile.BadZipFile, expat.ExpatError) as error:
        raise WorkbookUnreadable(str(error)) from error


# --- Office Open XML (ECMA-376, part 1, 18.2 and 18.3) --------------------------------------


def _sheet_parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Name of a sheet -> its part; charts and macros are left out."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
            targets[given["Id"]] = posixpath.normpath(posixpath.join("/xl", given["Target"]))

    def sheet(name: str, given: Attributes) -> None:
        if name == "sheet":
            sheets[given["name"]] = given.get("id", "")

    _parse(packed, "xl/_rels/workbook.xml.rels", relation)
    _parse(packed, "xl/workbook.xml", sheet)
    return {name: targets[it].lstrip("/") for name, it in sheets.items() if it in targets}


def _sheet(packed: zipfile.ZipFile, part: str) -> SheetMarks:
    # Most sheets have no mark at all, and going through a large one takes longer than reading it.
    content = packed.read(part)
    is_plain = not content.startswith(_UTF16_MARKS) and not _MARKED.search(content)
    return SheetMarks() if is_plain else _SheetReader().read(packed, part)


class _SheetReader:
    """Follows rows and cells; either may leave out where it stands."""

    def __init__(self) -> None:
        self._marks = SheetMarks()
        self._row = self._column = -1
        self._error: list[str] | None = None
        self._in_value = self._has_value = self._has_formula = False

    def read(self, packed: zipfile.ZipFile, part: str) -> SheetMarks:
        _parse(packed, part, self._begin, self._end, self._text)
        return self._marks

    def _begin(self, name: str, given: Attributes) -> None:
        if name == "row":
            self._row = int(given["r"]) - 1 if "r" in given else self._row + 1
            self._column = -1
            if _is_true(given.get("hidden", "")):
                self._marks.hidden_rows.add(self._row)
        elif name == "c":
            place = given.get("r", "")
            self._column = _column_number(place) if place else self._column + 1
            self._error = [] if given.get("t") == "e" else None
            self._has_formula = False
            # A text that is empty is a value.
            self._has_value = given.get("t") == "str"
        elif name == "v":
            self._in_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "col" and _is_true(given.get("hidden", "")):
            first, last = int(given["min"]) - 1, int(given["max"])
            self._marks.hidden_columns.update(range(first, min(last, first + _FAR)))

    def _end(self, name: str) -> None:
        if name == "v":
            self._in_value = False
        elif name == "c" and self._has_formula and not self._has_value:
            self._marks.uncomputed.add((self._row, self._column))
        elif name == "c" and self._error is not None:
            self._marks.errors[self._row, self._column] = "".join(self._error) or "#N/A"
            self._error = None

    def _text(self, text: str) -> None:
        if self._in_value:
            self._has_value = self._has_value or bool(text)
            if self._error is not None:
                self._error.append(text)


def _is_true(text: str) -> bool:
    return text in {"1", "true"}


def _column_number(place: str) -> int:
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


# --- Open Document (ISO/IEC 26300, part 3, 9) -----------------------------------------------


def _open_document(packed: zipfile.ZipFile) -> dict[str, SheetMarks]:
    return _DocumentReader().read(packed)


class _DocumentReader:
    """Follows the tables of a document; rows, columns and cells may stand for many."""

    def __init__(self) -> None:
        self._sheets: dict[str, SheetMarks] = {}
        self._marks = SheetMarks()
        self._row = self._column = self._columns = 0
        self._rows_meant = self._cells_meant = 1
        self._error: list[str] | None = None

    def read(self, packed: zipfile.ZipFile) -> dict[str, SheetMarks]:
        _parse(packed, "content.xml", self._begin, self._end, self._text)
        return self._sheets

    def _begin(self, name: str, given: Attributes) -> None:
        is_hidden = given.get("visibility", "visible") != "visible"
        if name == "table":
            self._marks = self._sheets[given.get("name", "").strip()] = SheetMarks()
            self._row = self._columns = 0
        elif name == "table-column":
            many = int(given.get("number-columns-repeated", 1))
            if is_hidden:
                last = self._columns + min(many, _FAR)
                self._marks.hidden_columns.update(range(self._columns, last))
            self._columns += many
        elif name == "table-row":
            self._rows_meant = int(given.get("number-rows-repeated", 1))
            self._column = 0
            if is_hidden:
                last = self._row + min(self._rows_meant, _FAR)
                self._marks.hidden_rows.update(range(self._row, last))
        elif name in {"table-cell", "covered-table-cell"}:
            self._cells_meant = int(given.get("number-columns-repeated", 1))
            self._error = [] if "formula" in given or _is_said_error(given) else None
            self._merge(given)

    def _end(self, name: str) -> None:
        if name == "table-row":
            self._row += self._rows_meant
        elif name in {"table-cell", "covered-table-cell"}:
            self._note_error("".join(self._error or ()).strip())
            self._column += self._cells_meant

    def _merge(self, given: Attributes) -> None:
        rows = int(given.get("number-rows-spanned", 1))
        columns = int(given.get("number-columns-spanned", 1))
        if rows * columns > 1:
            last = (self._row + rows - 1, self._column + columns - 1)
            self._marks.merged.append(((self._row, self._column), last))

    def _note_error(self, shown: str) -> None:
        # LibreOffice says that it is an error; others only show one beside the formula.
        if self._error is not None and error_sentence(shown):
            self._add_error(shown)
        self._error = None

    def _add_error(self, text: str) -> None:
        for row in range(self._row, self._row + min(self._rows_meant, _FAR)):
            for column in range(self._column, self._column + min(self._cells_meant, _FAR)):
                self._marks.errors[row, column] = text

    def _text(self, text: str) -> None:
        if self._error is not None:
            self._error.append(text)


def _is_said_error(given: Attributes) -> bool:
    return given.get("value-type-calcext") == "error"


def _parse(
    packed: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Go through a part; names come without their namespaces, declarations are refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: begin(_local(name), _locals(given))
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entity
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - the interface of expat


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _locals(given: Attributes) -> Attributes:
    """Attributes without namespaces; `calcext:value-type` stays apart from `office:value-type`."""
    return {
        f"{_local(name)}-calcext" if name.startswith("calcext:") else _local(name): value
        for name, value in given.items()
    }


def _refuse_entity(name: str, *_: object) -> None:
    # An entity can name itself many times over; no workbook needs one.
    msg = f"entity {name}"
    raise ValueError(msg)
