"""The sequencer: what it publishes, when it ends, and what it refuses to start on."""

import shutil
import threading
from pathlib import Path

import pytest

from infra.adapters.filesystem.tile_files import FolderReader, FolderStore
from infra.adapters.memory.tree_rows_memory import MemoryRows
from infra.protocols.protocol_errors import (
    FolderTaken,
    OriginWrong,
    ProofInvalid,
    SequencerEnded,
    StartRefused,
    SwapLost,
)
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from infra.protocols.tlog.extension import verify_consistent, verify_extension
from infra.protocols.tlog.inclusion_receipt import make_receipt
from infra.protocols.tlog.merkle import EMPTY_ROOT, leaf_hash
from infra.protocols.tlog.ports import TreeRow
from infra.protocols.tlog.tiles import ENTRIES, Tile, tree_tiles
from infra.services.sequencing.sequencer import HEARTBEAT_SECONDS, Sequencer
from tests.unit.infra.protocols.trees import (
    ORIGIN,
    MemoryTiles,
    entries,
    entry,
    grown,
    log_signer,
    root_between,
    witness_signer,
)
from tests.unit.infra.services.sequencing.tlog_logs import StoredLog


@pytest.fixture
def stored(tmp_path: Path) -> StoredLog:
    return StoredLog(tmp_path)


def published(stored: StoredLog) -> Checkpoint:
    note = FolderReader(stored.public).checkpoint()
    assert note is not None
    return open_checkpoint(note, stored.log)[0]


def test_a_new_log_publishes_the_empty_tree(stored: StoredLog) -> None:
    sequencer = stored.start()
    assert sequencer.checkpoint == published(stored) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert stored.start().checkpoint == sequencer.checkpoint


def test_what_is_posted_is_published_with_all_its_tiles(stored: StoredLog) -> None:
    sequencer = stored.start()
    for size in (1, 200, 256, 70_000):
        stored.source.all = entries(size)
        assert sequencer.step(limit=100_000) > 0
        assert published(stored) == Checkpoint(ORIGIN, size, root_between(0, size))
        reader = FolderReader(stored.public)
        assert all(reader.read(tile.path) for tile in tree_tiles(size))
        receipt = make_receipt(size - 1, size, sequencer.note, reader)
        assert receipt.verify(leaf_hash(entry(size - 1)), stored.log) == sequencer.checkpoint
    assert not list((stored.folder / "private" / "staging").iterdir())


def test_batches_are_limited(stored: StoredLog) -> None:
    sequencer = stored.start()
    stored.source.all = entries(25)
    assert [sequencer.step(limit=10) for _ in range(4)] == [10, 10, 5, 0]


def test_nothing_new_differs_from_stopped(stored: StoredLog) -> None:
    sequencer = stored.start()
    checkpoint = stored.public / "checkpoint"
    before = checkpoint.stat().st_ino
    sequencer.step()
    assert checkpoint.stat().st_ino == before
    stored.clock.forward(HEARTBEAT_SECONDS)
    sequencer.step()
    assert checkpoint.stat().st_ino != before
    before = checkpoint.stat().st_ino
    stored.clock.forward(-3600)
    sequencer.step()
    assert checkpoint.stat().st_ino != before
    assert published(stored).size == 0


def test_it_runs_until_it_is_told_to_stop(stored: StoredLog) -> None:
    stored.source.all = entries(20_000)
    sequencer, stop = stored.start(), threading.Event()
    running = threading.Thread(target=sequencer.run, args=(stop,))
    running.start()
    for _ in range(2400):
        if published(stored).size == 20_000:
            break
        stop.wait(0.05)
    stop.set()
    running.join()
    assert published(stored).root == root_between(0, 20_000)


