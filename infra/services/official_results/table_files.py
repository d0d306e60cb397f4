"""The files of an official publication: CSV tables, laid out as the publication is."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from infra.adapters.spreadsheets.table_lines import error_sentence
from infra.runtime.system_faults import fault_reason
from projections.official.tables.official_tables import FolderUnusable, OfficialRow, build_rows
from projections.official.tables.published_sheets import (
    LIST_SHEET_COLUMNS,
    SHEET_COLUMNS,
    StatedSheet,
    index_district_sheets,
    index_list_sheets,
)
from projections.official.tables.results_folder import (
    COLUMNS,
    DISTRICT_COLUMNS,
    DISTRICT_VOTES,
    LIST_COLUMNS,
    LIST_VOTES,
    OPTIONAL_COLUMNS,
    TABLES,
    ResultsFolder,
    UnitTables,
    build_folder,
)
from projections.official.upper.upper_tables import (
    CANDIDATES_FOLDER,
    OFFICIAL_COLUMNS,
    PEOPLE_COLUMNS,
    UpperFolder,
    build_upper_folder,
)

DISTRICT_SHEETS = "*-district-tally-sheets.csv"
LIST_SHEETS = "*-list-votes-by-counting-district.csv"


def read_publication(path: Path) -> ResultsFolder | UpperFolder:
    """Read a folder of whichever house it is: the Upper House has names in `candidates/`.

    Raises:
        FolderUnusable: A table or column is missing, or a cell is not what it must be; says where.
    """
    return read_upper_folder(path) if is_upper_folder(path) else read_folder(path)


def is_upper_folder(path: Path) -> bool:
    """Whether a folder is of an election of the Upper House."""
    return (path / CANDIDATES_FOLDER).is_dir()


def read_upper_folder(path: Path) -> UpperFolder:
    """Read a folder of an Upper House election.

    Raises:
        FolderUnusable: As `read_publication`.
    """
    places = ((TABLES, OFFICIAL_COLUMNS), (CANDIDATES_FOLDER, PEOPLE_COLUMNS))
    tables = {
        name: read_table(path / folder / f"{name}.csv", columns)
        for folder, wanted in places
        for name, columns in wanted.items()
    }
    return build_upper_folder(path.resolve().name, tables)


def read_folder(path: Path) -> ResultsFolder:
    """Read a folder laid out as the publication is.

    Raises:
        FolderUnusable: A table or column is missing, or a cell is not what it must be; says where.
    """
    if not path.is_dir():
        raise FolderUnusable(f"{path}: フォルダーがありません")
    tables = {
        name: read_table(path / TABLES / f"{name}.csv", columns)
        for name, columns in COLUMNS.items()
    }
    tables |= {
        name: read_table(path / TABLES / f"{name}.csv", columns)
        for name, columns in OPTIONAL_COLUMNS.items()
        if (path / TABLES / f"{name}.csv").exists()
    }
    by_unit = UnitTables(
        district_votes=_read_optional(path / DISTRICT_VOTES, DISTRICT_COLUMNS),
        list_votes=_read_optional(path / LIST_VOTES, LIST_COLUMNS),
        district_sheets=read_district_sheets(path),
        list_sheets=tuple(
            map(index_list_sheets, _read_each(path, LIST_SHEETS, LIST_SHEET_COLUMNS))
        ),
    )
    return build_folder(path.resolve().name, tables, by_unit)


def read_table(path: Path, columns: Iterable[str]) -> tuple[OfficialRow, ...]:
    """Read a table.

    Args:
        path: UTF-8 CSV with a line of column names, with or without a byte order mark.
        columns: Columns that must be there; others are read along.

    Raises:
        FolderUnusable: The file is missing, not UTF-8, empty, lacks a column, a row is short, or a
            cell holds an error value of a spreadsheet.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except OSError as error:
        raise FolderUnusable(f"{name}: 読めません（{fault_reason(error)}）") from error
    except UnicodeDecodeError as error:
        raise FolderUnusable(f"{name}: UTF-8ではありません（{error.start}バイト目）") from error
    except csv.Error as error:
        raise FolderUnusable(f"{name}: CSVとして読めません（{error}）") from error
    rows = build_rows(name, lines, columns)
    _require_no_errors(rows)
    return rows


def _require_no_errors(rows: Iterable[OfficialRow]) -> None:
    """`#N/A` is no name, no party and no figure, in whatever column it stands."""
    for row in rows:
        for column, cell in row.cells.items():
            if fault := error_sentence(cell.strip()):
                raise row.refuse(column, fault)


def read_district_sheets(folder: Path) -> tuple[Mapping[str, StatedSheet], ...]:
    """The sheets of every table of a folder that has them, by label of the counting district.

    Raises:
        FolderUnusable: A column is missing, or a sheet does not add up.
    """
    return tuple(map(index_district_sheets, _read_each(folder, DISTRICT_SHEETS, SHEET_COLUMNS)))


def _read_optional(path: Path, columns: tuple[str, ...]) -> tuple[OfficialRow, ...]:
    return read_table(path, columns) if path.exists() else ()


def _read_each(
    folder: Path, pattern: str, columns: tuple[str, ...]
) -> tuple[tuple[OfficialRow, ...], ...]:
    return tuple(read_table(path, columns) for path in sorted(folder.glob(pattern)))
