"""Who is gone, before the poll or after it, and whom the law lets move up.

What happened before the polling day takes somebody off the ballot; what happened later changes no
vote, and is recorded at any time after the declaration.
"""

from collections.abc import Mapping
from datetime import date

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.commands import succession_commands as u
from aggregates.counting.contest_totals import ContestTotals
from aggregates.counting.declaration import Declaration, has_long_term
from aggregates.counting.moments import require_day_reached
from aggregates.counting.outcome import minimum_of_totals, order_of_list
from aggregates.counting.race import Race
from aggregates.counting.succession import DepartureRecorded, SuccessorDeclared
from aggregates.decisions.closing_decisions import require_two_persons
from aggregates.decisions.declaration_decisions import build_race, district_standings
from aggregates.decisions.repository import ElectionRepository
from aggregates.decisions.situations.report_situations import reporting_day
from aggregates.election.ballot import PartyList
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.errors import (
    CandidateUnknown,
    DepartureNotAfterPolling,
    LotNotCalledFor,
    LotRequired,
    NothingToRevise,
    SeatNotVacant,
    SuccessorDiffersFromLaw,
    WithdrawalDayUnstated,
    WithdrawnAfterPolling,
)
from aggregates.law.lots import DrawLots
from aggregates.law.succession import all_with_minimum_succeed, next_on_list, next_person
from aggregates.rules import FIFTH_RULES, SECOND_RULES


def withdraw(
    repository: ElectionRepository,
    election: Election,
    command: c.WithdrawCandidate,
    context: CommandContext,
) -> None:
    """Take a candidate, list or member off who no longer stood on the polling day.

    Who is gone later was voted for: votes, valid ballots and minimum stay (POEA 95(1)).

    Raises:
        WithdrawalDayUnstated: Counting is open, and nobody says when it was.
        WithdrawnAfterPolling: It was not before the polling day.
        DayNotReached: It has not come yet.
    """
    election.require_not_closed()
    contest = repository.contest(command.contest)
    if command.day is not None:
        election.require_rules(SECOND_RULES)
        day = contest.facts.held_on(election.facts.polling_day)
        if command.day >= day:
            raise WithdrawnAfterPolling(option=command.option, polling_day=day.isoformat())
        _require_reached(election, contest, command.option, command.day, context)
    elif election.rules >= SECOND_RULES and election.phase != "defined":
        raise WithdrawalDayUnstated(option=command.option)
    contest.withdraw(command.option, command.cause, context, day=command.day)
    repository.store.put(contest)


def record_departure(
    repository: ElectionRepository,
    election: Election,
    command: u.RecordDeparture,
    context: CommandContext,
) -> None:
    """Record who is gone since polling: votes, valid ballots and minimum stay (POEA 95, 97, 99).

    Raises:
        CandidateUnknown: Nobody of that id stood; a list is nobody.
        DepartureNotAfterPolling: Before the polling day a candidate is withdrawn; what ballots
            for who dies on the very day are, has not been verified, and is not guessed.
        DayNotReached: It has not come yet.
    """
    election.require_rules(SECOND_RULES)
    election.require_not_paused()
    require_two_persons(context)
    contest = repository.contest(command.contest)
    named = contest.options.get(command.person) or contest.members().get(command.person)
    if named is None or isinstance(named, PartyList):
        raise CandidateUnknown(contest=command.contest, options=(command.person,))
    polling_day = contest.facts.held_on(election.facts.polling_day)
    if command.day <= polling_day:
        raise DepartureNotAfterPolling(person=command.person, polling_day=polling_day.isoformat())
    _require_reached(election, contest, command.person, command.day, context)
    declaration = repository.declaration(contest, context)
    declaration.record(
        DepartureRecorded,
        context,
        contest=command.contest,
        person=command.person,
        cause=command.cause,
        stage=command.stage,
        day=command.day,
        reason=command.reason,
    )
    repository.store.put(declaration)


def _require_reached(
    election: Election, contest: Contest, person: str, stated: date, context: CommandContext
) -> None:
    """Under rules 5 nobody is gone on a day to come."""
    if election.rules >= FIFTH_RULES:
        require_day_reached(person, stated, reporting_day(election, contest, context))


