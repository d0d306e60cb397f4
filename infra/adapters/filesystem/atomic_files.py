"""Files that readers never see half written, with their compressed forms and checksums beside."""

import gzip
import hashlib
import os
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from infra.runtime.compression import COMPRESS_FROM_BYTES, encode_body
from projections.feeds.layout import CHECKSUM, COMPRESSED

_UNFINISHED = ".unfinished."


def put(path: Path, body: bytes) -> None:
    """Write a file, its compressed forms and its checksum, each at once or not at all.

    The file itself comes last, so anyone who finds it finds the others.
    """
    if len(body) >= COMPRESS_FROM_BYTES:
        for coding, ending in COMPRESSED.items():
            replace(_beside(path, ending), encode_body(body, coding))
    replace(_beside(path, CHECKSUM), _checksum(path, body).encode())
    replace(path, body)


def point(path: Path, version: Path) -> None:
    """Let the latest be the same file as a version of it."""
    for ending in (*COMPRESSED.values(), ""):
        source = _beside(version, ending)
        if source.exists():
            _link(_beside(path, ending), source)
        else:
            _beside(path, ending).unlink(missing_ok=True)
    digest = _beside(version, CHECKSUM).read_text("ascii").split()[0]
    replace(_beside(path, CHECKSUM), f"{digest}  {path.name}\n".encode())


def is_whole(path: Path) -> bool:
    """Whether a file and all that stands beside it hold what they should.

    A power cut may leave a name without its bytes; nobody would ever write them again.
    """
    try:
        body = path.read_bytes()
        stated = _beside(path, CHECKSUM).read_text("ascii")
        if stated != _checksum(path, body):
            return False
        if len(body) < COMPRESS_FROM_BYTES:
            return True
        return all(
            _decode_file(_beside(path, ending).read_bytes(), coding) == body
            for coding, ending in COMPRESSED.items()
        )
    except (OSError, EOFError, zlib.error, brotli.error, UnicodeDecodeError):
        return False


def _decode_file(data: bytes, coding: str) -> bytes:
    return bytes(brotli.decompress(data)) if coding == "br" else gzip.decompress(data)


def remove(path: Path) -> None:
    """Remove a file and all that stands beside it; the file first, so nobody finds it alone."""
    for ending in ("", *COMPRESSED.values(), CHECKSUM):
        _beside(path, ending).unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Remove the temporary files of an earlier run that was interrupted."""
    for path in folder.rglob(f".*{_UNFINISHED}*"):
        path.unlink(missing_ok=True)


def _checksum(path: Path, body: bytes) -> str:
    return f"{hashlib.sha256(body).hexdigest()}  {path.name}\n"


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def replace(path: Path, body: bytes) -> None:
    """Put a file in its place at once; its folder is made if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path)
    temporary.write_bytes(body)
    temporary.replace(path)


def _link(path: Path, source: Path) -> None:
    if path.exists() and path.samefile(source):
        # Renaming one name of a file over another does nothing, and both would stay.
        return
    temporary = _temporary(path)
    temporary.unlink(missing_ok=True)
    os.link(source, temporary)
    temporary.replace(path)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}{_UNFINISHED}{os.getpid()}")
