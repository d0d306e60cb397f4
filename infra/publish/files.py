"""Files that readers never see half written, with their compressed forms and checksums beside."""

import hashlib
import os
from pathlib import Path

from infra.compression import COMPRESS_FROM_BYTES, encoded
from projections.feeds.layout import CHECKSUM, COMPRESSED


def put(path: Path, body: bytes) -> None:
    """Write a file, its compressed forms and its checksum, each at once or not at all.

    The file itself comes last, so whoever finds it finds the others.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if len(body) >= COMPRESS_FROM_BYTES:
        for coding, ending in COMPRESSED.items():
            _replace(_beside(path, ending), encoded(body, coding))
    digest = hashlib.sha256(body).hexdigest()
    _replace(_beside(path, CHECKSUM), f"{digest}  {path.name}\n".encode())
    _replace(path, body)


def point(path: Path, version: Path) -> None:
    """Let the latest be the same file as a version of it."""
    for ending in (*COMPRESSED.values(), ""):
        source = _beside(version, ending)
        if source.exists():
            _link(_beside(path, ending), source)
        else:
            _beside(path, ending).unlink(missing_ok=True)
    digest = _beside(version, CHECKSUM).read_text("ascii").split()[0]
    _replace(_beside(path, CHECKSUM), f"{digest}  {path.name}\n".encode())


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _replace(path: Path, body: bytes) -> None:
    temporary = _temporary(path)
    temporary.write_bytes(body)
    temporary.replace(path)


def _link(path: Path, source: Path) -> None:
    temporary = _temporary(path)
    temporary.unlink(missing_ok=True)
    os.link(source, temporary)
    temporary.replace(path)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")
