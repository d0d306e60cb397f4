"""Reading what is posted: bounded, strict, and with errors that name the field."""

import hashlib

import msgspec
from fastapi import Request
from starlette.exceptions import HTTPException

from aggregates.commands import Submission
from aggregates.errors import CommandMalformed

BODY_BYTES_MAX = 1_000_000
"""A posting is at most this large; the largest real one has about 60 KB."""

_SUBMISSION = msgspec.json.Decoder(Submission)


async def read_body(request: Request) -> bytes:
    """The body of a request, refused as soon as it is too large.

    Raises:
        HTTPException: 413 beyond the limit, 415 for anything but JSON.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if media_type != "application/json":
        raise HTTPException(415, "Send application/json.")
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > BODY_BYTES_MAX:
        raise HTTPException(413, "The body is too large.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise HTTPException(413, "The body is too large.")
    return bytes(body)


def decode_submission(body: bytes) -> Submission:
    """A posting in its strict form.

    Raises:
        CommandMalformed: Not JSON, an unknown or missing field, a float, a wrong type; says where.
    """
    try:
        return _SUBMISSION.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CommandMalformed(detail=str(error)) from error


def content_sha256(submission: Submission) -> bytes:
    """Digest of what a posting says, whatever its spacing: the same content is the same posting."""
    return hashlib.sha256(msgspec.json.encode(submission, order="sorted")).digest()
