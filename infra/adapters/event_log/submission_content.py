"""What a submission says, apart from its place in the chain of its office.

A device that has lost its memory signs the same content again, at another place of the chain: other
bytes, the same content. The digest of the content tells this from another content with this id.
"""

import base64
import hashlib

import msgspec

from aggregates.base import Provenance
from aggregates.commands.election_commands import Submission
from infra.adapters.event_log.event_codec import canonical


def content_sha256(submission: Submission) -> str:
    """Digest of what a submission says, in hexadecimal: its canonical JSON without the chain."""
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
