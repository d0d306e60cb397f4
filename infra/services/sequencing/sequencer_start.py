"""What a sequencer checks before it goes on: the row, the tiles, and all that was signed before.

A restored backup is an older row, an older log, or both. The published checkpoint and the memory
outside the database know better; the log then stays as it is until a person has decided.
"""

from collections.abc import Sequence
from typing import NamedTuple

from infra.protocols.protocol_errors import (
    CheckpointMalformed,
    NoteMalformed,
    NoteUnverified,
    OriginWrong,
    ProofInvalid,
    SignatureError,
    StartRefused,
    TileInvalid,
    TileMissing,
)
from infra.protocols.signed_note.note import Signer, Verifier
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from infra.protocols.tlog.extension import verify_consistent
from infra.protocols.tlog.merkle import EMPTY_ROOT, Range, leaf_hashes
from infra.protocols.tlog.ports import EntrySource, Memory, RowStore, TileStore, TreeRow
from infra.protocols.tlog.tiles import ENTRIES, TILE_WIDTH, Growth, Tile, TileReader, decode_bundle

_BATCH = 16_384


class StartState(NamedTuple):
    """Where a log stands.

    Attributes:
        row: Its row.
        growth: Its tree, hashed again from the tiles.
        owed: The next checkpoint must have at least this size, because one of this size may have
            been signed before a crash.
    """

    row: TreeRow
    growth: Growth
    owed: int


def staging_name(checkpoint: Checkpoint) -> str:
    """The name under which the tiles of a checkpoint are staged."""
    return f"{checkpoint.size}-{checkpoint.root.hex()}"


def create(signer: Signer, rows: RowStore, tiles: TileStore, memory: Memory) -> TreeRow:
    """Make the row of a new log, with the signed checkpoint of the empty tree.

    Raises:
        StartRefused: The log is not new: something was published or signed before.
    """
    empty = Checkpoint(signer.verifier.name, 0, EMPTY_ROOT)
    if tiles.checkpoint() is not None:
        raise StartRefused("a checkpoint is published, but the database has no row of this log")
    if memory.last() not in (None, empty.text()):
        raise StartRefused("checkpoints were signed, but the database has no row of this log")
    memory.remember(empty.text())
    row = TreeRow(empty.origin, 0, EMPTY_ROOT, b"", sign_checkpoint(empty, signer))
    rows.swap(None, row)
    return row


def resume(
    row: TreeRow, log: Verifier, source: EntrySource, tiles: TileStore, memory: Memory
) -> StartState:
    """Finish what a crash left, and check the row against all that is known of the log.

    Raises:
        StartRefused: Something contradicts; says what.
    """
    head = Checkpoint(row.origin, row.size, row.root)
    try:
        _verify_row(row, head, log)
        tiles.place(staging_name(head))
        growth = _rehash(row, tiles)
        _verify_source(row.size, source, tiles)
        _verify_published(head, log, tiles)
        owed = _verify_memory(row, head, source, tiles, memory)
    except (
        *(CheckpointMalformed, NoteMalformed, NoteUnverified, OriginWrong, SignatureError),
        *(ProofInvalid, TileInvalid, TileMissing),
    ) as error:
        raise StartRefused(f"the log {row.origin} cannot go on: {error}") from error
    tiles.discard_staged()
    return StartState(row, growth, owed)


def _verify_row(row: TreeRow, head: Checkpoint, log: Verifier) -> None:
    signed, _ = open_checkpoint(row.checkpoint, log)
    if signed != head:
        raise StartRefused("the row has another size or root than its signed checkpoint")


def _rehash(row: TreeRow, tiles: TileReader) -> Growth:
    growth = Growth.read(row.size, tiles)
    if growth.range.root() != row.root or b"".join(growth.range.edge) != row.edge:
        raise StartRefused("the right edge of the tiles is not that of the row")
    return growth


def _verify_source(size: int, source: EntrySource, tiles: TileReader) -> None:
    """The log must still hold the last entries that were hashed, and just these."""
    if not size:
        return
    number, width = divmod(size - 1, TILE_WIDTH)
    last = Tile(ENTRIES, number, width + 1)
    hashed = decode_bundle(tiles.read(last.path), last.width)
    if list(source.entries(number * TILE_WIDTH, last.width)) != hashed:
        raise StartRefused("the log does not hold the entries that were hashed last")


def _verify_published(head: Checkpoint, log: Verifier, tiles: TileStore) -> None:
    note = tiles.checkpoint()
    if note is None:
        return
    published, _ = open_checkpoint(note, log)
    if published.size > head.size:
        raise StartRefused(
            f"{published.size} entries are published, the row knows {head.size}: "
            "was a backup restored?"
        )
    verify_consistent(published, head, tiles)


def _verify_memory(
    row: TreeRow, head: Checkpoint, source: EntrySource, tiles: TileReader, memory: Memory
) -> int:
    text = memory.last()
    if text is None:
        raise StartRefused("the memory of the last checkpoint outside the database is gone")
    remembered = Checkpoint.parse(text)
    if remembered.size <= head.size:
        verify_consistent(remembered, head, tiles)
    elif remembered.origin != head.origin or _grow(row, remembered.size, source) != remembered:
        raise StartRefused(
            f"a checkpoint of {remembered.size} entries was to be signed, "
            "which the log does not lead to: was a backup restored?"
        )
    return remembered.size


def _grow(row: TreeRow, size: int, source: EntrySource) -> Checkpoint | None:
    """The checkpoint that the log leads to at a larger size; None when it is shorter."""
    edge = [row.edge[place : place + 32] for place in range(0, len(row.edge), 32)]
    tree = Range(row.size, edge)
    while tree.size < size:
        entries: Sequence[bytes] = source.entries(tree.size, min(_BATCH, size - tree.size))
        if not entries:
            return None
        tree.append(leaf_hashes(entries))
    return Checkpoint(row.origin, tree.size, tree.root())
