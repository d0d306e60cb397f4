"""The sequencer fails at every write there is, before or after it was carried out.

Whatever happens, no two notes that were ever signed contradict each other, nothing published is
lost, and the same object never goes on.
"""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from infra.adapters.filesystem.tile_files import Disk, FolderReader
from infra.adapters.memory.tree_rows_memory import MemoryRows
from infra.protocols.protocol_errors import SequencerEnded, StartRefused
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.extension import verify_consistent
from infra.protocols.tlog.ports import TreeRow
from infra.protocols.tlog.tiles import tree_tiles
from tests.support.budgets import sample, sample_each
from tests.unit.infra.protocols.trees import (
    MemoryTiles,
    entries,
    grown,
    naive_root,
    root_between,
)
from tests.unit.infra.services.sequencing.tlog_logs import StoredLog

pytestmark = pytest.mark.slow  # hundreds of nights with a crash

SIZES = (3, 255, 260, 520)
TILES, _ = grown(*SIZES)
KINDS = {
    "make folder", "write", "sync file", "rename", "link", "sync folder", "swap", "remove",
}  # fmt: skip
"""Of writes: each is struck in every run, although not each write."""
_BEGIN = 4
"""Writes before which the second of two crashes would be as if the first had not been."""


class Crash(OSError):  # noqa: N818
    """The disk, the database or the machine failed."""


class Fuse:
    """Fails at the n-th write: before it or after it was carried out. 0 never fails."""

    def __init__(self, at: int, *, persisted: bool) -> None:
        self._left = at
        self._persisted = persisted
        self.writes: list[str] = []

    def do(self, what: str, act: Callable[[], object]) -> None:
        self.writes.append(what)
        self._left -= 1
        if self._left == 0:
            if self._persisted:
                act()
            raise Crash(what)
        act()


class FailingDisk(Disk):
    def __init__(self, fuse: Fuse) -> None:
        self.do = fuse.do  # type: ignore[method-assign]


class FailingRows:
    """Rows behind a connection that may break."""

    def __init__(self, rows: MemoryRows) -> None:
        self.rows = rows
        self.fuse = Fuse(0, persisted=False)

    def load(self, origin: str) -> TreeRow | None:
        return self.rows.load(origin)

    def swap(self, before: TreeRow | None, after: TreeRow) -> None:
        self.fuse.do("swap", lambda: self.rows.swap(before, after))


def night(stored: StoredLog, fuse: Fuse) -> None:
    """One process: from its start through the rest of the evening."""
    assert isinstance(stored.rows, FailingRows)
    stored.rows.fuse = fuse
    sequencer = stored.start(FailingDisk(fuse))
    for size in SIZES:
        if size <= sequencer.checkpoint.size:
            continue
        stored.source.all = entries(size)
        try:
            sequencer.step()
        except SequencerEnded:
            # To go on with the same object is not possible.
            with pytest.raises(SequencerEnded, match="started again"):
                sequencer.step()
            raise


def survives(stored: StoredLog, fuse: Fuse) -> bool:
    try:
        night(stored, fuse)
    except Crash:
        return False
    except SequencerEnded as ended:
        if not isinstance(ended.__cause__, Crash):
            raise
        return False
    return True


def check(stored: StoredLog) -> None:
    """Every two notes ever signed are of one tree, and all of it is published."""
    signed = sorted(set(stored.signer.checkpoints()), key=lambda checkpoint: checkpoint.size)
    for old, new in combinations(signed, 2):
        verify_consistent(old, new, _tiles(new))
    reader = FolderReader(stored.public)
    note = reader.checkpoint()
    assert note is not None
    assert note in stored.signer.notes
    size = Checkpoint.parse(note.decode().split("\n\n")[0] + "\n").size
    assert all(reader.read(tile.path) for tile in tree_tiles(size))


def _tiles(checkpoint: Checkpoint) -> MemoryTiles:
    assert checkpoint.root == root_between(0, checkpoint.size)
    return TILES if checkpoint.size in SIZES else grown(checkpoint.size)[0]


