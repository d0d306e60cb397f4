"""Files into sheets of text: CSV in the encodings offices use, and every common workbook.

Nothing is understood here; a cell becomes the text that people see.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from infra.adapters.spreadsheets.delimited_text import read_text
from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable, WorkbookUnreadable
from infra.adapters.spreadsheets.table_lines import SheetTable, TableLine
from infra.adapters.spreadsheets.workbook_reader import read_workbook
from infra.adapters.spreadsheets.workbooks import measure_unpacked
from infra.runtime.system_faults import fault_reason
from infra.services.importing.import_faults import CellPlace, Faults, TablesUnreadable

BOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
CSV: Final = frozenset({".csv", ".txt", ".tsv"})
FILE_BYTES_MAX: Final = 50_000_000
_UNPACKED_BYTES_MAX: Final = 500_000_000
_UNCERTAIN: Final = frozenset({".xlsb", ".numbers"})
"""Formats whose error values and hidden rows cannot be seen."""

Sheets = dict[str, list[TableLine]]


def read_sheets(path: Path, faults: Faults, *, needs_all: bool = True) -> Sheets:
    """Every visible sheet of a workbook, of a folder of CSV files, or of one CSV file.

    Args:
        path: The file or folder.
        faults: Where hidden columns and sheets are noted.
        needs_all: Whether a hidden sheet is a fault rather than a note.

    Raises:
        TablesUnreadable: There is none, or it cannot be read; says what to do.
    """
    if path.is_dir():
        return _read_folder(path)
    suffix = path.suffix.lower()
    try:
        if suffix in CSV:
            return {path.stem: _read_text(path)}
        if suffix in BOOKS:
            return _read_book(path, faults, needs_all=needs_all)
    except OSError as error:
        raise TablesUnreadable(f"{path.name}: 読めません（{fault_reason(error)}）。") from error
    if suffix in _UNCERTAIN:
        raise TablesUnreadable(
            f"{path.name}: この形式ではエラーの欄や非表示の行が分かりません。"
            "xlsx で保存し直してください。"
        )
    raise TablesUnreadable(
        f"{path.name}: xlsx・ods・xls・CSV のファイルか、CSV のフォルダを指定してください。"
    )


def _read_folder(folder: Path) -> Sheets:
    files = sorted(each for each in folder.iterdir() if each.suffix.lower() in CSV)
    if not files:
        raise TablesUnreadable(f"{folder.name}: フォルダに CSV がありません。")
    try:
        return {each.stem: _read_text(each) for each in files}
    except OSError as error:
        raise TablesUnreadable(
            f"{error.filename}: 読めません（{fault_reason(error)}）。"
        ) from error


def _read_text(path: Path) -> list[TableLine]:
    data = path.read_bytes()
    _require_size(path, len(data))
    try:
        return read_text(data)
    except SpreadsheetUnreadable as error:
        raise TablesUnreadable(f"{path.name}: {error}") from error


def _read_book(path: Path, faults: Faults, *, needs_all: bool) -> Sheets:
    data = path.read_bytes()
    _require_size(path, len(data))
    _require_unpackable(path, data)
    try:
        sheets = read_workbook(data)
    except WorkbookUnreadable as error:
        raise TablesUnreadable(
            f"{path.name}: 表計算ファイルとして読めません。xlsx で保存し直してください。"
        ) from error
    return visible_sheets(sheets, faults, needs_all=needs_all)


def visible_sheets(
    sheets: Iterable[SheetTable], faults: Faults, *, needs_all: bool = True
) -> Sheets:
    """Sheets of a workbook that people see, by name.

    Args:
        sheets: As they were read.
        faults: Where hidden columns and sheets are noted.
        needs_all: Whether a hidden sheet is a fault rather than a note.
    """
    found: Sheets = {}
    for sheet in sheets:
        place = CellPlace(sheet.name)
        if sheet.is_hidden and sheet.lines:
            note = faults.add if needs_all else faults.note
            note(place, "", "非表示のシートです。読んでいません。要るものなら表示してください。")
        for letters in () if sheet.is_hidden else sheet.hidden_columns:
            faults.add(place, f"{letters}列", "非表示の列です。表示するか、列を削除してください。")
        if not sheet.is_hidden:
            found[sheet.name] = sheet.lines
    return found


def _require_size(path: Path, size: int) -> None:
    if size > FILE_BYTES_MAX:
        raise TablesUnreadable(f"{path.name}: ファイルが大きすぎます（{size:,}バイト）。")


def _require_unpackable(path: Path, data: bytes) -> None:
    size = measure_unpacked(data)
    if size > _UNPACKED_BYTES_MAX:
        raise TablesUnreadable(f"{path.name}: 展開すると大きすぎます（{size:,}バイト）。")
