"""Private keys in files: the base64 of the seed, one line, readable by their owner alone."""

import os
import secrets
import stat
from pathlib import Path

from infra.protocols.protocol_errors import KeyMalformed
from infra.protocols.signed_note.encoding import from_base64, to_base64
from infra.protocols.signed_note.keys import SEED_BYTES, PrivateKey

_OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileUnsafe(PermissionError):  # noqa: N818 - it says what is the case
    """Others than its owner may read the file; the key in it must be taken for known."""


def new_private_key() -> PrivateKey:
    """A new key from the randomness of the operating system."""
    return PrivateKey(secrets.token_bytes(SEED_BYTES))


def write_private_key(path: Path, key: PrivateKey) -> None:
    """Write a key to a new file.

    Raises:
        FileExistsError: A file is never overwritten: a key that is gone cannot be made again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(to_base64(key.seed()) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_private_key(path: Path) -> PrivateKey:
    """Read a key from its file.

    Raises:
        FileNotFoundError: There is no such file.
        KeyFileUnsafe: Others may read it.
        KeyMalformed: It does not hold a key.
    """
    if path.stat().st_mode & _OTHERS:
        raise KeyFileUnsafe(f"{path}: 本人以外も読めるファイルです。chmod 600 にしてください。")
    try:
        return PrivateKey(from_base64(path.read_text(encoding="ascii").strip()))
    except ValueError:
        raise KeyMalformed(f"{path}: 秘密鍵のファイルではありません。") from None


def load_or_create_seed(path: Path) -> bytes:
    """A secret seed, made once and kept in a file like a key.

    Raises:
        KeyFileUnsafe, KeyMalformed: As when a key is read.
    """
    if not path.exists():
        write_private_key(path, new_private_key())
    return read_private_key(path).seed()
