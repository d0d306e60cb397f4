"""Who is declared: by default exactly whom the law names on the final figures of the night."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from aggregates.commands.declaration_commands import Declare, RecordLot
from aggregates.counting.contest_totals import ContestTotals, DistrictStanding
from aggregates.counting.declaration import Lot
from aggregates.counting.outcome import Outcome, outcome
from aggregates.counting.race import Race
from aggregates.law.lots import DrawLots

DRAWN_BY = "選挙長"


@dataclass(frozen=True, slots=True)
class Standings:
    """Every contest at the end of the night: districts first, then blocks, then the review."""

    races: Mapping[str, Race]
    totals: Mapping[str, ContestTotals]


Declarations = Callable[[Standings], Iterator[RecordLot | Declare]]
"""Whom to declare, contest by contest in the order of the standings, a lot before its Declare."""


def declare_by_law(standings: Standings) -> Iterator[RecordLot | Declare]:
    """Ask the law, contest by contest; where it leaves equals, people draw a lot first."""
    districts: dict[str, DistrictStanding] = {}
    for contest, race in standings.races.items():
        totals = standings.totals[contest]
        lots: dict[frozenset[str], tuple[str, ...]] = {}
        decided: Outcome | None = None
        while decided is None:
            try:
                decided = outcome(race, totals, lots, districts)
            except DrawLots as equals:
                # Invented people draw: the last by id is the lucky one.
                order = tuple(reversed(equals.between))
                lots[frozenset(order)] = order
                yield RecordLot(contest=contest, lot=Lot(order=order, drawn_by=DRAWN_BY))
        districts[contest] = DistrictStanding(
            votes=totals.votes, elected=decided.elected, valid=totals.valid
        )
        yield Declare(contest=contest, elected=decided.named_options(race.rule.ballot))
