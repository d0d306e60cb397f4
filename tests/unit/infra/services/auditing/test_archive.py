"""One file for a bundle: the same bytes for the same content, and nothing beside it."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.bundle_archive import pack, unpack_archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "bundle"
    (found / "tile" / "0").mkdir(parents=True)
    (found / "checkpoint").write_bytes(b"note")
    (found / "tile" / "0" / "000").write_bytes(bytes(32))
    (found / "empty").write_bytes(b"")
    return found


def refused(archive: Path) -> str:
    with pytest.raises(AuditDifference) as found, unpack_archive(archive):
        pass
    return found.value.found


def test_what_was_packed_comes_out_again(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.tar.gz"
    pack(folder, archive)
    with unpack_archive(archive) as out:
        found = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert found == {"checkpoint": b"note", "tile/0/000": bytes(32), "empty": b""}
    assert not out.exists()


def test_plain_tar_reads_it(folder: Path, tmp_path: Path) -> None:
    pack(folder, tmp_path / "bundle.tar.gz")
    with tarfile.open(tmp_path / "bundle.tar.gz") as archive:
        assert sorted(archive.getnames()) == ["checkpoint", "empty", "tile/0/000"]


def test_anything_behind_or_between_is_refused(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.tar.gz"
    pack(folder, archive)
    data = archive.read_bytes()
    for damaged in (data + b"\0", data + data, data[:-1], b"\x1f\x8b" + data[4:], data[:10]):
        archive.write_bytes(damaged)
        assert refused(archive)
    # Padding between files is not for hiding things in, even when the checksums were made anew.
    plain = bytearray(gzip.decompress(data))
    plain[plain.index(b"note") + 4] = 7
    archive.write_bytes(data[:10] + gzip.compress(bytes(plain), mtime=0)[10:])
    assert refused(archive) == "bytes that belong to no file"


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside", "same"])
def test_no_file_leaves_the_folder_or_comes_twice(tmp_path: Path, name: str) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for each in ("same", name):
            info = tarfile.TarInfo(each)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
    archive = tmp_path / "bundle.tar.gz"
    packed = gzip.compress(content.getvalue(), mtime=0)
    archive.write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff" + packed[10:])
    assert "has no place in it" in refused(archive)
    assert not (tmp_path / "outside").exists()
