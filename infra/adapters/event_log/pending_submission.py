"""A submission on its way into the log, and what deciding it will look at."""

from collections.abc import Iterator

import msgspec

from aggregates.base import Envelope, Provenance
from aggregates.commands import office_commands as o
from aggregates.commands.election_commands import Submission
from aggregates.election.identifiers import (
    ELECTION_STREAM,
    contest_stream,
    count_stream,
    key_stream,
    office_stream,
    turnout_stream,
)


class PendingSubmission(msgspec.Struct, frozen=True):
    """A submission on its way into the log.

    Attributes:
        submission: What is asked.
        sha256: Digest of the body as it came; tells a repetition from a reuse of its id.
        envelope: The signed envelope as it came, if it was signed.
        signers: Ids of the keys whose signatures fit; they have been verified.
        proven: Ids of new keys whose proof of possession has been verified.
    """

    submission: Submission
    sha256: bytes
    envelope: Envelope | None = None
    signers: tuple[str, ...] = ()
    proven: frozenset[str] = frozenset()

    def provenance(self) -> Provenance:
        """Who sent it, as it is recorded."""
        return Provenance(
            office=self.submission.office,
            submission=self.submission.submission_id,
            on_behalf=self.submission.on_behalf,
            scan_sha256=self.submission.scan_sha256,
            envelope=self.envelope,
        )


def likely_streams(posting: PendingSubmission) -> Iterator[str]:
    """What deciding will probably look at, so that it is brought in one go for the whole group."""
    yield ELECTION_STREAM
    yield office_stream(posting.submission.office)
    yield from map(key_stream, posting.signers)
    yield from map(key_stream, posting.proven)
    command = posting.submission.command
    if isinstance(command, o.EnrolKey | o.ApproveKey | o.RotateKey | o.RevokeKey):
        yield office_stream(command.office)
    if isinstance(command, o.ApproveKey | o.RotateKey | o.RevokeKey):
        yield key_stream(command.keyid)
    contest = getattr(command, "contest", None)
    if not isinstance(contest, str):
        return
    yield contest_stream(contest)
    unit = getattr(command, "unit", None)
    if isinstance(unit, str):
        yield count_stream(contest, unit)
        yield turnout_stream(contest, unit)
