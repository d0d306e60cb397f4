"""What is on record, asked of a server or, without a line, of the last copy."""

from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from aggregates.rule_package.package import package_bytes
from infra.services.importing.import_faults import TablesUnreadable
from infra.services.importing.name_matching import NotFound
from infra.services.importing.tallies.recorded_register import RecordedRegister
from projections.documents.render import render
from projections.office_tables.figure_names import FigureItem
from tests import builders as b
from tests.support.amended_package import AMENDED
from tests.support.rule_package import election_with
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.folds import FoldDocuments, recorded
from tests.unit.projections.nights import Office

T = TypeVar("T")


def test_without_a_line_the_last_copy_is_read(tmp_path: Path) -> None:
    documents = recorded(tmp_path / "tables")
    before = RecordedRegister(documents, tmp_path / "copies").contest(t.DISTRICT)
    RecordedRegister(documents, tmp_path / "copies").office_units("centre-13101")
    documents.is_down = True

    found = RecordedRegister(documents, tmp_path / "copies")

    assert found.is_old
    assert found.contest("東京都第1区").contest.ballot_sha256 == before.contest.ballot_sha256
    assert found.office_units("centre-13101") == ("13101",)
    assert found.office_units("nobody") is None


def test_without_a_line_and_a_copy_nothing_is_guessed(tmp_path: Path) -> None:
    documents = recorded(tmp_path / "tables")
    documents.is_down = True

    with pytest.raises(TablesUnreadable, match="控えもまだありません"):
        RecordedRegister(documents, tmp_path / "copies")


def test_a_damaged_copy_is_named(tmp_path: Path) -> None:
    documents = recorded(tmp_path / "tables")
    RecordedRegister(documents, tmp_path)
    (tmp_path / "candidates.json").write_bytes(b"{")
    documents.is_down = True

    with pytest.raises(TablesUnreadable, match="壊れています"):
        RecordedRegister(documents, tmp_path)


def test_before_the_election_there_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(TablesUnreadable, match="先に選挙を"):
        RecordedRegister(FoldDocuments(), tmp_path)


def test_a_contest_that_nobody_registered_is_not_found(tmp_path: Path) -> None:
    register = RecordedRegister(recorded(tmp_path / "tables"), tmp_path / "copies")

    with pytest.raises(NotFound, match="大阪府第1区"):
        register.contest("大阪府第1区")


class _PollDocuments:
    """Documents of a log that names a package with a kind of its own."""

    def __init__(self) -> None:
        poll = "citizens-poll/1"
        self._night = Office(
            election_with(AMENDED), b.unit(b.CHIYODA), b.contest(poll, [b.CHIYODA], seats=0)
        ).night

    def find(self, name: str, kind: type[T]) -> T | None:
        package = self._night.register().package
        body = package_bytes(package) if name == "rules" else render(self._night, name)
        return msgspec.json.decode(body, type=kind)


def test_a_poll_of_a_kind_of_its_own_is_read_by_the_package_of_its_log(tmp_path: Path) -> None:
    found = RecordedRegister(_PollDocuments(), tmp_path / "copies").contest("citizens-poll/1")

    assert found.contest.ballot == "options"
    assert found.item("b案") == FigureItem("votes", "b")
