"""The stream to many readers: one event per batch, made once, sent to all.

A reader is a position. What changed between it and the present is read from the state of the
projection, so resuming needs no buffer of past events and works from any position, however old.
"""

import asyncio
import threading
import time
from collections import deque
from contextlib import suppress
from typing import NamedTuple

from starlette.types import Send

from api.http.stream_reader import Reader, body_message
from infra.services.queries.live_read_model import LiveReadModel
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


class Broadcast:
    """Sends every reader what changed.

    Args:
        live: The read model.
        heartbeat_seconds: A comment after so long without an event.
        slow_seconds_max: How long one sending may take.
    """

    def __init__(
        self,
        live: LiveReadModel,
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
        live.on_change(self._on_change)

    @property
    def readers(self) -> int:
        """Connections."""
        return len(self._readers)

    async def tell(self, after: int | None, send: Send, left: "asyncio.Future[None]") -> None:
        """Send one reader events, and heartbeats between them, until it leaves.

        Args:
            after: The position it was sent last; None to begin at the present.
            send: Where to.
            left: Done when the reader has left.
        """
        self._join_loop()
        reader = Reader(self._position if after is None else after, send)
        self._readers.add(reader)
        left.add_done_callback(lambda _: reader.wake())
        try:
            if after is None:
                await reader.send(await self._catch_up(reader))
            while not (self._closed or left.done()):
                await reader.send(await self._next(reader) or HEARTBEAT)
        finally:
            self._readers.discard(reader)

    def close(self) -> None:
        """End every stream; readers connect again elsewhere."""
        self._closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    async def _next(self, reader: Reader) -> bytes:
        if reader.position >= self._position:
            await reader.wait()
        if reader.position >= self._position:
            return b""
        event = self._since(reader.position)
        if event is None:
            return await self._catch_up(reader)
        reader.position = self._position
        return event

    async def _catch_up(self, reader: Reader) -> bytes:
        """Tell a reader who is behind in one event, from the fold.

        Thousands come back at once after a lost connection, most of them equally far: a reader who
        asks while the same event is being made waits for that one.
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
        return self._live.read_with_root(
            lambda state, root: Piece(after, state.position, batch(state, after, root))
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

    def _on_change(self, _: int) -> None:
        """A batch was folded: in the follower's thread."""
        with self._joining:
            loop = self._loop
            if loop is None or loop.is_closed():
                # Nobody listens: the next reader is served from the fold.
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
            # What happened while nobody was served was sent to nobody.
            self._recent.clear()
        self._recent.append(piece)
        self._joined.clear()
        self._position = piece.position
        message = body_message(piece.event)
        for reader in self._readers:
            if reader.is_at(piece.after):
                reader.tell(message, piece.position)
            else:
                reader.wake()

    def _wake(self) -> None:
        for reader in self._readers:
            reader.wake()

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
