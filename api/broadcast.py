"""The stream to many readers: one event per batch, made once, sent to all.

A reader is a position. Whatever lies between it and the present is told from the state of the
fold, so resuming needs no buffer of past events and works from any position, however old.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import NamedTuple

from infra.live import LiveNight
from projections.feeds.pointer import batch

HEARTBEAT_SECONDS = 15.0
SLOW_SECONDS_MAX = 30.0
"""A reader who does not take what was sent for so long is dropped, and resumes by itself."""

HEARTBEAT = b":\n\n"
_RECENT_MAX = 64


class Piece(NamedTuple):
    """One event of the stream: from one position to the next, ready to be sent."""

    after: int
    position: int
    event: bytes


class Reader:
    """One connection.

    Attributes:
        position: Up to where it has been told.
        waiting: Resolved when there is something to do; None while it is being sent to.
        sending_since: When the present sending began; 0.0 while none is under way.
        task: Its task, to drop it.
    """

    __slots__ = ("position", "sending_since", "task", "waiting")

    def __init__(self, position: int) -> None:
        self.position = position
        self.waiting: asyncio.Future[None] | None = None
        self.sending_since = 0.0
        self.task = asyncio.current_task()


def _wake_up(reader: Reader) -> None:
    if reader.waiting is not None and not reader.waiting.done():
        reader.waiting.set_result(None)


class Broadcast:
    """Tells every reader what changed.

    Args:
        live: The night.
        heartbeat_seconds: A comment after so long without an event.
        slow_seconds_max: How long one sending may take.
    """

    def __init__(
        self,
        live: LiveNight,
        *,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
        slow_seconds_max: float = SLOW_SECONDS_MAX,
    ) -> None:
        self._live = live
        self._heartbeat_seconds = heartbeat_seconds
        self._slow_seconds_max = slow_seconds_max
        self._made = live.position
        self._position = live.position
        self._recent: deque[Piece] = deque(maxlen=_RECENT_MAX)
        self._joined: dict[int, bytes] = {}
        self._making: dict[int, asyncio.Future[Piece]] = {}
        self._readers: set[Reader] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ticker: asyncio.TimerHandle | None = None
        self._joining = threading.Lock()
        self._closed = False
        self.dropped = 0
        live.on_change(self._changed)

    @property
    def readers(self) -> int:
        """Connections."""
        return len(self._readers)

    async def events(self, after: int | None, left: "asyncio.Future[None]") -> AsyncIterator[bytes]:
        """What one reader is sent until it leaves: events, and heartbeats between them.

        Args:
            after: The position it was told last; None to begin at the present.
            left: Done when the reader has left.
        """
        self._join_loop()
        reader = Reader(self._position if after is None else after)
        self._readers.add(reader)
        left.add_done_callback(lambda _: _wake_up(reader))
        try:
            if after is None:
                yield await self._catch_up(reader)
            while not (self._closed or left.done()):
                told = reader.position
                event = await self._next(reader)
                reader.sending_since = time.monotonic()
                yield event or (HEARTBEAT if reader.position == told else b"")
                reader.sending_since = 0.0
        finally:
            self._readers.discard(reader)

    def close(self) -> None:
        """End every stream; readers connect again elsewhere."""
        self._closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    async def _next(self, reader: Reader) -> bytes:
        if reader.position >= self._position:
            reader.waiting = asyncio.get_running_loop().create_future()
            await reader.waiting
            reader.waiting = None
        if reader.position >= self._position:
            return b""
        event = self._since(reader.position)
        if event is None:
            return await self._catch_up(reader)
        reader.position = self._position
        return event

    async def _catch_up(self, reader: Reader) -> bytes:
        """Tell a reader who is behind in one event, from the fold.

        Thousands come back at once after a lost line, most of them told equally far: who asks while
        the same event is being made waits for that one.
        """
        after = reader.position
        making = self._making.get(after)
        if making is None:
            loop = asyncio.get_running_loop()
            making = self._making[after] = loop.run_in_executor(None, self._piece, after)
            making.add_done_callback(lambda _: self._making.pop(after, None))
        piece = await asyncio.shield(making)
        reader.position = piece.position
        return piece.event

    def _piece(self, after: int) -> Piece:
        return self._live.read_rooted(
            lambda night, root: Piece(after, night.position, batch(night, after, root))
        )

    def _since(self, position: int) -> bytes | None:
        """The events from a position to the present, if they are among the recent ones."""
        found = self._joined.get(position)
        if found is None:
            pieces = [piece for piece in self._recent if piece.after >= position]
            if not pieces or pieces[0].after != position:
                return None
            found = self._joined[position] = b"".join(piece.event for piece in pieces)
        return found

    def _changed(self, _: int) -> None:
        """A batch was folded: in the follower's thread."""
        with self._joining:
            loop = self._loop
            if loop is None or loop.is_closed():
                # Nobody listens: whoever comes next is told from the fold.
                self._made = self._live.position
                return
            piece = self._piece(self._made)
            self._made = piece.position
        with suppress(RuntimeError):  # the loop was closed just now
            loop.call_soon_threadsafe(self._publish, piece)

    def _publish(self, piece: Piece) -> None:
        if piece.position <= self._position:
            return
        if piece.after != self._position:
            # What happened while nobody was served was told to nobody.
            self._recent.clear()
        self._recent.append(piece)
        self._joined.clear()
        self._position = piece.position
        self._wake()

    def _wake(self) -> None:
        for reader in self._readers:
            _wake_up(reader)

    def _join_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            with self._joining:
                self._loop = loop
                self._position = self._made
                self._recent.clear()
                self._joined.clear()
                self._making.clear()
            self._ticker = None
        if self._ticker is None:
            self._ticker = loop.call_later(self._heartbeat_seconds, self._tick)

    def _tick(self) -> None:
        """Heartbeats, and an end to readers who do not take what was sent."""
        limit = time.monotonic() - self._slow_seconds_max
        for reader in self._readers:
            if 0.0 < reader.sending_since < limit and reader.task is not None:
                reader.task.cancel()
                self.dropped += 1
        self._wake()
        loop = asyncio.get_running_loop()
        self._ticker = loop.call_later(self._heartbeat_seconds, self._tick)
