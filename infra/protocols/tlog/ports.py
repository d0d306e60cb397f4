"""Ports of the sequencer: entries, a row, tiles and a memory outside the database."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from infra.protocols.tlog.tiles import TileReader


class TreeRow(NamedTuple):
    """The state of one log: what the next checkpoint extends.

    Attributes:
        origin: Identity of the log.
        size: Entries in its tree.
        root: Its root.
        edge: Hashes of its right edge, one after the other.
        checkpoint: The signed note of exactly this size and root.
    """

    origin: str
    size: int
    root: bytes
    edge: bytes
    checkpoint: bytes


class EntrySource(Protocol):
    """The entries of the log, in the order of their positions."""

    def entries(self, start: int, limit: int) -> Sequence[bytes]:
        """At most `limit` entries from number `start` (from 0), without a gap.

        The same number is the same bytes for good.
        """


class RowStore(Protocol):
    """Keeps one row per log and changes it only for a caller that has read the last one."""

    def load(self, origin: str) -> TreeRow | None:
        """The row of a log; None when it has none yet."""

    def swap(self, before: TreeRow | None, after: TreeRow) -> None:
        """Replace the row, or make it when `before` is None.

        Raises:
            SwapLost: The row is not `before`.
        """


class TileStore(TileReader, Protocol):
    """Published files, and those that wait to be published. Every change is durable on return."""

    def stage(self, name: str, files: Mapping[str, bytes]) -> None:
        """Store new files without publishing them, all or none."""

    def staged(self, name: str) -> TileReader:
        """Read the staged files, and below them the published ones."""

    def place(self, name: str) -> None:
        """Publish staged files; nothing happens when there are none of this name.

        Raises:
            TileConflict: One would overwrite a published file with other bytes.
        """

    def discard_staged(self) -> None:
        """Forget every staged file."""

    def checkpoint(self) -> bytes | None:
        """The published checkpoint; None before the first."""

    def publish(self, note: bytes) -> None:
        """Publish a checkpoint in place of the last one."""


class Memory(Protocol):
    """Remembers outside the database what was signed last, so that no backup can fork the log."""

    def last(self) -> str | None:
        """The text of the last checkpoint that was to be signed; None before the first."""

    def remember(self, text: str) -> None:
        """Keep this text instead; durable on return."""
