"""The end of an election that stays open for the law: closing, and what may follow it.

The declared figures can change for months after the last count: by an objection, a suit, a ballot
that is found (POEA 202 to 208; 96, 107). So closing loses nothing: it waits until everything is
counted and decided, and afterwards corrections, confirmations, lots, and decisions are still
taken, each with its reason and signed by two persons.
"""

from aggregates.base import CommandContext
from aggregates.commands import declaration_commands as d
from aggregates.commands import reception_commands as r
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.counting.winners.disputed import is_beyond_votes
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import count_stream, declaration_stream
from aggregates.errors import (
    CommandMalformed,
    ElectionUndecided,
    HiddenInvalidBeyondVotes,
    TwoPersonsNeeded,
)
from aggregates.rules import SECOND_RULES, THIRD_RULES

TWO_PERSONS = 2
_NAMED = 20
"""How many contests or counts a refusal names."""


def close_election(
    repository: ElectionRepository, election: Election, _: r.CloseElection, context: CommandContext
) -> None:
    """Close the election; figures that change later are corrections of a final result.

    Raises:
        ElectionUndecided: A contest is not declared (a tie that nobody drew is one), or a count
            is not final or was returned.
    """
    election.require_closable()
    if election.rules >= SECOND_RULES:
        _require_decided(repository)
    election.close(context)
    repository.store.put(election)


def _require_decided(repository: ElectionRepository) -> None:
    found = repository.store.find_many(Contest, repository.store.streams("contest/"))
    contests = [contest for contest in found if contest is not None]
    undecided, uncounted = [], []
    for contest in contests:
        name, units = contest.facts.id, contest.facts.units
        declaration = repository.store.find(Declaration, declaration_stream(name))
        if declaration is None or declaration.outcome is None:
            undecided.append(name)
        elif declaration.is_uncounted:
            continue  # the boxes stay closed (成立要件)
        counts = repository.store.find_many(Count, [count_stream(name, unit) for unit in units])
        # Where nobody votes there are no counts.
        uncounted += [
            f"{name}:{count.unit}"
            for count in counts
            if count is not None and count.state not in {"final", "confirmed"}
        ]
    if undecided or uncounted:
        raise ElectionUndecided(contests=tuple(undecided[:_NAMED]), units=tuple(uncounted[:_NAMED]))


def require_counting_or_after(election: Election, context: CommandContext) -> None:
    """Refuse corrections and decisions outside counting, unless two persons sign after closing.

    Raises:
        CountingNotOpen, ElectionPaused, ElectionIsClosed: As for every tally.
        TwoPersonsNeeded: After closing, signed by one key.
    """
    if not _is_after_closing(election, context):
        election.require_counting()


def require_not_closed_or_after(election: Election, context: CommandContext) -> None:
    """Refuse what comes after closing, unless two persons sign for it.

    Raises:
        ElectionIsClosed: Under the first rules nothing is taken after closing.
        TwoPersonsNeeded: Signed by one key.
    """
    if not _is_after_closing(election, context):
        election.require_not_closed()


def _is_after_closing(election: Election, context: CommandContext) -> bool:
    if election.phase != "closed" or election.rules < SECOND_RULES:
        return False
    require_two_persons(context)
    return True


def require_two_persons(context: CommandContext) -> None:
    """Refuse one signature where the law's record is changed; unsigned rehearsals go without.

    Raises:
        TwoPersonsNeeded: Signed by one key.
    """
    if context.signers and len(context.signers) < TWO_PERSONS:
        raise TwoPersonsNeeded(signed=len(context.signers))


def set_aside_declaration(
    repository: ElectionRepository,
    election: Election,
    command: d.SetAsideDeclaration,
    context: CommandContext,
) -> None:
    """Record that a decision or judgment set the declared winners aside, at any later time.

    Raises:
        RulesTooEarly: Earlier rules know no area that votes again and no hidden invalid ballots.
    """
    election.require_rules(SECOND_RULES)
    election.require_not_paused()
    require_two_persons(context)
    contest = repository.contest(command.contest)
    if command.area or command.hidden_invalid:
        election.require_rules(THIRD_RULES)
        _require_disputable(repository, contest, command)
    declaration = repository.declaration(contest, context)
    declaration.set_aside(
        command.ground,
        command.decision,
        command.reason,
        context,
        area=command.area,
        hidden_invalid=command.hidden_invalid,
    )
    repository.store.put(declaration)


def _require_disputable(
    repository: ElectionRepository, contest: Contest, command: d.SetAsideDeclaration
) -> None:
    """Refuse areas and ballots that are not of the contest.

    Raises:
        CommandMalformed: A unit stands twice: its electors or votes would be counted twice.
        UnitUnknown: A unit does not report on it.
        HiddenInvalidBeyondVotes: More ballots than votes were counted there.
    """
    for units in (command.area, tuple(each.unit for each in command.hidden_invalid)):
        twice = [unit for at, unit in enumerate(units) if unit in units[:at]]
        if twice:
            raise CommandMalformed(detail=f"開票区「{twice[0]}」が二度書かれています")
    for unit in command.area:
        contest.require_unit(unit)
    for each in command.hidden_invalid:
        count = repository.count(contest, each.unit)
        if is_beyond_votes(each, count.latest):
            raise HiddenInvalidBeyondVotes(unit=each.unit, ballots=each.ballots)
