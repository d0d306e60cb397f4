"""The register of offices: roles, units, keys, and at which positions each key may sign."""

import msgspec

from aggregates.election.key import KeyState
from aggregates.election.office import Role
from projections.documents.document_parts import head
from projections.documents.models import Head
from projections.state.election_state import ElectionState, KeyRecord, OfficeRecord


class KeyRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One key of an office. Validity is by position in the log, not by time.

    Attributes:
        keyid: SHA-256 of the public key, in hexadecimal.
        public_key: Base64 of the Ed25519 public key.
        state: Whether it may sign now.
        enrolled_at: Position at which it was asked for.
        enrolled_by: The office that asked.
        approved_at: Position from whose next on it may sign; null while it waits.
        approved_by: The office that attested it.
        ended_at: Position from which on it may sign no more; null while it may.
        reason: Why it was revoked.
        predecessor: The key that it took over from.
        successor: The key that took over from it.
    """

    keyid: str
    public_key: str
    state: KeyState
    enrolled_at: int
    enrolled_by: str
    approved_at: int | None
    approved_by: str = ""
    ended_at: int | None
    reason: str = ""
    predecessor: str = ""
    successor: str = ""


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One office.

    Attributes:
        id: Its id in every posting.
        name: Its name.
        role: What decides what it may do.
        founder: Whether it was named when the election was defined.
        prefecture: Where it lies; null for offices of the nation.
        parent: The office above it, if one is named.
        units: Units that are its own.
        signatures_required: How many keys sign each of its postings.
        registered_at: Position of its entry.
        keys: Its keys in order of enrolment.
    """

    id: str
    name: str
    role: Role
    founder: bool
    prefecture: str | None
    parent: str | None
    units: tuple[str, ...]
    signatures_required: int
    registered_at: int
    keys: list[KeyRow]


class OfficesDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Every office of the election with its keys, in order of registration."""

    head: Head
    offices: list[OfficeRow]


def offices_document(state: ElectionState, document: str) -> OfficesDocument:
    """The register as it is now."""
    return OfficesDocument(
        head=head(state, document), offices=[_office(each) for each in state.offices.values()]
    )


def _office(record: OfficeRecord) -> OfficeRow:
    facts = record.facts
    return OfficeRow(
        id=facts.id,
        name=facts.name,
        role=facts.role,
        founder=record.founder,
        prefecture=facts.prefecture,
        parent=facts.parent,
        units=facts.units,
        signatures_required=facts.signatures_required,
        registered_at=record.registered_at,
        keys=[_key(key) for key in record.keys],
    )


def _key(record: KeyRecord) -> KeyRow:
    return KeyRow(
        keyid=record.keyid,
        public_key=record.public_key,
        state=record.state,
        enrolled_at=record.enrolled_at,
        enrolled_by=record.enrolled_by,
        approved_at=record.approved_at,
        approved_by=record.approved_by,
        ended_at=record.ended_at,
        reason=record.reason,
        predecessor=record.predecessor,
        successor=record.successor,
    )
