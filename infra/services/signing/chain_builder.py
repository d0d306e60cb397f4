"""The sender's side of a chain: submissions in, signed envelopes out, one link after the other."""

import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from aggregates.base import Envelope
from aggregates.commands import election_commands as c
from aggregates.decisions.office_chain import Link
from infra.adapters.event_log.event_codec import canonical
from infra.protocols.signed_note.keys import PrivateKey
from infra.services.signing.envelope import payload_type, sign_envelope


def link_submission(submission: c.Submission, last: Link) -> c.Submission:
    """The submission as the next link after another."""
    return replace(submission, sequence=last.sequence + 1, previous_sha256=last.sha256)


def sign_submission(submission: c.Submission, keys: Sequence[PrivateKey]) -> tuple[Envelope, Link]:
    """A linked submission in its envelope, and the link that it is when it has been taken."""
    body = canonical(submission)
    envelope = sign_envelope(payload_type(submission.command.name), body, keys)
    return envelope, Link(submission.sequence or 0, hashlib.sha256(body).hexdigest())
