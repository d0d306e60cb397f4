"""The live night: the fold kept up with the log, for everyone who reads.

One thread follows the log; readers take documents under the same lock, so a document is always of
one position. Bytes are kept until their version moves on.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from infra.digests import leave_digest
from infra.log.log import Log
from infra.rebuild import catch_up
from projections.documents.render import render
from projections.night import Night

TAnswer = TypeVar("TAnswer")


class Rendered(NamedTuple):
    """The bytes of a document and the position that made them."""

    body: bytes
    version: int


class LiveNight:
    """Follows a log and answers with documents.

    Args:
        log: The log to follow.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._night = Night()
        self._lock = threading.Lock()
        self._moved = threading.Condition(self._lock)
        self._cache: dict[str, Rendered] = {}
        self._listeners: list[Callable[[int], None]] = []
        self._follower = log.follower()
        self._thread = threading.Thread(target=self._follow, name="live-night", daemon=True)
        self.failure: Exception | None = None

    def start(self) -> None:
        """Replay what is recorded, then follow."""
        with self._lock:
            catch_up(self._night, self._log.reader)
        self._thread.start()

    def stop(self) -> None:
        """Stop following, and leave the digest of what was shown last."""
        self._follower.stop()
        self._thread.join()
        if self._night.position and self.failure is None:
            leave_digest(self._log, self._night)

    @property
    def position(self) -> int:
        """Position up to which the night is known here."""
        return self._night.position

    def on_change(self, listener: Callable[[int], None]) -> None:
        """Call the listener with the new position after every batch, from the follower's thread."""
        self._listeners.append(listener)

    def read(self, question: Callable[[Night], TAnswer]) -> TAnswer:
        """Ask the night a question at one position."""
        with self._lock:
            return question(self._night)

    def document(self, key: str) -> Rendered:
        """The latest bytes of a document.

        Raises:
            KeyError: There is no such document.
        """
        with self._lock:
            version = self._night.versions[key]
            kept = self._cache.get(key)
            if kept is None or kept.version != version:
                kept = Rendered(render(self._night, key), version)
                self._cache[key] = kept
            return kept

    def wait_for(self, position: int, seconds_max: float = 5.0) -> bool:
        """Wait until a position is known here; False when it takes longer."""
        with self._moved:
            return self._moved.wait_for(lambda: self._night.position >= position, seconds_max)

    def _follow(self) -> None:
        try:
            for batch in self._follower.events(after=self._night.position):
                with self._moved:
                    self._night.apply_all(batch)
                    self._moved.notify_all()
                for listener in self._listeners:
                    listener(self._night.position)
        except Exception as error:  # the health check reports it; a dead follower must be seen
            self.failure = error
            raise
