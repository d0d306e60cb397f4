"""The tree, hashed again from the entries and held against every tile and every root.

It shares no hashing with the writer (`infra.protocols.tlog.merkle`, `tiles.Growth`): nothing here
is read from tiles, tiles are only compared with.
"""

import hashlib
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from infra.protocols.protocol_errors import TileInvalid
from infra.protocols.tlog.tiles import ENTRIES, TILE_HEIGHT, TILE_WIDTH, Tile, decode_bundle
from infra.services.auditing.head_audit import LogHead
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import STAGE_READ, Progress, Source

_EMPTY: Final = hashlib.sha256().digest()
_Wanted = Sequence[tuple[int, bytes, str]]


def read_tree(source: Source, head: LogHead, progress: Progress) -> list[bytes]:
    """Read every entry, and verify that entries, tiles and all roots agree.

    Returns:
        The entries in order.

    Raises:
        AuditDifference: An entry is not the one that was hashed, a tile or a root is not that of
            the entries.
    """
    size = head.checkpoint.size
    tree = _Tree(source)
    entries: list[bytes] = []
    wanted = sorted(head.roots, key=lambda root: root[0])
    stops = [(at, list(roots)) for at, roots in groupby(wanted, key=lambda root: root[0])]
    while stops and not stops[0][0]:
        tree.compare_root(stops.pop(0)[1])
    for first in range(0, size, TILE_WIDTH):
        width = min(TILE_WIDTH, size - first)
        bundle = _bundle(source, first // TILE_WIDTH, width)
        leaves = _leaves(bundle)
        _compare_leaves(source, first, leaves)
        begun = 0
        while stops and stops[0][0] <= first + width:
            at, roots = stops.pop(0)
            tree.grow(leaves[begun : at - first])
            begun = at - first
            tree.compare_root(roots)
        tree.grow(leaves[begun:])
        entries += bundle
        progress(STAGE_READ, len(entries), size)
    tree.compare_partial()
    return entries


class _Tree:
    """The right edge of the growing tree, and the hashes of tiles above level 0."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._size = 0
        self._edge: list[bytes] = []
        self._above: list[list[bytes]] = []
        self._full: list[int] = []

    def grow(self, leaves: Sequence[bytes]) -> None:
        """Add leaves; every full subtree of 256, 256 times 256, … becomes an element of a tile."""
        edge, size, sha256 = self._edge, self._size, hashlib.sha256
        for leaf in leaves:
            found = leaf
            size += 1
            height = 1
            while not size & (1 << height) - 1:
                found = sha256(b"\x01" + edge.pop() + found).digest()
                if not height % TILE_HEIGHT:
                    self._put(height // TILE_HEIGHT - 1, found)
                height += 1
            edge.append(found)
        self._size = size

    def compare_root(self, roots: _Wanted) -> None:
        """Hold the root at this size against what was signed."""
        own = _EMPTY
        if self._edge:
            own = self._edge[-1]
            for left in reversed(self._edge[:-1]):
                own = hashlib.sha256(b"\x01" + left + own).digest()
        for size, root, where in roots:
            if root != own or size != self._size:
                raise AuditDifference("root", where, expected=own.hex(), found=root.hex())

    def compare_partial(self) -> None:
        """Compare the last tile of every level above 0, which is not full."""
        for level, hashes in enumerate(self._above):
            if hashes:
                self._compare(level, hashes)

    def _put(self, level: int, found: bytes) -> None:
        if level == len(self._above):
            self._above.append([])
            self._full.append(0)
        hashes = self._above[level]
        hashes.append(found)
        if len(hashes) == TILE_WIDTH:
            self._compare(level, hashes)
            hashes.clear()
            self._full[level] += 1

    def _compare(self, level: int, hashes: list[bytes]) -> None:
        tile = Tile(level + 1, self._full[level], len(hashes))
        own, found = b"".join(hashes), self._source.read(tile.path)
        if own != found:
            raise AuditDifference("tile", tile.path, expected=_digest(own), found=_digest(found))


def _bundle(source: Source, number: int, width: int) -> list[bytes]:
    path = Tile(ENTRIES, number, width).path
    try:
        return decode_bundle(source.read(path), width)
    except TileInvalid as error:
        expected = f"{width} entries"
        raise AuditDifference("malformed", path, expected=expected, found=str(error)) from None


def _leaves(entries: Sequence[bytes]) -> list[bytes]:
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def _compare_leaves(source: Source, first: int, leaves: Sequence[bytes]) -> None:
    path = Tile(0, first // TILE_WIDTH, len(leaves)).path
    published = source.read(path)
    if published == b"".join(leaves):
        return
    if len(published) != len(leaves) * len(_EMPTY):
        expected = f"{len(leaves)} hashes"
        raise AuditDifference("tile", path, expected=expected, found=f"{len(published)} bytes")
    for number, leaf in enumerate(leaves):
        found = published[number * len(_EMPTY) : (number + 1) * len(_EMPTY)]
        if found != leaf:
            where = f"entry {first + number + 1} ({path})"
            raise AuditDifference("entry", where, expected=found.hex(), found=leaf.hex())


def _digest(data: bytes) -> str:
    return f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}"
