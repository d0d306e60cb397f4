"""What is fixed before counting: the register, the contests, their ballots.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.counting.declaration import Declaration
from aggregates.counting.race import is_uncontested
from aggregates.decisions.declaration_decisions import build_race
from aggregates.decisions.office_decisions import register_founders
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.ballot import PollOption
from aggregates.election.ballot_names import require_names
from aggregates.election.contests.contest import Contest
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.contests.contest_faults import find_contest_fault, require_units
from aggregates.election.election import Election
from aggregates.election.identifiers import ELECTION_STREAM, contest_stream, declaration_stream
from aggregates.errors import (
    AlreadyDeclared,
    ContestAlreadyDefined,
    ContestMalformed,
    CountingAlreadyOpen,
    ElectionAlreadyDefined,
    ElectionUnknown,
    OptionOfAnotherKind,
    PartyUnknown,
    PollNeeded,
    WrongEnvironment,
)
from aggregates.rules import SECOND_RULES


def define_election(
    repository: ElectionRepository,
    submission: c.Submission,
    command: c.DefineElection,
    context: CommandContext,
) -> None:
    """Begin the log with its election and its founders."""
    if repository.store.find(Election, ELECTION_STREAM) is not None:
        raise ElectionAlreadyDefined(election=submission.election)
    if submission.election != command.election.id:
        raise ElectionUnknown(election=submission.election)
    if submission.environment != command.election.environment:
        raise WrongEnvironment(posted=submission.environment, here=command.election.environment)
    defined = Election.define(
        command.election,
        context,
        rules=command.rules,
        package=command.rule_package,
        register=command.municipality_register,
    )
    founders = register_founders(command.election, command.founders, context, command.name)
    for aggregate in (defined, *founders):
        repository.store.put(aggregate)


def register_parties(
    repository: ElectionRepository,
    election: Election,
    command: c.RegisterParties,
    context: CommandContext,
) -> None:
    """Add parties."""
    election.register_parties(command.parties, context)
    repository.store.put(election)


def register_units(
    repository: ElectionRepository,
    election: Election,
    command: c.RegisterUnits,
    context: CommandContext,
) -> None:
    """Add reporting units."""
    election.register_units(command.units, context)
    repository.store.put(election)


def define_contest(
    repository: ElectionRepository,
    election: Election,
    command: c.DefineContest,
    context: CommandContext,
) -> None:
    """Add a contest of units in the register, under a law in force on the polling day."""
    require_definitions_open(election)
    facts = command.contest
    if repository.store.find(Contest, contest_stream(facts.id)) is not None:
        raise ContestAlreadyDefined(contest=facts.id)
    require_units(election, facts)
    if fault := find_contest_fault(election, facts):
        raise ContestMalformed(contest=facts.id, detail=fault)
    repository.store.put(define_with_answers(election, facts, context))


def define_with_answers(
    election: Election, facts: ContestFacts, context: CommandContext
) -> Contest:
    """A new contest; with its options, where every contest of the kind has the same."""
    rule = election.rule(facts.kind)
    contest = Contest.define(facts, rule, context)
    if rule.answers:
        answers = tuple(PollOption(id=each.id, name=each.name) for each in rule.answers)
        contest.register_options(answers, context)
    return contest


def register_candidates(
    repository: ElectionRepository,
    election: Election,
    command: c.RegisterCandidates,
    context: CommandContext,
) -> None:
    """Accept nominations of registered parties."""
    require_definitions_open(election)
    require_parties(election, {candidate.party for candidate in command.candidates})
    contest = _find_undeclared_contest(repository, command.contest)
    if election.rules >= SECOND_RULES:
        require_names(contest.options.values(), command.candidates)
    contest.register_candidates(command.candidates, context)
    repository.store.put(contest)


def register_list(
    repository: ElectionRepository,
    election: Election,
    command: c.RegisterList,
    context: CommandContext,
) -> None:
    """Accept a list of registered parties."""
    require_definitions_open(election)
    members = command.party_list.members
    require_parties(election, {command.party_list.party, *(m.party for m in members)})
    contest = _find_undeclared_contest(repository, command.contest)
    if election.rules >= SECOND_RULES:
        require_names(contest.options.values(), (command.party_list,))
    contest.register_list(command.party_list, election.rule(contest.facts.kind), context)
    repository.store.put(contest)


def _find_undeclared_contest(repository: ElectionRepository, contest_id: str) -> Contest:
    """The contest, unless its winners are declared: where nobody votes, before counting opens."""
    declaration = repository.store.find(Declaration, declaration_stream(contest_id))
    if declaration is not None and declaration.outcome is not None:
        raise AlreadyDeclared(contest=contest_id)
    return repository.contest(contest_id)


def register_justices(
    repository: ElectionRepository,
    election: Election,
    command: c.RegisterJustices,
    context: CommandContext,
) -> None:
    """Name the justices under review."""
    require_definitions_open(election)
    contest = repository.contest(command.contest)
    if election.rules >= SECOND_RULES:
        require_names(contest.options.values(), command.justices)
    contest.register_justices(command.justices, context)
    repository.store.put(contest)


def register_options(
    repository: ElectionRepository,
    election: Election,
    command: c.RegisterOptions,
    context: CommandContext,
) -> None:
    """Name the options of a poll; what the kind states of all its contests stays as it is."""
    require_definitions_open(election)
    contest = repository.contest(command.contest)
    if election.rule(contest.facts.kind).answers:
        raise OptionOfAnotherKind(contest=command.contest, option="選択肢")
    require_names(contest.options.values(), command.options)
    contest.register_options(command.options, context)
    repository.store.put(contest)


def announce_no_poll(
    repository: ElectionRepository,
    election: Election,
    command: c.AnnounceNoPoll,
    context: CommandContext,
) -> None:
    """Announce that nobody votes, when the law holds no poll on the nominations so far."""
    election.require_rules(SECOND_RULES)
    require_definitions_open(election)
    contest = repository.contest(command.contest)
    if not is_uncontested(build_race(election, contest, polled=False)):
        raise PollNeeded(contest=command.contest)
    contest.announce_no_poll(context)
    repository.store.put(contest)


def record_particulars(
    repository: ElectionRepository,
    election: Election,
    command: c.RecordParticulars,
    context: CommandContext,
) -> None:
    """Complete what nominations said; also after the night, when reports are made."""
    election.require_not_closed()
    contest = repository.contest(command.contest)
    contest.record_particulars(command.particulars, context)
    repository.store.put(contest)


def record_previous(
    repository: ElectionRepository,
    election: Election,
    command: c.RecordPrevious,
    context: CommandContext,
) -> None:
    """Record what this election is compared with, by parties and contests of the register."""
    require_parties(election, command.previous.parties())
    for each in command.previous.contests:
        repository.contest(each.contest)
    election.record_previous(command.previous, context)
    repository.store.put(election)


def require_definitions_open(election: Election) -> None:
    """Refuse definitions once counting is open."""
    election.require_not_closed()
    if election.phase != "defined":
        raise CountingAlreadyOpen


def require_parties(election: Election, parties: set[str]) -> None:
    """Refuse a party that is not registered; the empty id stands for independents."""
    for party in sorted(parties):
        if party and party not in election.parties:
            raise PartyUnknown(party=party)
