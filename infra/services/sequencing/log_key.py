"""The private key of a log: made once, never again."""

import os
import secrets
from pathlib import Path

from infra.adapters.filesystem.tile_files import Disk
from infra.protocols.protocol_errors import KeyMalformed
from infra.protocols.signed_note.keys import SEED_BYTES, PrivateKey
from infra.protocols.signed_note.note import COSIGNATURE, ED25519, Signer

_ONLY_OWNER = 0o600


class LogKeyUnusable(Exception):  # noqa: N818 - it says what is the case
    """The private key is missing, belongs to another log, or can be read by others."""


def load_key(path: Path, name: str) -> Signer:
    """Read a private key.

    Args:
        path: Its file.
        name: The name it must have: for a log, its origin.

    Raises:
        LogKeyUnusable: See the message, which never repeats the key.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise LogKeyUnusable(f"{path} に {name} の秘密鍵がありません") from None
    except UnicodeDecodeError:
        raise LogKeyUnusable(f"{path} は記録の秘密鍵ではありません") from None
    if mode & 0o077:
        raise LogKeyUnusable(f"{path} は本人以外も読めます。chmod 600 にしてください")
    try:
        signer = Signer.parse(text)
    except KeyMalformed as error:
        raise LogKeyUnusable(f"{path} は記録の秘密鍵ではありません：{error}") from None
    if signer.verifier.name != name:
        raise LogKeyUnusable(f"{path} は {name} ではなく {signer.verifier.name} の鍵です")
    return signer


def make_key(path: Path, name: str, *, witness: bool = False) -> Signer:
    """Make a private key and store it for its owner alone.

    Args:
        path: A file that is not there yet.
        name: Name of the key: for a log, its origin.
        witness: Whether it cosigns (type 0x04) rather than signs (0x01).

    Raises:
        FileExistsError: A file is there.
    """
    disk = Disk()
    disk.make_folder(path.parent)
    key = PrivateKey(secrets.token_bytes(SEED_BYTES))
    signer = Signer(name, key, COSIGNATURE if witness else ED25519)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{signer.secret()}\n")
        file.flush()
        os.fsync(file.fileno())
    disk.sync_folder(path.parent)
    return signer
