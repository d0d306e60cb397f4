"""A watched folder: every file once, never half written, nothing touched."""

from pathlib import Path

from infra.services.importing.folder_watcher import WatchedFolder


def test_a_file_is_told_once_it_rests_and_again_when_it_changes(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path)
    path = tmp_path / "開票.csv"
    path.write_text("a", encoding="utf-8")

    assert folder.changed() == []  # it may still be growing
    path.write_text("ab", encoding="utf-8")
    assert folder.changed() == []
    assert folder.changed() == [path]
    assert folder.changed() == []
    path.write_text("abc", encoding="utf-8")
    assert folder.changed() == []
    assert folder.changed() == [path]


def test_only_tables_are_told_and_nothing_is_touched(tmp_path: Path) -> None:
    names = ["b.csv", "a.xlsx", ".c.csv", "~$a.xlsx", "d.tmp", "e.pdf"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "folder.d").mkdir()
    folder = WatchedFolder(tmp_path)

    folder.changed()

    assert [path.name for path in folder.changed()] == ["a.xlsx", "b.csv"]
    assert all((tmp_path / name).read_bytes() == name.encode() for name in names)


def test_a_file_that_goes_away_is_forgotten(tmp_path: Path) -> None:
    folder = WatchedFolder(tmp_path)
    path = tmp_path / "a.csv"
    path.write_text("a", encoding="utf-8")
    folder.changed()
    path.unlink()

    assert folder.changed() == []
    assert folder.changed() == []
