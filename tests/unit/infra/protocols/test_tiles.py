"""Tiles: their addresses, which of them a tree has, and what is in them."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.protocols.protocol_errors import EntryTooLong, TileInvalid, TileMissing
from infra.protocols.tlog.merkle import leaf_hash
from infra.protocols.tlog.tiles import (
    ENTRIES,
    Growth,
    Tile,
    TileHashes,
    decode_bundle,
    encode_bundle,
    right_edge,
    tiles_between,
    tree_tiles,
)
from tests.unit.infra.protocols.trees import entries, entry, grown, root_between


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(63, 5, 1), "tile/63/005.p/1"),
        (Tile(ENTRIES, 1000, 255), "tile/entries/x001/000.p/255"),
    ],
)
def test_paths(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.from_path(path) == tile


@given(st.integers(-1, 63), st.integers(0, 2**60), st.integers(1, 256))
def test_every_tile_is_named_by_its_path(level: int, number: int, width: int) -> None:
    tile = Tile(level, number, width)
    assert Tile.from_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        *("", "tile/0/0", "tile/00/000", "tile/64/000", "tile/0/x000/001", "tile/0/001/001"),
        *("tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "/tile/0/000", "tile/0/000\n"),
        *("tile/0/../000", "tile/-1/000", "tile/entries/1000", "tile/0/٠٠٠"),
    ],
)
def test_no_other_path(path: str) -> None:
    with pytest.raises(TileInvalid):
        Tile.from_path(path)


def test_the_tiles_of_70000() -> None:
    # The example of the specification, "Partial Tiles".
    tiles = [tile for tile in tree_tiles(70_000) if tile.level >= 0]
    full = [tile.level for tile in tiles if tile.width == 256]
    assert (full.count(0), full.count(1), len(full)) == (273, 1, 274)
    partial = [tile for tile in tiles if tile.width < 256]
    assert partial == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert right_edge(70_000) == [Tile(ENTRIES, 273, 112), *partial]


def test_the_tiles_of_256() -> None:
    assert list(tree_tiles(256)) == [Tile(ENTRIES, 0), Tile(0, 0), Tile(1, 0, 1)]
    assert list(tree_tiles(0)) == []


@given(st.integers(0, 140_000), st.integers(0, 70_000))
def test_new_tiles_are_those_that_were_not_there(old: int, more: int) -> None:
    assert set(tiles_between(old, old + more)) == set(tree_tiles(old + more)) - set(tree_tiles(old))


@given(st.lists(st.integers(0, 400), max_size=5))
def test_growth_gives_every_tile_of_every_size(steps: list[int]) -> None:
    sizes = [sum(steps[: place + 1]) for place in range(len(steps))]
    tiles, growth = grown(*sizes)
    needed = {tile for size in sizes for tile in tree_tiles(size)}
    assert set(tiles) == {tile.path for tile in needed}
    for tile in needed:
        assert tiles[tile.path] == _naive(tile)
    again = Growth.read(growth.range.size, tiles)
    assert again.range.edge == growth.range.edge
    assert again.add(entries(again.range.size + 300, again.range.size)) == growth.add(
        entries(growth.range.size + 300, growth.range.size)
    )


def test_a_tree_of_more_than_two_levels() -> None:
    tiles, growth = grown(65_000, 66_100)
    assert Tile(2, 0, 1).path in tiles
    assert growth.range.root() == root_between(0, 66_100)
    assert Growth.read(66_100, tiles).range.root() == growth.range.root()
    hashes = TileHashes(66_100, tiles)
    assert hashes.hash_at(16, 0) == root_between(0, 65_536)
    assert hashes.hash_at(9, 127) == root_between(65_024, 65_536)


def test_an_entry_has_at_most_65535_bytes() -> None:
    longest = b"x" * 65_535
    assert decode_bundle(encode_bundle([longest, b""]), 2) == [longest, b""]
    with pytest.raises(EntryTooLong):
        encode_bundle([longest + b"x"])
    with pytest.raises(EntryTooLong):
        Growth().add([longest + b"x"])


@pytest.mark.parametrize(
    "data", [b"\x00", b"\x00\x02x", b"\x00\x01x\x00", b"", b"\x00\x00\x00\x00"]
)
def test_a_bundle_holds_exactly_its_entries(data: bytes) -> None:
    with pytest.raises(TileInvalid):
        decode_bundle(data, 1)


def test_a_damaged_edge_is_not_read() -> None:
    tiles, _ = grown(300)
    bundle, leaves = Tile(ENTRIES, 1, 44).path, Tile(0, 1, 44).path
    with pytest.raises(TileInvalid, match="do not hash"):
        Growth.read(300, type(tiles)(tiles | {bundle: tiles[bundle].replace(b"256", b"257")}))
    with pytest.raises(TileInvalid, match="44 hashes"):
        Growth.read(300, type(tiles)(tiles | {leaves: tiles[leaves][:-1]}))
    del tiles[leaves]
    with pytest.raises(TileMissing):
        Growth.read(300, tiles)


def test_only_hashes_of_the_tree_can_be_read() -> None:
    hashes = TileHashes(300, grown(300)[0])
    with pytest.raises(TileInvalid, match="no tile 2 at level 0"):
        hashes.hash_at(0, 512)
    with pytest.raises(TileInvalid, match="no full subtree"):
        hashes.hash_at(7, 2)


def _naive(tile: Tile) -> bytes:
    first = tile.number * 256
    numbers = range(first, first + tile.width)
    if tile.level == ENTRIES:
        return b"".join(len(entry(n)).to_bytes(2, "big") + entry(n) for n in numbers)
    span = 256**tile.level
    return b"".join(root_between(n * span, (n + 1) * span) for n in numbers)


def test_leaves_are_entries_behind_a_zero() -> None:
    assert leaf_hash(b"x") == sha256(b"\x00x").digest()
