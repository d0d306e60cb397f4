"""One reader of the stream: how far it has been sent, and how it is sent more.

Thousands are sent the same at the same moment, and nearly every sending ends at once, for the
system takes the bytes. To wake a task for each costs more than that. So a sending is begun where
the event is published; only one that has to wait, because a connection is full, is left to
the reader's own task.
"""

import asyncio
import time
from collections.abc import Awaitable, Generator
from types import coroutine

from starlette.types import Message, Send


def body_message(event: bytes) -> Message:
    """The message that sends an event and lets others follow."""
    return {"type": "http.response.body", "body": event, "more_body": True}


class Reader:
    """One connection; made in the task that serves it.

    Attributes:
        position: Up to where it has been sent.
        sending_since: When the present sending began; 0.0 while none is under way.
        task: Its task, to drop it.
    """

    __slots__ = ("_rest", "_send", "_waiting", "position", "sending_since", "task")

    def __init__(self, position: int, send: Send) -> None:
        self.position = position
        self.sending_since = 0.0
        self.task = asyncio.current_task()
        self._send = send
        self._waiting: asyncio.Future[None] | None = None
        self._rest: Awaitable[None] | None = None

    def is_at(self, position: int) -> bool:
        """Whether it has been sent up to here, and waits for what comes next."""
        return self.position == position and self._waiting is not None and not self._waiting.done()

    def wake(self) -> None:
        """Let its task look what there is to do."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def wait(self) -> None:
        """Wait until there is something to do; what was begun meanwhile is ended first."""
        self._waiting = asyncio.get_running_loop().create_future()
        await self._waiting
        self._waiting = None
        if self._rest is not None:
            rest, self._rest = self._rest, None
            await rest
            self.sending_since = 0.0

    async def send(self, event: bytes) -> None:
        """Send an event from its own task."""
        self.sending_since = time.monotonic()
        await self._send(body_message(event))
        self.sending_since = 0.0

    def tell(self, message: Message, position: int) -> None:
        """Send from elsewhere to a reader who waits, up to a position.

        What fails, fails in its own task.
        """
        self.position = position
        sending = self._send(message).__await__()
        try:
            awaited = next(sending)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001 - raised again where it is served
            self._rest = _report_failure(error)
        else:
            self._rest = _going_on(awaited, sending)
            self.sending_since = time.monotonic()
        self.wake()


@coroutine
def _going_on(
    awaited: object, sending: Generator[object, object, None]
) -> Generator[object, object, None]:
    """Go on with what was begun outside of a task, from where it waits."""
    yield awaited
    yield from sending


async def _report_failure(error: Exception) -> None:
    raise error