def test_cosignatures_are_published_and_checked(stored: StoredLog) -> None:
    witness = witness_signer()

    def cosign(checkpoint: Checkpoint, note: bytes) -> bytes:
        return note + str(witness.sign(checkpoint.text(), time=1)).encode()

    sequencer = Sequencer.start(stored.signer, stored.parts(), cosign)
    _, opened = open_checkpoint(sequencer.note, stored.log, [witness.verifier])
    assert len(opened.verified) == 2

    def another(_checkpoint: Checkpoint, _note: bytes) -> bytes:
        return sign_checkpoint(Checkpoint(ORIGIN, 1, root_between(0, 1)), log_signer())

    with pytest.raises(OriginWrong):
        Sequencer.start(stored.signer, stored.parts(), another)


def test_two_sequencers_never_both_go_on(stored: StoredLog, tmp_path: Path) -> None:
    first = stored.start()
    with pytest.raises(FolderTaken):
        FolderStore(stored.public, stored.folder / "private")
    second = StoredLog(tmp_path / "second", stored.rows)
    shutil.copytree(stored.folder / "public", second.public)
    shutil.copytree(stored.folder / "elsewhere", second.folder / "elsewhere")
    other = second.start()
    stored.source.all = second.source.all = entries(5)
    first.step()
    with pytest.raises(SequencerEnded, match="not the one that was read"):
        other.step()
    with pytest.raises(SequencerEnded, match="started again"):
        other.step()
    # Read again, it stands where the first one is, and then the first one has to stop.
    again = second.start()
    assert again.checkpoint == first.checkpoint
    stored.source.all = second.source.all = entries(9)
    again.step()
    with pytest.raises(SequencerEnded):
        first.step()


def test_a_heartbeat_notices_another_sequencer(stored: StoredLog) -> None:
    sequencer = stored.start()
    row = stored.rows.load(ORIGIN)
    assert row is not None
    stored.rows.swap(row, row._replace(checkpoint=b"another"))
    stored.clock.forward(HEARTBEAT_SECONDS)
    with pytest.raises(SequencerEnded, match="another sequencer"):
        sequencer.step()


def with_entries(stored: StoredLog, size: int) -> TreeRow:
    """A server whose log of so many entries was stopped."""
    sequencer = stored.start()
    stored.source.all = entries(size)
    sequencer.step()
    row = stored.rows.load(ORIGIN)
    assert row is not None
    return row


def restored(row: TreeRow | None) -> MemoryRows:
    rows = MemoryRows()
    if row is not None:
        rows.swap(None, row)
    return rows


def test_a_restored_backup_is_refused(stored: StoredLog) -> None:
    old = with_entries(stored, 300)
    new = with_entries(stored, 700)
    stored.rows = restored(old)
    with pytest.raises(StartRefused, match="700 entries are published, the row knows 300"):
        stored.start()
    (stored.public / "checkpoint").unlink()
    stored.source.all = entries(300)
    with pytest.raises(StartRefused, match="checkpoint of 700 entries was to be signed"):
        stored.start()
    stored.source.all = entries(300) + [b"posted after the restore"] * 500
    with pytest.raises(StartRefused, match="was a backup restored"):
        stored.start()
    stored.source.all = entries(700)
    stored.rows = restored(new)
    assert stored.start().checkpoint.size == 700


def test_a_lost_database_is_refused(stored: StoredLog) -> None:
    with_entries(stored, 3)
    stored.rows = restored(None)
    with pytest.raises(StartRefused, match="checkpoint is published"):
        stored.start()
    (stored.public / "checkpoint").unlink()
    with pytest.raises(StartRefused, match="checkpoints were signed"):
        stored.start()


def test_a_regrown_database_is_refused(stored: StoredLog, tmp_path: Path) -> None:
    with_entries(stored, 300)
    other = StoredLog(tmp_path / "other")
    other.source.all = [b"another", *entries(400, 1)]
    other.start().step()
    shutil.copy(stored.public / "checkpoint", other.public / "checkpoint")
    with pytest.raises(StartRefused, match="does not begin with"):
        other.start()
    (other.public / "checkpoint").unlink()
    shutil.copy(stored.remembered, other.remembered)
    with pytest.raises(StartRefused, match="does not begin with"):
        other.start()


