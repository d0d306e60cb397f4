"""Files of a watched folder wait until the very bytes that were shown are confirmed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli.offices.watched_import import FolderImport, held_files
from infra.services.importing.held_files import HeldFiles, NotHeld


class Taken:
    """What was sent, and what would be; `before_sending` is what happens in that moment."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.before_sending: Callable[[], object] = lambda: None

    def take(self, file: Path) -> bool:
        self.before_sending()
        self.sent.append(file.read_text(encoding="utf-8"))
        return True

    def preview(self, file: Path) -> str:
        return file.read_text(encoding="utf-8")

    def flush(self) -> bool:
        return True


def run(work: Callable[..., bool], *given: Path) -> bool:
    return work(*given)


def folder(tmp_path: Path) -> Path:
    made = tmp_path / "書出し"
    made.mkdir()
    (made / "開票.csv").write_text("十票", encoding="utf-8")
    return made


def test_nothing_is_sent_before_it_is_confirmed_and_then_once(tmp_path: Path) -> None:
    taken, held = Taken(), held_files(tmp_path / "outbox")
    watched = FolderImport(folder(tmp_path), taken, held, run)

    watched.look()
    watched.look()
    assert taken.sent == []
    ((mark, told),) = held.waiting().items()
    assert told == "開票.csv\n十票\n"
    assert held.confirm(mark) == told
    watched.look()
    watched.look()

    assert taken.sent == ["十票"]
    assert held.waiting() == {}


def test_a_file_that_changes_while_it_waits_is_confirmed_anew(tmp_path: Path) -> None:
    taken, held = Taken(), held_files(tmp_path / "outbox")
    path = folder(tmp_path)
    watched = FolderImport(path, taken, held, run)
    watched.look()
    watched.look()
    (first,) = held.waiting()
    (path / "開票.csv").write_text("百十票", encoding="utf-8")
    watched.look()
    watched.look()

    (second,) = held.waiting()
    assert first != second
    with pytest.raises(NotHeld):
        held.confirm(first)
    held.confirm(second)
    (path / "開票.csv").write_text("千百十票", encoding="utf-8")
    watched.look()
    assert taken.sent == []


def test_bytes_written_after_the_confirmation_was_checked_are_not_sent(tmp_path: Path) -> None:
    taken, held = Taken(), held_files(tmp_path / "outbox")
    path = folder(tmp_path)
    watched = FolderImport(path, taken, held, run)
    watched.look()
    watched.look()
    (mark,) = held.waiting()
    held.confirm(mark)
    file = path / "開票.csv"
    taken.before_sending = lambda: file.write_text("百十票", encoding="utf-8")

    watched.look()

    assert taken.sent == ["十票"]
    assert list((tmp_path / "outbox").rglob("*.csv")) == []


def test_where_the_office_said_so_files_are_sent_alone(tmp_path: Path) -> None:
    taken = Taken()
    watched = FolderImport(folder(tmp_path), taken, None, run)

    watched.look()
    watched.look()

    assert taken.sent == ["十票"]


def test_a_name_with_a_path_in_it_confirms_nothing(tmp_path: Path) -> None:
    (tmp_path / "outside.waiting").write_text("x", encoding="utf-8")

    with pytest.raises(NotHeld):
        HeldFiles(tmp_path / "held").confirm("../outside")
