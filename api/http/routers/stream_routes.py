"""Server-sent events: what changed, as it changes, resumed from any position."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.types import Receive, Scope, Send

from api.http.app_state import AppState, election_state
from api.http.broadcast import Broadcast
from api.http.openapi.feed_examples import STREAM
from api.http.problems import Unanswered
from api.http.response_cache import IS_HEAD, STRAIGHT
from api.http.stream_reader import body_message
from projections.feeds.layout import EVENT_STREAM, UNCACHED

router = APIRouter(tags=["feed"])

_HEADERS = [
    (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
    (b"cache-control", UNCACHED.encode()),
    (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),
]
_RETRY_LATER = {"Retry-After": "30"}
_RETRY = b"retry: 2000\n\n"

Position = Annotated[int, Query(ge=0, le=2**53)]


class EventStream(Response):
    """A response that lasts until the reader leaves."""

    media_type = EVENT_STREAM

    def __init__(
        self,
        broadcast: Broadcast,
        after: int | None,
        *,
        bodiless: bool,
        counted: AbstractContextManager[None] | None = None,
    ) -> None:
        super().__init__()
        self._counted = counted or nullcontext()
        self._broadcast = broadcast
        self._after = after
        self._bodiless = bodiless

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events as they come."""
        with self._counted:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            if self._bodiless:
                await send({"type": "http.response.body", "body": b""})
                return
            await send(body_message(_RETRY))
            await self._send_events(receive, scope.get(STRAIGHT, send))

    async def _send_events(self, receive: Receive, send: Send) -> None:
        left = asyncio.ensure_future(_until_left(receive))
        try:
            await self._broadcast.tell(self._after, send, left)
            await send({"type": "http.response.body", "body": b""})
        finally:
            left.cancel()


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@router.get(
    "/v1/elections/{election}/stream",
    summary="What changes, as it changes (server-sent events)",
    response_class=Response,
    responses={200: {"content": {EVENT_STREAM: {"example": STREAM}}}},
)
async def stream(
    election: str,
    request: Request,
    after: Position | None = None,
    last_event_id: Annotated[int | None, Header(ge=0, le=2**53)] = None,
) -> Response:
    """One event per batch of changes; its id is the position that is reached.

    `Last-Event-ID`, or else `?after=`, resumes: the first event tells everything that changed
    since. Without either it begins at the present. A comment comes after 15 s without an event.
    A reader who does not keep up is dropped, and resumes without a gap.
    """
    services = await asyncio.to_thread(election_state, request, election)
    told = last_event_id if last_event_id is not None else after
    if IS_HEAD in request.scope:
        return EventStream(services.broadcast, told, bodiless=True)
    client = request.client.host if request.client is not None else ""
    _require_room(services, client)
    counted = services.streams.track(client)
    return EventStream(services.broadcast, told, bodiless=False, counted=counted)


def _require_room(services: AppState, client: str) -> None:
    if not services.streams.has_room_for(client):
        services.streams.refused += 1
        raise Unanswered(
            429,
            "Too many streams from this address.",
            "この接続元からのストリームが多すぎます。開いているものを閉じるか、"
            "head.json を2秒ごとに読んでください。",
            _RETRY_LATER,
        )
    if not services.streams.has_room():
        services.streams.refused += 1
        raise Unanswered(
            503,
            "All streams of this server are taken.",
            "このサーバのストリームは満員です。head.json を2秒ごとに読むか、"
            "別のサーバにつないでください。",
            _RETRY_LATER,
        )
