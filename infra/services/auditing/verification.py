"""The whole check: signatures, keys, tree, history, and every published document to the byte."""

import hashlib
from collections.abc import Sequence
from time import perf_counter
from typing import Literal, NamedTuple

import msgspec

from infra.protocols.protocol_errors import ProofInvalid
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.policy import Policy
from infra.protocols.tlog.proof_verification import verify_inclusion
from infra.protocols.tlog.tiles import tree_tiles
from infra.runtime.gc_tuning import no_collection
from infra.services.auditing.authority import verify_authority
from infra.services.auditing.envelope_audit import Signed, collect_keys, verifying
from infra.services.auditing.head_audit import (
    KeptCheckpoint,
    LogHead,
    read_head,
    read_kept,
    read_key,
)
from infra.services.auditing.history_replay import compare_documents, decode_entries, replay
from infra.services.auditing.log_entries import AuditEntry, split_entries
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import Progress, Source, SourceCheck, silent
from infra.services.auditing.tree_audit import read_tree
from projections.election_projection import ElectionProjection

Vouched = Literal["given", "published"]


class VerificationResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked and found right.

    Attributes:
        origin: Identity of the log.
        election: Id of the election; empty for an empty log.
        environment: `live` or `rehearsal`.
        size: Entries, every one of them hashed and replayed.
        root: Root of their tree, in hexadecimal.
        key: Verifier key that signed the checkpoints.
        key_from: Whether the key was given by who checks, or taken from what is checked.
        checkpoints: Published checkpoints, each a prefix of the next.
        kept: Checkpoints and receipts that somebody kept, each a prefix of the log.
        cosigned_by: Witnesses of the policy that vouch for the last checkpoint.
        signed: Entries that came in a signed envelope.
        unsigned: Entries that did not: only in a rehearsal that allows it.
        signatures: Signatures that were verified.
        keys: Keys of offices that were ever enrolled.
        documents: Published documents that are the same to the byte.
        seconds: How long it took.
    """

    origin: str
    election: str
    environment: str
    size: int
    root: str
    key: str
    key_from: Vouched
    checkpoints: int
    kept: int
    cosigned_by: tuple[str, ...]
    signed: int
    unsigned: int
    signatures: int
    keys: int
    documents: int
    seconds: float


def verify(
    source: Source,
    *,
    key: Verifier | None = None,
    policy: Policy | None = None,
    kept: Sequence[tuple[str, bytes]] = (),
    progress: Progress = silent,
) -> VerificationResult:
    """Check a published log and everything that was published from it.

    Args:
        source: What to check.
        key: The key of the log, from somebody who is trusted; None takes the published one, which
            then vouches for itself only.
        policy: Witnesses of which enough must have cosigned.
        kept: Name and bytes of checkpoints and receipts that somebody kept.
        progress: Told about every stage.

    Raises:
        Difference: The first thing that is not as it must be.
    """
    started = perf_counter()
    log_key = read_key(source, key)
    remembered = [read_kept(name, data, log_key) for name, data in kept]
    head = read_head(source, log_key, policy, remembered)
    hashed = read_tree(source, head, progress)
    _verify_receipts(remembered, hashed)
    with no_collection():
        history = _verify_history(source, split_entries(hashed), progress)
    checked = _check_source(head, history.state)
    source.finish(checked)
    return VerificationResult(
        origin=head.checkpoint.origin,
        election=checked.election,
        environment=checked.environment,
        size=head.checkpoint.size,
        root=head.checkpoint.root.hex(),
        key=str(head.key),
        key_from="published" if key is None else "given",
        checkpoints=head.checkpoints,
        kept=len(remembered),
        cosigned_by=head.cosigned_by,
        signed=history.signed.signed,
        unsigned=history.signed.unsigned,
        signatures=history.signed.signatures,
        keys=history.keys,
        documents=history.documents,
        seconds=round(perf_counter() - started, 3),
    )


class _History(NamedTuple):
    state: ElectionProjection
    signed: Signed
    keys: int
    documents: int


def _verify_history(source: Source, entries: Sequence[AuditEntry], progress: Progress) -> _History:
    """Signatures on every core, and beside them roles, chains and the replay.

    What a signature says comes first: it may be the cause of what the others find.
    """
    keys = collect_keys(entries)
    with verifying(entries, keys) as signatures:
        try:
            events = decode_entries(entries)
            verify_authority(events, progress)
            state = replay(events, progress)
            documents = compare_documents(source, state, progress)
        except AuditDifference:
            signatures.result(progress)
            raise
        signed = signatures.result(progress)
    return _History(state, signed, len(keys), documents)


def _verify_receipts(kept: Sequence[KeptCheckpoint], entries: Sequence[bytes]) -> None:
    """A receipt that somebody kept is of the entry that is in the log."""
    for each in kept:
        if each.receipt is None:
            continue
        number, size = each.receipt.number, each.checkpoint.size
        if number >= size:
            raise AuditDifference("receipt", each.name, expected=f"below {size}", found=str(number))
        leaf = hashlib.sha256(b"\x00" + entries[number]).digest()
        try:
            verify_inclusion(leaf, number, size, each.receipt.hashes, each.checkpoint.root)
        except ProofInvalid as error:
            where, expected = each.name, f"entry {number + 1}"
            raise AuditDifference("receipt", where, expected=expected, found=str(error)) from None


def _check_source(head: LogHead, state: ElectionProjection) -> SourceCheck:
    facts = None if state.election is None else state.election.facts
    return SourceCheck(
        checkpoint=head.checkpoint,
        election="" if facts is None else facts.id,
        environment="" if facts is None else facts.environment,
        documents=dict(state.versions),
        tiles=[tile.path for tile in tree_tiles(head.checkpoint.size)],
    )