def declare_successor(
    repository: ElectionRepository,
    election: Election,
    command: u.DeclareSuccessor,
    context: CommandContext,
) -> None:
    """Let the next one move up whom the law names; votes and minimum stay as declared.

    Raises:
        NothingToRevise: Nobody is declared.
        SeatNotVacant: The person does not hold a seat, is not gone, or has a successor.
        SuccessorDiffersFromLaw: The law names another, or nobody.
        LotRequired: Equals contend, and no lot between them comes with it.
        LotNotCalledFor: A lot between others, or where nobody is equal.
    """
    election.require_rules(SECOND_RULES)
    election.require_not_paused()
    require_two_persons(context)
    contest = repository.contest(command.contest)
    declaration = repository.declaration(contest, context)
    if declaration.outcome is None or declaration.totals is None:
        raise NothingToRevise
    if command.departed not in declaration.departed_holders():
        raise SeatNotVacant(person=command.departed)
    drawn = command.lot.order if command.lot is not None else ()
    race = build_race(election, contest, polled=not declaration.outcome.uncontested)
    named = _require_next(repository, race, declaration, command.departed, drawn)
    if named != command.successor:
        raise SuccessorDiffersFromLaw(law=(named,) if named is not None else ())
    declaration.record(
        SuccessorDeclared,
        context,
        contest=command.contest,
        departed=command.departed,
        successor=command.successor,
        drawn=drawn,
        reason=command.reason,
    )
    repository.store.put(declaration)


def _require_next(
    repository: ElectionRepository,
    race: Race,
    declaration: Declaration,
    departed: str,
    drawn: tuple[str, ...],
) -> str | None:
    """Whom the law names, by a lot where equals contend and only there."""
    try:
        named = _next(repository, race, declaration, departed, ())
    except DrawLots as equals:
        if drawn and sorted(drawn) != sorted(equals.between):
            raise LotNotCalledFor(between=tuple(sorted(drawn))) from equals
        if not drawn:
            raise LotRequired(between=equals.between, seats_left=equals.seats_left) from equals
        return _next(repository, race, declaration, departed, drawn)
    if drawn:
        raise LotNotCalledFor(between=tuple(sorted(drawn)))
    return named


def _next(
    repository: ElectionRepository,
    race: Race,
    declaration: Declaration,
    departed: str,
    drawn: tuple[str, ...],
) -> str | None:
    totals = declaration.totals or ContestTotals(votes={})
    gone = {*declaration.holders(), *declaration.departures}
    lots = {**declaration.lots, **({frozenset(drawn): drawn} if drawn else {})}
    own = _list_with(race, departed) if race.rule.is_list else None
    if within := _short_term_winners(declaration, departed, own):
        # POEA 115(9): a long seat goes to who won a short one, of a list to its own members.
        # The order in a district is that of votes, as for all who move up. Who then takes the
        # short seat has not been verified, and nobody is named for it.
        if own is not None:
            return within[0]
        return next_person({e: totals.votes.get(e, 0) for e in within}, (), tuple(lots.values()))
    if own is not None:
        standings = district_standings(repository, race)
        sitting = sum(member.id in gone for member in own.members)
        order = order_of_list(race, own.id, totals, sitting + 1, lots=lots, districts=standings)
        return next_on_list(order, gone)
    stage, day = declaration.departures[departed]
    losers = _losers_with_minimum(race, totals, gone)
    with_minimum = race.rule.succession == "with-minimum"
    if with_minimum and all_with_minimum_succeed(stage, day, race.polling_day):
        return next_person(losers, (), tuple(lots.values()))
    by_lot = declaration.lot_losers()
    return next_person(losers, by_lot, tuple(lots.values())) if by_lot else None


def _short_term_winners(
    declaration: Declaration, departed: str, own: PartyList | None
) -> tuple[str, ...]:
    """Winners of short terms who come first for a long seat, in their order; else nobody."""
    outcome = declaration.outcome
    if outcome is None or not has_long_term(departed, outcome.long_terms, declaration.successors):
        return ()
    members = None if own is None else {member.id for member in own.members}
    return tuple(e for e in declaration.short_terms() if members is None or e in members)


def _losers_with_minimum(race: Race, totals: ContestTotals, gone: set[str]) -> Mapping[str, int]:
    minimum = minimum_of_totals(race, totals)
    return {
        each: totals.votes.get(each, 0)
        for each in race.standing_candidates()
        if each not in gone
        and totals.votes.get(each, 0) > 0
        and (minimum is None or totals.votes.get(each, 0) >= minimum)
    }


def _list_with(race: Race, member: str) -> PartyList:
    return next(
        option
        for option in race.options.values()
        if isinstance(option, PartyList) and any(each.id == member for each in option.members)
    )
