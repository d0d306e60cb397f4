"""A folder that a counting system writes to, looked at now and then; nothing in it is touched."""

from pathlib import Path
from typing import NamedTuple

from infra.services.importing.table_source import BOOKS, CSV


class _Seen(NamedTuple):
    """How a file looked: when it changed last, in nanoseconds, and its size in bytes."""

    changed: int
    size: int


class WatchedFolder:
    """Tells which files are new or changed, each once and only when it is no longer written.

    Args:
        path: The folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: dict[Path, _Seen] = {}
        self._told: dict[Path, _Seen] = {}

    def changed(self) -> list[Path]:
        """Files that look as they did the last time and have not been reported so, by name.

        A file is reported at the second look at the earliest: one that is still growing is left
        alone.
        """
        now = {path: seen for path in sorted(self._files()) if (seen := _look(path)) is not None}
        settled = [path for path, seen in now.items() if self._last.get(path) == seen]
        found = [path for path in settled if self._told.get(path) != now[path]]
        self._last = now
        self._told |= {path: now[path] for path in found}
        return found

    def _files(self) -> list[Path]:
        # Editors and copying programs write beside the file first, under a name that hides.
        return [
            each
            for each in self._path.iterdir()
            if each.suffix.lower() in BOOKS | CSV and not each.name.startswith((".", "~"))
        ]


def _look(path: Path) -> _Seen | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _Seen(found.st_mtime_ns, found.st_size)
