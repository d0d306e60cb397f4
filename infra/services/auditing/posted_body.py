"""The body of an envelope in the log: what an office signed, in its strict form or as far as known.

Under rules that this release carries a body has one of the forms of `aggregates/commands`. Under
later ones only what every posting has is read: who sent it, and its place in the office's chain.
"""

from typing import Annotated, Final

import msgspec

from aggregates.base import Envelope, Provenance
from aggregates.commands import election_commands as c
from infra.protocols.signed_note.encoding import from_base64
from infra.services.auditing.log_entries import AuditEntry
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.signing.envelope import BODY_BYTES_MAX, payload_type
from infra.services.signing.submission_auth import parse_submission


class PostedBody(msgspec.Struct, frozen=True, kw_only=True):
    """What the body of every posting says, under whatever rules.

    Attributes:
        office: The office that sent it.
        submission_id: The id it gave.
        on_behalf: The office posted for a unit that is not its own.
        scan_sha256: Digest of the scanned sheet.
        sequence: Number among the signed postings of the office.
        previous_sha256: Digest of the body before it.
    """

    office: str
    submission_id: str
    on_behalf: bool = False
    scan_sha256: str | None = None
    sequence: Annotated[int, msgspec.Meta(ge=1)] | None = None
    previous_sha256: str | None = None

    def matches(self, provenance: Provenance) -> bool:
        """Whether an entry says of its sender what was signed."""
        return (self.office, self.submission_id, self.on_behalf, self.scan_sha256) == (
            provenance.office,
            provenance.submission,
            provenance.on_behalf,
            provenance.scan_sha256,
        )


_POSTED: Final = msgspec.json.Decoder(PostedBody)


def open_body(entry: AuditEntry, envelope: Envelope) -> bytes:
    """The bytes that were signed; whether signatures fit is found out elsewhere.

    Raises:
        AuditDifference: Not base64, or longer than any posting may be.
    """
    where = f"entry {entry.position}"
    try:
        body = from_base64(envelope.payload)
    except ValueError as error:
        raise AuditDifference("signature", where, expected="base64", found=str(error)) from None
    if len(body) > BODY_BYTES_MAX:
        expected, found = f"at most {BODY_BYTES_MAX} bytes", f"{len(body)} bytes"
        raise AuditDifference("signature", where, expected=expected, found=found)
    return body


def require_form(entry: AuditEntry, envelope: Envelope, body: bytes) -> c.Submission:
    """The submission of a body, signed under the type of its command.

    Raises:
        CommandMalformed: It has no form that this release knows.
        AuditDifference: It was signed as something else.
    """
    submission = parse_submission(body)
    wanted = payload_type(submission.command.name)
    if envelope.payload_type != wanted:
        where, found = f"entry {entry.position}", envelope.payload_type
        raise AuditDifference("signature", where, expected=wanted, found=found)
    return submission


def require_sender(entry: AuditEntry, provenance: Provenance, body: bytes) -> PostedBody:
    """What a body of whatever rules says of its sender, which the entry must say as well.

    Raises:
        AuditDifference: It says nothing of the kind, or something else.
    """
    where = f"entry {entry.position}"
    try:
        posted = _POSTED.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AuditDifference("event", where, expected="a posting", found=str(error)) from None
    if not posted.matches(provenance):
        expected, found = f"{posted.office} {posted.submission_id}", provenance
        raise AuditDifference(
            "event", where, expected=expected, found=f"{found.office} {found.submission}"
        )
    return posted
