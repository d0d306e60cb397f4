"""Tiles, checkpoint and memory as files in folders: whole or not there, never half.

A file is written under another name, synced, renamed, and its folder synced. Tiles are hard links
to their staged files, so the kernel itself refuses to overwrite one; the staging folder is removed
only when everything is published and synced, so it can be repeated after any crash.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from infra.protocols.protocol_errors import FolderTaken, TileConflict, TileMissing
from infra.protocols.tlog.tiles import Tile, TileReader

CHECKPOINT = "checkpoint"
_UNFINISHED = ".unfinished"


class Disk:
    """The few ways in which this package changes a disk, each a point where it may fail."""

    def do(self, what: str, act: Callable[[], object]) -> None:  # noqa: ARG002 - for the tests
        """Carry out one change. Tests make it fail."""
        act()

    def write(self, path: Path, data: bytes) -> None:
        """Write a file and sync it."""
        with path.open("wb") as file:
            self.do("write", lambda: file.write(data))
            file.flush()
            self.do("sync file", lambda: os.fsync(file.fileno()))

    def replace(self, path: Path, data: bytes) -> None:
        """Put a file in place of another, whole, and sync its folder."""
        self.make_folder(path.parent)
        unfinished = path.with_name(path.name + _UNFINISHED)
        self.write(unfinished, data)
        self.do("rename", lambda: unfinished.replace(path))
        self.sync_folder(path.parent)

    def rename(self, source: Path, target: Path) -> None:
        """Rename and sync the folder."""
        self.do("rename", lambda: source.rename(target))
        self.sync_folder(target.parent)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; one that is there must be the same file or the same bytes.

        Raises:
            TileConflict: Other bytes are there.
        """
        try:
            self.do("link", lambda: target.hardlink_to(source))
        except FileExistsError:
            if target.read_bytes() != source.read_bytes():
                raise TileConflict(f"{target} is published with other bytes") from None

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, durably."""
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            self.do("make folder", folder.mkdir)
            self.sync_folder(folder.parent)

    def sync_folder(self, path: Path) -> None:
        """Make what a folder names durable."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.do("sync folder", lambda: os.fsync(descriptor))
        finally:
            os.close(descriptor)

    def remove_folder(self, path: Path) -> None:
        """Remove a folder with all that is in it."""
        self.do("remove", lambda: shutil.rmtree(path))


class FolderReader:
    """Reads a published log from a folder."""

    def __init__(self, public: Path) -> None:
        self.public = public

    def read(self, path: str) -> bytes:
        """The bytes of a tile or bundle.

        Raises:
            TileInvalid: No tile can have this path.
            TileMissing: It is not there.
        """
        Tile.from_path(path)
        return _read(self.public / path)

    def checkpoint(self) -> bytes | None:
        """The published checkpoint; None before the first."""
        return _read_if_there(self.public / CHECKPOINT)


class FolderStore(FolderReader):
    """A log in folders, for the one process that writes it (a `TileStore`).

    Args:
        public: What is served: `checkpoint` and `tile/`.
        private: Staging, on the same file system.
        disk: How to write.

    Raises:
        FolderTaken: Another process writes it.
    """

    def __init__(self, public: Path, private: Path, disk: Disk | None = None) -> None:
        super().__init__(public)
        self._disk = disk or Disk()
        self._staging = private / "staging"
        self._disk.make_folder(public)
        self._disk.make_folder(self._staging)
        for folder in (public, private, self._staging):
            # A crash may have made it and not synced it.
            self._disk.sync_folder(folder.parent)
        self._lock = (private / "lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise FolderTaken(f"another process writes {public}") from None

    def close(self) -> None:
        """Let another process write."""
        self._lock.close()

    def stage(self, name: str, files: Mapping[str, bytes]) -> None:
        """Store new files in the staging folder, all or none."""
        folder = self._staging / name
        unfinished = folder.with_name(name + _UNFINISHED)
        for path, data in files.items():
            unfinished.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
            self._disk.write(unfinished / path, data)
        for inner in _folders(unfinished):
            self._disk.sync_folder(inner)
        self._disk.rename(unfinished, folder)

    def staged(self, name: str) -> TileReader:
        """Read the staged files, and below them the published ones."""
        return _Layers([self._staging / name, self.public])

    def place(self, name: str) -> None:
        """Publish staged files; nothing happens when there are none of this name.

        Raises:
            TileConflict: One would overwrite a published file with other bytes.
        """
        folder = self._staging / name
        if not folder.exists():
            return
        targets: set[Path] = set()
        for source in sorted(path for path in folder.rglob("*") if path.is_file()):
            target = self.public / source.relative_to(folder)
            self._disk.make_folder(target.parent)
            self._disk.link(source, target)
            targets.update(_between(target.parent, self.public))
        for target in sorted(targets):
            self._disk.sync_folder(target)
        # Renamed first: a half removed folder must not be taken for a staged one.
        unfinished = folder.with_name(name + _UNFINISHED)
        self._disk.rename(folder, unfinished)
        self._disk.remove_folder(unfinished)

    def discard_staged(self) -> None:
        """Forget every staged file."""
        for folder in sorted(self._staging.iterdir()):
            self._disk.remove_folder(folder)

    def publish(self, note: bytes) -> None:
        """Publish a checkpoint in place of the last one."""
        self._disk.replace(self.public / CHECKPOINT, note)


class FileMemory:
    """The last text that was to be signed, in one file (a `Memory`).

    Args:
        path: Outside the database and its backups.
        disk: How to write.
    """

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._path = path
        self._disk = disk or Disk()

    def last(self) -> str | None:
        """The text; None before the first."""
        data = _read_if_there(self._path)
        return None if data is None else data.decode()

    def remember(self, text: str) -> None:
        """Keep this text instead; durable on return."""
        self._disk.replace(self._path, text.encode())


class _Layers:
    """The first folder that has a file gives it."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(folders)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        for folder in self._folders:
            data = _read_if_there(folder / path)
            if data is not None:
                return data
        raise TileMissing(f"{path} is neither staged nor published")


def _read_if_there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _read(path: Path) -> bytes:
    data = _read_if_there(path)
    if data is None:
        raise TileMissing(f"{path} is not there")
    return data


def _folders(top: Path) -> list[Path]:
    """A folder and those in it, the deepest first."""
    return [*sorted((path for path in top.rglob("*") if path.is_dir()), reverse=True), top]


def _between(folder: Path, top: Path) -> list[Path]:
    """A folder and those above it, up to the top."""
    return [folder, *(path for path in folder.parents if path.is_relative_to(top))]
