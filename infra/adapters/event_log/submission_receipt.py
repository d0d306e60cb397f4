"""What the sender of a posting gets back: where in the log it is, permanently."""

import base64
import hashlib
from datetime import datetime

import msgspec

from aggregates.base import Event, Provenance
from aggregates.commands.election_commands import Submission
from aggregates.counting.checks import Notice
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from aggregates.election.amendment_events import UnitAmended, UnitsAdded
from aggregates.election.election_events import UnitsRegistered
from infra.adapters.event_log.event_codec import canonical


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Proof for the sender that a posting is recorded; the same one however often it is sent.

    Attributes:
        position: Position of its last event; whatever is read at it contains the posting.
        first_position: Position of its first event.
        recorded_at: When the log recorded it (UTC).
        submission_id: The id the sender gave.
        body_sha256: Digest of the body as it was recorded, in hexadecimal: that of the signed body,
            or of the canonical JSON of an unsigned one. A sender compares it with what it sent.
        stream: Stream of its last event.
        stream_version: Number of that event in its stream: what a correction `supersedes`.
        notices: Warnings recorded with a tally, a turnout report or units.
        repeated: It had been recorded before; this is the original answer.
    """

    position: int
    first_position: int
    recorded_at: datetime
    submission_id: str
    body_sha256: str
    stream: str
    stream_version: int
    notices: tuple[Notice, ...] = ()
    repeated: bool = False


def receipt_for(last: Event, *, body_sha256: bytes, first_position: int, position: int) -> Receipt:
    """The receipt of a submission whose last event is given."""
    return Receipt(
        position=position,
        first_position=first_position,
        recorded_at=last.timestamp,
        submission_id=last.provenance.submission,
        body_sha256=body_sha256.hex(),
        stream=last.originator_id,
        stream_version=last.originator_version,
        notices=_find_notices(last),
    )


def _find_notices(last: Event) -> tuple[Notice, ...]:
    match last:
        case TallyEvent() | TurnoutEvent():
            return last.notices
        case UnitsRegistered() | UnitsAdded() | UnitAmended():
            return tuple(Notice(code=each.code, option=each.unit) for each in last.notices)
        case _:
            return ()


def content_sha256(submission: Submission) -> str:
    """Digest of what a submission says, in hexadecimal: its canonical JSON without the chain.

    A device that has lost its memory signs the same content again, at another place of the chain:
    other bytes, the same content. The digest tells this from another content with this id.
    """
    unchained = msgspec.structs.replace(submission, sequence=None, previous_sha256=None)
    return hashlib.sha256(canonical(unchained)).hexdigest()


def recorded_content_sha256(provenance: Provenance, body_sha256: bytes) -> str:
    """Digest of what was recorded, in hexadecimal; an unsigned body has no place in a chain.

    Args:
        provenance: Of an entry of the submission.
        body_sha256: Digest of the recorded body.
    """
    if provenance.envelope is None:
        return body_sha256.hex()
    return content_sha256(
        msgspec.json.decode(base64.b64decode(provenance.envelope.payload), type=Submission)
    )
