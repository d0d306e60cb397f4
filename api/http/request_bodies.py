"""Receiving what is posted: bounded in size, time and memory, and of a type that is taken here."""

import asyncio
import re
from typing import Final, TypeVar

import msgspec
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import Receive

from aggregates.errors import CommandMalformed
from api.http.app_state import app_state
from api.http.limits.held_bytes import HeldBytes
from api.http.problems import Unanswered

ENVELOPE_TYPE = "application/vnd.dsse+json"
SUBMISSIONS_ADDRESS: Final = re.compile(r"/v1/elections/([^/]+)/submissions")
"""Where postings are sent; the group is the election."""
TYPES = ("application/json", ENVELOPE_TYPE)
BODY_BYTES_MAX = 1_000_000
"""A posting is at most this large; the largest real one has about 60 KB."""
BODY_SECONDS_MAX = 30.0
"""A body has come to its end by then: 1 MB on a connection of 300 kbit/s."""
_LENGTH_DIGITS_MAX = 12
_CLOSE = {"Connection": "close"}

TDecoded = TypeVar("TDecoded")


def decode_body(decoder: msgspec.json.Decoder[TDecoded], body: bytes) -> TDecoded:
    """What a body says.

    Args:
        decoder: Of the form that the address takes.
        body: Whatever was sent.

    Raises:
        CommandMalformed: It is no JSON, or of another form.
    """
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise CommandMalformed(detail=str(error)) from error


def media_type(request: Request) -> str:
    """What the sender says that the body is."""
    return request.headers.get("content-type", "").partition(";")[0].strip()


async def read_body(request: Request) -> bytes:
    """The body of a request, refused as soon as it is too large.

    Raises:
        HTTPException: 413 beyond the limit, 415 for anything but JSON.
    """
    if media_type(request) not in TYPES:
        raise HTTPException(415, f"Send {' or '.join(TYPES)}.")
    return await receive_body(request, BODY_BYTES_MAX)


async def receive_body(request: Request, bytes_max: int) -> bytes:
    """The whole body of a request, whatever it is.

    Raises:
        HTTPException: As of `receive_bytes`.
    """
    declared = request.headers.get("content-length", "0")
    return await receive_bytes(request.receive, declared, app_state(request).bodies, bytes_max)


async def receive_bytes(
    receive: Receive, declared: str, held: HeldBytes, bytes_max: int = BODY_BYTES_MAX
) -> bytes:
    """All bytes that a sender sends.

    Args:
        receive: Gives the next ones.
        declared: How many the sender says there are.
        held: Counts those of all unfinished bodies.
        bytes_max: More are refused.

    Raises:
        HTTPException: 413 as soon as there are more than `bytes_max`; 408 when they have not come
            to their end in time; 400 when their sender went away in the middle; 503 while
            unfinished bodies fill the memory that there is for them.
    """
    # Thousands of digits are no length either.
    if len(declared) > _LENGTH_DIGITS_MAX or (declared.isdigit() and int(declared) > bytes_max):
        raise _too_large(bytes_max)
    # One piece of memory: thousands of small pieces would take many times what is counted.
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX):
            is_more = True
            while is_more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise HTTPException(400, "The body was cut off.")
                is_more = message.get("more_body", False)
                chunk = message.get("body", b"")
                body += chunk
                held.add(len(chunk))
                if len(body) > bytes_max:
                    raise _too_large(bytes_max)
    except TimeoutError:
        raise HTTPException(408, "The body did not come to its end.", _CLOSE) from None
    finally:
        held.remove(len(body))
    return bytes(body)


def _too_large(bytes_max: int) -> Unanswered:
    return Unanswered(
        413,
        "The body is too large.",
        f"送信内容が大きすぎます（上限 {bytes_max:,} バイト）。分けて送ってください。",
        bytes=bytes_max,
    )
