"""The transparency log beside the documents: its public files, copied below the published tree.

Nothing is named before it is there: entries and tiles first, then the checkpoint that names them.
What an interrupted run left out is copied by the next one.
"""

from pathlib import Path
from typing import NamedTuple

from infra.adapters.filesystem.atomic_files import replace
from infra.adapters.filesystem.tile_files import CHECKPOINT, FolderReader
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.tiles import tiles_between
from infra.services.sequencing.checkpoint_history import whole_notes
from infra.services.sequencing.log_location import CHECKPOINTS, KEY, STATUS

LOG = "log"
"""Where the files of the log lie below an election."""


class HistoryForked(Exception):  # noqa: N818 - it says what is the case
    """The folder holds checkpoints that the log never published, or more than it has."""


class SignedCheckpoint(NamedTuple):
    """A published checkpoint.

    Attributes:
        note: Its bytes, signatures included.
        checkpoint: What it says.
    """

    note: bytes
    checkpoint: Checkpoint


class TlogMirror:
    """Carries the public folder of one log to another folder.

    Args:
        public: The public folder of the log; it may not be there yet.
        to: The folder of the election in the published tree.
    """

    def __init__(self, public: Path, to: Path) -> None:
        self._public = public
        self._to = to / LOG
        self._size = -1
        self._note = b""

    def newest(self) -> SignedCheckpoint | None:
        """What the log has signed now; None before its first checkpoint."""
        note = FolderReader(self._public).checkpoint()
        return None if note is None else SignedCheckpoint(note, Checkpoint.parse(split(note)[0]))

    @property
    def size(self) -> int:
        """Entries that the mirrored checkpoint covers; -1 before it is known."""
        return self._size

    def update(self, signed: SignedCheckpoint) -> None:
        """Copy everything that a checkpoint names, and then the checkpoint.

        Raises:
            HistoryForked: See there.
            OSError: A file cannot be read or written.
        """
        size = signed.checkpoint.size
        if size > self._size:
            self._carry_tiles(size)
            replace(self._to / KEY, (self._public / KEY).read_bytes())
        if signed.note != self._note:
            replace(self._to / CHECKPOINT, signed.note)
        if size > self._size:
            # Readers take the history first, and it may not go beyond the checkpoint.
            self._carry_history(size)
        self._size, self._note = size, signed.note
        self.update_status()

    def update_status(self) -> None:
        """Say how the log is doing, as it says itself."""
        source, target = self._public / STATUS, self._to / STATUS
        if source.exists():
            said = source.read_bytes()
            if not target.exists() or target.read_bytes() != said:
                replace(target, said)

    def _carry_tiles(self, size: int) -> None:
        """All of them the first time: only files that are there tell what an earlier run did."""
        for tile in tiles_between(max(0, self._size), size):
            source, target = self._public / tile.path, self._to / tile.path
            if not target.exists() or target.stat().st_size != source.stat().st_size:
                target.parent.mkdir(parents=True, exist_ok=True)
                replace(target, source.read_bytes())

    def _carry_history(self, size: int) -> None:
        """Append what is new up to this size; the log only ever appends to its own."""
        source, target = self._public / CHECKPOINTS, self._to / CHECKPOINTS
        held = target.stat().st_size if target.exists() else 0
        if self._size < 0 and held:
            held = self._cut(source, target)
        with source.open("rb") as file:
            file.seek(held)
            notes, _ = whole_notes(file.read())
        new = [note for note in notes if Checkpoint.parse(split(note)[0]).size <= size]
        if new:
            with target.open("ab") as file:
                file.write(b"".join(note + b"\n" for note in new))

    @staticmethod
    def _cut(source: Path, target: Path) -> int:
        """Cut off what a crash left half, and require that the rest is what the log published."""
        data = target.read_bytes()
        _, rest = whole_notes(data)
        whole = len(data) - len(rest)
        if source.read_bytes()[:whole] != data[:whole]:
            raise HistoryForked(f"{target}: 公開済みのチェックポイントが記録のものと違います。")
        if rest:
            replace(target, data[:whole])
        return whole
