"""Every envelope on its own: canonical bodies, and signatures that fit.

A key id is the digest of its key, and keys are entries themselves, so whether a signature fits can
be found out in any order and on every core. Whether that key was allowed to sign there is decided
in order, elsewhere.
"""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final, NamedTuple

import msgspec

from aggregates.base import Envelope
from infra.protocols.protocol_errors import KeyMalformed
from infra.protocols.signed_note.encoding import from_base64
from infra.protocols.signed_note.keys import PublicKey, fingerprint
from infra.services.auditing.log_entries import AuditEntry, require_canonical
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import STAGE_SIGNATURES, Progress
from infra.services.signing.envelope import pae

_CHUNK: Final = 2048
_ALONE: Final = 4096
"""Up to so many entries another process would cost more than it saves."""
_SIGNATURES_MAX: Final = 2

Keys = Mapping[str, PublicKey]


class Signed(NamedTuple):
    """How many entries came in a signed envelope, and how many signatures were verified."""

    signed: int = 0
    unsigned: int = 0
    signatures: int = 0

    def __add__(self, other: tuple[object, ...]) -> "Signed":
        if not isinstance(other, Signed):
            return NotImplemented
        return Signed(
            self.signed + other.signed,
            self.unsigned + other.unsigned,
            self.signatures + other.signatures,
        )


class _Provenance(msgspec.Struct, frozen=True):
    envelope: Envelope | None = None


class _Came(msgspec.Struct, frozen=True):
    provenance: _Provenance


class _Enrolled(msgspec.Struct, frozen=True):
    keyid: str
    public_key: str


_CAME = msgspec.json.Decoder(_Came)
_ENROLLED = msgspec.json.Decoder(_Enrolled)
_ENROLLED_TOPIC: Final = "key.enrolled"


def collect_keys(entries: Sequence[AuditEntry]) -> dict[str, PublicKey]:
    """Every key that was ever enrolled, by its id.

    Raises:
        AuditDifference: One is not a proper key, or its id is not its digest.
    """
    return dict(_enrolment(entry) for entry in entries if entry.topic == _ENROLLED_TOPIC)


def verify_envelopes(
    entries: Sequence[AuditEntry], keys: Keys, before: AuditEntry | None = None
) -> Signed:
    """Verify entries one by one.

    Args:
        entries: In order.
        keys: Every key there is.
        before: The entry before them, which has been verified.

    Raises:
        AuditDifference: A body is not canonical JSON, or a signature does not fit.
    """
    unsigned = signatures = 0
    last = None if before is None else _envelope(before)
    for entry in entries:
        envelope = _envelope(entry)
        if envelope is None:
            unsigned += 1
        elif envelope != last:
            # One posting may cause many events; each names the envelope it came in.
            _verify(entry, envelope, keys)
            signatures += len(envelope.signatures)
            last = envelope
    return Signed(len(entries) - unsigned, unsigned, signatures)


class Verifying:
    """The verification of many entries under way."""

    def __init__(self, chunks: Sequence[Future[Signed]], entries: int) -> None:
        self._chunks = chunks
        self._entries = entries

    def result(self, progress: Progress) -> Signed:
        """Wait for it.

        Raises:
            AuditDifference: The first that there is.
        """
        total = Signed()
        for done, chunk in enumerate(self._chunks, start=1):
            total += chunk.result()
            progress(STAGE_SIGNATURES, min(done * _CHUNK, self._entries), self._entries)
        return total


@contextmanager
def verifying(entries: Sequence[AuditEntry], keys: Keys) -> Iterator[Verifying]:
    """Verify entries on every core, while the caller does something else."""
    starts = range(0, len(entries), _CHUNK)
    if len(entries) <= _ALONE:
        yield Verifying([_Now(entries, keys, at) for at in starts], len(entries))
        return
    # Forked, so that the entries need not be sent to the other processes.
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(os.cpu_count(), context, _adopt, (entries, keys))
    try:
        yield Verifying([pool.submit(_verify_chunk, at) for at in starts], len(entries))
    finally:
        pool.shutdown(cancel_futures=True)


class _Now(Future[Signed]):
    """Done where it is asked for."""

    def __init__(self, entries: Sequence[AuditEntry], keys: Keys, at: int) -> None:
        super().__init__()
        self._work = entries, keys, at

    def result(self, timeout: float | None = None) -> Signed:  # noqa: ARG002 - nothing to wait for
        return _verify_part(*self._work)


class _Adopted(NamedTuple):
    entries: Sequence[AuditEntry]
    keys: Keys


_adopted: list[_Adopted] = []


def _adopt(entries: Sequence[AuditEntry], keys: Keys) -> None:
    _adopted[:] = [_Adopted(entries, keys)]


def _verify_chunk(at: int) -> Signed:
    entries, keys = _adopted[0]
    return _verify_part(entries, keys, at)


def _verify_part(entries: Sequence[AuditEntry], keys: Keys, at: int) -> Signed:
    return verify_envelopes(entries[at : at + _CHUNK], keys, entries[at - 1] if at else None)


def _enrolment(entry: AuditEntry) -> tuple[str, PublicKey]:
    where = f"entry {entry.position}"
    try:
        found = _ENROLLED.decode(entry.state)
        key = PublicKey(from_base64(found.public_key))
    except (msgspec.MsgspecError, KeyMalformed, ValueError) as error:
        raise AuditDifference("signature", where, expected="a key", found=str(error)) from None
    if fingerprint(key) != found.keyid:
        raise AuditDifference("signature", where, expected=fingerprint(key), found=found.keyid)
    return found.keyid, key


def _envelope(entry: AuditEntry) -> Envelope | None:
    try:
        return _CAME.decode(entry.state).provenance.envelope
    except msgspec.MsgspecError as error:
        where = f"entry {entry.position}"
        raise AuditDifference("event", where, expected="a provenance", found=str(error)) from None


def _verify(entry: AuditEntry, envelope: Envelope, keys: Keys) -> None:
    where = f"entry {entry.position}"
    try:
        body = from_base64(envelope.payload)
        signatures = {found.keyid: from_base64(found.sig) for found in envelope.signatures}
    except ValueError as error:
        raise AuditDifference("signature", where, expected="base64", found=str(error)) from None
    count = len(envelope.signatures)
    if not 1 <= count <= _SIGNATURES_MAX or len(signatures) != count:
        raise AuditDifference("signature", where, expected="1 or 2 signers", found=str(count))
    require_canonical(AuditEntry(entry.position, entry.topic, body))
    message = pae(envelope.payload_type, body)
    for keyid, signature in signatures.items():
        key = keys.get(keyid)
        if key is None or not key.fits(message, signature):
            said = "a key that was never enrolled" if key is None else "a signature that does not"
            raise AuditDifference("signature", where, expected=f"signed by {keyid}", found=said)
