"""Files: whole or not there, never overwritten with other bytes."""

import os
from pathlib import Path

import pytest

from infra.adapters.filesystem.tile_files import FileMemory, FolderReader, FolderStore
from infra.protocols.protocol_errors import TileConflict, TileInvalid, TileMissing
from infra.protocols.tlog.tiles import Tile

PATH = Tile(0, 5, 7).path


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "public", tmp_path / "private")


def test_staged_files_are_out_of_sight_until_they_are_placed(store: FolderStore) -> None:
    store.stage("one", {PATH: b"tile"})
    assert store.staged("one").read(PATH) == b"tile"
    with pytest.raises(TileMissing):
        store.read(PATH)
    store.place("one")
    assert store.read(PATH) == b"tile"
    assert store.staged("none").read(PATH) == b"tile"
    with pytest.raises(TileMissing, match="neither"):
        store.staged("none").read(Tile(0, 6).path)
    store.place("one")


def test_a_tile_is_never_overwritten_with_other_bytes(store: FolderStore) -> None:
    store.stage("one", {PATH: b"tile"})
    store.place("one")
    store.stage("same", {PATH: b"tile"})
    store.place("same")
    store.stage("other", {PATH: b"elit"})
    with pytest.raises(TileConflict):
        store.place("other")
    assert store.read(PATH) == b"tile"


def test_what_was_staged_can_be_forgotten(store: FolderStore) -> None:
    store.stage("one", {PATH: b"tile"})
    store.discard_staged()
    store.place("one")
    with pytest.raises(TileMissing):
        store.read(PATH)


def test_only_tiles_can_be_read(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    for path in ("../secret", "tile/0/../../../secret", str(tmp_path / "secret"), "checkpoint"):
        with pytest.raises(TileInvalid):
            store.read(path)


def test_a_checkpoint_is_replaced_whole(store: FolderStore) -> None:
    reader = FolderReader(store.public)
    assert reader.checkpoint() is None
    store.publish(b"one")
    with (store.public / "checkpoint").open("rb") as before:
        store.publish(b"two")
        assert before.read() == b"one"
    assert reader.checkpoint() == b"two"
    assert os.listdir(store.public) == ["checkpoint"]  # noqa: PTH208 - names are enough


def test_a_memory_keeps_the_last_text(tmp_path: Path) -> None:
    memory = FileMemory(tmp_path / "elsewhere" / "last")
    assert memory.last() is None
    memory.remember("one\n")
    memory.remember("two\n")
    assert FileMemory(tmp_path / "elsewhere" / "last").last() == "two\n"


def test_a_closed_folder_can_be_opened_again(store: FolderStore, tmp_path: Path) -> None:
    store.close()
    FolderStore(tmp_path / "public", tmp_path / "private").close()
