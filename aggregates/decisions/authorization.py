"""Checks before a command is decided: its signatures, and whether the office may ask for it.

Whether signatures fit is known already (`CommandContext.signers`). Here it is decided whether
those keys may sign for this office at this place of the log.
"""

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.commands.permissions import Scopes, require_permitted
from aggregates.decisions.closing_decisions import TWO_PERSONS, require_two_persons
from aggregates.decisions.repository import ElectionRepository
from aggregates.decisions.second_entry import require_two_typists
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election import Election
from aggregates.election.office import Office, OfficeFacts
from aggregates.errors import (
    BallotUnstated,
    OfficeUnknown,
    SignatureRequired,
    SignaturesTooFew,
    SignerNotApproved,
    SignerOfAnotherOffice,
    SignerRevoked,
    SignerUnknown,
    SubstituteAlone,
)
from aggregates.rule_package.kind_rule import KindRule

_FIGURES = (c.PostTally, c.CorrectTally, c.ReportTurnout, c.CorrectTurnout)


def require_admitted(
    repository: ElectionRepository,
    election: Election,
    submission: c.Submission,
    context: CommandContext,
    scopes: Scopes,
) -> None:
    """Refuse a submission that lacks signatures, or that this office may not ask for.

    Where an election takes unsigned postings (a rehearsal), what an unregistered office sends
    without a signature is taken as it is.

    Raises:
        SignatureRequired, SignaturesTooFew: Signed by fewer keys than it must be.
        SignerUnknown, SignerOfAnotherOffice, SignerNotApproved, SignerRevoked: By another key.
        BallotUnstated: A signed tally does not name its ballot.
        OfficeUnknown: The office is not in the register.
        RoleNotPermitted, OutsideScope, OnBehalfUnstated, OnBehalfUntrue: See `permissions`.
        TwoPersonsNeeded: One signs for a municipality that manages the contest itself.
        SubstituteAlone: One person signs figures of a unit that is not the office's own.
        EntriesUnstated, TypedByOne, TypistNotSigner: See `second_entry`.
    """
    if not context.signers and not election.facts.unsigned:
        raise SignatureRequired
    office = repository.find_office(submission.office)
    if office is None:
        if not context.signers:
            return
        raise OfficeUnknown(office=submission.office)
    if context.signers:
        _require_signed(repository, office, context)
        _require_ballot(submission.command)
    scope = require_permitted(
        submission.command,
        scopes,
        office.facts,
        _Register(repository, election, office),
        on_behalf=submission.on_behalf,
    )
    _require_second_person(submission, context)
    require_two_typists(election, office.facts, submission, context)
    if scope == "contests":
        # No office above confirms it: two sign, as where a municipality founds a log of its own.
        require_two_persons(context)


def is_managing(election: Election, office: Office) -> bool:
    """Whether an office founded the election as the one that manages it.

    The nation's offices manage theirs whether they founded it or not.
    """
    role = election.facts.managing_role
    return office.facts.role == role and (office.founder or role == "nation")


def require_enough(office: OfficeFacts, signers: tuple[str, ...]) -> None:
    """Refuse fewer signatures than the policy of the office asks for.

    Raises:
        SignaturesTooFew: One where two persons sign.
    """
    if len(signers) < office.signatures_required:
        raise SignaturesTooFew(
            office=office.id, required=office.signatures_required, signed=len(signers)
        )


def _require_signed(
    repository: ElectionRepository, office: Office, context: CommandContext
) -> None:
    for keyid in context.signers:
        key = repository.find_key(keyid)
        if key is None:
            raise SignerUnknown(keyid=keyid)
        if key.office != office.facts.id:
            raise SignerOfAnotherOffice(keyid=keyid, office=office.facts.id)
        if key.state == "pending":
            raise SignerNotApproved(keyid=keyid)
        if key.state != "active":
            raise SignerRevoked(keyid=keyid)
    require_enough(office.facts, context.signers)


def _require_second_person(submission: c.Submission, context: CommandContext) -> None:
    """A substitute has not counted: two persons sign for what was read out or copied."""
    if not (submission.on_behalf and isinstance(submission.command, _FIGURES)):
        return
    if context.signers and len(context.signers) < TWO_PERSONS:
        raise SubstituteAlone(office=submission.office, signed=len(context.signers))


def _require_ballot(command: c.Command) -> None:
    if isinstance(command, (c.PostTally, c.CorrectTally)) and command.ballot_sha256 is None:
        raise BallotUnstated


class _Register:
    """The port `permissions.Register` over the repository; the sender has been found already."""

    def __init__(self, repository: ElectionRepository, election: Election, sender: Office) -> None:
        self._repository = repository
        self._election = election
        self._sender = sender
        self.sender_manages = is_managing(election, sender)
        self.rules = election.rules

    def office(self, office_id: str) -> OfficeFacts | None:
        office = self._find(office_id)
        return None if office is None else office.facts

    def is_founder(self, office_id: str) -> bool:
        office = self._find(office_id)
        return office is not None and office.founder

    def _find(self, office_id: str) -> Office | None:
        is_sender = office_id == self._sender.facts.id
        return self._sender if is_sender else self._repository.find_office(office_id)

    def unit_prefecture(self, unit: str) -> str | None:
        found = self._election.units.get(unit)
        return None if found is None else found.prefecture

    def contest(self, contest: str) -> ContestFacts | None:
        found = self._repository.find_contest(contest)
        return None if found is None else found.facts

    def rule(self, kind: str) -> KindRule | None:
        return self._election.package.find_rule(kind, self._election.facts.polling_day)
