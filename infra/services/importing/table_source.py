"""Files into sheets of text: CSV in the encodings offices use, and every common workbook.

Nothing is understood here; a cell becomes the text that people see.
"""

import csv
import io
from pathlib import Path
from typing import Final, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from infra.adapters.spreadsheets.workbooks import cell_text, measure_unpacked
from infra.services.importing.import_faults import TablesUnreadable

BOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})
CSV: Final = frozenset({".csv", ".txt"})
FILE_BYTES_MAX: Final = 50_000_000
_UNPACKED_BYTES_MAX: Final = 500_000_000


class TableLine(NamedTuple):
    """A row that is not empty.

    Attributes:
        number: As a spreadsheet shows it, from 1.
        cells: Text, without surrounding blanks.
    """

    number: int
    cells: list[str]


Sheets = dict[str, list[TableLine]]


def read_sheets(path: Path) -> Sheets:
    """Every sheet of a workbook, of a folder of CSV files, or of one CSV file.

    Raises:
        TablesUnreadable: There is none, or it cannot be read; says what to do.
    """
    if path.is_dir():
        return _read_folder(path)
    suffix = path.suffix.lower()
    try:
        if suffix in CSV:
            return {path.stem: _read_csv(path)}
        if suffix in BOOKS:
            return _read_book(path)
    except OSError as error:
        raise TablesUnreadable(f"{path.name}: 読めません（{error.strerror}）。") from error
    raise TablesUnreadable(
        f"{path.name}: xlsx・ods・xls・CSV のファイルか、CSV のフォルダを指定してください。"
    )


def _read_folder(folder: Path) -> Sheets:
    files = sorted(each for each in folder.iterdir() if each.suffix.lower() in CSV)
    if not files:
        raise TablesUnreadable(f"{folder.name}: フォルダに CSV がありません。")
    try:
        return {each.stem: _read_csv(each) for each in files}
    except OSError as error:
        raise TablesUnreadable(f"{error.filename}: 読めません（{error.strerror}）。") from error


def _read_csv(path: Path) -> list[TableLine]:
    data = path.read_bytes()
    _require_size(path, len(data))
    text = _decode_text(path, data)
    try:
        # A field can hold line breaks; a row is still counted as one, as a spreadsheet does.
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise TablesUnreadable(f"{path.name}: CSV として読めません（{error}）。") from error
    return _nonblank_lines([[cell.strip() for cell in row] for row in rows])


def _decode_text(path: Path, data: bytes) -> str:
    """Unicode when it is Unicode, else what Japanese Windows writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TablesUnreadable(
        f"{path.name}: 文字コードが分かりません。UTF-8 の CSV で保存し直してください。"
    )


def _read_book(path: Path) -> Sheets:
    data = path.read_bytes()
    _require_size(path, len(data))
    _require_unpackable(path, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        # From the first row on, so that numbers of rows are those that people see.
        found = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except (CalamineError, ValueError) as error:
        raise TablesUnreadable(
            f"{path.name}: 表計算ファイルとして読めません。xlsx で保存し直してください。"
        ) from error
    return {
        name.strip(): _nonblank_lines([[cell_text(cell) for cell in row] for row in rows])
        for name, rows in found.items()
    }


def _nonblank_lines(rows: list[list[str]]) -> list[TableLine]:
    return [TableLine(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]


def _require_size(path: Path, size: int) -> None:
    if size > FILE_BYTES_MAX:
        raise TablesUnreadable(f"{path.name}: ファイルが大きすぎます（{size:,}バイト）。")


def _require_unpackable(path: Path, data: bytes) -> None:
    size = measure_unpacked(data)
    if size > _UNPACKED_BYTES_MAX:
        raise TablesUnreadable(f"{path.name}: 展開すると大きすぎます（{size:,}バイト）。")
