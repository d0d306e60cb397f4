"""Changing what was defined, also on the night itself: nothing is kept or lost in silence.

Once counting is open two persons sign. A changed name or order makes every report given before it
doubtful until its office answers, by a correction or a confirmation; a unit that has reported
leaves its contest only when it is named.
"""

from collections.abc import Iterable

import msgspec

from aggregates.base import CommandContext
from aggregates.commands import amendment_commands as a
from aggregates.counting.count import Count
from aggregates.counting.race import is_uncontested
from aggregates.counting.turnout import Turnout
from aggregates.decisions.closing_decisions import require_two_persons
from aggregates.decisions.declaration_decisions import build_race
from aggregates.decisions.definition_decisions import define_with_answers, require_parties
from aggregates.decisions.repository import ElectionRepository
from aggregates.decisions.situations.moved_polls import require_day_fits_records
from aggregates.election import amendments
from aggregates.election.amendment_events import ContestAddedLate
from aggregates.election.ballot import Option
from aggregates.election.ballot_names import require_names
from aggregates.election.contests.contest import Contest
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.contests.contest_faults import find_contest_fault, require_units
from aggregates.election.election import Election
from aggregates.election.identifiers import contest_stream, count_stream, turnout_stream
from aggregates.errors import (
    ContestAlreadyDefined,
    ContestMalformed,
    CountingNotOpen,
    OptionOfAnotherKind,
    ReportsWouldBeLost,
)
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rules import SECOND_RULES, THIRD_RULES


def _require_amendable(election: Election, context: CommandContext) -> None:
    election.require_rules(SECOND_RULES)
    election.require_not_closed()
    election.require_not_paused()
    if election.phase != "defined":
        require_two_persons(context)


def _require_open(election: Election, context: CommandContext) -> None:
    """Before counting is open things are registered, without a reason."""
    _require_amendable(election, context)
    if election.phase == "defined":
        raise CountingNotOpen


def amend_candidate(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendCandidate,
    context: CommandContext,
) -> None:
    """Correct what is registered of a candidate."""
    _require_amendable(election, context)
    require_parties(election, {command.candidate.party})
    contest = repository.contest(command.contest)
    _amend_option(election, contest, command.candidate, command.reason, context)
    repository.store.put(contest)


def amend_list(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendList,
    context: CommandContext,
) -> None:
    """Correct what is registered of a list."""
    _require_amendable(election, context)
    members = command.party_list.members
    require_parties(election, {command.party_list.party, *(m.party for m in members)})
    contest = repository.contest(command.contest)
    _amend_option(election, contest, command.party_list, command.reason, context)
    repository.store.put(contest)


def amend_justice(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendJustice,
    context: CommandContext,
) -> None:
    """Correct what is registered of a justice."""
    _require_amendable(election, context)
    contest = repository.contest(command.contest)
    _amend_option(election, contest, command.justice, command.reason, context)
    repository.store.put(contest)


def amend_poll_option(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendOption,
    context: CommandContext,
) -> None:
    """Correct what is registered of an option; what the kind states of all its polls stays.

    Raises:
        OptionOfAnotherKind: Every poll of the kind has the same answers.
    """
    election.require_rules(THIRD_RULES)
    _require_amendable(election, context)
    contest = repository.contest(command.contest)
    _require_own_options(election.rule(contest.facts.kind), command.contest)
    _amend_option(election, contest, command.option, command.reason, context)
    repository.store.put(contest)


def _require_own_options(rule: KindRule, contest: str) -> None:
    """Refuse to touch options that the kind states of all its polls."""
    if rule.answers:
        raise OptionOfAnotherKind(contest=contest, option="選択肢")


def _amend_option(
    election: Election, contest: Contest, amended: Option, reason: str, context: CommandContext
) -> None:
    others = (each for each in contest.options.values() if each.id != amended.id)
    require_names(others, (amended,))
    rule = election.rule(contest.facts.kind)
    amendments.amend_option(contest, amended, rule, reason, context)


def reorder_ballot(
    repository: ElectionRepository,
    election: Election,
    command: a.ReorderBallot,
    context: CommandContext,
) -> None:
    """Correct the order of the ballot."""
    _require_amendable(election, context)
    contest = repository.contest(command.contest)
    amendments.reorder(contest, command.order, command.reason, context)
    repository.store.put(contest)


