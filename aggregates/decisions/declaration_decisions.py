"""Declaring winners: the decision sums the final counts, asks the law, and compares.

The council decides; the system refuses a decision that is not the law's on the recorded counts,
and where the law leaves equals it waits for the lot that people draw.
"""

from aggregates.base import CommandContext
from aggregates.commands import declaration_commands as d
from aggregates.counting.contest_totals import ContestTotals, DistrictStanding, sum_totals
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import (
    Outcome,
    needs_electors,
    outcome,
    required_districts,
)
from aggregates.counting.race import Race, is_quorate, is_uncontested
from aggregates.counting.turnout import Turnout
from aggregates.decisions.closing_decisions import require_counting_or_after
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.amendments import is_older
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import count_stream, declaration_stream, turnout_stream
from aggregates.election.tally import Tally
from aggregates.errors import (
    ContestNotFinal,
    CountingNotOpen,
    CountsDoubtful,
    CountsOutdated,
    DeclarationDiffersFromLaw,
    DistrictsNotDeclared,
    ElectorsUnknown,
    LongTermsDifferFromLaw,
    LotNotCalledFor,
    LotRequired,
    PollingDayNotReached,
    Refusal,
)
from aggregates.law.lots import DrawLots
from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.rules import SECOND_RULES

_DECIDED: frozenset[str] = frozenset({"final", "confirmed"})
_NAMED = 20
"""How many missing units a refusal names."""


def record_lot(
    repository: ElectionRepository,
    election: Election,
    command: d.RecordLot,
    context: CommandContext,
) -> None:
    """Record a drawn lot, when the law leaves exactly these equal."""
    contest = repository.contest(command.contest)
    _require_decidable(election, contest, context)
    declaration = repository.declaration(contest, context)
    between: frozenset[str] = frozenset()
    try:
        _proposal(repository, election, contest, declaration)
    except DrawLots as equals:
        between = frozenset(equals.between)
    if not between:
        raise LotNotCalledFor(between=command.lot.order)
    declaration.draw_lot(command.lot, between, context)
    repository.store.put(declaration)


def declare(
    repository: ElectionRepository, election: Election, command: d.Declare, context: CommandContext
) -> None:
    """Declare or, with a reason, revise: exactly those whom the law names."""
    contest = repository.contest(command.contest)
    _require_decidable(election, contest, context)
    declaration = repository.declaration(contest, context)
    try:
        totals, decided = _proposal(repository, election, contest, declaration)
    except DrawLots as equals:
        raise LotRequired(between=equals.between, seats_left=equals.seats_left) from equals
    named = decided.named_options(contest.ballot)
    if set(named) != set(command.elected) or len(named) != len(command.elected):
        raise DeclarationDiffersFromLaw(law=named)
    if sorted(decided.long_terms) != sorted(command.long_terms):
        raise LongTermsDifferFromLaw(law=decided.long_terms)
    if command.reason:
        declaration.revise(decided, totals, command.reason, context)
    else:
        declaration.declare(decided, totals, context)
    repository.store.put(declaration)


def _require_decidable(election: Election, contest: Contest, context: CommandContext) -> None:
    """Refuse a decision before the law allows one.

    Where nobody votes, counting need not open: the election council decides within five days from
    the polling day (POEA 100(6)), not before it.

    Raises:
        CountingNotOpen, ElectionPaused, ElectionIsClosed: Tallies are not taken either.
        PollingDayNotReached: Nobody votes, and it is before the polling day.
        TwoPersonsNeeded: After closing, signed by one key.
    """
    if election.rules < SECOND_RULES or election.phase != "defined":
        require_counting_or_after(election, context)
        return
    if not is_uncontested(build_race(election, contest, polled=False)):
        raise CountingNotOpen
    day = contest.facts.held_on(election.facts.polling_day)
    if context.at.astimezone(JAPAN_TIME).date() < day:
        raise PollingDayNotReached(contest=contest.facts.id, polling_day=day.isoformat())


def _proposal(
    repository: ElectionRepository, election: Election, contest: Contest, declaration: Declaration
) -> tuple[ContestTotals, Outcome]:
    first = count_stream(contest.facts.id, contest.facts.units[0])
    race = build_race(election, contest, polled=repository.store.find(Count, first) is not None)
    if is_uncontested(race):
        totals = ContestTotals(votes={})
    else:
        unopened = unopened_totals(repository, race, contest)
        totals = unopened or _final_totals(repository, race, contest)
    return totals, outcome(race, totals, declaration.lots, district_standings(repository, race))


