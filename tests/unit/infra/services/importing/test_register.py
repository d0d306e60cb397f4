"""What is on record, asked of a server or, without a line, of the last copy."""

from pathlib import Path

import pytest

from infra.services.importing.import_faults import TablesUnreadable
from infra.services.importing.name_matching import NotFound
from infra.services.importing.tallies.recorded_register import RecordedRegister
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.folds import FoldDocuments, recorded


def test_without_a_line_the_last_copy_is_read(tmp_path: Path) -> None:
    documents = recorded(tmp_path / "tables")
    before = RecordedRegister(documents, tmp_path / "copies").contest(t.DISTRICT)
    RecordedRegister(documents, tmp_path / "copies").units_of("centre-13101")
    documents.is_down = True

    found = RecordedRegister(documents, tmp_path / "copies")

    assert found.is_old
    assert found.contest("東京都第1区").contest.ballot_sha256 == before.contest.ballot_sha256
    assert found.units_of("centre-13101") == ("13101",)
    assert found.units_of("nobody") is None


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
