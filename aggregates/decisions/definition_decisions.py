"""What is fixed before counting: the register, the contests, their ballots.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

import msgspec

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
from aggregates.election.contests.unit_overlap import overlap_fault
from aggregates.election.election import Election
from aggregates.election.geography import PREFECTURES
from aggregates.election.identifiers import ELECTION_STREAM, contest_stream, declaration_stream
from aggregates.election.office import ROLES
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
    UnitUnknown,
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
        command.election, context, rules=command.rules, package=command.rule_package
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


def require_units(election: Election, facts: ContestFacts) -> None:
    """Refuse a unit that is not in the register.

    Raises:
        UnitUnknown: Names it.
    """
    for unit in facts.units:
        if unit not in election.units:
            raise UnitUnknown(unit=unit, contest=facts.id)


def find_contest_fault(election: Election, facts: ContestFacts) -> str:
    """What of a contest contradicts the election it is held in; empty when nothing does."""
    return (
        _law_fault(election, facts)
        or _managing_fault(election, facts)
        or _unit_fault(election, facts)
        or _day_fault(election, facts)
    )


def _day_fault(election: Election, facts: ContestFacts) -> str:
    """A polling day of its own that is not later: polls only ever move back (POEA 57, 86-4(7))."""
    own, whole = facts.polling_day, election.facts.polling_day
    if own is msgspec.UNSET:
        return ""
    if election.rules < SECOND_RULES:
        return "選挙区ごとの投票日は、規則2からです"
    if own > whole:
        return ""
    return f"投票日{own.isoformat()}は選挙の投票日{whole.isoformat()}より後にしてください"


def _managing_fault(election: Election, facts: ContestFacts) -> str:
    """A kind of contest that others manage than who manages the election (POEA 5)."""
    managing = election.facts.managing_role
    if election.rule(facts.kind).is_managed_by(managing):
        return ""
    return f"{ROLES[managing]}が管理する選挙ではありません"


def _unit_fault(election: Election, facts: ContestFacts) -> str:
    """A unit elsewhere, or one within another: its votes would be counted twice."""
    units = [election.units[code] for code in facts.units]
    places = [unit.prefecture for unit in units]
    for unit in units:
        if unit.prefecture not in facts.prefectures:
            return f"{unit.code}は{PREFECTURES[unit.prefecture]}の開票区です"
        whole = unit.kind == "prefecture" and not unit.municipalities
        if whole and places.count(unit.prefecture) > 1:
            return (
                f"{unit.code}は県全体なので、{PREFECTURES[unit.prefecture]}の他の開票区と重なります"
            )
    return overlap_fault(units) if election.rules >= SECOND_RULES else ""


def _law_fault(election: Election, facts: ContestFacts) -> str:
    polling_day = election.facts.polling_day
    if not election.package.knows(facts.kind):
        return f"種類「{facts.kind}」は、この選挙の規則にありません"
    if election.package.find_rule(facts.kind, polling_day) is None:
        return f"投票日{polling_day.isoformat()}に施行されている規定がありません"
    return ""


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
    """Record what this election is compared with, by parties of the register."""
    require_parties(election, {each.party for each in command.previous.votes})
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
