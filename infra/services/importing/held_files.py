"""Files that a watched folder holds until somebody confirms what they would send.

A confirmation is of the very bytes that were shown: they are kept beside it, shown and sent from
there. A file that changes afterwards waits again.
"""

import hashlib
import shutil
from pathlib import Path
from typing import Final, NamedTuple

MARK: Final = 12
"""Characters of a digest that name a file to people."""
_WAITING, _CONFIRMED, _BYTES = ".waiting", ".confirmed", ".bytes"


class NotHeld(LookupError):  # noqa: N818 - says what is not there
    """Nothing of this name waits for a confirmation."""


class HeldFile(NamedTuple):
    """The bytes of a file as they were when it was looked at.

    Attributes:
        mark: Their name, for people.
        path: A copy under the file's own name, which nobody else writes.
    """

    mark: str
    path: Path


class HeldFiles:
    """What waits, and what was confirmed, as small files beside an outbox.

    Args:
        folder: Where they are kept; made when the first is held.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path) -> HeldFile:
        """Copy a file as it is now: everything else is done with the copy.

        Raises:
            OSError: It is not there any more.
        """
        content = file.read_bytes()
        mark = _mark(content)
        folder = self._folder / f"{mark}{_BYTES}"
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / file.name
        copy.write_bytes(content)
        return HeldFile(mark, copy)

    def hold(self, kept: HeldFile, preview: str) -> None:
        """Hold a file until it is confirmed.

        Args:
            kept: Its bytes.
            preview: What it would send.
        """
        text = f"{kept.path.name}\n{preview}\n"
        (self._folder / f"{kept.mark}{_WAITING}").write_text(text, encoding="utf-8")

    def confirm(self, mark: str) -> str:
        """Confirm what waits under a name; returns what was shown of it.

        Raises:
            NotHeld: Nothing waits under it.
        """
        waiting = self._folder / f"{mark}{_WAITING}"
        if not mark.isalnum() or not waiting.is_file():
            raise NotHeld(mark)
        shown = waiting.read_text(encoding="utf-8")
        waiting.rename(self._folder / f"{mark}{_CONFIRMED}")
        return shown

    def is_confirmed(self, mark: str) -> bool:
        """Whether somebody confirmed what has this name."""
        return (self._folder / f"{mark}{_CONFIRMED}").is_file()

    def waiting(self) -> dict[str, str]:
        """Name -> what it would send, of everything that waits."""
        if not self._folder.is_dir():
            return {}
        found = sorted(self._folder.glob(f"*{_WAITING}"))
        return {each.name.removesuffix(_WAITING): each.read_text("utf-8") for each in found}

    def forget(self, mark: str) -> None:
        """Forget a file that was replaced before it was confirmed."""
        (self._folder / f"{mark}{_WAITING}").unlink(missing_ok=True)
        self.drop_bytes(mark)

    def drop_bytes(self, mark: str) -> None:
        """Drop the copy of a file that was sent, or that has nothing to send."""
        shutil.rmtree(self._folder / f"{mark}{_BYTES}", ignore_errors=True)


def file_mark(file: Path) -> str:
    """The name of a file's bytes.

    Raises:
        OSError: It is not there any more.
    """
    return _mark(file.read_bytes())


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:MARK]
