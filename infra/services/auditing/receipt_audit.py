"""One receipt, verified without any server: its entry is in the log, at the place it states."""

import msgspec

from infra.protocols.protocol_errors import ProofInvalid, WitnessesMissing
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.inclusion_receipt import InclusionReceipt
from infra.protocols.tlog.merkle import leaf_hash
from infra.protocols.tlog.policy import Policy
from infra.services.auditing.log_entries import split_entries
from infra.services.auditing.sources.audit_difference import AuditDifference


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt proves.

    Attributes:
        origin: Which log attests.
        size: Entries in the tree of its checkpoint.
        position: Where the entry stands.
        topic: What kind of event it is.
        recorded_at: When the log recorded it.
        office: Who sent it.
        submission: The id that the sender gave.
    """

    origin: str
    size: int
    position: int
    topic: str
    recorded_at: str
    office: str
    submission: str


class _Provenance(msgspec.Struct):
    office: str
    submission: str


class _Event(msgspec.Struct):
    recorded_at: str
    provenance: _Provenance


def verify_receipt(name: str, data: bytes, key: Verifier, policy: Policy | None) -> Received:
    """Verify a receipt that carries its entry.

    Args:
        name: What to call it.
        data: Its bytes (c2sp.org/tlog-proof@v1, the entry as `extra`).
        key: The key of the log.
        policy: When given, enough of its witnesses must have cosigned.

    Raises:
        AuditDifference: It is malformed, of another log, or the entry is not in the log.
    """
    try:
        receipt = InclusionReceipt.parse(data)
        if receipt.extra is None:
            raise AuditDifference("receipt", name, expected="the entry as extra", found="no entry")
        checkpoint = receipt.verify(leaf_hash(receipt.extra), key, policy)
    except WitnessesMissing as error:
        raise AuditDifference("witnesses", name, expected="a quorum", found=str(error)) from None
    except ProofInvalid as error:
        raise AuditDifference(
            "receipt", name, expected="an inclusion proof", found=str(error)
        ) from None
    except ValueError as error:
        expected = f"a receipt of {key.name}"
        raise AuditDifference("receipt", name, expected=expected, found=str(error)) from None
    [entry] = split_entries([receipt.extra], receipt.number + 1)
    try:
        event = msgspec.json.decode(entry.state, type=_Event)
    except msgspec.MsgspecError as error:
        raise AuditDifference("event", name, expected="an event", found=str(error)) from None
    return Received(
        origin=checkpoint.origin,
        size=checkpoint.size,
        position=entry.position,
        topic=entry.topic,
        recorded_at=event.recorded_at,
        office=event.provenance.office,
        submission=event.provenance.submission,
    )
