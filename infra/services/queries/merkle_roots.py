"""The root of the tree at every size: each entry hashed once, any earlier root on request.

Documents do not carry the root, for the fold knows events and not bytes; the pointer, the stream
and the headers of every answer do. RFC 6962, section 2.1.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Self

from infra.protocols.tlog.merkle import HASH_BYTES, leaf_hashes, pair_hashes, tree_root

_KEPT = 4096


class Roots:
    """Hashes of all entries and of the full subtrees above them, in memory: 64 bytes an entry."""

    def __init__(self) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self._root = lru_cache(_KEPT)(lambda size: tree_root(size, self))

    @property
    def size(self) -> int:
        """Entries hashed."""
        return len(self._levels[0]) // HASH_BYTES

    @classmethod
    def from_levels(cls, levels: list[bytes]) -> Self:
        """The tree whose hashes `levels` gave.

        Raises:
            ValueError: They are not as many as a tree has.
        """
        roots = cls()
        roots._levels = [bytearray(level) for level in levels] or [bytearray()]
        expected = [(roots.size >> height) * HASH_BYTES for height in range(len(levels))]
        if [len(level) for level in levels] != expected or roots.size >> len(levels) > 0:
            raise ValueError("the hashes are not those of a tree")
        return roots

    def levels(self, size: int) -> list[bytes]:
        """Hashes of the tree of the first `size` entries: of entries, of pairs, and so on."""
        heights = range(max(1, size.bit_length()))
        return [bytes(self._levels[each][: (size >> each) * HASH_BYTES]) for each in heights]

    def extend(self, entries: Iterable[bytes]) -> None:
        """Append entries, in order."""
        self._levels[0] += b"".join(leaf_hashes(entries))
        height = 0
        while len(self._levels[height]) >= 2 * HASH_BYTES:
            if height + 1 == len(self._levels):
                self._levels.append(bytearray())
            self._pair(self._levels[height], self._levels[height + 1])
            height += 1

    @staticmethod
    def _pair(below: bytearray, above: bytearray) -> None:
        """Hash every complete pair that is not hashed yet."""
        pair = 2 * HASH_BYTES
        first, last = 2 * len(above), len(below) // pair * pair
        above += b"".join(
            pair_hashes(below[start : start + pair] for start in range(first, last, pair))
        )

    def hash_at(self, height: int, index: int) -> bytes:
        """The hash over the entries from index * 2**height to (index + 1) * 2**height."""
        start = index * HASH_BYTES
        return bytes(self._levels[height][start : start + HASH_BYTES])

    def root(self, size: int) -> str:
        """The root of the first `size` entries, in hexadecimal.

        Raises:
            ValueError: So many are not hashed yet.
        """
        if not 0 <= size <= self.size:
            raise ValueError(f"{self.size} entries are hashed, not {size}")
        return self._root(size).hex()
