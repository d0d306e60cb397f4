"""DSSE 1.0: the envelope that a submission comes in, signed by one or two keys.

Signatures are verified before the body is read, and the body must be RFC 8785 canonical JSON with
integers only, so that what was signed has one meaning and one spelling.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NoReturn, cast

import msgspec
import rfc8785

from aggregates.base import Envelope, Signature
from aggregates.errors import (
    BodyNotCanonical,
    EnvelopeMalformed,
    EnvelopeTooLarge,
    PayloadTypeWrong,
    SignatureWrong,
    SignedTwice,
    SignerUnknown,
)
from infra.protocols.protocol_errors import JsonAmbiguous
from infra.protocols.signed_note.encoding import from_base64, to_base64
from infra.protocols.signed_note.keys import PrivateKey, PublicKey, fingerprint
from infra.protocols.strict_json import require_unambiguous

BODY_BYTES_MAX: Final = 24 * 1024
"""An entry of at most 65,535 bytes holds the figures and, in base64, the body that brought them."""
ENVELOPE_BYTES_MAX: Final = 40 * 1024
SIGNATURES_MAX: Final = 2

_encoder = msgspec.json.Encoder(order="sorted")
_ESCAPES = b"\\\xf0\xf1\xf2\xf3\xf4"
"""The backslash, and what begins a character whose order depends on the encoding."""
_NUMBER = re.compile(rb"[\[:,]-?[0-9]+(?:[.eE]|(?<=[0-9]{16}))")
"""A number that may be no integer, or too large."""
_decoder = msgspec.json.Decoder(Envelope)


def payload_type(kind: str) -> str:
    """The type of a kind of document: `application/vnd.kaihyo.tally+json`."""
    return f"application/vnd.kaihyo.{kind}+json"


def pae(kind: str, body: bytes) -> bytes:
    """What is signed: the type and body, each behind its length (DSSE 1.0 protocol)."""
    name = kind.encode()
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(body), body)


def sign_envelope(kind: str, body: bytes, keys: Iterable[PrivateKey]) -> Envelope:
    """An envelope around a body, signed by one or two keys."""
    message = pae(kind, body)
    signatures = tuple(
        Signature(keyid=fingerprint(key.public), sig=to_base64(key.sign(message))) for key in keys
    )
    return Envelope(payload=to_base64(body), payload_type=kind, signatures=signatures)


def encode_envelope(envelope: Envelope) -> bytes:
    """The JSON of an envelope, as it is sent."""
    return _encoder.encode(envelope)


def decode_envelope(data: bytes) -> Envelope:
    """Read an envelope; nothing is verified yet.

    Raises:
        EnvelopeTooLarge: It has more bytes than an entry could hold.
        EnvelopeMalformed: It is not one.
    """
    _require_size(len(data), ENVELOPE_BYTES_MAX)
    try:
        envelope = _decoder.decode(data)
        if _encoder.encode(envelope) != data:
            # Written by somebody else: what we write names each member once.
            require_unambiguous(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, JsonAmbiguous) as error:
        raise EnvelopeMalformed(detail=f"not an envelope: {error}") from None
    return envelope


def open_envelope(
    envelope: Envelope,
    keys: Mapping[str, PublicKey],
    kind: str,
    *,
    body_bytes_max: int = BODY_BYTES_MAX,
) -> bytes:
    """The body of an envelope, once its signatures fit and it is canonical JSON.

    Args:
        envelope: As it came.
        keys: The keys that may sign here, by key id.
        kind: The payload type that is asked for.
        body_bytes_max: Limit of the body.

    Raises:
        BodyNotCanonical: About its body.
        Refusal: As of `verify_envelope`.
    """
    body = verify_envelope(envelope, keys, kind, body_bytes_max=body_bytes_max)
    read_body(body)
    return body


def verify_envelope(
    envelope: Envelope,
    keys: Mapping[str, PublicKey],
    kind: str,
    *,
    body_bytes_max: int = BODY_BYTES_MAX,
) -> bytes:
    """The body of an envelope, once its signatures fit; whether it is canonical is not asked.

    Raises:
        PayloadTypeWrong: It was signed as something else.
        EnvelopeMalformed: It has no signature or more than two, or is not base64.
        EnvelopeTooLarge: The body exceeds the limit.
        SignerUnknown, SignedTwice, SignatureWrong: About its signatures.
    """
    if envelope.payload_type != kind:
        raise PayloadTypeWrong(signed=envelope.payload_type, body=kind)
    body = decode_payload(envelope, body_bytes_max)
    _verify(envelope.signatures, pae(kind, body), keys)
    return body


def decode_payload(envelope: Envelope, bytes_max: int = BODY_BYTES_MAX) -> bytes:
    """The body of an envelope, before anything is verified.

    Raises:
        EnvelopeMalformed: It is not base64.
        EnvelopeTooLarge: It exceeds the limit.
    """
    body = _decode_base64(envelope.payload)
    _require_size(len(body), bytes_max)
    return body


def is_canonical_as(body: bytes, value: msgspec.Struct) -> bool:
    """Whether a body is beyond doubt the RFC 8785 spelling of what was read from it.

    False where it may be nevertheless: `read_body` tells then.
    """
    return _encoder.encode(value) == body and not _is_peculiar(body)


def _is_peculiar(body: bytes) -> bool:
    """Whether anything in a body could be spelt in two ways but order and space."""
    # One pass in C for the bytes: an expression would try each alternative at every place.
    is_plain = len(body.translate(None, _ESCAPES)) == len(body)
    return not is_plain or _NUMBER.search(body) is not None


def read_body(body: bytes) -> object:
    """The value of a body.

    Raises:
        BodyNotCanonical: It is not the one RFC 8785 spelling of its value, names a member twice,
            or has a number that is no integer of at most 53 bits.
    """
    if body.startswith(b"{") and not _is_peculiar(body):
        # Nothing here that two writers could spell differently but order and space: compare.
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            plain = cast("object", msgspec.json.decode(body))
            if _encoder.encode(plain) == body:
                return plain
    try:
        value = cast(
            "object",
            json.loads(
                body.decode(),
                object_pairs_hook=_members,
                parse_float=_no_number,
                parse_constant=_no_number,
            ),
        )
        canonical = rfc8785.dumps(value)  # type: ignore[arg-type]  # what json.loads gives
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise BodyNotCanonical(detail=f"the body is not canonical JSON: {error}") from None
    if canonical != body:
        detail = "the body is JSON, but not in its canonical spelling (RFC 8785)"
        raise BodyNotCanonical(detail=detail)
    return value


def _verify(signatures: Sequence[Signature], message: bytes, keys: Mapping[str, PublicKey]) -> None:
    if not 1 <= len(signatures) <= SIGNATURES_MAX:
        detail = f"{len(signatures)} signatures; one or two are accepted"
        raise EnvelopeMalformed(detail=detail)
    signers: set[PublicKey] = set()
    for signature in signatures:
        key = keys.get(signature.keyid)
        if key is None:
            raise SignerUnknown(keyid=signature.keyid)
        if key in signers:
            raise SignedTwice(keyid=signature.keyid)
        if not key.fits(message, _decode_base64(signature.sig)):
            # All of them: which of two does not fit is known of the first one only.
            raise SignatureWrong(keyid=tuple(each.keyid for each in signatures))
        signers.add(key)


def _require_size(size: int, bytes_max: int) -> None:
    if size > bytes_max:
        raise EnvelopeTooLarge(detail=f"{size}バイト、上限{bytes_max}")


def _decode_base64(text: str) -> bytes:
    try:
        return from_base64(text)
    except ValueError as error:
        raise EnvelopeMalformed(detail=f"a field of the envelope is {error}") from None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not an integer")
