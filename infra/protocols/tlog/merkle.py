"""RFC 6962 section 2.1: the tree that the log hashes its entries into, and proofs about it.

This is the writer's side. Verifiers use `proof_verification`, which shares no code with it.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Protocol

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""MTH({}) = SHA-256() (RFC 6962 section 2.1)."""

_LEAF = b"\x00"
_NODE = b"\x01"
_TILE_HEIGHT = 8


class HashReader(Protocol):
    """Where stored hashes come from."""

    def hash_at(self, height: int, index: int) -> bytes:
        """The hash over the entries from index * 2**height to (index + 1) * 2**height."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 ‖ entry)."""
    return sha256(_LEAF + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """The hashes of many entries."""
    return [sha256(_LEAF + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two others: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(_NODE + left + right).digest()


def pair_hashes(pairs: Iterable[bytes | bytearray]) -> list[bytes]:
    """The hashes of many nodes, each above two others that stand behind one another."""
    return [sha256(_NODE + pair).digest() for pair in pairs]


class Range:
    """The right edge of a growing tree: the roots of its full subtrees, largest first.

    It is all that is needed to append and to give the root.

    Attributes:
        size: Entries in the tree.
        edge: One hash per bit that is set in the size.
    """

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        self.size = size
        self.edge = list(edge)
        if len(self.edge) != size.bit_count():
            raise ValueError(f"a tree of {size} has {size.bit_count()} full subtrees at its edge")

    def append(
        self, leaves: Iterable[bytes], full: Callable[[int, bytes], object] = lambda *_: None
    ) -> None:
        """Append leaf hashes.

        Args:
            leaves: Hashes of the entries, in order.
            full: Receives every hash of a full tile: the tile level it is an element of, the hash.
        """
        edge, size, node = self.edge, self.size, _NODE
        for leaf in leaves:
            found, rest, height = leaf, size, 0
            while rest & 1:
                found = sha256(node + edge.pop() + found).digest()
                rest >>= 1
                height += 1
                if height % _TILE_HEIGHT == 0:
                    full(height // _TILE_HEIGHT, found)
            edge.append(found)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """The Merkle Tree Hash of all entries."""
        if not self.edge:
            return EMPTY_ROOT
        *others, found = self.edge
        for left in reversed(others):
            found = node_hash(left, found)
        return found


def subtree_hash(start: int, end: int, reader: HashReader) -> bytes:
    """MTH(D[start:end]) from stored hashes; `start` must be where a subtree of this size begins."""
    count = end - start
    if count.bit_count() == 1:
        height = count.bit_length() - 1
        return reader.hash_at(height, start >> height)
    split = start + _split(count)
    return node_hash(subtree_hash(start, split, reader), subtree_hash(split, end, reader))


def tree_root(size: int, reader: HashReader) -> bytes:
    """The root of the first `size` entries, from stored hashes."""
    return subtree_hash(0, size, reader) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, reader: HashReader) -> list[bytes]:
    """PATH(index, D[size]): the siblings from the leaf up (RFC 6962 section 2.1.1).

    Raises:
        ValueError: The entry is not in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} entries has no entry {index}")
    down: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            down.append(subtree_hash(split, end, reader))
            end = split
        else:
            down.append(subtree_hash(start, split, reader))
            start = split
    return down[::-1]


def consistency_proof(old: int, new: int, reader: HashReader) -> list[bytes]:
    """PROOF(old, D[new]): what shows that the old tree is a prefix (RFC 6962 section 2.1.2).

    Raises:
        ValueError: The old tree is larger than the new one.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} entries does not extend one of {old}")
    if old in (0, new):
        return []
    down: list[bytes] = []
    start, end = 0, new
    while end != old:
        split = start + _split(end - start)
        if old <= split:
            down.append(subtree_hash(split, end, reader))
            end = split
        else:
            down.append(subtree_hash(start, split, reader))
            start = split
    # SUBPROOF with b = true leaves out the hash that the verifier already has.
    first = [subtree_hash(start, end, reader)] if start else []
    return first + down[::-1]


def _split(count: int) -> int:
    """The largest power of two that is less than the count."""
    return 1 << ((count - 1).bit_length() - 1)


def full_subtree_root(hashes: list[bytes]) -> bytes:
    """The root of a full subtree from its lowest hashes; their count is a power of two."""
    while len(hashes) > 1:
        lefts, rights = hashes[::2], hashes[1::2]
        hashes = [
            sha256(_NODE + left + right).digest() for left, right in zip(lefts, rights, strict=True)
        ]
    return hashes[0]
