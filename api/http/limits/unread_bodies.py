"""Answers that come before the body of their request has: read on, so that the sender sees them.

A connection that is closed while more arrives is reset, and the sender loses the answer that was on
its way. So the answer is sent at once, says that the connection will be closed, and what still
comes is thrown away for a while before it is.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

THROWN_BYTES_MAX: Final = 64_000_000
"""So much of one request is read for nothing."""
THROWN_SECONDS_MAX: Final = 5.0
"""And for so long."""
_CLOSE: Final = (b"connection", b"close")


class UnreadBodies:
    """ASGI middleware in front of everything that is served at an address.

    Args:
        app: What is served.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and hold back the end of an answer until the body has ended."""
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        await self._app(scope, *_ends(scope, receive, send))


def _ends(scope: Scope, receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Both ends of a request with a body."""
    is_read = False

    async def receive_and_watch() -> Message:
        nonlocal is_read
        message = await receive()
        is_read = is_read or not message.get("more_body", False)
        return message

    async def send_and_read_on(message: Message) -> None:
        if is_read:
            await send(message)
        elif message["type"] == "http.response.start":
            headers = [each for each in message["headers"] if each[0].lower() != _CLOSE[0]]
            await send({**message, "headers": [*headers, _CLOSE]})
        elif message.get("more_body", False) or _waits_for_word(scope):
            await send(message)
        else:
            await send({**message, "more_body": True})
            await _throw_away(receive_and_watch, lambda: is_read)
            await send({"type": "http.response.body", "body": b""})

    return receive_and_watch, send_and_read_on


async def _throw_away(receive: Receive, is_read: Callable[[], bool]) -> None:
    left = THROWN_BYTES_MAX
    try:
        async with asyncio.timeout(THROWN_SECONDS_MAX):
            while left > 0 and not is_read():
                left -= len((await receive()).get("body", b""))
    except TimeoutError:
        pass


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def _waits_for_word(scope: Scope) -> bool:
    """Whether the sender waits for `100 Continue`: a final answer tells it not to send."""
    return any(name == b"expect" for name, _ in scope["headers"])
