"""An auditor's check of who posted what: every entry, in order, from the log alone.

For every signed posting: the signatures fit, the keys were valid for that office at that index,
the role permitted it, the office's chain has no gap and no fork, and the entries say what the body
asked for, all of it and nothing else. Unsigned postings exist only where the election says so.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from aggregates.base import CommandContext, Envelope, Event, Provenance, SubmissionKey
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.counting.count import TallyEvent
from aggregates.counting.declaration import OutcomeEvent
from aggregates.decisions.authorization import require_admitted
from aggregates.decisions.office_chain import Link, require_next
from aggregates.decisions.office_decisions import register_founders
from aggregates.election.election import ElectionDefined
from aggregates.election.key import KeyEnrolled
from aggregates.errors import ChainForked, Refusal, SequenceUnstated, SequenceWrong
from infra.protocols.protocol_errors import EnvelopeRefused
from infra.protocols.signed_note.encoding import from_base64
from infra.protocols.signed_note.keys import PublicKey
from infra.services.signing.envelope import open_envelope, payload_type
from infra.services.signing.expected_events import ExpectedEvents, expected
from infra.services.signing.proof_of_possession import parse_public_key, proven_keys
from infra.services.signing.signer_history import KeyHistory
from infra.services.signing.submission_auth import decode_submission

Rule = Literal["signature", "permission", "chain", "event"]

_CHAIN = (ChainForked, SequenceUnstated, SequenceWrong)


class AuditProblem(NamedTuple):
    """Something that an honest log would not have.

    Attributes:
        rule: Which kind of rule is broken.
        position: Of the entry.
        expected: What there must be.
        found: What there is.
    """

    rule: Rule
    position: int
    expected: str
    found: str


class _Wrong(Exception):  # noqa: N818 - it says what is the case
    """Carries a problem to where entries are checked."""

    def __init__(self, rule: Rule, wanted: str, found: str) -> None:
        self.rule: Rule = rule
        self.wanted = wanted
        self.found = found
        super().__init__(rule)


class _Posting(NamedTuple):
    """The posting whose entries are being read; `submission` is None where it was not signed."""

    first: Event
    submission: c.Submission | None
    expected: list[ExpectedEvents]


class Verification:
    """Checks the entries of one log in order.

    Args:
        signatures: Whether to verify signatures as well; False for who has done so already.
    """

    def __init__(self, *, signatures: bool = True) -> None:
        self.history = KeyHistory()
        self.signed = 0
        self._signatures = signatures
        self._book: dict[str, PublicKey] = {}
        self._versions: dict[str, int] = {}
        self._seen: set[SubmissionKey] = set()
        self._posting: _Posting | None = None
        self._read = 0

    def check(self, event: Event, position: int) -> AuditProblem | None:
        """Check the next entry; None when it is right.

        After a problem the verification is over: what follows may follow from it.
        """
        try:
            self._order(event)
            if self._posting is None or self._ends(self._posting, event):
                self._begin(event)
            self._take(event)
            self.history.apply(event, position)
        except _Wrong as wrong:
            return AuditProblem(wrong.rule, position, wrong.wanted, wrong.found)
        except Refusal as refusal:
            rule: Rule = "chain" if isinstance(refusal, _CHAIN) else "permission"
            return AuditProblem(rule, position, refusal.english, f"{refusal.code}: {refusal}")
        except EnvelopeRefused as refused:
            return AuditProblem(
                "signature", position, "an envelope whose signatures fit", str(refused)
            )
        self._versions[event.originator_id] = event.originator_version
        return None

    def finish(self) -> AuditProblem | None:
        """Check that the last posting is whole."""
        posting = self._posting
        if posting is None or self._read == len(posting.expected) or posting.submission is None:
            return None
        missing = posting.expected[self._read]
        return AuditProblem(
            "event", self.history.position, f"{missing.kind.TOPIC} {missing.stream}", "the end"
        )

    # --- postings ---------------------------------------------------------------------------

    def _order(self, event: Event) -> None:
        """Every stream is numbered without a gap."""
        before = self._versions.get(event.originator_id, 0)
        if event.originator_version != before + 1:
            name = event.originator_id
            raise _Wrong("event", f"{name} {before + 1}", f"{name} {event.originator_version}")

    def _ends(self, posting: _Posting, event: Event) -> bool:
        """Whether an entry belongs to another posting than the one before it."""
        same = event.provenance.key == posting.first.provenance.key
        if same and (event.provenance, event.timestamp) != (
            posting.first.provenance,
            posting.first.timestamp,
        ):
            raise _Wrong("event", "one provenance and time for one posting", "two")
        if not same and (problem := self.finish()) is not None:
            raise _Wrong(problem.rule, problem.expected, event.TOPIC)
        return not same

    def _begin(self, event: Event) -> None:
        provenance = event.provenance
        if provenance.key in self._seen:
            raise _Wrong("event", "a submission recorded once", provenance.submission)
        if self._posting is not None and event.timestamp < self._posting.first.timestamp:
            raise _Wrong(
                "event", f"a time from {self._posting.first.timestamp}", str(event.timestamp)
            )
        self._seen.add(provenance.key)
        submission = None
        wanted: list[ExpectedEvents] = []
        if provenance.envelope is None:
            self._require_unsigned(event)
        else:
            submission = self._opened(event, provenance.envelope)
            wanted = expected(submission.command, self.history, self._is_new)
            self.signed += 1
        self._posting = _Posting(event, submission, wanted)
        self._read = 0

    def _is_new(self, stream: str) -> bool:
        return stream not in self._versions

    def _require_unsigned(self, event: Event) -> None:
        election = self.history.election()
        facts = event.election if isinstance(event, ElectionDefined) else None
        if election is not None:
            facts = election.facts
        if facts is None or not facts.unsigned:
            raise _Wrong("signature", "a signed envelope", "none")

    def _take(self, event: Event) -> None:
        posting = self._posting
        if posting is None or posting.submission is None:
            self._note_key(event)
            return
        if self._read == len(posting.expected):
            raise _Wrong("event", "nothing more of this posting", event.TOPIC)
        wanted = posting.expected[self._read]
        if differs := wanted.differs(event):
            raise _Wrong("event", f"{wanted.kind.TOPIC} {wanted.stream} as signed", differs)
        _require_decided(event, posting.submission.command)
        self._read += 1
        self._note_key(event)

    def _note_key(self, event: Event) -> None:
        if isinstance(event, KeyEnrolled) and self._signatures:
            self._book[event.keyid] = parse_public_key(event.public_key)

    # --- envelopes --------------------------------------------------------------------------

    def _opened(self, event: Event, envelope: Envelope) -> c.Submission:
        """The submission of an envelope, everything about it verified."""
        body = self._body(envelope)
        submission = decode_submission(body)
        if envelope.payload_type != payload_type(submission.command.name):
            raise _Wrong("signature", payload_type(submission.command.name), envelope.payload_type)
        _require_provenance(event.provenance, submission)
        require_next(self.history.last(submission.office), submission)
        context = CommandContext(
            provenance=event.provenance,
            at=event.timestamp,
            signers=_signers(envelope),
            proven=frozenset(self._proven(submission)),
        )
        self._require_admitted(submission, context)
        digest = hashlib.sha256(body).hexdigest()
        self.history.move(submission.office, Link(submission.sequence or 0, digest))
        return submission

    def _body(self, envelope: Envelope) -> bytes:
        if self._signatures:
            return open_envelope(envelope, self._keys(envelope), envelope.payload_type)
        try:
            return from_base64(envelope.payload)
        except ValueError as error:
            raise _Wrong("signature", "base64", str(error)) from None

    def _keys(self, envelope: Envelope) -> Mapping[str, PublicKey]:
        if envelope.payload_type != payload_type("define-election"):
            return self._book
        return proven_keys(decode_submission(from_base64(envelope.payload)))

    def _proven(self, submission: c.Submission) -> Iterable[str]:
        return proven_keys(submission)

    def _require_admitted(self, submission: c.Submission, context: CommandContext) -> None:
        command, repository = submission.command, self.history.repository
        if isinstance(command, c.DefineElection):
            register_founders(command.election, command.founders, context, command.name)
            return
        election = repository.election_for(submission.election, submission.environment)
        require_admitted(repository, election, submission, context)
        match command:
            case o.ApproveKey():
                repository.key(command.office, command.keyid).require_approvable(context)
            case o.RotateKey():
                repository.key(command.office, command.keyid).require_rotatable(context)
            case o.RevokeKey():
                repository.key(command.office, command.keyid).require_revocable()
            case c.PostTally() | c.CorrectTally():
                ballot = self.history.ballot_sha256(command.contest)
                if command.ballot_sha256 != ballot:
                    raise _Wrong("event", f"ballot {ballot}", f"ballot {command.ballot_sha256}")


def _signers(envelope: Envelope) -> tuple[str, ...]:
    keyids = tuple(signature.keyid for signature in envelope.signatures)
    if len(set(keyids)) < len(keyids):
        raise _Wrong("signature", "different keys", "one key twice")
    return keyids


def _require_provenance(provenance: Provenance, submission: c.Submission) -> None:
    """What the entry says about its sender is what was signed."""
    stated = (
        submission.office,
        submission.submission_id,
        submission.on_behalf,
        submission.scan_sha256,
    )
    found = (
        provenance.office,
        provenance.submission,
        provenance.on_behalf,
        provenance.scan_sha256,
    )
    if stated != found:
        raise _Wrong("event", f"provenance as signed {stated}", str(found))


def _require_decided(event: Event, command: c.Command) -> None:
    """What the rules added bears the words and names of the command."""
    if isinstance(event, TallyEvent):
        said = getattr(command, "reason", getattr(command, "remark", ""))
        if any(notice.reason != said for notice in event.notices):
            raise _Wrong("event", "notices with the reason as signed", "another reason")
    if isinstance(event, OutcomeEvent) and isinstance(command, c.Declare):
        review = command.contest.startswith("justices/")
        named = event.outcome.dismissed if review else event.outcome.elected
        if sorted(named) != sorted(command.elected):
            raise _Wrong("event", f"decided as signed {command.elected}", str(named))


def check_entries(events: Iterable[Event], *, signatures: bool = True) -> AuditProblem | None:
    """The first problem of a whole log; None when there is none."""
    verification = Verification(signatures=signatures)
    for position, event in enumerate(events, start=1):
        if (problem := verification.check(event, position)) is not None:
            return problem
    return verification.finish()


__all__ = ["AuditProblem", "KeyHistory", "Verification", "check_entries"]
