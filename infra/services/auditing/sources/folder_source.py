"""Folders that can be verified: a bundle, a mirror, and the public folder of a log."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from infra.adapters.filesystem.tile_files import CHECKPOINT
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import (
    LOG,
    SourceCheck,
    compare_rules,
    missing,
    parse_pointer_format,
)
from infra.services.auditing.sources.bundle_manifest import (
    DOCUMENTS,
    MANIFEST,
    Manifest,
    document_path,
    read_manifest,
)
from infra.services.sequencing.log_location import CHECKPOINTS, KEY
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.feeds.layout import HEAD, RULES


def read_file(folder: Path, path: str) -> bytes:
    """A file below a folder.

    Raises:
        AuditDifference: It is not there, or no file.
    """
    try:
        return (folder / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise missing(path) from None
    except IsADirectoryError:
        raise AuditDifference("malformed", path, expected="a file", found="a folder") from None


class PublicFolderSource:
    """The public folder of a log: no documents lie in it."""

    has_documents = False

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder

    def read(self, path: str) -> bytes:
        """A file of the log."""
        return read_file(self._folder, path)

    def document(self, document: str, version: int) -> bytes:
        """There is none."""
        raise missing(f"{document}@{version}")

    def document_format(self) -> None:
        """None: there are no documents."""

    def finish(self, checked: SourceCheck) -> None:
        """Nothing remains: partial tiles of earlier checkpoints may lie there too."""


class MirrorSource:
    """A static mirror of what a server serves about one election."""

    has_documents = True

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder

    def read(self, path: str) -> bytes:
        """A file of the log."""
        return read_file(self._folder, f"{LOG}/{path}")

    def document(self, document: str, version: int) -> bytes:
        """A version of a document."""
        return read_file(self._folder, f"{document}@{version}.json")

    def document_format(self) -> int | None:
        """What its pointer names."""
        return parse_pointer_format(read_file(self._folder, HEAD))

    def finish(self, checked: SourceCheck) -> None:
        """The rule package; a mirror holds more than the last version of each document."""
        if checked.rule_package_sha256:
            compare_rules(read_file(self._folder, RULES), checked)


class BundleSource:
    """An unpacked bundle: every file is in the manifest, and every file of the manifest is there.

    Raises:
        AuditDifference: The manifest cannot be read.
    """

    has_documents = True

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder
        self.manifest: Manifest = read_manifest(read_file(folder, MANIFEST))

    def read(self, path: str) -> bytes:
        """A file of the log."""
        return read_file(self._folder, path)

    def document(self, document: str, version: int) -> bytes:  # noqa: ARG002 - the last one
        """The document as it was at the checkpoint of the bundle."""
        return read_file(self._folder, document_path(document))

    def document_format(self) -> int:
        """What its manifest names; all its documents were written at once."""
        return self.manifest.document_format

    def finish(self, checked: SourceCheck) -> None:
        """Compare what is there with what must be, and every file with its digest."""
        self._compare_facts(checked)
        _same("a file of the log", self._files_due(checked), self.manifest.files)
        if checked.rule_package_sha256:
            compare_rules(read_file(self._folder, RULES), checked)
        _same("named in the manifest", self.manifest.files, _files(self._folder) - {MANIFEST})
        for path, digest in sorted(self.manifest.files.items()):
            found = hashlib.sha256(read_file(self._folder, path)).hexdigest()
            if found != digest:
                raise AuditDifference("manifest", path, expected=digest, found=found)

    def _files_due(self, checked: SourceCheck) -> set[str]:
        """What must lie in it; another version of the format may know other documents."""
        due = {CHECKPOINT, CHECKPOINTS, KEY, *checked.tiles}
        due |= {RULES} if checked.rule_package_sha256 else set()
        if checked.documents is not None and self.document_format() == DOCUMENT_FORMAT:
            return due | {document_path(document) for document in checked.documents}
        return due | {path for path in self.manifest.files if path.startswith(f"{DOCUMENTS}/")}

    def _compare_facts(self, checked: SourceCheck) -> None:
        size, root = checked.checkpoint.size, checked.checkpoint.root.hex()
        for name, expected in (
            ("election", checked.election),
            ("environment", checked.environment),
            ("origin", checked.checkpoint.origin),
            ("size", size),
            ("root", root),
        ):
            found: object = getattr(self.manifest, name)
            if found != expected:
                where = f"{MANIFEST}: {name}"
                raise AuditDifference("manifest", where, expected=str(expected), found=str(found))


def _files(folder: Path) -> set[str]:
    """Everything below a folder that is not a plain folder itself."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def _same(what: str, expected: Iterable[str], found: Iterable[str]) -> None:
    wanted, there = set(expected), set(found)
    for path in sorted(wanted - there):
        raise missing(path)
    for path in sorted(there - wanted):
        raise AuditDifference("unexpected", path, expected=what, found="another file")
