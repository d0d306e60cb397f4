"""The whole check: signatures, keys, tree, history, and every published document to the byte."""

import hashlib
from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple

import msgspec

from infra.protocols.protocol_errors import ProofInvalid
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.policy import Policy
from infra.protocols.tlog.proof_verification import verify_inclusion
from infra.protocols.tlog.tiles import tree_tiles
from infra.runtime.clock import Clock, SystemClock
from infra.runtime.gc_tuning import no_collection
from infra.services.auditing.decision_replay import ReplayedLog, replay_decisions
from infra.services.auditing.envelope_audit import Signed, collect_keys, verifying
from infra.services.auditing.head_audit import (
    KeptCheckpoint,
    LogHead,
    read_head,
    read_kept_checkpoint,
    read_key,
)
from infra.services.auditing.history_replay import (
    ComparedDocuments,
    compare_documents,
    fold_history,
)
from infra.services.auditing.log_entries import AuditEntry, split_entries
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import Progress, Source, SourceCheck, silent
from infra.services.auditing.time_bounds import TimeBounds
from infra.services.auditing.tree_audit import read_tree
from infra.services.auditing.verification_result import VerificationResult
from projections.election_projection import ElectionProjection


def verify(
    source: Source,
    *,
    key: Verifier | None = None,
    policy: Policy | None = None,
    kept: Sequence[tuple[str, bytes]] = (),
    clock: Clock | None = None,
    progress: Progress = silent,
) -> VerificationResult:
    """Check a published log and everything that was published from it.

    Args:
        source: What to check.
        key: The key of the log, from somebody who is trusted; None takes the published one, which
            then attests itself only.
        policy: Witnesses of which enough must have cosigned.
        kept: Name and bytes of checkpoints and receipts that somebody kept.
        clock: Of who checks: no entry may be later.
        progress: Called at every stage.

    Raises:
        AuditDifference: The first thing that is not as it must be.
    """
    started = perf_counter()
    log_key = read_key(source, key)
    remembered = [read_kept_checkpoint(name, data, log_key) for name, data in kept]
    head = read_head(source, log_key, policy, remembered)
    hashed = read_tree(source, head, progress)
    _verify_receipts(remembered, hashed)
    entries = split_entries(hashed)
    with no_collection():
        bounds = TimeBounds((clock or SystemClock()).now(), head.cosigned)
        history = _verify_history(source, entries, bounds, progress)
    replayed, documents = history.replayed, history.documents
    checked = _check_source(head, entries, history.state)
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
        recomputed=replayed.recomputed,
        recorded=replayed.recorded,
        rules=replayed.rules,
        rules_signed=replayed.rules_signed,
        documents=documents.same,
        documents_not_compared=documents.not_compared,
        times_cosigned=bounds.covered,
        cosigned_after_seconds=bounds.lag_seconds([each.timestamp for each in replayed.events]),
        seconds=round(perf_counter() - started, 3),
    )


class _History(NamedTuple):
    """What the entries say; `state` is None where not all of them could be recomputed."""

    replayed: ReplayedLog
    state: ElectionProjection | None
    signed: Signed
    keys: int
    documents: ComparedDocuments


def _verify_history(
    source: Source, entries: Sequence[AuditEntry], bounds: TimeBounds, progress: Progress
) -> _History:
    """Signatures on every core, and beside them the decisions and the documents.

    What a signature says comes first: it may be the cause of what the others find.
    """
    keys = collect_keys(entries)
    with verifying(entries, keys) as signatures:
        try:
            replayed = replay_decisions(entries, bounds, progress)
            state = None if replayed.recorded else fold_history(replayed.events, progress)
            documents = ComparedDocuments()
            if state is not None:
                documents = compare_documents(source, state, progress)
        except AuditDifference:
            signatures.result(progress)
            raise
        signed = signatures.result(progress)
    return _History(replayed, state, signed, len(keys), documents)


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


class _Stated(msgspec.Struct, frozen=True):
    """What the first entry of a log says of its election, under whatever rules."""

    id: str = ""
    environment: str = ""


class _FirstEntry(msgspec.Struct, frozen=True):
    election: _Stated = _Stated()
    rule_package_sha256: str = ""


def _check_source(
    head: LogHead, entries: Sequence[AuditEntry], state: ElectionProjection | None
) -> SourceCheck:
    first = _FirstEntry()
    if entries:
        first = msgspec.json.decode(entries[0].state, type=_FirstEntry)
    return SourceCheck(
        checkpoint=head.checkpoint,
        election=first.election.id,
        environment=first.election.environment,
        documents=None if state is None else dict(state.versions),
        rule_package_sha256=first.rule_package_sha256,
        tiles=[tile.path for tile in tree_tiles(head.checkpoint.size)],
    )
