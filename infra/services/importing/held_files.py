"""Files that a watched folder holds until somebody confirms what they would send.

A confirmation is of the very bytes that were shown: a file that changes afterwards waits again.
"""

import hashlib
from pathlib import Path
from typing import Final

MARK: Final = 12
"""Characters of a digest that name a file to people."""
_WAITING, _CONFIRMED = ".waiting", ".confirmed"


class NotHeld(LookupError):  # noqa: N818 - says what is not there
    """Nothing of this name waits for a confirmation."""


class HeldFiles:
    """What waits, and what was confirmed, as small files beside an outbox.

    Args:
        folder: Where they are kept; made when the first is held.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hold(self, mark: str, name: str, told: str) -> None:
        """Hold a file until it is confirmed.

        Args:
            mark: Of its bytes, taken before they were read: what is written meanwhile is not
                confirmed with them.
            name: Its name.
            told: What it would send.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{mark}{_WAITING}").write_text(f"{name}\n{told}\n", encoding="utf-8")

    def confirm(self, mark: str) -> str:
        """Confirm what waits under a name; returns what was shown of it.

        Raises:
            NotHeld: Nothing waits under it.
        """
        waiting = self._folder / f"{mark}{_WAITING}"
        if not mark.isalnum() or not waiting.is_file():
            raise NotHeld(mark)
        told = waiting.read_text(encoding="utf-8")
        waiting.rename(self._folder / f"{mark}{_CONFIRMED}")
        return told

    def is_confirmed(self, file: Path) -> bool:
        """Whether somebody confirmed a file as it is now."""
        return (self._folder / f"{file_mark(file)}{_CONFIRMED}").is_file()

    def waiting(self) -> dict[str, str]:
        """Name -> what it would send, of everything that waits."""
        if not self._folder.is_dir():
            return {}
        found = sorted(self._folder.glob(f"*{_WAITING}"))
        return {each.name.removesuffix(_WAITING): each.read_text("utf-8") for each in found}

    def forget(self, mark: str) -> None:
        """Forget a file that was replaced before it was confirmed."""
        (self._folder / f"{mark}{_WAITING}").unlink(missing_ok=True)


def file_mark(file: Path) -> str:
    """The name of a file's bytes.

    Raises:
        OSError: It is not there any more.
    """
    return hashlib.sha256(file.read_bytes()).hexdigest()[:MARK]
