"""Whether the log's key has signed what a feed says.

Every root that the feed said must be that of a prefix of a signed checkpoint, and every checkpoint
must begin with the last one: proofs are made from the log's tiles, which may come from anywhere.
"""

from collections import deque
from typing import Final

import httpx

from infra.protocols.protocol_errors import ProofInvalid, TileInvalid
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.protocols.tlog.merkle import consistency_proof
from infra.protocols.tlog.proof_verification import verify_consistency
from infra.protocols.tlog.tiles import TileHashes
from infra.services.feed_client.feed_reader import Feed, FeedForked, FeedUpdate, FeedWentBack

LOG: Final = "log"
CHECKPOINT: Final = f"{LOG}/checkpoint"

_ROOTS_MAX = 1000


class CheckpointWatch:
    """Follows the signed checkpoint beside a feed; it may only grow.

    Args:
        feed: The feed.
        key: The log's verifier key: `name+hash+base64`.
        kept: The checkpoint that was verified last, in an earlier run; empty for none.

    Attributes:
        note: The checkpoint that was verified last, signatures included; keep it.
        last: What it says; None before the first.

    Raises:
        NoteUnverified, SignatureWrong, …: `kept` is not signed by this key, or malformed.
    """

    def __init__(self, feed: Feed, key: str, kept: bytes = b"") -> None:
        self._feed = feed
        self._key = Verifier.parse(key)
        self._told: deque[tuple[int, bytes]] = deque(maxlen=_ROOTS_MAX)
        self.note = kept
        self.last: Checkpoint | None = open_checkpoint(kept, self._key)[0] if kept else None

    @property
    def waiting(self) -> int:
        """Roots that were received and that no checkpoint covers yet."""
        return len(self._told)

    def tell(self, news: FeedUpdate) -> None:
        """Remember what the feed said, for the next check."""
        if news.root:
            self._told.append((news.position, bytes.fromhex(news.root)))

    def check(self) -> Checkpoint:
        """Verify the present checkpoint, and every root received so far that it covers.

        Raises:
            NoteUnverified, SignatureWrong, …: Not signed by this key, or malformed.
            FeedWentBack: It is smaller than the last one.
            FeedForked: It does not begin with the last one, or not with what the feed said.
            httpx.HTTPError: It cannot be read.
        """
        note = self._feed.read(CHECKPOINT)
        found, _ = open_checkpoint(note, self._key)
        if self.last is not None:
            if found.size < self.last.size:
                raise FeedWentBack(f"the checkpoint shrank from {self.last.size} to {found.size}")
            self._require_prefix(self.last.size, self.last.root, found)
        while self._told and self._told[0][0] <= found.size:
            self._require_prefix(*self._told[0], found)
            self._told.popleft()
        self.last, self.note = found, note
        return found

    def _require_prefix(self, size: int, root: bytes, of: Checkpoint) -> None:
        tiles = TileHashes(of.size, _FeedTiles(self._feed))
        try:
            proof = consistency_proof(size, of.size, tiles)
            verify_consistency(size, of.size, proof, root, of.root)
        except (ProofInvalid, TileInvalid) as error:
            raise FeedForked(
                f"what was published at position {size} is not signed: {error}"
            ) from error


class _FeedTiles:
    """The tiles of the log beside a feed (a `TileReader`)."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def read(self, path: str) -> bytes:
        """The bytes of a tile.

        Raises:
            TileInvalid: It is not there: the log names what it does not have.
        """
        try:
            return self._feed.read(f"{LOG}/{path}")
        except httpx.HTTPStatusError as error:
            raise TileInvalid(f"{path} is not there") from error
