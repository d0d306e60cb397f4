"""The private key of a log: made once, for its owner alone."""

from pathlib import Path

import pytest

from infra.protocols.signed_note.note import COSIGNATURE
from infra.services.sequencing.log_key import LogKeyUnusable, load_key, make_key

NAME = "log.example/house51"


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    made = make_key(tmp_path / "new" / "key", NAME)
    assert str(load_key(tmp_path / "new" / "key", NAME).verifier) == str(made.verifier)
    assert (tmp_path / "new" / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(tmp_path / "new" / "key", NAME)


def test_two_keys_are_never_the_same(tmp_path: Path) -> None:
    one, two = make_key(tmp_path / "1", NAME), make_key(tmp_path / "2", NAME, witness=True)
    assert one.verifier.key != two.verifier.key
    assert two.verifier.kind == COSIGNATURE


def test_a_key_that_is_not_there_or_not_its_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with pytest.raises(LogKeyUnusable, match="秘密鍵がありません"):
        load_key(path, NAME)
    secret = make_key(path, NAME).secret()
    with pytest.raises(LogKeyUnusable, match=r"log\.example/house52 ではなく"):
        load_key(path, "log.example/house52")
    path.chmod(0o644)
    with pytest.raises(LogKeyUnusable, match="600"):
        load_key(path, NAME)
    path.chmod(0o600)
    path.write_text(secret[:-4])
    with pytest.raises(LogKeyUnusable) as refused:
        load_key(path, NAME)
    assert secret[-20:-4] not in str(refused.value)
