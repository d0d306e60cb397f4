"""Private keys in files: their owner's alone, never overwritten."""

from pathlib import Path

import pytest

from infra.adapters.filesystem.key_file import (
    KeyFileUnsafe,
    load_or_create_seed,
    new_private_key,
    read_private_key,
    write_private_key,
)
from infra.protocols.protocol_errors import KeyMalformed


def test_a_key_is_read_back(tmp_path: Path) -> None:
    key = new_private_key()
    write_private_key(tmp_path / "folder" / "mine.key", key)

    assert read_private_key(tmp_path / "folder" / "mine.key").public == key.public


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.key"
    write_private_key(path, new_private_key())
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        write_private_key(path, new_private_key())

    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_a_file_that_others_may_read_is_not_used(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "mine.key"
    write_private_key(path, new_private_key())
    path.chmod(mode)

    with pytest.raises(KeyFileUnsafe):
        read_private_key(path)


@pytest.mark.parametrize("text", ["", "no-secret", "AAAA", "=" * 44])
def test_what_is_no_key_is_not_repeated_in_the_message(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.key"
    path.write_text(text, encoding="ascii")
    path.chmod(0o600)

    with pytest.raises(KeyMalformed) as refused:
        read_private_key(path)

    assert not text or text not in str(refused.value)


def test_a_seed_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "replay.seed"
    assert load_or_create_seed(path) == load_or_create_seed(path)
    assert path.stat().st_mode & 0o777 == 0o600
