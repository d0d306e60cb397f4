"""Receiving what is posted: bounded in size, time and memory, and of a type that is taken here."""

import asyncio

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.http.app_state import app_state

ENVELOPE_TYPE = "application/vnd.dsse+json"
_TYPES = ("application/json", ENVELOPE_TYPE)
BODY_BYTES_MAX = 1_000_000
"""A posting is at most this large; the largest real one has about 60 KB."""
BODY_SECONDS_MAX = 30.0
"""A body has come to its end by then: 1 MB on a connection of 300 kbit/s."""
_LENGTH_DIGITS_MAX = 12
_CLOSE = {"Connection": "close"}


def media_type(request: Request) -> str:
    """What the sender says that the body is."""
    return request.headers.get("content-type", "").partition(";")[0].strip()


async def read_body(request: Request) -> bytes:
    """The body of a request, refused as soon as it is too large.

    Raises:
        HTTPException: 413 beyond the limit, 415 for anything but JSON.
    """
    if media_type(request) not in _TYPES:
        raise HTTPException(415, f"Send {' or '.join(_TYPES)}.")
    return await receive_body(request, BODY_BYTES_MAX)


async def receive_body(
    request: Request, bytes_max: int, seconds_max: float = BODY_SECONDS_MAX
) -> bytes:
    """The whole body of a request, whatever it is.

    Raises:
        HTTPException: 413 as soon as it is larger than `bytes_max`; 408 when it has not come to its
            end in time; 400 when its sender went away in the middle; 503 while unfinished bodies
            fill the memory that there is for them.
    """
    declared = request.headers.get("content-length", "0")
    # Thousands of digits are no length either.
    if len(declared) > _LENGTH_DIGITS_MAX or (declared.isdigit() and int(declared) > bytes_max):
        raise HTTPException(413, "The body is too large.")
    held = app_state(request).bodies
    body = bytearray()
    try:
        async with asyncio.timeout(seconds_max):
            async for chunk in request.stream():
                body += chunk
                held.add(len(chunk))
                if len(body) > bytes_max:
                    raise HTTPException(413, "The body is too large.")
    except TimeoutError:
        raise HTTPException(408, "The body did not come to its end.", _CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(400, "The body was cut off.") from None
    finally:
        held.remove(len(body))
    return bytes(body)
