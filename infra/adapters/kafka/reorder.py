"""Restoring the one order: items come from several partitions and leave by position.

Pure: no I/O, no clock. An item is held back until everything before it has come; what has come
already is dropped, after a look whether it says the same.
"""

from collections.abc import Sequence
from itertools import count, takewhile
from typing import Generic, TypeVar

TItem = TypeVar("TItem")


class LogForked(ValueError):  # noqa: N818 - it says what is the case
    """One position came with two contents: two logs feed one topic, or one was restored."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(f"position {position} came twice with different contents")


class Reorder(Generic[TItem]):
    """Gives items in the order of positions, each once.

    Args:
        after: Position of the last item given before.
    """

    def __init__(self, after: int = 0) -> None:
        self._given = after
        self._held: dict[int, TItem] = {}

    @property
    def given(self) -> int:
        """Position of the last item given."""
        return self._given

    @property
    def held(self) -> int:
        """How many items wait for one before them."""
        return len(self._held)

    @property
    def missing(self) -> int | None:
        """The position that the held items wait for; None when nothing waits."""
        return self._given + 1 if self._held else None

    def put(self, position: int, item: TItem) -> bool:
        """Take an item; False for one that was given already, which the caller may compare.

        Raises:
            LogForked: The same position is held with another content.
        """
        if position <= self._given:
            return False
        kept = self._held.setdefault(position, item)
        if kept is not item and kept != item:
            raise LogForked(position)
        return True

    def put_all(self, items: Sequence[tuple[int, TItem]]) -> list[tuple[int, TItem]]:
        """Take several items; those that were given already come back, to be compared.

        Raises:
            LogForked: The same position is held with another content.
        """
        fresh = dict(items)
        known = min(fresh, default=0) <= self._given or len(fresh) < len(items)
        if not known and self._held.keys().isdisjoint(fresh):
            # The rule: nothing of it is known. One step for all costs a tenth of one for each.
            self._held |= fresh
            return []
        return [(position, item) for position, item in items if not self.put(position, item)]

    def take(self) -> list[TItem]:
        """Everything that now follows without a gap."""
        held = self._held
        following = takewhile(held.__contains__, count(self._given + 1))
        ready = [held.pop(position) for position in following]
        self._given += len(ready)
        return ready
