"""Events of offices and keys: the register, and from which position to which a key was valid."""

from aggregates.election import key as keys
from aggregates.election.office import OfficeRegistered
from projections.state.election_state import ElectionState, KeyRecord, OfficeRecord

_DOCUMENT = "offices"


def apply_registered(night: ElectionState, event: OfficeRegistered, position: int) -> None:
    night.offices[event.office.id] = OfficeRecord(event.office, event.founder, position)
    night.touch(position, _DOCUMENT)


def apply_enrolled(night: ElectionState, event: keys.KeyEnrolled, position: int) -> None:
    key = KeyRecord(event.keyid, event.office, event.public_key, event.provenance.office, position)
    night.keys[event.originator_id] = key
    night.offices[event.office].keys.append(key)
    night.touch(position, _DOCUMENT)


def apply_founded(night: ElectionState, event: keys.KeyFounded, position: int) -> None:
    _begins(night, event.originator_id, event.provenance.office, position)


def apply_approved(night: ElectionState, event: keys.KeyApproved, position: int) -> None:
    _begins(night, event.originator_id, event.provenance.office, position)


def apply_succeeded(night: ElectionState, event: keys.KeySucceeded, position: int) -> None:
    night.keys[event.originator_id].predecessor = event.predecessor
    _begins(night, event.originator_id, event.provenance.office, position)


def apply_rotated(night: ElectionState, event: keys.KeyRotated, position: int) -> None:
    key = night.keys[event.originator_id]
    key.state, key.ended_at, key.successor = "retired", position, event.successor
    night.touch(position, _DOCUMENT)


def apply_revoked(night: ElectionState, event: keys.KeyWasRevoked, position: int) -> None:
    key = night.keys[event.originator_id]
    key.state, key.ended_at, key.reason = "revoked", position, event.reason
    night.touch(position, _DOCUMENT)


def _begins(night: ElectionState, stream: str, approved_by: str, position: int) -> None:
    key = night.keys[stream]
    key.state, key.approved_at, key.approved_by = "active", position, approved_by
    night.touch(position, _DOCUMENT)
