"""A bundle as one .tar.gz: the same bytes for the same content, and nothing hidden in between.

What a reader of tar and gzip would pass over (names and times in the gzip header, what follows the
end, blocks between files) is fixed here to one value and refused when it is another.
"""

import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from infra.services.auditing.sources.audit_difference import AuditDifference

ENDING: Final = ".tar.gz"
UNPACKED_BYTES_MAX: Final = 4 * 2**30
"""Beyond any election; a larger one is meant to fill the disk."""

_GZIP_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_GZIP: Final = zlib.MAX_WBITS | 16
_LEVEL: Final = 6
_READ_BYTES: Final = 2**20
_MODE: Final = 0o644
_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)


def pack(folder: Path, out: Path) -> None:
    """Pack a folder into an archive, replacing one that is there."""
    compressor = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    checksum, size = 0, 0
    unfinished = out.with_name(out.name + ".unfinished")
    with unfinished.open("wb") as file:
        file.write(_GZIP_HEADER)
        for data in _blocks(folder):
            checksum, size = zlib.crc32(data, checksum), size + len(data)
            file.write(compressor.compress(data))
        file.write(compressor.flush())
        file.write(checksum.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little"))
    unfinished.replace(out)


@contextmanager
def unpack_archive(archive: Path) -> Iterator[Path]:
    """Unpack an archive into a temporary folder, for as long as it is used.

    Raises:
        AuditDifference: It is damaged, or was not packed by `pack`.
    """
    with TemporaryDirectory(prefix="kaihyo-bundle-") as name:
        folder = Path(name)
        plain = folder / "plain.tar"
        _inflate(archive, plain)
        content = folder / "bundle"
        content.mkdir()
        try:
            _extract(plain, content)
        except tarfile.TarError as error:
            raise _damage(archive, str(error)) from None
        plain.unlink()
        yield content


def _blocks(folder: Path) -> Iterator[bytes]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        yield _header(path.relative_to(folder).as_posix(), len(data))
        yield data
        yield bytes(-len(data) % _BLOCK)
    yield _END


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, _MODE
    return info.tobuf(tarfile.USTAR_FORMAT)


def _inflate(archive: Path, plain: Path) -> None:
    inflater = zlib.decompressobj(_GZIP)
    written = 0
    with archive.open("rb") as packed, plain.open("wb") as file:
        if packed.read(len(_GZIP_HEADER)) != _GZIP_HEADER:
            raise _damage(archive, "another gzip header")
        packed.seek(0)
        while data := packed.read(_READ_BYTES):
            if inflater.eof:
                raise _damage(archive, "something follows its end")
            try:
                part = inflater.decompress(data)
            except zlib.error as error:
                raise _damage(archive, str(error)) from None
            written += file.write(part)
            if written > UNPACKED_BYTES_MAX:
                raise _damage(archive, f"more than {UNPACKED_BYTES_MAX} bytes")
    if not inflater.eof or inflater.unused_data:
        raise _damage(archive, "cut off" if not inflater.eof else "something follows its end")


def _extract(plain: Path, folder: Path) -> None:
    data = plain.open("rb")
    with data, tarfile.open(fileobj=data, mode="r:") as tar:
        names: set[str] = set()
        for info in tar:
            safe = not PurePosixPath(info.name).is_absolute() and ".." not in info.name.split("/")
            if not info.isreg() or not safe or info.name in names:
                raise _damage(plain, f"{info.name!r} has no place in it")
            names.add(info.name)
            member = tar.extractfile(info)
            target = folder / info.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"" if member is None else member.read())
    _require_same(plain, _blocks(folder))


def _require_same(plain: Path, blocks: Iterable[bytes]) -> None:
    """Packing again must give the same bytes: then nothing lies where a reader does not look."""
    with plain.open("rb") as file:
        for data in blocks:
            if file.read(len(data)) != data:
                raise _damage(plain, "bytes that belong to no file")
        if file.read(1):
            raise _damage(plain, "something follows its end")


def _damage(path: Path, said: str) -> AuditDifference:
    return AuditDifference("malformed", path.name, expected="an archive of a bundle", found=said)