def writes_of_a_night(folder: Path) -> list[str]:
    """What a night without a crash writes, by kind."""
    stored, fuse = StoredLog(folder, FailingRows(MemoryRows())), Fuse(0, persisted=False)
    night(stored, fuse)
    check(stored)
    assert set(fuse.writes) == KINDS
    return fuse.writes


def writes_after(folder: Path, crash: int, *, persisted: bool) -> list[str]:
    """What the process after a crash writes, by kind."""
    stored, fuse = StoredLog(folder, FailingRows(MemoryRows())), Fuse(0, persisted=False)
    assert not survives(stored, Fuse(crash, persisted=persisted))
    night(stored, fuse)
    stored.close()
    return fuse.writes


@pytest.mark.long
@pytest.mark.parametrize("persisted", [False, True])
def test_a_crash_at_every_write_never_forks_the_log(tmp_path: Path, *, persisted: bool) -> None:
    """In every run at some 50 or 70 of the 200 writes, of each kind."""
    struck = set()
    writes = writes_of_a_night(tmp_path / "whole")
    for at in sample_each(writes, step=4 if persisted else 3):
        stored = StoredLog(tmp_path / str(at), FailingRows(MemoryRows()))
        fuse = Fuse(at + 1, persisted=persisted)
        assert not survives(stored, fuse)
        struck.add(fuse.writes[-1])
        night(stored, Fuse(0, persisted=False))
        check(stored)
        assert stored.rows.load(stored.log.name) is not None
        stored.close()
    assert struck == KINDS


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("persisted", [False, True])
def test_two_crashes_in_one_night(tmp_path: Path, *, persisted: bool) -> None:
    struck = set()
    writes = writes_of_a_night(tmp_path / "whole")[_BEGIN:]
    for number, at in enumerate(sample_each(writes, step=29, long_step=2)):
        first = _BEGIN + at + 1
        again = writes_after(tmp_path / str(at), first, persisted=persisted)
        places = sample_each(again, step=60, long_step=16)
        # Other kinds of writes in the second process after each crash of the first.
        for place in sample(range(number % 3, len(places)), step=3):
            second = places[place] + 1
            stored = StoredLog(tmp_path / f"{at}-{second}", FailingRows(MemoryRows()))
            assert not survives(stored, Fuse(first, persisted=persisted))
            fuse = Fuse(second, persisted=not persisted)
            survives(stored, fuse)
            struck |= {(1, writes[at]), (2, fuse.writes[second - 1])}
            night(stored, Fuse(0, persisted=False))
            check(stored)
            stored.close()
    assert struck == {(crash, kind) for crash in (1, 2) for kind in KINDS}


@pytest.mark.long
@pytest.mark.parametrize("persisted", [False, True])
def test_a_log_that_lost_its_tail_in_the_crash_is_refused(
    tmp_path: Path, *, persisted: bool
) -> None:
    """A standby takes over without the last entries, which may be under a signature already."""
    refused = 0
    writes = writes_of_a_night(tmp_path / "whole")
    for at in sample_each(writes, step=7):
        stored = StoredLog(tmp_path / str(at), FailingRows(MemoryRows()))
        assert not survives(stored, Fuse(at + 1, persisted=persisted))
        row = stored.rows.load(stored.log.name)
        kept = 0 if row is None else row.size
        stored.source.all = entries(kept) + [b"posted to the standby"] * 600
        try:
            stored.start().step()
        except StartRefused:
            refused += 1
        _never_two_roots(stored)
        stored.close()
    assert refused > 0


def _never_two_roots(stored: StoredLog) -> None:
    """Of every two signed trees one begins the other, in the log before or after the loss."""
    signed, after = set(stored.signer.checkpoints()), tuple(stored.source.all)
    before_loss = {each for each in signed if root_between(0, each.size) == each.root}
    after_loss = {each for each in signed if naive_root(after[: each.size]) == each.root}
    for pair in combinations(signed, 2):
        assert before_loss.issuperset(pair) or after_loss.issuperset(pair)
