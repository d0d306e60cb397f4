"""The one process that turns the log into signed checkpoints, in the only safe order.

Take entries → hash them into new tiles → stage the tiles → check them by other code → remember
outside the database what is about to be signed → sign → swap the row → publish the tiles → publish
the checkpoint. Whatever fails ends this sequencer: what the disk or the database did is then
unknown, and only reading it again tells. A start refuses whatever contradicts what was signed.
"""

import logging
from collections.abc import Callable, Sequence
from threading import Event
from typing import Final, NamedTuple, Self

from infra.protocols.protocol_errors import (
    OriginWrong,
    RootsDiffer,
    SequencerEnded,
    StartRefused,
    SwapLost,
)
from infra.protocols.signed_note.note import Signer
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from infra.protocols.tlog.extension import verify_extension
from infra.protocols.tlog.ports import EntrySource, Memory, RowStore, TileStore, TreeRow
from infra.protocols.tlog.tiles import Growth
from infra.runtime.clock import Clock
from infra.services.sequencing.sequencer_start import StartState, create, resume, staging_name

HEARTBEAT_SECONDS: Final = 10.0
"""Readers take a log for stopped after 15 s without a new publication."""
STEP_SECONDS: Final = 0.5
"""Pause between two looks at the log: a checkpoint at least every second under load."""
BATCH_MAX: Final = 16_384
"""Entries per checkpoint, so that one takes well under a second to hash and check."""

Cosign = Callable[[Checkpoint, bytes], bytes]
"""Asks witnesses about a checkpoint and gives its note with their signatures, if any."""

_log = logging.getLogger(__name__)


KnownRoot = Callable[[int], bytes | None]
"""Root of the tree of a size, as anyone else who reads the log has it; None where it has not read
so far."""


class Parts(NamedTuple):
    """What a sequencer works with; `known_root` is what else knows the tree, if anything does."""

    source: EntrySource
    rows: RowStore
    tiles: TileStore
    memory: Memory
    clock: Clock
    known_root: KnownRoot | None = None


def _without_cosignatures(_checkpoint: Checkpoint, note: bytes) -> bytes:
    return note


def require_known_root(head: Checkpoint | TreeRow, known_root: KnownRoot | None) -> None:
    """Refuse a tree that is another one than what was read of the log before.

    Raises:
        RootsDiffer: The rows of the log are not those that were read.
    """
    known = None if known_root is None else known_root(head.size)
    if known is not None and known != head.root:
        raise RootsDiffer(
            f"{head.size} entries have the root {head.root.hex()}, but what was read of them"
            f" before has {known.hex()}: rows of the log were changed"
        )


class Sequencer:
    """Grows one log. Make it with `start`; after any exception only a new one can go on.

    Attributes:
        checkpoint: What was published last.
        note: Its signed note, with the cosignatures that were collected.
    """

    def __init__(self, signer: Signer, parts: Parts, found: StartState, cosign: Cosign) -> None:
        self._signer = signer
        self._parts = parts
        self._cosign = cosign
        self._row = found.row
        self._growth: Growth = found.growth
        self._owed = found.owed
        self._ended = False
        self.checkpoint = Checkpoint(found.row.origin, found.row.size, found.row.root)
        self.note = b""
        self._publish()

    @classmethod
    def start(cls, signer: Signer, parts: Parts, cosign: Cosign = _without_cosignatures) -> Self:
        """Read what is stored, compare it with what was signed, and publish where the log stands.

        Raises:
            StartRefused: What is stored contradicts what was signed or published.
        """
        row = parts.rows.load(signer.verifier.name)
        if row is None:
            row = create(signer, parts.rows, parts.tiles, parts.memory)
        found = resume(row, signer.verifier, parts.source, parts.tiles, parts.memory)
        try:
            require_known_root(found.row, parts.known_root)
        except RootsDiffer as error:
            raise StartRefused(str(error)) from error
        return cls(signer, parts, found, cosign)

    def step(self, limit: int = BATCH_MAX) -> int:
        """Take what is new into the log, or show that nothing is; give the number of new entries.

        Raises:
            SequencerEnded: Something failed, now or before. Start a new sequencer.
        """
        if self._ended:
            raise SequencerEnded("this sequencer has failed before and must be started again")
        try:
            return self._step(limit)
        except Exception as error:
            self._ended = True
            raise SequencerEnded(f"the sequencer ends: {error}") from error

    def run(self, stop: Event) -> None:
        """Step until asked to stop.

        Raises:
            SequencerEnded: Something failed; the process has to end.
        """
        while not stop.is_set():
            if self.step() < BATCH_MAX:
                stop.wait(STEP_SECONDS)

    def _step(self, limit: int) -> int:
        size = self._row.size
        entries = self._parts.source.entries(size, max(limit, self._owed - size))
        if size + len(entries) < self._owed:
            raise SwapLost(f"the log lost entries below {self._owed}, which may have been signed")
        if entries:
            self._extend(entries)
        elif self._is_due():
            self._beat()
        return len(entries)

    def _extend(self, entries: Sequence[bytes]) -> None:
        files = self._growth.add(entries)
        tree = self._growth.range
        after = Checkpoint(self._row.origin, tree.size, tree.root())
        name = staging_name(after)
        self._parts.tiles.stage(name, files)
        verify_extension(self.checkpoint, after, self._parts.tiles.staged(name))
        require_known_root(after, self._parts.known_root)
        self._parts.memory.remember(after.text())
        note = sign_checkpoint(after, self._signer)
        row = TreeRow(after.origin, after.size, after.root, b"".join(tree.edge), note)
        self._parts.rows.swap(self._row, row)
        self._row, self.checkpoint = row, after
        self._parts.tiles.place(name)
        self._publish()

    def _beat(self) -> None:
        """Publish the same checkpoint again: nothing is new, and the log is alive."""
        if self._parts.rows.load(self._row.origin) != self._row:
            raise SwapLost("another sequencer has moved the log on")
        self._publish()

    def _publish(self) -> None:
        note = self._cosign(self.checkpoint, self._row.checkpoint)
        cosigned, _ = open_checkpoint(note, self._signer.verifier)
        if cosigned != self.checkpoint:
            raise OriginWrong("the cosigned note is that of another checkpoint")
        self._parts.tiles.publish(note)
        self.note = note
        self._published_at = self._parts.clock.now()

    def _is_due(self) -> bool:
        silent = (self._parts.clock.now() - self._published_at).total_seconds()
        # A clock that was set back must not silence the log.
        return not 0 <= silent < HEARTBEAT_SECONDS
