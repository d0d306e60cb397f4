"""The short way of postings: from the bytes of a request to its receipt, past routes and layers.

It answers what the route `POST /v1/elections/{election}/submissions` answers, which describes it
and takes what is rare: the beginning of a log, and another type of body.
What is refused or fails is answered by the same handlers as everywhere.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, cast

import msgspec
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.app_state import AppState
from api.http.request_bodies import ENVELOPE_TYPE, SUBMISSIONS_ADDRESS, TYPES, receive_bytes
from infra.adapters.event_log.submission_receipt import Receipt
from infra.services.signing.admission_lane import Arrival, KeyNotReadYet, Outgoing
from infra.services.signing.envelope import ENVELOPE_BYTES_MAX
from infra.services.signing.submission_auth import admit

_Handler = Callable[[Request, Exception], Awaitable[Response]]
_JSON: Final = (b"content-type", b"application/json")


class PostingMiddleware:
    """ASGI middleware in front of the routes.

    Args:
        app: The application, whose handlers tell what was wrong.
        rest: Where everything goes that is not taken here.
        services: The log and what serves it.
    """

    def __init__(self, app: FastAPI, rest: ASGIApp, services: AppState) -> None:
        self._app = app
        self._rest = rest
        self._services = services
        self._is_begun = False
        self._outgoing: tuple[asyncio.AbstractEventLoop, Outgoing] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a posting, or pass on."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._rest(scope, receive, send)
            return
        found = SUBMISSIONS_ADDRESS.fullmatch(scope["path"])
        media_type, declared = _body_headers(scope)
        if found is None or media_type not in TYPES or not self._has_election():
            await self._rest(scope, receive, send)
            return
        try:
            body = await receive_bytes(receive, declared, self._services.bodies)
            receipt = await self._record(body, found[1], is_signed=media_type == ENVELOPE_TYPE)
        except Exception as error:  # noqa: BLE001 - answered as everywhere
            await self._send_problem(error, scope, receive, send)
        else:
            await _answer(receipt, found[1], send)

    def _has_election(self) -> bool:
        """Whether the log has begun; asked until it has."""
        self._is_begun = self._is_begun or bool(self._services.election)
        return self._is_begun

    async def _record(self, body: bytes, election: str, *, is_signed: bool) -> Receipt:
        """The receipt of a posting, once it is on disk."""
        if len(body) <= ENVELOPE_BYTES_MAX:
            try:
                return await self._take(body, election, is_signed=is_signed)
            except KeyNotReadYet:
                pass
        # What takes long keeps nobody else waiting.
        posting = await run_in_threadpool(
            admit, body, self._services.keys, election, signed=is_signed
        )
        return await asyncio.wrap_future(self._services.log.writer.take(posting))

    async def _take(self, body: bytes, election: str, *, is_signed: bool) -> Receipt:
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Receipt] = loop.create_future()

        def settle(answer: Receipt | Exception) -> None:
            if answered.done():
                return
            if isinstance(answer, Exception):
                answered.set_exception(answer)
            else:
                answered.set_result(answer)

        outgoing = self._outgoing_for(loop)
        self._services.admission.take(
            Arrival(body, is_signed, election, lambda answer: outgoing.put(settle, answer))
        )
        return await answered

    def _outgoing_for(self, loop: asyncio.AbstractEventLoop) -> Outgoing:
        if self._outgoing is None or self._outgoing[0] is not loop:
            self._outgoing = loop, Outgoing(loop.call_soon_threadsafe)
        return self._outgoing[1]

    async def _send_problem(
        self, error: Exception, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """What was wrong, as the handlers of the application say it."""
        scope["app"] = self._app
        handlers = self._app.exception_handlers
        handle = next(handlers[kind] for kind in type(error).__mro__ if kind in handlers)
        response = await cast("_Handler", handle)(Request(scope, receive), error)
        await response(scope, receive, send)


def _body_headers(scope: Scope) -> tuple[str, str]:
    """Type and length of the body, as its sender says; where it does so twice, the first time."""
    media_type, declared = "", "0"
    for name, value in reversed(scope["headers"]):
        if name == b"content-type":
            media_type = value.decode("latin-1").partition(";")[0].strip()
        elif name == b"content-length":
            declared = value.decode("latin-1")
    return media_type, declared


async def _answer(receipt: Receipt, election: str, send: Send) -> None:
    body, headers = encode_receipt(receipt, election)
    length = (b"content-length", str(len(body)).encode())
    written = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    start = {"type": "http.response.start", "status": 201, "headers": [length, *written, _JSON]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def encode_receipt(receipt: Receipt, election: str) -> tuple[bytes, dict[str, str]]:
    """A receipt and its headers, as the sender of a posting gets them."""
    place = f"/v1/elections/{election}"
    return msgspec.json.encode(receipt), {
        "Location": f"{place}/log/{receipt.position}",
        # The proof that it is in the log; there within about a second.
        "Link": f'<{place}/receipts/{receipt.position}>; rel="receipt"',
    }
