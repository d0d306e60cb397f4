"""c2sp.org/tlog-tiles: the tree and its entries as files that never change.

A tile holds 256 hashes of one level; the last of a level is partial and has its own address for
every width. Level n + 1 hashes only full tiles of level n. Bundles hold the entries themselves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol, Self

from infra.protocols.protocol_errors import EntryTooLong, TileInvalid
from infra.protocols.tlog.merkle import HASH_BYTES, Range, full_subtree_root, leaf_hashes

TILE_WIDTH: Final = 256
TILE_HEIGHT: Final = 8
ENTRIES: Final = -1
"""The level of entry bundles, which lie beside the tiles of level 0."""
ENTRY_BYTES_MAX: Final = 65_535
LEVEL_MAX: Final = 63

_GROUP = 1000
_PATH = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


class Tile(NamedTuple):
    """One tile or bundle.

    Attributes:
        level: 0 for leaf hashes, `ENTRIES` for the entries themselves.
        number: Its number in the level, from 0.
        width: Hashes or entries in it, 1 to 256; below 256 it is partial.
    """

    level: int
    number: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Where it is served: `tile/<L>/<N>[.p/<W>]` ("Merkle Tree")."""
        groups = [f"{self.number % _GROUP:03}"]
        rest = self.number // _GROUP
        while rest:
            groups.append(f"x{rest % _GROUP:03}")
            rest //= _GROUP
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"

    @classmethod
    def from_path(cls, path: str) -> Self:
        """The tile that a path names.

        Raises:
            TileInvalid: No tile has this path.
        """
        found = _PATH.fullmatch(path)
        if found is None:
            raise TileInvalid(f"no tile has the path {path!r}")
        level, groups, width = found.groups()
        tile = cls(
            ENTRIES if level == "entries" else int(level),
            int(groups.replace("x", "").replace("/", "")),
            int(width or TILE_WIDTH),
        )
        # Also refuses leading zero groups, levels above 63 and widths of 256 or more.
        if tile.path != path or tile.level > LEVEL_MAX:
            raise TileInvalid(f"no tile has the path {path!r}")
        return tile


class TileReader(Protocol):
    """Where published tiles are read from."""

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            TileMissing: There is none.
        """


def tiles_between(old: int, new: int) -> Iterator[Tile]:
    """Every tile and bundle that a tree of `new` has and that of `old` had not, lowest first."""
    for level in (ENTRIES, *range(LEVEL_MAX + 1)):
        height = 0 if level == ENTRIES else level * TILE_HEIGHT
        before, after = old >> height, new >> height
        if before == after:
            return
        yield from (
            Tile(level, index) for index in range(before // TILE_WIDTH, after // TILE_WIDTH)
        )
        if after % TILE_WIDTH:
            yield Tile(level, after // TILE_WIDTH, after % TILE_WIDTH)


def tree_tiles(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a tree."""
    return tiles_between(0, size)


