"""The head of a log and all its earlier heads, as their signatures prove them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from infra.adapters.filesystem.tile_files import CHECKPOINT
from infra.protocols.protocol_errors import KeyMalformed, NoteMalformed, WitnessesMissing
from infra.protocols.signed_note.note import Opened, Verifier
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.protocols.tlog.inclusion_receipt import HEADER, InclusionReceipt
from infra.protocols.tlog.policy import Policy
from infra.services.auditing.sources.audit_difference import AuditDifference, Rule
from infra.services.auditing.sources.audit_source import Source
from infra.services.auditing.time_bounds import CosignedSize
from infra.services.sequencing.checkpoint_history import decode_history
from infra.services.sequencing.log_location import CHECKPOINTS, KEY


class KeptCheckpoint(NamedTuple):
    """Something that somebody kept: a checkpoint, or a receipt with one.

    Attributes:
        name: Its file.
        checkpoint: What the log attested then.
        receipt: The receipt, if it is one.
    """

    name: str
    checkpoint: Checkpoint
    receipt: InclusionReceipt | None = None


class LogHead(NamedTuple):
    """The last checkpoint of a log, and everything that must agree with its tree.

    Attributes:
        key: The key of the log.
        checkpoint: The last checkpoint.
        cosigned_by: Witnesses of the policy that attest it.
        roots: Every root that was published or kept: size, root, where it was said.
        checkpoints: How many were published.
        cosigned: Every cosignature of a witness of the policy, earlier checkpoints included.
    """

    key: Verifier
    checkpoint: Checkpoint
    cosigned_by: tuple[str, ...]
    roots: tuple[tuple[int, bytes, str], ...]
    checkpoints: int
    cosigned: tuple[CosignedSize, ...]


def read_key(source: Source, given: Verifier | None) -> Verifier:
    """The key of the log: the one that the caller trusts, or else the one that is published.

    Raises:
        AuditDifference: Another key is published than the one given, or none that is a key.
    """
    text = source.read(KEY)
    try:
        found = Verifier.parse(text.decode().removesuffix("\n"))
    except (KeyMalformed, UnicodeDecodeError) as error:
        raise AuditDifference("key", KEY, expected="a verifier key", found=str(error)) from None
    if f"{found}\n".encode() != text:
        raise AuditDifference("key", KEY, expected=str(found), found=repr(text))
    if given is not None and str(given) != str(found):
        raise AuditDifference("key", KEY, expected=str(given), found=str(found))
    return found


def read_head(
    source: Source, key: Verifier, policy: Policy | None, kept: Sequence[KeptCheckpoint] = ()
) -> LogHead:
    """Open the checkpoint and its history.

    Raises:
        AuditDifference: One is not signed by the log, their sizes do not grow, or a kept one is
            larger.
    """
    # The history first: a live log may publish another checkpoint between the two.
    opened_history = _history(source, key, policy)
    history = [past for past, _ in opened_history]
    checkpoint, opened = _open_head(CHECKPOINT, source.read(CHECKPOINT), key, policy)
    cosigners = _cosigners(opened, policy)
    roots = [(past.size, past.root, f"{CHECKPOINTS}: {past.size}") for past in history]
    roots.append((checkpoint.size, checkpoint.root, CHECKPOINT))
    roots += [_root_at_size(each, checkpoint) for each in kept]
    last = history[-1] if history else None
    if last is None or last.size > checkpoint.size:
        found = "none" if last is None else str(last.size)
        raise AuditDifference("history", CHECKPOINTS, expected=str(checkpoint.size), found=found)
    cosigned = _cosigned_sizes([*opened_history, (checkpoint, opened)])
    return LogHead(key, checkpoint, cosigners, tuple(roots), len(history), cosigned)


def read_kept_checkpoint(name: str, data: bytes, key: Verifier) -> KeptCheckpoint:
    """A checkpoint or receipt that somebody kept.

    Raises:
        AuditDifference: It is neither, or of another log.
    """
    if data.startswith(HEADER.encode()):
        try:
            receipt = InclusionReceipt.parse(data)
        except ValueError as error:
            raise AuditDifference("receipt", name, expected="a receipt", found=str(error)) from None
        return KeptCheckpoint(name, _open_head(name, receipt.checkpoint, key, None)[0], receipt)
    return KeptCheckpoint(name, _open_head(name, data, key, None)[0])


def _history(
    source: Source, key: Verifier, policy: Policy | None
) -> list[tuple[Checkpoint, Opened]]:
    try:
        notes = decode_history(source.read(CHECKPOINTS))
    except NoteMalformed as error:
        raise AuditDifference("history", CHECKPOINTS, expected="notes", found=str(error)) from None
    found: list[tuple[Checkpoint, Opened]] = []
    for number, note in enumerate(notes, start=1):
        where = f"{CHECKPOINTS}: {number}"
        checkpoint, opened = _open_head(where, note, key, policy, rule="history")
        if found and checkpoint.size <= found[-1][0].size:
            before = found[-1][0].size
            size = checkpoint.size
            raise AuditDifference("history", where, expected=f"more than {before}", found=str(size))
        found.append((checkpoint, opened))
    return found


def _open_head(
    where: str,
    note: bytes,
    key: Verifier,
    policy: Policy | None,
    rule: Rule = "checkpoint",
) -> tuple[Checkpoint, Opened]:
    witnesses = () if policy is None else policy.witnesses.values()
    try:
        return open_checkpoint(note, key, witnesses)
    except ValueError as error:
        raise AuditDifference(
            rule, where, expected=f"signed by {key.name}", found=str(error)
        ) from None


def _cosigners(opened: Opened, policy: Policy | None) -> tuple[str, ...]:
    if policy is None:
        return ()
    found = tuple(each.verifier.name for each in opened.verified if each.time is not None)
    try:
        policy.demand(opened)
    except WitnessesMissing:
        said = ", ".join(found) or "none"
        raise AuditDifference("witnesses", CHECKPOINT, expected=policy.quorum, found=said) from None
    return found


def _cosigned_sizes(opened: Sequence[tuple[Checkpoint, Opened]]) -> tuple[CosignedSize, ...]:
    return tuple(
        CosignedSize(checkpoint.size, datetime.fromtimestamp(each.time, UTC), each.verifier.name)
        for checkpoint, note in opened
        for each in note.verified
        if each.time is not None
    )


def _root_at_size(kept: KeptCheckpoint, head: Checkpoint) -> tuple[int, bytes, str]:
    size = kept.checkpoint.size
    if size > head.size:
        raise AuditDifference("kept", kept.name, expected=f"{size} entries", found=str(head.size))
    return size, kept.checkpoint.root, kept.name
