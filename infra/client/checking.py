"""Whether the log's key vouches for what a feed tells."""

from infra.client.feed import Feed, FeedForked, FeedWentBack
from infra.transparency.checkpoint import Checkpoint, open_checkpoint
from infra.transparency.note import Verifier

CHECKPOINT = "log/checkpoint"


class CheckpointWatch:
    """Follows the signed checkpoint beside a feed; it may only grow.

    Args:
        feed: The feed.
        key: The log's verifier key: `name+hash+base64`.
    """

    def __init__(self, feed: Feed, key: str) -> None:
        self._feed = feed
        self._key = Verifier.parse(key)
        self.last: Checkpoint | None = None

    def check(self) -> Checkpoint:
        """Verify the present checkpoint and hold the feed's own root of that size against it.

        Raises:
            NoteUnverified, SignatureWrong, …: Not signed by this key, or malformed.
            FeedWentBack: It is smaller than the last one.
            FeedForked: The feed tells another root, or the same size has another root than before.
        """
        found, _ = open_checkpoint(self._feed.document(CHECKPOINT, suffix=""), self._key)
        last = self.last
        if last is not None and found.size < last.size:
            raise FeedWentBack(f"the checkpoint shrank from {last.size} to {found.size}")
        if last is not None and found.size == last.size and found.root != last.root:
            raise FeedForked(f"two roots are signed for size {found.size}")
        told = self._root_told(found.size)
        if told != found.root.hex():
            raise FeedForked(f"root of size {found.size}: {told} is told, not the signed one")
        self.last = found
        return found

    def _root_told(self, size: int) -> str:
        answer = self._feed.http.get(f"{self._feed.url}/log/{size}")
        answer.raise_for_status()
        return str(answer.headers.get("kaihyo-root", ""))