def amend_contest(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendContest,
    context: CommandContext,
) -> None:
    """Correct the definition of a contest; units that join it open with their zero report."""
    _require_amendable(election, context)
    contest = repository.contest(command.contest)
    _require_definable(election, command.facts)
    require_day_fits_records(repository, election, contest, command.facts, context)
    before = contest.facts
    left = tuple(unit for unit in before.units if unit not in command.facts.units)
    reported = _reporting_units(repository, before.id, left)
    if set(reported) != set(command.set_aside):
        raise ReportsWouldBeLost(contest=before.id, units=reported)
    polled = repository.store.find(Count, count_stream(before.id, before.units[0])) is not None
    if election.phase != "defined" and not polled:
        _require_still_uncontested(election, contest, command.facts)
    rule = election.rule(command.facts.kind)
    amendments.amend_facts(
        contest,
        command.facts,
        rule=rule,
        set_aside=command.set_aside,
        reason=command.reason,
        context=context,
    )
    repository.store.put(contest)
    if polled:
        joined = [unit for unit in command.facts.units if unit not in before.units]
        _open_counts(repository, command.facts.id, joined, context)


def _require_definable(election: Election, facts: ContestFacts) -> None:
    require_units(election, facts)
    if fault := find_contest_fault(election, facts):
        raise ContestMalformed(contest=facts.id, detail=fault)


def _require_still_uncontested(election: Election, contest: Contest, facts: ContestFacts) -> None:
    race = msgspec.structs.replace(build_race(election, contest, polled=False), facts=facts)
    if not is_uncontested(race):
        raise ContestMalformed(
            contest=contest.facts.id, detail="無投票の選挙は開票の開始後に投票へ変えられません"
        )


def _reporting_units(
    repository: ElectionRepository, contest: str, units: Iterable[str]
) -> tuple[str, ...]:
    """Units that have reported a tally or turnout."""
    codes = list(units)
    counts = repository.store.find_many(Count, [count_stream(contest, code) for code in codes])
    polls = repository.store.find_many(Turnout, [turnout_stream(contest, code) for code in codes])
    return tuple(
        code
        for code, count, poll in zip(codes, counts, polls, strict=True)
        if (count is not None and count.latest is not None)
        or (poll is not None and poll.latest is not None)
    )


def _open_counts(
    repository: ElectionRepository, contest: str, units: Iterable[str], context: CommandContext
) -> None:
    for unit in units:
        # A unit that comes back has its count still.
        if repository.store.find(Count, count_stream(contest, unit)) is None:
            repository.store.put(Count.open(contest, unit, context))


def add_contest(
    repository: ElectionRepository,
    election: Election,
    command: a.AddContest,
    context: CommandContext,
) -> None:
    """Add a forgotten contest with its ballot, and open its counts where a poll is held."""
    _require_open(election, context)
    facts = command.facts
    if facts.id != command.contest:
        raise ContestMalformed(contest=command.contest, detail=f"コードが違います：{facts.id}")
    if repository.store.find(Contest, contest_stream(facts.id)) is not None:
        raise ContestAlreadyDefined(contest=facts.id)
    _require_definable(election, facts)
    parties = {each.party for each in command.candidates}
    parties |= {each.party for each in command.lists}
    parties |= {member.party for each in command.lists for member in each.members}
    require_parties(election, parties)
    require_names((), (*command.candidates, *command.lists, *command.justices, *command.options))
    rule = election.rule(facts.kind)
    contest = define_with_answers(election, facts, context)
    if command.candidates:
        contest.register_candidates(command.candidates, context)
    for party_list in command.lists:
        contest.register_list(party_list, rule, context)
    if command.justices:
        contest.register_justices(command.justices, context)
    if command.options:
        election.require_rules(THIRD_RULES)
        _require_own_options(rule, facts.id)
        contest.register_options(command.options, context)
    contest.record(ContestAddedLate, context, reason=command.reason)
    repository.store.put(contest)
    if not is_uncontested(build_race(election, contest, polled=False)):
        _open_counts(repository, facts.id, facts.units, context)


def add_units(
    repository: ElectionRepository, election: Election, command: a.AddUnits, context: CommandContext
) -> None:
    """Add units after counting was opened; contests take them by amendments of their own."""
    _require_open(election, context)
    amendments.add_units(election, command.units, command.reason, context)
    repository.store.put(election)


def amend_unit(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendUnit,
    context: CommandContext,
) -> None:
    """Correct what is registered of a unit; it covers nothing that its contests have already."""
    _require_amendable(election, context)
    amended = command.amended
    contests = (repository.contest(each).facts for each in repository.contests_with(amended.code))
    amendments.amend_unit(election, amended, contests, command.reason, context)
    repository.store.put(election)


def amend_party(
    repository: ElectionRepository,
    election: Election,
    command: a.AmendParty,
    context: CommandContext,
) -> None:
    """Correct what is registered of a party."""
    _require_amendable(election, context)
    amendments.amend_party(election, command.party, command.reason, context)
    repository.store.put(election)
