"""Redirects that stay where the request came: they name no host.

The framework would send on to whatever host a request claimed to be for, and who claims another one
sends a reader, or everybody behind a cache, to a stranger.
"""

from urllib.parse import urlsplit, urlunsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOCATION = b"location"
_REDIRECTS = range(300, 400)


class RelativeRedirects:
    """ASGI middleware that leaves scheme and host out of `Location`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the routes do, without their host."""

        async def send_relative(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _REDIRECTS:
                message["headers"] = [
                    (name, _relative(value) if name.lower() == _LOCATION else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        await self._app(scope, receive, send_relative)


def _relative(location: bytes) -> bytes:
    _, _, path, query, fragment = urlsplit(location.decode("latin-1"))
    # Two slashes at the beginning would name a host again.
    path = f"/{path.lstrip('/')}"
    return urlunsplit(("", "", path, query, fragment)).encode("latin-1")
