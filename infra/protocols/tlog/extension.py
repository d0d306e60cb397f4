"""The check before every signature: do these tiles extend what was signed, by these entries?

It believes nothing that the writer computed: proofs go to `proof_verification`, and leaves, levels
and root are hashed here again from the files as they lie on the disk.
"""

import hashlib

from infra.protocols.protocol_errors import ProofInvalid
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.merkle import consistency_proof
from infra.protocols.tlog.proof_verification import verify_consistency
from infra.protocols.tlog.tiles import (
    ENTRIES,
    TILE_HEIGHT,
    TILE_WIDTH,
    Tile,
    TileHashes,
    TileReader,
    decode_bundle,
    tiles_between,
)


def verify_extension(old: Checkpoint, new: Checkpoint, reader: TileReader) -> None:
    """Verify that stored tiles are those of the new checkpoint and that it extends the old one.

    Raises:
        ProofInvalid: They are not, or it does not.
        TileInvalid, TileMissing: A tile is not well formed or not there.
    """
    verify_consistent(old, new, reader)
    hashes = TileHashes(new.size, reader)
    for tile in tiles_between(old.size, new.size):
        if tile.level == 0:
            _verify_leaves(tile, hashes, reader)
        elif tile.level != ENTRIES:
            _verify_level(tile, old.size, hashes)
    if _root(new.size, hashes) != new.root:
        raise ProofInvalid(f"the tiles of {new.size} entries do not have the root to be signed")


def verify_consistent(old: Checkpoint, new: Checkpoint, reader: TileReader) -> None:
    """Verify by the tiles of the new tree that the old tree is its prefix.

    The tiles may lie: the proof that is made of them is believed only if it leads to both roots.

    Raises:
        ProofInvalid: It is not.
    """
    if old.origin != new.origin or old.size > new.size:
        raise ProofInvalid(f"{new.origin} {new.size} cannot extend {old.origin} {old.size}")
    proof = consistency_proof(old.size, new.size, TileHashes(new.size, reader))
    verify_consistency(old.size, new.size, proof, old.root, new.root)


def _verify_leaves(tile: Tile, hashes: TileHashes, reader: TileReader) -> None:
    """The bundle beside a tile of level 0 holds the entries that its hashes are of."""
    bundle = reader.read(Tile(ENTRIES, tile.number, tile.width).path)
    below = [_leaf(entry) for entry in decode_bundle(bundle, tile.width)]
    if hashes.tile(0, tile.number) != below:
        raise ProofInvalid(f"{tile.path} is not made of the entries beside it")


def _verify_level(tile: Tile, old_size: int, hashes: TileHashes) -> None:
    """The new elements of a higher tile are the trees over the full tiles below.

    The older ones need no look: they are hashed into new elements or into the root.
    """
    first = tile.number * TILE_WIDTH
    begun = max(first, old_size >> tile.level * TILE_HEIGHT)
    below = [
        _tree(hashes.tile(tile.level - 1, number)) for number in range(begun, first + tile.width)
    ]
    if hashes.tile(tile.level, tile.number)[begun - first :] != below:
        raise ProofInvalid(f"{tile.path} is not made of the tiles below it")


def _root(size: int, hashes: TileHashes) -> bytes:
    """The root from the partial tiles, each with what is left of the level below at its end."""
    rest: list[bytes] = []
    level = 0
    while size >> level * TILE_HEIGHT:
        number, width = divmod(size >> level * TILE_HEIGHT, TILE_WIDTH)
        if width:
            rest = [_tree(hashes.tile(level, number) + rest)]
        level += 1
    return rest[0] if rest else hashlib.sha256().digest()


def _tree(hashes: list[bytes]) -> bytes:
    """The tree over hashes, as RFC 6962 section 2.1 defines it: split at a power of two."""
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\x01" + _tree(hashes[:half]) + _tree(hashes[half:])).digest()


def _leaf(entry: bytes) -> bytes:
    state = hashlib.sha256(b"\x00")
    state.update(entry)
    return state.digest()
