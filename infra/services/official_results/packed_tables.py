"""Official tables in one text file, so that a past election can be played from a plain clone.

The form is made to be small, to be read by people and to change line by line:

    kaihyo official tables 1
    name house50-2024
    note …                                  facts about the source, in any number
    table official-tables/turnout.csv
    election_id⇥tier⇥scope                  the columns
    r06-10-27⇥smd⇥all
    "⇥pr⇥"                                  the same as in the row above
    end 63                                  how many rows the table has

Cells are as published; a table that is unpacked is the CSV file that was packed, cell by cell.
`house50-2024.tables` beside this package is made by
`kaihyo replay-official FOLDER --pack infra/services/official_results/house50-2024.tables`.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path, PurePosixPath

from infra.runtime.system_faults import fault_reason
from projections.official.tables.official_tables import FolderUnusable

_FIRST_LINE = "kaihyo official tables 1"
_SAME = '"'
_TAB = "\t"
_NOTES_FILE = "SOURCE.txt"
_INCLUDED = "house50-2024.tables"

Table = list[list[str]]


def pack_folder(folder: Path, notes: Iterable[str] = ()) -> str:
    """All tables of a folder as the text of one file.

    Args:
        folder: A publication, laid out as `read_folder` reads it.
        notes: Facts about the source, one line each.

    Raises:
        FolderUnusable: A cell cannot be written, or there is no table.
    """
    paths = sorted(folder.rglob("*.csv"))
    if not paths:
        raise FolderUnusable(f"{folder}: CSVの表がありません")
    lines = [_FIRST_LINE, f"name {folder.resolve().name}", *(f"note {note}" for note in notes)]
    for path in paths:
        name = path.relative_to(folder).as_posix()
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = [row for row in csv.reader(file, strict=True) if any(row)]
        lines += [f"table {name}", *_pack_rows(name, table), f"end {len(table) - 1}"]
    return "\n".join(lines) + "\n"


def unpack_tables(text: str, parent: Path) -> Path:
    """Write the tables of a packed file as a folder again.

    Args:
        text: The packed file.
        parent: Where the folder is made, under the name that the file gives.

    Returns:
        The folder.

    Raises:
        FolderUnusable: The text is no packed file, or is cut off.
    """
    lines = iter(text.removesuffix("\n").split("\n"))
    if next(lines) != _FIRST_LINE:
        raise FolderUnusable(f"「{_FIRST_LINE}」で始まるファイルではありません")
    folder = parent / _safe(_value(next(lines, ""), "name"))
    notes = []
    for line in lines:
        if line.startswith("note "):
            notes.append(_value(line, "note"))
            continue
        path = folder / _safe(_value(line, "table"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(_unpack_rows(path.name, lines))
    if notes:
        (folder / _NOTES_FILE).write_text("\n".join(notes) + "\n", encoding="utf-8")
    return folder


@contextmanager
def results_folder(place: Path | None) -> Iterator[Path]:
    """The folder of a publication: as given, or unpacked while it is in use.

    Args:
        place: A folder, or a packed file; None for the election that comes with this software.

    Raises:
        FolderUnusable: The file cannot be read as packed tables.
    """
    if place is not None and not place.is_file():
        yield place
        return
    with tempfile.TemporaryDirectory() as parent:
        try:
            text = included_tables() if place is None else place.read_text(encoding="utf-8")
            folder = unpack_tables(text, Path(parent))
        except (FolderUnusable, OSError, UnicodeDecodeError) as error:
            raise FolderUnusable(f"{place or _INCLUDED}: {fault_reason(error)}") from error
        yield folder


def included_tables() -> str:
    """The packed tables of the general election of 2024, which come with this software."""
    return files("infra.services.official_results").joinpath(_INCLUDED).read_text(encoding="utf-8")


def _pack_rows(name: str, table: Table) -> Iterator[str]:
    above: list[str] = []
    for row in table:
        for cell in row:
            if cell == _SAME or _TAB in cell or "\n" in cell or "\r" in cell:
                raise FolderUnusable(f"{name}: 「{cell}」は一つのファイルにまとめられません")
        if above and len(row) != len(above):
            raise FolderUnusable(f"{name}: {len(row)}列の行があります。{len(above)}列が必要です")
        yield _TAB.join(
            _SAME if above and cell and cell == before else cell
            for cell, before in zip(row, above or row, strict=True)
        )
        above = row


def _unpack_rows(name: str, lines: Iterator[str]) -> Table:
    table: Table = []
    for line in lines:
        if line.startswith("end "):
            if _value(line, "end") != str(len(table) - 1):
                raise FolderUnusable(f"{name}: {len(table) - 1}行ですが「{line}」とあります")
            return table
        row = line.split(_TAB)
        above = table[-1] if table else row
        if len(row) != len(above):
            raise FolderUnusable(f"{name} {len(table)}行目: {len(row)}列あります")
        table.append(
            [before if cell == _SAME else cell for cell, before in zip(row, above, strict=True)]
        )
    raise FolderUnusable(f"{name}: 途中で切れています")


def _value(line: str, word: str) -> str:
    found, _, value = line.partition(" ")
    if found != word or not value:
        raise FolderUnusable(f"「{word} …」の行が必要ですが「{line}」とあります")
    return value


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise FolderUnusable(f"「{name}」という名は使えません")
    return path
