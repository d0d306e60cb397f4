"""The door for postings: bytes in, a submission with verified signatures out, or a refusal.

An envelope is verified first and parsed after. The one exception is the definition of an election:
it names the keys that sign it, so it is read to find them, and believed only if they fit.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from aggregates.base import Envelope
from aggregates.commands import election_commands as c
from aggregates.decisions.office_chain import require_unchained
from aggregates.errors import (
    CommandMalformed,
    ElectionUnknown,
    PayloadTypeWrong,
    Refusal,
    SignedTwice,
    SignerUnknown,
)
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.protocols.protocol_errors import JsonAmbiguous
from infra.protocols.signed_note.keys import PublicKey
from infra.protocols.strict_json import require_unambiguous
from infra.services.signing.envelope import (
    decode_envelope,
    decode_payload,
    is_canonical_as,
    open_envelope,
    payload_type,
    read_body,
    verify_envelope,
)
from infra.services.signing.proof_of_possession import parse_public_key, proven_keys

_SUBMISSION = msgspec.json.Decoder(c.Submission)
_TYPES = {payload_type(name): name for name in c.COMMANDS}
_FOUNDING_TYPE = payload_type("define-election")

_UNWRITABLE = re.compile(
    rb"(?<!\\)(?:\\\\)*"  # an escape begins after whole pairs of backslashes
    rb"(\\u[0-9a-f]{4}|\\[bf]|\xef\xbf[\xbe\xbf])"
)
"""What is left as an escape in canonical JSON beside tab, line breaks, quote and backslash; and the
two characters that are none (XML 1.0, 2.2)."""


class KeyBook(Protocol):
    """Public keys by id, of every office and every state; an id always means the same key."""

    def keys(self, keyids: Iterable[str]) -> Mapping[str, PublicKey]:
        """Those of the ids that are known."""


class _MaybeEnvelope(msgspec.Struct, frozen=True):
    payloadType: str | None = None  # noqa: N815 - DSSE's own spelling


def admit(data: bytes, book: KeyBook, election: str, *, signed: bool) -> PendingSubmission:
    """What a posting asks for, its signatures verified if it has any.

    Args:
        data: JSON of a submission, or of an envelope around one.
        book: Public keys by id.
        election: Code of the election that it was sent to.
        signed: Whether the sender said that it is an envelope.

    Raises:
        ElectionUnknown: It is for another election.
        Refusal: As of `admit_signed` and `admit_unsigned`; or it is not JSON, or names a member
            twice.
    """
    posting = _admit(data, book, signed=signed)
    if posting.submission.election != election:
        raise ElectionUnknown(election=posting.submission.election)
    return posting


def _admit(data: bytes, book: KeyBook, *, signed: bool) -> PendingSubmission:
    if signed or _is_envelope(data):
        return admit_signed(data, book)
    submission = decode_submission(data)
    # Signed bodies are canonical JSON, which names each member once.
    try:
        require_unambiguous(data)
    except JsonAmbiguous as error:
        raise CommandMalformed(detail=str(error)) from None
    return admit_unsigned(submission)


def _is_envelope(data: bytes) -> bool:
    try:
        return msgspec.json.decode(data, type=_MaybeEnvelope).payloadType is not None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def asks_for_founding(data: bytes, *, signed: bool) -> bool:
    """Whether a posting is the definition of an election; nothing is verified.

    Args:
        data: As of `admit`; what cannot be read is none.
        signed: As of `admit`.
    """
    try:
        if signed or _is_envelope(data):
            return decode_envelope(data).payload_type == _FOUNDING_TYPE
        return isinstance(parse_submission(data).command, c.DefineElection)
    except Refusal:
        return False


def admit_unsigned(submission: c.Submission) -> PendingSubmission:
    """A posting without a signature; only a rehearsal that allows it will take it.

    Raises:
        SequenceUnsigned: It claims a place in the chain of its office.
        KeyInvalid, PossessionUnproven: About a key that it brings in.
    """
    require_unchained(submission)
    digest = hashlib.sha256(canonical(submission)).digest()
    return PendingSubmission(submission, digest, proven=frozenset(proven_keys(submission)))


def admit_signed(data: bytes, book: KeyBook) -> PendingSubmission:
    """A posting in a signed envelope.

    Raises:
        EnvelopeMalformed, EnvelopeTooLarge: What came is not an envelope.
        SignerUnknown, SignedTwice, SignatureWrong: About its signatures.
        PayloadTypeWrong, BodyNotCanonical, CommandMalformed: About its body.
        KeyInvalid, PossessionUnproven: About a key that it brings in.
    """
    return admit_envelope(decode_envelope(data), book)


def admit_envelope(envelope: Envelope, book: KeyBook) -> PendingSubmission:
    """A posting in an envelope that has been decoded; see `admit_signed`."""
    if envelope.payload_type not in _TYPES:
        raise PayloadTypeWrong(signed=envelope.payload_type, body="投稿")
    signers = _signers(envelope)
    body = verify_envelope(envelope, _keys_for(envelope, signers, book), envelope.payload_type)
    submission = _read_canonical(body)
    if _TYPES[envelope.payload_type] != submission.command.name:
        raise PayloadTypeWrong(signed=envelope.payload_type, body=submission.command.name)
    return PendingSubmission(
        submission,
        hashlib.sha256(body).digest(),
        envelope,
        signers,
        frozenset(proven_keys(submission)),
    )


def _read_canonical(body: bytes) -> c.Submission:
    """A posting in the one spelling that may be signed.

    What our own programs send is decoded once: its struct gives back the same bytes.

    Raises:
        BodyNotCanonical: It has another spelling.
        CommandMalformed: As of `decode_submission`.
    """
    try:
        submission = decode_submission(body)
    except CommandMalformed:
        read_body(body)
        raise
    if not is_canonical_as(body, submission):
        read_body(body)
    return submission


def verify_body(data: bytes, kind: str, book: KeyBook) -> tuple[bytes, tuple[str, ...]]:
    """The body of an envelope of one type that is no posting, and the keys that signed it.

    Raises:
        PayloadTypeWrong: It was signed as something else.
        Refusal: And the others of `admit_signed` about envelope and signatures.
    """
    envelope = decode_envelope(data)
    if envelope.payload_type != kind:
        raise PayloadTypeWrong(signed=envelope.payload_type, body=kind)
    signers = _signers(envelope)
    return open_envelope(envelope, _find_keys(signers, book.keys(signers)), kind), signers


def parse_submission(body: bytes) -> c.Submission:
    """A posting in its strict form, as it may stand in a log.

    Raises:
        CommandMalformed: Not JSON, an unknown or missing field, a float, a wrong type; says where.
    """
    try:
        return _SUBMISSION.decode(body)
    except RecursionError:
        raise CommandMalformed(detail="入れ子が深すぎます") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CommandMalformed(detail=str(error)) from error


def decode_submission(body: bytes) -> c.Submission:
    """A posting in its strict form, as it is taken now.

    Raises:
        CommandMalformed: Not JSON, an unknown or missing field, a float, a wrong type; says where.
            Or a character that XML and databases cannot hold: one would break every page and table.
    """
    submission = parse_submission(body)
    if b"\\" in body or b"\xef\xbf" in body:
        _require_writable(canonical(submission))
    return submission


def _require_writable(body: bytes) -> None:
    if found := _UNWRITABLE.search(body):
        character = msgspec.json.decode(b'"%b"' % found[1], type=str)
        raise CommandMalformed(detail=f"使えない制御文字 U+{ord(character):04X} があります")


def _signers(envelope: Envelope) -> tuple[str, ...]:
    keyids = tuple(signature.keyid for signature in envelope.signatures)
    for place, keyid in enumerate(keyids):
        if keyid in keyids[:place]:
            raise SignedTwice(keyid=keyid)
    return keyids


def _keys_for(
    envelope: Envelope, signers: tuple[str, ...], book: KeyBook
) -> Mapping[str, PublicKey]:
    founding = envelope.payload_type == _FOUNDING_TYPE
    return _find_keys(signers, _founding_keys(envelope) if founding else book.keys(signers))


def _find_keys(signers: tuple[str, ...], keys: Mapping[str, PublicKey]) -> Mapping[str, PublicKey]:
    for keyid in signers:
        if keyid not in keys:
            raise SignerUnknown(keyid=keyid)
    return keys


def _founding_keys(envelope: Envelope) -> dict[str, PublicKey]:
    command = decode_submission(decode_payload(envelope)).command
    if not isinstance(command, c.DefineElection):
        raise PayloadTypeWrong(signed=envelope.payload_type, body=command.name)
    keys = (key for founder in command.founders for key in founder.keys)
    return {key.keyid: parse_public_key(key.public_key) for key in keys}
