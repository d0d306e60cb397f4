"""Every checkpoint that was published, one after the other in one file.

Anyone who kept any checkpoint finds it here, and a verifier proves that each is a prefix of the
next. The file is the notes, each followed by one more newline. A note holds exactly one blank line,
so text and signatures alternate, and a note that a crash cut off is distinguished from a whole one.
"""

import os
from pathlib import Path

from infra.adapters.filesystem.tile_files import Disk
from infra.protocols.protocol_errors import NoteMalformed
from infra.protocols.signed_note.note import split
from infra.protocols.tlog.checkpoint import Checkpoint

_BLANK = b"\n\n"


def encode_history(notes: list[bytes]) -> bytes:
    """The file of these notes."""
    return b"".join(note + b"\n" for note in notes)


def decode_history(data: bytes) -> list[bytes]:
    """The notes of a file.

    Raises:
        NoteMalformed: It does not consist of whole notes.
    """
    notes, rest = whole_notes(data)
    if rest:
        raise NoteMalformed("the last checkpoint is cut off, or a note has no blank line")
    return notes


class CheckpointHistory:
    """The file, for the one process that appends to it.

    Args:
        path: The file; made with the first checkpoint. What a crash left half is cut off.
        disk: How to write.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._size = -1
        if path.exists():
            self._recover()

    def append(self, note: bytes) -> None:
        """Keep a checkpoint durably; one that is not larger than the last is there already."""
        size = _checkpoint(note).size
        if size <= self._size:
            return
        is_new = not self._path.exists()
        with self._path.open("ab") as file:
            self._disk.do("append", lambda: file.write(note + b"\n"))
            file.flush()
            self._disk.do("sync file", lambda: os.fsync(file.fileno()))
        if is_new:
            self._disk.sync_folder(self._path.parent)
        self._size = size

    def _recover(self) -> None:
        data = self._path.read_bytes()
        notes, rest = whole_notes(data)
        if rest:
            self._disk.replace(self._path, data[: len(data) - len(rest)])
        if notes:
            self._size = _checkpoint(notes[-1]).size


def whole_notes(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole notes, and what follows the last of them: a note that is cut off, or nothing."""
    parts = data.split(_BLANK)
    count = (len(parts) - 1) // 2
    notes = [
        parts[number] + _BLANK + parts[number + 1] + b"\n" for number in range(0, count * 2, 2)
    ]
    return notes, _BLANK.join(parts[count * 2 :])


def _checkpoint(note: bytes) -> Checkpoint:
    text, _ = split(note)
    return Checkpoint.parse(text)
