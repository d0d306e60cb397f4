"""Official tables in one file: every cell comes back, and what is no such file is refused."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.services.official_results.packed_tables import (
    included_tables,
    pack_folder,
    results_folder,
    unpack_tables,
)
from projections.official.tables.official_tables import FolderUnusable

PACKED_BYTES_MAX = 1_000_000


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = tmp_path / "house49-2021" / "official-tables"
    tables.mkdir(parents=True)
    text = 'pref,name,note\n青森県,\u9f3a\ue060,"a, ""b"""\n青森県,,\n青森県,\u3000青,\n'
    (tables / "names.csv").write_text(text, encoding="utf-8-sig")
    (tables.parent / "votes.csv").write_text("votes\n10.500\n10.500\n", encoding="utf-8")
    return tables.parent


def test_every_cell_comes_back(folder: Path, tmp_path: Path) -> None:
    back = unpack_tables(pack_folder(folder, ["公表された事実"]), tmp_path / "back")
    assert back.name == "house49-2021"
    assert read(back / "official-tables" / "names.csv") == [
        ["pref", "name", "note"],
        ["青森県", "\u9f3a\ue060", 'a, "b"'],
        ["青森県", "", ""],
        ["青森県", "\u3000青", ""],
    ]
    assert read(back / "votes.csv") == [["votes"], ["10.500"], ["10.500"]]
    assert (back / "SOURCE.txt").read_text(encoding="utf-8") == "公表された事実\n"


def test_what_comes_along_packs_to_itself_and_stays_small() -> None:
    text = included_tables()
    with results_folder(None) as there:
        notes = (there / "SOURCE.txt").read_text(encoding="utf-8").splitlines()
        assert pack_folder(there, notes) == text
    assert not there.exists()
    assert len(text.encode()) < PACKED_BYTES_MAX


def test_a_packed_file_is_taken_where_a_folder_is(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "packed"
    file.write_text(pack_folder(folder), encoding="utf-8")
    with results_folder(file) as there:
        assert read(there / "votes.csv")[1] == ["10.500"]
    with results_folder(folder) as there:
        assert there == folder


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text[: text.index("end 3")], "途中で切れています"),
        (lambda text: text.replace("end 3", "end 4"), "3行ですが"),
        (lambda text: text.replace("tables 1", "tables 9"), "で始まるファイル"),
        (lambda text: text.replace("table votes.csv", "table ../votes.csv"), "という名は"),
        (lambda text: text.replace("votes\n10.500", "votes\n10.500\t1"), "2列"),
        (lambda text: text.replace("name house49-2021\n", ""), "name …"),
        (lambda text: text[:0], "で始まるファイル"),
    ],
)
def test_what_is_no_packed_file_is_refused(
    folder: Path, tmp_path: Path, change: Callable[[str], str], why: str
) -> None:
    with pytest.raises(FolderUnusable, match=why):
        unpack_tables(change(pack_folder(folder)), tmp_path / "back")


@pytest.mark.parametrize("cell", ['""""', '"a\tb"', '"a\nb"'])
def test_a_cell_that_cannot_be_written_is_refused(folder: Path, cell: str) -> None:
    (folder / "votes.csv").write_text(f"votes\n{cell}\n", encoding="utf-8")
    with pytest.raises(FolderUnusable, match="まとめられません"):
        pack_folder(folder)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match="CSV"):
        pack_folder(tmp_path)
