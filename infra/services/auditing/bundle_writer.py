"""Writing a bundle: everything an auditor needs, in one folder or one file."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import package_bytes
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_errors import EventUnreadable, GapInLog, LogBroken, LogWentBack
from infra.adapters.event_log.log_reader import LogRow
from infra.adapters.filesystem.tile_files import CHECKPOINT
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.protocols.tlog.tiles import ENTRIES, TILE_WIDTH, Tile, encode_bundle, tree_tiles
from infra.runtime.gc_tuning import no_collection
from infra.services.auditing.sources.audit_source import (
    STAGE_DOCUMENTS,
    STAGE_READ,
    Progress,
    silent,
)
from infra.services.auditing.sources.bundle_archive import ENDING, pack
from infra.services.auditing.sources.bundle_manifest import MANIFEST, Manifest, document_path
from infra.services.auditing.sources.folder_source import read_file
from infra.services.sequencing.log_location import CHECKPOINTS, KEY
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.feeds.layout import RULES
from projections.feeds.public_entry import entry_bytes


class ExportRefused(Exception):  # noqa: N818 - it says what happened
    """There is nothing to export, or the log does not hold what its checkpoint covers."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that was written.

    Attributes:
        path: Where.
        origin: Identity of the log.
        size: Entries in it.
        root: Root of their tree, in hexadecimal.
        documents: Published documents in it.
        files: Files in it.
    """

    path: str
    origin: str
    size: int
    root: str
    documents: int
    files: int


def export(log: Log, public: Path, out: Path, progress: Progress = silent) -> Exported:
    """Write a bundle of a log as it was at its last checkpoint.

    Hashes come from what was published, entries and documents from the rows of the log: so a row
    that was changed after it was hashed is found by anyone who verifies the bundle.

    Args:
        log: The log.
        public: Its public folder.
        out: A folder that is not there yet, or a file whose name ends in `.tar.gz`.
        progress: Called at every stage.

    Raises:
        ExportRefused: No checkpoint was published, `out` is there already, or the log is shorter
            than its checkpoint, has a gap, or a row that cannot be read or is not what its columns
            say.
    """
    if out.exists():
        raise ExportRefused(f"{out} はもうあります。別の名前を --out で指定してください")
    out.parent.mkdir(parents=True, exist_ok=True)
    with _room(out) as folder:
        content = _Content(folder)
        # The history first: a running sequencer may publish another checkpoint in between.
        content.add(CHECKPOINTS, _publish(public, CHECKPOINTS))
        note, key = _publish(public, CHECKPOINT), _publish(public, KEY)
        checkpoint = _open_checkpoint(note, key)
        content.add(CHECKPOINT, note)
        content.add(KEY, key)
        for tile in tree_tiles(checkpoint.size):
            if tile.level != ENTRIES:
                content.add(tile.path, read_file(public, tile.path))
        try:
            state = _write_entries(log, checkpoint.size, content, progress)
        except (LogBroken, EventUnreadable) as error:
            raise ExportRefused(str(error)) from error
        package = state.register().package
        if package != JAPAN:  # as the first entry names one, or none
            content.add(RULES, package_bytes(package))
        _write_documents(state, content, progress)
        return content.finish(out, state, checkpoint)


class _Content:
    """The files of a bundle while they are written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, str] = {}

    def add(self, path: str, data: bytes) -> None:
        """Write a file and remember its digest."""
        self._digests[path] = hashlib.sha256(data).hexdigest()
        self._write(path, data)

    def finish(self, out: Path, state: ElectionProjection, checkpoint: Checkpoint) -> Exported:
        """Write the manifest, and put the bundle in its place."""
        facts = state.register().facts
        root = checkpoint.root.hex()
        manifest = Manifest(
            election=facts.id,
            environment=facts.environment,
            origin=checkpoint.origin,
            size=checkpoint.size,
            root=root,
            files=self._digests,
            format=DOCUMENT_FORMAT,
        )
        self._write(MANIFEST, manifest.encode())
        if out.name.endswith(ENDING):
            pack(self._folder, out)
        else:
            self._folder.rename(out)
        return Exported(
            path=str(out),
            origin=checkpoint.origin,
            size=checkpoint.size,
            root=root,
            documents=len(state.versions),
            files=len(self._digests) + 1,
        )

    def _write(self, path: str, data: bytes) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


@contextmanager
def _room(out: Path) -> Iterator[Path]:
    """A folder beside the bundle in which it grows; gone when it did not become the bundle."""
    with TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as name:
        folder = Path(name) / "bundle"
        folder.mkdir()
        yield folder
        shutil.rmtree(folder, ignore_errors=True)


def _publish(public: Path, name: str) -> bytes:
    try:
        return (public / name).read_bytes()
    except FileNotFoundError:
        raise ExportRefused(f"nothing is published yet: {public / name} is not there") from None


def _open_checkpoint(note: bytes, key: bytes) -> Checkpoint:
    try:
        checkpoint, _ = open_checkpoint(note, Verifier.parse(key.decode().strip()))
    except ValueError as error:
        raise ExportRefused(f"the published checkpoint cannot be opened: {error}") from error
    if not checkpoint.size:
        raise ExportRefused("the log is empty")
    return checkpoint


def _write_entries(
    log: Log, size: int, content: _Content, progress: Progress
) -> ElectionProjection:
    """Write the entries and fold them on the way."""
    state = ElectionProjection()
    with no_collection():
        for first in range(0, size, TILE_WIDTH):
            width = min(TILE_WIDTH, size - first)
            rows = log.reader.read(first, width)
            _require_rows(rows, first, width)
            _fold(state, rows)
            entries = [entry_bytes(row.position, row.topic, row.state) for row in rows]
            bundle = Tile(ENTRIES, first // TILE_WIDTH, width)
            content.add(bundle.path, encode_bundle(entries))
            progress(STAGE_READ, first + width, size)
    return state


def _write_documents(state: ElectionProjection, content: _Content, progress: Progress) -> None:
    for done, document in enumerate(sorted(state.versions), start=1):
        content.add(document_path(document), render(state, document))
        progress(STAGE_DOCUMENTS, done, len(state.versions))


def _require_rows(rows: list[LogRow], first: int, width: int) -> None:
    for position, row in enumerate(rows, start=first + 1):
        if row.position != position:
            raise GapInLog(expected=position, found=row.position)
    if len(rows) < width:
        raise LogWentBack(read=first + width, last=first + len(rows))


def _fold(state: ElectionProjection, rows: list[LogRow]) -> None:
    for row in rows:
        event = decode(row.topic, row.state)
        stands, states = (row.stream, row.version), (event.originator_id, event.originator_version)
        if stands != states:
            raise ExportRefused(f"row {row.position} stands in {stands} but states {states}")
        try:
            state.apply(event, row.position)
        except Exception as error:  # whatever a changed row makes the fold do is a finding
            said = f"{type(error).__name__}: {error}"
            raise ExportRefused(f"row {row.position} cannot be replayed: {said}") from error