def right_edge(size: int) -> list[Tile]:
    """The partial tiles of a tree, the bundle first; they are all that appending needs."""
    partial = (
        Tile(level, (size >> level * TILE_HEIGHT) // TILE_WIDTH, width)
        for level in range(LEVEL_MAX + 1)
        if (width := (size >> level * TILE_HEIGHT) % TILE_WIDTH)
    )
    bundle = [Tile(ENTRIES, size // TILE_WIDTH, size % TILE_WIDTH)] if size % TILE_WIDTH else []
    return [*bundle, *partial]


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries, each behind its length as big-endian uint16 ("Log entries").

    Raises:
        EntryTooLong: One does not fit.
    """
    parts: list[bytes] = []
    for entry in entries:
        try:
            parts.append(len(entry).to_bytes(2, "big"))
        except OverflowError:
            raise EntryTooLong(
                f"an entry has {len(entry)} bytes, the limit is {ENTRY_BYTES_MAX}"
            ) from None
        parts.append(entry)
    return b"".join(parts)


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        TileInvalid: It does not hold exactly `width` entries.
    """
    entries: list[bytes] = []
    place = 0
    while place < len(data):
        start = place + 2
        place = start + int.from_bytes(data[place:start], "big")
        entries.append(data[start:place])
    if place != len(data) or len(entries) != width:
        raise TileInvalid(f"a bundle is not exactly {width} entries")
    return entries


def decode_tile(data: bytes, width: int) -> list[bytes]:
    """The hashes of a tile.

    Raises:
        TileInvalid: It does not hold exactly `width` hashes.
    """
    if len(data) != width * HASH_BYTES:
        raise TileInvalid(f"a tile of {width} hashes has {width * HASH_BYTES} bytes")
    return [data[place : place + HASH_BYTES] for place in range(0, len(data), HASH_BYTES)]


class TileHashes:
    """The hashes of a tree of one size, read from its tiles (a `merkle.HashReader`)."""

    def __init__(self, size: int, reader: TileReader) -> None:
        self._size = size
        self._reader = reader
        self._read: dict[tuple[int, int], list[bytes]] = {}

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of one tile, as wide as it is in a tree of this size.

        Raises:
            TileInvalid: It has another length.
            TileMissing: It is not there.
        """
        if (level, index) not in self._read:
            self._read[level, index] = self._fetch(level, index)
        return self._read[level, index]

    def _fetch(self, level: int, index: int) -> list[bytes]:
        there = (self._size >> level * TILE_HEIGHT) - index * TILE_WIDTH
        if there <= 0:
            raise TileInvalid(f"a tree of {self._size} has no tile {index} at level {level}")
        tile = Tile(level, index, min(there, TILE_WIDTH))
        return decode_tile(self._reader.read(tile.path), tile.width)

    def hash_at(self, height: int, index: int) -> bytes:
        """The hash over the entries from index * 2**height to (index + 1) * 2**height."""
        level, above = divmod(height, TILE_HEIGHT)
        number, start = divmod(index << above, TILE_WIDTH)
        hashes = self.tile(level, number)[start : start + (1 << above)]
        if len(hashes) != 1 << above:
            raise TileInvalid(f"a tree of {self._size} has no full subtree {index} of 2**{height}")
        return full_subtree_root(hashes)


class Growth:
    """A tree at its right edge, which takes entries and gives the tiles they make.

    Attributes:
        range: The compact range: size, edge and root.
    """

    def __init__(self) -> None:
        self.range = Range()
        self._entries: list[bytes] = []
        self._hashes: dict[int, list[bytes]] = {}

    @classmethod
    def read(cls, size: int, reader: TileReader) -> Self:
        """The tree of a size, its right edge hashed again from the tiles and the last bundle.

        Raises:
            TileInvalid: The bundle does not hash to its tile, or a file has a wrong length.
            TileMissing: A file of the edge is not there.
        """
        growth = cls()
        hashes = TileHashes(size, reader)
        for tile in right_edge(size):
            if tile.level == ENTRIES:
                growth._entries = decode_bundle(reader.read(tile.path), tile.width)
            else:
                growth._hashes[tile.level] = hashes.tile(tile.level, tile.number)
        if leaf_hashes(growth._entries) != growth._hashes.get(0, []):
            raise TileInvalid("the last entries do not hash to the last tile of level 0")
        heights = [height for height in range(size.bit_length()) if size >> height & 1]
        edge = [hashes.hash_at(height, (size >> height) - 1) for height in reversed(heights)]
        growth.range = Range(size, edge)
        return growth

    def add(self, entries: Sequence[bytes]) -> dict[str, bytes]:
        """Append entries and give every file that is new, by its path.

        Raises:
            EntryTooLong: One does not fit; the tree is unusable after that.
        """
        old = self.range.size
        leaves = leaf_hashes(entries)
        self._entries.extend(entries)
        self._hashes.setdefault(0, []).extend(leaves)
        self.range.append(
            leaves, lambda level, found: self._hashes.setdefault(level, []).append(found)
        )
        files = {
            tile.path: self._content(tile, old) for tile in tiles_between(old, self.range.size)
        }
        self._forget()
        return files

    def _content(self, tile: Tile, old: int) -> bytes:
        height = max(tile.level, 0) * TILE_HEIGHT
        held_from = (old >> height) // TILE_WIDTH
        start = (tile.number - held_from) * TILE_WIDTH
        if tile.level == ENTRIES:
            return encode_bundle(self._entries[start : start + tile.width])
        return b"".join(self._hashes[tile.level][start : start + tile.width])

    def _forget(self) -> None:
        """Keep only what the partial tiles hold."""
        size = self.range.size
        self._entries = _last(self._entries, size % TILE_WIDTH)
        for level, hashes in self._hashes.items():
            self._hashes[level] = _last(hashes, (size >> level * TILE_HEIGHT) % TILE_WIDTH)


def _last(items: list[bytes], count: int) -> list[bytes]:
    return items[len(items) - count :]
