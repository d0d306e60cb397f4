"""Events of offices and keys: the register, and from which position to which a key was valid."""

from aggregates.election import key as keys
from aggregates.election.office import OfficeRegistered
from projections.state.election_state import ElectionState, KeyRecord, OfficeRecord

_DOCUMENT = "offices"


def apply_registered(state: ElectionState, event: OfficeRegistered, position: int) -> None:
    state.offices[event.office.id] = OfficeRecord(event.office, event.founder, position)
    state.touch(position, _DOCUMENT)


def apply_enrolled(state: ElectionState, event: keys.KeyEnrolled, position: int) -> None:
    key = KeyRecord(event.keyid, event.office, event.public_key, event.provenance.office, position)
    state.keys[event.originator_id] = key
    state.offices[event.office].keys.append(key)
    state.touch(position, _DOCUMENT)


def apply_founded(state: ElectionState, event: keys.KeyFounded, position: int) -> None:
    _begins(state, event.originator_id, event.provenance.office, position)


def apply_approved(state: ElectionState, event: keys.KeyApproved, position: int) -> None:
    _begins(state, event.originator_id, event.provenance.office, position)


def apply_succeeded(state: ElectionState, event: keys.KeySucceeded, position: int) -> None:
    state.keys[event.originator_id].predecessor = event.predecessor
    _begins(state, event.originator_id, event.provenance.office, position)


def apply_rotated(state: ElectionState, event: keys.KeyRotated, position: int) -> None:
    key = state.keys[event.originator_id]
    key.state, key.ended_at, key.successor = "retired", position, event.successor
    state.touch(position, _DOCUMENT)


def apply_revoked(state: ElectionState, event: keys.KeyRevoked, position: int) -> None:
    key = state.keys[event.originator_id]
    key.state, key.ended_at, key.reason = "revoked", position, event.reason
    state.touch(position, _DOCUMENT)


def _begins(state: ElectionState, stream: str, approved_by: str, position: int) -> None:
    key = state.keys[stream]
    key.state, key.approved_at, key.approved_by = "active", position, approved_by
    state.touch(position, _DOCUMENT)
