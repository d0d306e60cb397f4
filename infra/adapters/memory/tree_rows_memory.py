"""Rows in the memory of one process, for logs that last no longer (a `RowStore`)."""

from infra.protocols.protocol_errors import SwapLost
from infra.protocols.tlog.ports import TreeRow


class MemoryRows:
    """Keeps rows in a dictionary."""

    def __init__(self) -> None:
        self._rows: dict[str, TreeRow] = {}

    def load(self, origin: str) -> TreeRow | None:
        """The row of a log; None when it has none yet."""
        return self._rows.get(origin)

    def swap(self, before: TreeRow | None, after: TreeRow) -> None:
        """Replace the row, or make it when `before` is None.

        Raises:
            SwapLost: The row is not `before`.
        """
        if self._rows.get(after.origin) != before:
            raise SwapLost(f"the row of {after.origin} is not the one that was read")
        self._rows[after.origin] = after
