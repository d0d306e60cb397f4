"""A log of a test: a source that can lose its tail, folders, rows, and every note ever signed."""

from collections.abc import Sequence
from pathlib import Path

from infra.adapters.filesystem.tile_files import Disk, FileMemory, FolderStore
from infra.adapters.memory.tree_rows_memory import MemoryRows
from infra.protocols.signed_note.note import SignatureLine, Signer, Verifier, join, open_note
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.ports import RowStore
from infra.services.sequencing.sequencer import Parts, Sequencer
from tests.unit.infra.protocols.trees import SetClock, log_signer


class ListSource:
    """Entries in a list (an `EntrySource`)."""

    def __init__(self) -> None:
        self.all: list[bytes] = []

    def entries(self, start: int, limit: int) -> Sequence[bytes]:
        return self.all[start : start + limit]


class KeepingSigner(Signer):
    """Keeps every note it ever signed."""

    __slots__ = ("notes",)

    def __init__(self) -> None:
        plain = log_signer()
        super().__init__(plain.verifier.name, plain._key)
        self.notes: list[bytes] = []

    def sign(self, text: str, *, time: int | None = None) -> SignatureLine:
        line = super().sign(text, time=time)
        self.notes.append(join(text, [line]))
        return line

    def checkpoints(self) -> list[Checkpoint]:
        return [Checkpoint.parse(open_note(note, [self.verifier]).text) for note in self.notes]


class StoredLog:
    """All that outlives a sequencer's process."""

    def __init__(self, folder: Path, rows: RowStore | None = None) -> None:
        self.folder = folder
        self.source = ListSource()
        self.rows = rows or MemoryRows()
        self.signer = KeepingSigner()
        self.clock = SetClock()
        self._open: FolderStore | None = None

    @property
    def public(self) -> Path:
        return self.folder / "public"

    @property
    def remembered(self) -> Path:
        return self.folder / "elsewhere" / "last"

    @property
    def log(self) -> Verifier:
        return self.signer.verifier

    def parts(self, disk: Disk | None = None) -> Parts:
        """What a new process opens; the old one is gone."""
        self.close()
        self._open = FolderStore(self.public, self.folder / "private", disk)
        memory = FileMemory(self.remembered, disk)
        return Parts(self.source, self.rows, self._open, memory, self.clock)

    def start(self, disk: Disk | None = None) -> Sequencer:
        return Sequencer.start(self.signer, self.parts(disk))

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
