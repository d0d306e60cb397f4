"""Declaring winners: the desk sums the final counts, asks the law, and compares.

The council decides; the system refuses a decision that is not the law's on the recorded counts,
and where the law leaves equals it waits for the lot that people draw.
"""

from aggregates import commands as c
from aggregates.base import Act
from aggregates.contest import Contest
from aggregates.count import Count
from aggregates.declaration import Declaration
from aggregates.desk import Desk
from aggregates.election import Election
from aggregates.errors import (
    ContestNotFinal,
    DeclarationDiffersFromLaw,
    DistrictsNotDeclared,
    LotNotCalledFor,
    LotRequired,
)
from aggregates.identity import count_stream, declaration_stream, turnout_stream
from aggregates.law.lots import DrawLots
from aggregates.outcome import (
    ContestTotals,
    DistrictStanding,
    Outcome,
    Race,
    is_uncontested,
    needed_districts,
    outcome,
    sum_totals,
)
from aggregates.tally import Tally
from aggregates.turnout import Turnout

_NAMED = 20
"""How many missing units a refusal names."""


def record_lot(desk: Desk, election: Election, command: c.RecordLot, act: Act) -> None:
    """Record a drawn lot, when the law leaves exactly these equal."""
    election.require_counting()
    contest = desk.contest(command.contest)
    declaration = desk.declaration(contest, act)
    between: frozenset[str] = frozenset()
    try:
        _proposal(desk, election, contest, declaration)
    except DrawLots as equals:
        between = frozenset(equals.between)
    if not between:
        raise LotNotCalledFor(between=command.lot.order)
    declaration.draw_lot(command.lot, between, act)
    desk.shelf.put(declaration)


def declare(desk: Desk, election: Election, command: c.Declare, act: Act) -> None:
    """Declare or, with a reason, revise: exactly those whom the law names."""
    election.require_counting()
    contest = desk.contest(command.contest)
    declaration = desk.declaration(contest, act)
    try:
        totals, decided = _proposal(desk, election, contest, declaration)
    except DrawLots as equals:
        raise LotRequired(between=equals.between, seats_left=equals.seats_left) from equals
    named = decided.dismissed if contest.facts.kind == "justices" else decided.elected
    if set(named) != set(command.elected) or len(named) != len(command.elected):
        raise DeclarationDiffersFromLaw(law=named)
    if command.reason:
        declaration.revise(decided, totals, command.reason, act)
    else:
        declaration.declare(decided, totals, act)
    desk.shelf.put(declaration)


def _proposal(
    desk: Desk, election: Election, contest: Contest, declaration: Declaration
) -> tuple[ContestTotals, Outcome]:
    race = Race(
        facts=contest.facts,
        options=contest.options,
        withdrawn=frozenset(contest.withdrawn),
        polling_day=election.facts.polling_day,
    )
    totals = ContestTotals(votes={}) if is_uncontested(race) else _final_totals(desk, contest)
    return totals, outcome(race, totals, declaration.lots, _districts(desk, race))


def _final_totals(desk: Desk, contest: Contest) -> ContestTotals:
    contest_id, units = contest.facts.id, contest.facts.units
    counts = desk.shelf.find_many(Count, [count_stream(contest_id, unit) for unit in units])
    missing: list[str] = []
    sheets: list[Tally] = []
    for unit, count in zip(units, counts, strict=True):
        if count is None or count.latest is None or count.state not in {"final", "confirmed"}:
            missing.append(unit)
        else:
            contest.require_fits(count.latest, None)
            sheets.append(count.latest)
    if missing:
        raise ContestNotFinal(contest=contest_id, units=tuple(missing[:_NAMED]))
    return sum_totals(sheets, _electors(desk, contest))


def _electors(desk: Desk, contest: Contest) -> int:
    streams = [turnout_stream(contest.facts.id, unit) for unit in contest.facts.units]
    found = desk.shelf.find_many(Turnout, streams)
    return sum(t.latest.electors.total for t in found if t is not None and t.latest is not None)


def _districts(desk: Desk, race: Race) -> dict[str, DistrictStanding]:
    needed = needed_districts(race)
    found = desk.shelf.find_many(Declaration, [declaration_stream(contest) for contest in needed])
    standings: dict[str, DistrictStanding] = {}
    for contest, declaration in zip(needed, found, strict=True):
        standing = declaration.standing() if declaration is not None else None
        if standing is not None:
            standings[contest] = standing
    if missing := tuple(contest for contest in needed if contest not in standings):
        raise DistrictsNotDeclared(contests=missing[:_NAMED])
    return standings
