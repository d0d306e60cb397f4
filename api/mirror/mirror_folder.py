"""The files of a mirror: written whole, only where their bytes changed, removed by its own list."""

from pathlib import Path
from typing import Final

import msgspec

from api.mirror.mirror_addresses import INDEX
from infra.adapters.filesystem.atomic_files import is_whole, put, remove, replace

LIST: Final = ".mirrored-pages.json"
"""What of the folder a mirror wrote: nothing else is ever removed."""


class FolderInUse(Exception):  # noqa: N818 - it says what is the case
    """The folder has a site that is not of a mirror."""


class MirrorFolder:
    """Where the pages of a mirror are written.

    Args:
        folder: The folder; the documents lie in `v1` below it.

    Attributes:
        files: Files of the mirror that were looked at since `begin`.
        written: How many of them were written.
        written_bytes: Their bytes, compressed forms not counted.

    Raises:
        FolderInUse: See there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = folder / LIST
        if not self._list.exists():
            if (folder / INDEX).exists():
                raise FolderInUse(
                    f"{folder / INDEX}: ほかのサイトのファイルがあります。--pages には、"
                    "ほかのものがないフォルダを指定してください。"
                )
            replace(self._list, b"[]")
        self.begin()

    def begin(self) -> None:
        """Count from here."""
        self.files: set[str] = set()
        self.written = 0
        self.written_bytes = 0

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return (self._folder / path).is_file()

    def write(self, path: str, body: bytes) -> bool:
        """Let a file have these bytes; says whether it had others.

        Args:
            path: Below the folder.
            body: What it shall hold.
        """
        self.files.add(path)
        place = self._folder / path
        if self.is_same(path, body) and is_whole(place):
            return False
        put(place, body)
        self.written += 1
        self.written_bytes += len(body)
        return True

    def is_same(self, path: str, body: bytes) -> bool:
        """Whether a file holds these bytes."""
        place = self._folder / path
        return place.is_file() and place.read_bytes() == body

    def keep(self, path: str) -> None:
        """A file belongs to the mirror as it is."""
        self.files.add(path)

    def remember(self) -> None:
        """Put what was looked at on the list, beside what stands there."""
        self._write_list(self.files | self._listed())

    def remove_others(self) -> int:
        """Remove what an earlier run wrote and nothing leads to any more; gives how many."""
        others = sorted(self._listed() - self.files)
        for path in others:
            remove(self._folder / path)
            self._remove_empty(Path(path).parent)
        self._write_list(self.files)
        return len(others)

    def _remove_empty(self, folder: Path) -> None:
        """Plain web servers list what is in a folder without a page."""
        while folder.parts and not any((self._folder / folder).iterdir()):
            (self._folder / folder).rmdir()
            folder = folder.parent

    def _listed(self) -> set[str]:
        return msgspec.json.decode(self._list.read_bytes(), type=set[str])

    def _write_list(self, paths: set[str]) -> None:
        body = msgspec.json.encode(sorted(paths))
        if body != self._list.read_bytes():
            replace(self._list, body)