def test_a_lost_memory_is_refused(stored: StoredLog) -> None:
    with_entries(stored, 3)
    stored.remembered.unlink()
    with pytest.raises(StartRefused, match="memory"):
        stored.start()


def test_the_log_must_hold_what_was_hashed(stored: StoredLog) -> None:
    with_entries(stored, 300)
    for changed in (entries(299), [*entries(299), b"another"], []):
        stored.source.all = changed
        with pytest.raises(StartRefused, match="does not hold the entries"):
            stored.start()


def test_a_damaged_row_is_refused(stored: StoredLog) -> None:
    row = with_entries(stored, 300)
    for changed, why in (
        (row._replace(size=299), "another size"),
        (row._replace(root=bytes(32)), "another size"),
        (row._replace(edge=bytes(len(row.edge))), "right edge"),
        (row._replace(checkpoint=row.checkpoint.replace(b"300", b"301")), "does not fit"),
        (
            row._replace(checkpoint=sign_checkpoint(published(stored), log_signer(b"x"))),
            "no known",
        ),
    ):
        stored.rows = restored(changed)
        with pytest.raises(StartRefused, match=why):
            stored.start()


def test_damaged_tiles_are_refused(stored: StoredLog) -> None:
    with_entries(stored, 300)
    for tile in (Tile(ENTRIES, 1, 44), Tile(0, 1, 44), Tile(1, 0, 1)):
        path = stored.public / tile.path
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(StartRefused):
            stored.start()
        path.unlink()
        with pytest.raises(StartRefused, match="is not there"):
            stored.start()
        path.write_bytes(data)
    assert stored.start().checkpoint.size == 300


def test_what_may_have_been_signed_is_reached_before_anything_else(stored: StoredLog) -> None:
    row = with_entries(stored, 10)
    stored.remembered.write_text(Checkpoint(ORIGIN, 50, root_between(0, 50)).text())
    stored.source.all = entries(60)
    sequencer = stored.start()
    assert sequencer.step(limit=5) == 40
    stored.rows = restored(row)
    (stored.public / "checkpoint").write_bytes(row.checkpoint)
    sequencer = stored.start()
    stored.source.all = entries(30)
    with pytest.raises(SequencerEnded, match="lost entries"):
        sequencer.step()


def test_the_check_before_signing_trusts_no_tile() -> None:
    tiles, _ = grown(300, 66_000)
    old = Checkpoint(ORIGIN, 300, root_between(0, 300))
    new = Checkpoint(ORIGIN, 66_000, root_between(0, 66_000))
    verify_extension(old, new, tiles)
    for tile in (Tile(ENTRIES, 5), Tile(0, 257, 208), Tile(0, 9), Tile(1, 1, 1), Tile(2, 0, 1)):
        flipped = bytearray(tiles[tile.path])
        flipped[-1] ^= 1
        with pytest.raises(ProofInvalid):
            verify_extension(old, new, MemoryTiles({**tiles, tile.path: bytes(flipped)}))
    for wrong in (new._replace(root=bytes(32)), new._replace(origin="x"), new._replace(size=299)):
        with pytest.raises(ProofInvalid):
            verify_extension(old, wrong, tiles)
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    verify_extension(empty, empty, tiles)
    with pytest.raises(ProofInvalid, match="root to be signed"):
        verify_extension(empty, new._replace(root=bytes(32)), tiles)
    with pytest.raises(ProofInvalid):
        verify_consistent(old._replace(root=bytes(32)), new, tiles)


def test_rows_are_swapped_only_by_who_read_them() -> None:
    row = TreeRow(ORIGIN, 1, bytes(32), bytes(32), b"note")
    rows = restored(row)
    with pytest.raises(SwapLost):
        rows.swap(None, row)