def build_race(election: Election, contest: Contest, *, polled: bool) -> Race:
    """The contest as the law sees it now; `polled` once its counts are open."""
    rule = election.rule(contest.facts.kind)
    return Race(
        facts=contest.facts,
        rule=rule,
        dual_rule=election.rule(rule.dual_kind) if rule.dual_kind else None,
        options=contest.options,
        withdrawn=frozenset(contest.withdrawn),
        polling_day=contest.facts.held_on(election.facts.polling_day),
        polled=polled,
        rules=election.rules,
    )


def unopened_totals(
    repository: ElectionRepository, race: Race, contest: Contest
) -> ContestTotals | None:
    """Voters and electors of a poll whose boxes are not opened, as too few voted; else None."""
    if race.rule.quorum is None or not race.rule.quorum.unopened:
        return None
    contest_id, units = contest.facts.id, contest.facts.units
    counts = repository.store.find_many(Count, [count_stream(contest_id, unit) for unit in units])
    found = repository.store.find_many(Turnout, [turnout_stream(contest_id, u) for u in units])
    polls = [each.latest for each in found if each is not None and each.is_final and each.latest]
    if any(each is not None and each.latest for each in counts) or len(polls) < len(units):
        return None
    voters = sum(each.voters.total for each in polls)
    electors = sum(each.electors.total for each in polls)
    if is_quorate(race, voters, electors):
        return None
    return ContestTotals(votes={}, ballots=voters, electors=electors)


def _final_totals(repository: ElectionRepository, race: Race, contest: Contest) -> ContestTotals:
    sheets = _final_sheets(repository, contest)
    outdated = tuple(
        unit for unit, sheet in sheets.items() if not _fits(contest, sheet, race.rules)
    )
    if outdated:
        raise CountsOutdated(contest=contest.facts.id, units=outdated[:_NAMED])
    electors = _electors(repository, contest)
    totals = sum_totals(sheets.values(), sum(electors.values()), rules=race.rules)
    unknown = tuple(unit for unit in contest.facts.units if unit not in electors)
    if unknown and needs_electors(race, totals):
        raise ElectorsUnknown(contest=contest.facts.id, units=unknown[:_NAMED])
    return totals


def _final_sheets(repository: ElectionRepository, contest: Contest) -> dict[str, Tally]:
    contest_id, units = contest.facts.id, contest.facts.units
    counts = repository.store.find_many(Count, [count_stream(contest_id, unit) for unit in units])
    sheets = {
        count.unit: count.latest
        for count in counts
        if count is not None and count.latest is not None and count.state in _DECIDED
    }
    if missing := tuple(unit for unit in units if unit not in sheets):
        raise ContestNotFinal(contest=contest_id, units=missing[:_NAMED])
    doubtful = tuple(
        count.unit
        for count in counts
        if count is not None and is_older(count.answered_at, contest.names_changed_at)
    )
    if doubtful:
        raise CountsDoubtful(contest=contest_id, units=doubtful[:_NAMED])
    return sheets


def _fits(contest: Contest, sheet: Tally, rules: int) -> bool:
    try:
        contest.require_fits(sheet, None, rules=rules)
    except Refusal:
        return False
    return True


def _electors(repository: ElectionRepository, contest: Contest) -> dict[str, int]:
    streams = [turnout_stream(contest.facts.id, unit) for unit in contest.facts.units]
    found = repository.store.find_many(Turnout, streams)
    return {
        turnout.unit: turnout.latest.electors.total
        for turnout in found
        if turnout is not None and turnout.latest is not None
    }


def district_standings(repository: ElectionRepository, race: Race) -> dict[str, DistrictStanding]:
    """Standing of the declared districts that a list contest waits for."""
    needed = required_districts(race)
    found = repository.store.find_many(
        Declaration, [declaration_stream(contest) for contest in needed]
    )
    standings: dict[str, DistrictStanding] = {}
    for contest, declaration in zip(needed, found, strict=True):
        standing = declaration.standing() if declaration is not None else None
        if standing is not None:
            standings[contest] = standing
    if missing := tuple(contest for contest in needed if contest not in standings):
        raise DistrictsNotDeclared(contests=missing[:_NAMED])
    return standings
