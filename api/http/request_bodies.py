"""Reading what is posted: bounded, strict, and with errors that name the field."""

import hashlib

import msgspec
from fastapi import Request
from starlette.exceptions import HTTPException

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.services.signing.submission_auth import (
    KeyBook,
    admit_signed,
    admit_unsigned,
    decode_submission,
)

ENVELOPE_TYPE = "application/vnd.dsse+json"
_TYPES = ("application/json", ENVELOPE_TYPE)
BODY_BYTES_MAX = 1_000_000
"""A posting is at most this large; the largest real one has about 60 KB."""


class _Looked(msgspec.Struct, frozen=True):
    payloadType: str | None = None  # noqa: N815 - DSSE's own spelling


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
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > BODY_BYTES_MAX:
        raise HTTPException(413, "The body is too large.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise HTTPException(413, "The body is too large.")
    return bytes(body)


def read_submission(body: bytes, book: KeyBook, *, signed: bool) -> PendingSubmission:
    """What a body asks for, its signatures verified if it has any.

    Args:
        body: JSON of a submission, or of an envelope around one.
        book: Public keys by id.
        signed: Whether the sender said that it is an envelope.

    Raises:
        Refusal: The body is not what it is said to be; see
        `infra.services.signing.submission_auth`.
    """
    if signed or _is_envelope(body):
        return admit_signed(body, book)
    return admit_unsigned(decode_submission(body))


def _is_envelope(body: bytes) -> bool:
    try:
        return msgspec.json.decode(body, type=_Looked).payloadType is not None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False


def content_sha256(submission: Submission) -> bytes:
    """Digest of what a posting says, whatever its spacing: the same content is the same posting."""
    return hashlib.sha256(msgspec.json.encode(submission, order="sorted")).digest()
