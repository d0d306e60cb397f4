"""The public folder of a log, with the history of its checkpoints beside the last one."""

from pathlib import Path

from typing_extensions import override

from infra.adapters.filesystem.tile_files import Disk, FolderStore
from infra.protocols.signed_note.note import Verifier
from infra.services.sequencing.checkpoint_history import CheckpointHistory
from infra.services.sequencing.log_location import CHECKPOINTS, KEY, STATUS, LogPlace


class PublicFolder(FolderStore):
    """A log in folders that also keeps every checkpoint it publishes (a `TileStore`).

    Args:
        place: Where the log lies.
        disk: How to write.

    Attributes:
        publications: How often a checkpoint was published, heartbeats included.

    Raises:
        FolderTaken: Another process writes it.
    """

    def __init__(self, place: LogPlace, disk: Disk | None = None) -> None:
        super().__init__(place.public, place.private, disk)
        self._history = CheckpointHistory(place.public / CHECKPOINTS, self._disk)
        self.publications = 0

    @override
    def publish(self, note: bytes) -> None:
        """Publish a checkpoint; it joins the history first, so no reader has one that is not."""
        self._history.append(note)
        super().publish(note)
        self.publications += 1

    def show_key(self, verifier: Verifier) -> None:
        """Put the verifier key where readers find it."""
        self._disk.replace(self.public / KEY, f"{verifier}\n".encode())

    def show_status(self, status: bytes) -> None:
        """Say how the log is doing. Nothing depends on it, so it is whole but not synced."""
        replace_unsynced(self.public / STATUS, status)


def replace_unsynced(path: Path, data: bytes) -> None:
    """Put a file in place of another, whole, without waiting for the disk."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(path)
