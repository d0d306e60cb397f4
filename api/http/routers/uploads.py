"""Reading an upload: a place in a lane first, then its bytes, then what they say."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request

from aggregates.errors import Refusal
from api.http.app_state import app_state
from api.http.limits.client_address import sender_address
from api.http.limits.upload_lanes import TABLES, LaneUse, UploadLane
from api.http.request_bodies import receive_body
from api.http.routers.sessions_routes import office_session

UPLOAD_BYTES_MAX = 2_000_000

TResult = TypeVar("TResult")


async def read_upload(
    request: Request, read: Callable[[bytes], TResult], use: LaneUse = TABLES
) -> TResult:
    """What a function reads in the body of a request.

    Args:
        request: The request.
        read: The function.
        use: What it does, in words.

    Raises:
        Unanswered: 429 or 503, with `Retry-After`; nothing was read.
        HTTPException: See `receive_body`.
    """
    lane, client = _lane(request)
    async with lane.place(client, use):
        body = await receive_body(request, UPLOAD_BYTES_MAX)
        return await lane.run(lambda: read(body))


def _lane(request: Request) -> tuple[UploadLane, str]:
    """The lane of offices that have shown a key, by its person; else of strangers, by address."""
    services = app_state(request)
    try:
        return services.uploads.offices, office_session(request).keyid
    except Refusal:
        return services.uploads.strangers, sender_address(request, services.proxies)
