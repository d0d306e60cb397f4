"""Every decision of a log made again: what was signed must cause exactly what was recorded.

The aggregates are rebuilt from the log itself. For each signed posting the same `decide` runs that
ran when it was recorded, with the time of the entry and the rules that the log names, and its
events must be the recorded ones byte for byte: so whatever rules compute, warn of or refuse is
compared as well. Nothing but the log and the rules is asked.

Whether signatures fit is found out beside it, on every core (`envelope_audit`).
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from aggregates.base import CommandContext, Envelope, Event, Provenance
from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from aggregates.decisions.command_table import decide
from aggregates.decisions.office_chain import ChainedPosting, Link, require_next
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.election import Election
from aggregates.election.election_events import ElectionDefined, RulesChanged
from aggregates.election.identifiers import ELECTION_STREAM
from aggregates.errors import Refusal
from aggregates.rules import FIRST_RULES, RECOMPUTABLE_RULES
from infra.adapters.memory.replay_store import ReplayStore
from infra.services.auditing.entry_difference import compare_entry
from infra.services.auditing.history_replay import decode_entry
from infra.services.auditing.log_entries import (
    AuditEntry,
    EntryHeader,
    entry_finding,
    failure_finding,
    is_rule_data_known,
    read_header,
    read_rules,
    refusal_finding,
    require_package_digest,
    require_register_named,
    require_rule_data_signed,
)
from infra.services.auditing.posted_body import open_body, require_form, require_sender
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import STAGE_DECISIONS, Progress, silent
from infra.services.auditing.time_bounds import TimeBounds
from infra.services.signing.proof_of_possession import proven_keys

_EVERY: Final = 1024
_NAMES_RULES: Final = frozenset({ElectionDefined.TOPIC, RulesChanged.TOPIC})
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class ReplayedLog(NamedTuple):
    """What a log turned out to be.

    Attributes:
        events: Every event up to the first that this release cannot recompute.
        recomputed: Entries whose decision was made again and found as recorded.
        unsigned: Entries without an envelope: only their form and order could be checked.
        recorded: Entries from the first under rules that this release does not carry to the end:
            their decisions were not made again.
        rules: The numbers of the rules that the log names, in order.
        rules_signed: Whether the signed definition of the election states the first of them.
    """

    events: list[Event]
    recomputed: int
    unsigned: int
    recorded: int
    rules: tuple[int, ...]
    rules_signed: bool


def replay_decisions(
    entries: Sequence[AuditEntry], bounds: TimeBounds, progress: Progress = silent
) -> ReplayedLog:
    """Make every decision of a log again.

    Args:
        entries: In order, from the first.
        bounds: What is known of the times of entries from elsewhere.
        progress: Receives how far it is.

    Raises:
        AuditDifference: The first entry that an honest log would not have.
    """
    return _DecisionReplay(entries, bounds, progress).run()


class _DecisionReplay:
    """One log, with what has been rebuilt of it so far."""

    def __init__(
        self, entries: Sequence[AuditEntry], bounds: TimeBounds, progress: Progress
    ) -> None:
        self._entries = entries
        self._bounds = bounds
        self._progress = progress
        self._store = ReplayStore()
        self._repository = ElectionRepository(self._store)
        self._links: dict[str, Link] = {}
        self._seen: set[tuple[str, str]] = set()
        self._at = _NEVER
        self._events: list[Event] = []
        self._rules: list[int] = []
        self._rules_signed = False
        self._unsigned = 0

    def run(self) -> ReplayedLog:
        shown, total = 0, len(self._entries)
        while len(self._events) < total:
            entry = self._entries[len(self._events)]
            header = read_header(entry)
            if entry.topic in _NAMES_RULES and self._goes_beyond(entry, header):
                break
            self._require_new(entry, header)
            if header.provenance.envelope is None:
                self._take_unsigned(header)
            else:
                self._take_signed(entry, header, header.provenance.envelope)
            if len(self._events) - shown >= _EVERY:
                shown = len(self._events)
                self._progress(STAGE_DECISIONS, shown, total)
        replayed = len(self._events)
        self._follow_recorded(self._entries[replayed:])
        self._progress(STAGE_DECISIONS, total, total)
        return ReplayedLog(
            events=self._events,
            recomputed=replayed - self._unsigned,
            unsigned=self._unsigned,
            recorded=total - replayed,
            rules=tuple(self._rules),
            rules_signed=self._rules_signed,
        )

    def _require_new(self, entry: AuditEntry, header: EntryHeader) -> None:
        """A submission is recorded once, and no entry is older than the one before it."""
        name = (header.provenance.office, header.provenance.submission)
        if name in self._seen:
            raise entry_finding("event", entry, "a submission recorded once", " ".join(name))
        self._seen.add(name)
        if header.recorded_at < self._at:
            earliest = f"{self._at.isoformat()} or later"
            raise entry_finding("time", entry, earliest, header.recorded_at.isoformat())
        latest, who = self._bounds.latest(entry.position)
        if header.recorded_at > latest:
            expected = f"at most {latest.isoformat()} ({who})"
            raise entry_finding("time", entry, expected, header.recorded_at.isoformat())
        self._at = header.recorded_at

    # --- decisions that are made again --------------------------------------------------------

    def _take_signed(self, entry: AuditEntry, header: EntryHeader, envelope: Envelope) -> None:
        body = open_body(entry, envelope)
        try:
            submission = require_form(entry, envelope, body)
            self._follow_chain(submission, body)
            decided = self._decide(submission, entry, header)
        except Refusal as refusal:
            raise refusal_finding(entry, refusal) from refusal
        except AuditDifference:
            raise
        except Exception as error:  # whatever a forged entry makes the rules do is a finding
            raise failure_finding("decision", entry, error) from error
        self._compare(entry, decided)
        self._note_rules(submission.command)

    def _decide(
        self, submission: c.Submission, entry: AuditEntry, header: EntryHeader
    ) -> list[Event]:
        envelope = header.provenance.envelope
        context = CommandContext(
            provenance=Provenance(
                office=submission.office,
                submission=submission.submission_id,
                on_behalf=submission.on_behalf,
                scan_sha256=submission.scan_sha256,
                envelope=envelope,
            ),
            at=header.recorded_at,
            signers=tuple(s.keyid for s in envelope.signatures) if envelope else (),
            proven=frozenset(proven_keys(submission)),
            rules=read_rules(entry) if entry.topic in _NAMES_RULES else FIRST_RULES,
        )
        decide(self._repository, submission, context)
        return self._store.take_decided()

    def _compare(self, entry: AuditEntry, decided: list[Event]) -> None:
        """Hold what was decided against the entries that follow."""
        if not decided:
            raise entry_finding("decision", entry, "nothing", entry.topic)
        first = len(self._events)
        for event, recorded in zip(
            decided, self._entries[first : first + len(decided)], strict=False
        ):
            compare_entry(recorded, event)
        missing = first + len(decided) - len(self._entries)
        if missing > 0:
            event = decided[-missing]
            raise entry_finding(
                "decision", entry, f"{event.TOPIC} {event.originator_id}", "the end"
            )
        self._events += decided

    def _note_rules(self, command: c.Command) -> None:
        match command:
            case c.DefineElection(rules=stated):
                self._rules = [self._repository.election().rules]
                self._rules_signed = stated is not None
            case r.ChangeRules(rules=rules):
                self._rules.append(rules)
            case _:
                return

    def _follow_chain(self, posting: ChainedPosting, body: bytes) -> None:
        require_next(self._links.get(posting.office, Link()), posting)
        digest = hashlib.sha256(body).hexdigest()
        self._links[posting.office] = Link(posting.sequence or 0, digest)

    # --- entries that were not signed ---------------------------------------------------------

    def _take_unsigned(self, first: EntryHeader) -> None:
        """The entries of a posting without an envelope: where allowed, well formed, in order."""
        begin = len(self._events)
        while len(self._events) < len(self._entries):
            entry = self._entries[len(self._events)]
            header = read_header(entry)
            if header.provenance != first.provenance:
                break
            if header.recorded_at != first.recorded_at:
                at, found = first.recorded_at.isoformat(), header.recorded_at.isoformat()
                raise entry_finding("time", entry, at, found)
            self._take_as_recorded(entry)
        self._unsigned += len(self._events) - begin

    def _take_as_recorded(self, entry: AuditEntry) -> None:
        event = decode_entry(entry)
        stream = event.originator_id
        kept = self._store.kept.get(stream)
        version = 1 if kept is None else kept.version + 1
        if event.originator_version != version:
            found = f"{stream} {event.originator_version}"
            raise entry_finding("event", entry, f"{stream} {version}", found)
        try:
            self._store.apply(event)
        except Exception as error:  # whatever a forged entry does is a finding
            raise failure_finding("event", entry, error) from error
        election = self._store.find(Election, ELECTION_STREAM)
        if election is None or not election.facts.unsigned:
            raise entry_finding("signature", entry, "a signed envelope", "none")
        if isinstance(event, ElectionDefined | RulesChanged):
            self._rules.append(event.rules)
            require_register_named(entry, event, election.municipality_register)
        if isinstance(event, ElectionDefined):
            require_package_digest(entry, event)
        self._events.append(event)

    # --- rules that this release does not carry ------------------------------------------------

    def _goes_beyond(self, entry: AuditEntry, header: EntryHeader) -> bool:
        """Whether an entry names rules that are not carried here, as its sender signed."""
        rules = read_rules(entry)
        if rules in RECOMPUTABLE_RULES and is_rule_data_known(entry):
            return False
        envelope = header.provenance.envelope
        if envelope is not None and rules in RECOMPUTABLE_RULES:
            require_rule_data_signed(entry, open_body(entry, envelope))
        elif envelope is not None:
            try:
                command = require_form(entry, envelope, open_body(entry, envelope)).command
            except Refusal as refusal:
                raise refusal_finding(entry, refusal) from refusal
            stated = getattr(command, "rules", rules)
            if stated is not None and stated != rules:
                raise entry_finding("decision", entry, f"rules: {stated}", str(rules))
        self._rules.append(rules)
        return True

    def _follow_recorded(self, entries: Sequence[AuditEntry]) -> None:
        """Who sent it, when, and the chains of offices: what later rules will not have changed."""
        last: EntryHeader | None = None
        for entry in entries:
            header = read_header(entry)
            provenance, envelope = header.provenance, header.provenance.envelope
            if header == last:
                continue
            last = header
            self._require_new(entry, header)
            if envelope is None:
                continue
            body = open_body(entry, envelope)
            try:
                self._follow_chain(require_sender(entry, provenance, body), body)
            except Refusal as refusal:
                raise refusal_finding(entry, refusal) from refusal
