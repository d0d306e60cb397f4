"""What the totals mean now: who is ahead, what the law would say, what was declared.

Nothing here decides. Before every unit is final, the law's answer on the votes so far is a
projection and named so; `proposal` is what an election council would be asked to declare.
"""

from collections.abc import Iterable, Mapping

import msgspec

from aggregates.ballot import Candidate, PartyList
from aggregates.contest import LIST_KINDS
from aggregates.law.apportionment import Apportionment, apportion
from aggregates.law.lots import DrawLots
from aggregates.outcome import (
    ContestTotals,
    DistrictStanding,
    Outcome,
    Race,
    is_uncontested,
    needed_districts,
    outcome,
)
from projections.state import ContestRecord, NightState
from projections.sums import SheetSums


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """The law's answer for a contest on final figures.

    Attributes:
        outcome: The winners; None while figures are missing or a lot is needed.
        lot_between: Who is equal at the last seat, if anybody is.
        waiting_units: Units not final yet.
        waiting_contests: Districts a list contest waits for.
    """

    outcome: Outcome | None = None
    lot_between: tuple[str, ...] = ()
    waiting_units: tuple[str, ...] = ()
    waiting_contests: tuple[str, ...] = ()


def race_of(night: NightState, contest: ContestRecord) -> Race:
    """The contest as the law sees it."""
    return Race(
        facts=contest.facts,
        options=contest.options,
        withdrawn=frozenset(contest.withdrawn),
        polling_day=night.register().facts.polling_day,
    )


def totals_of(contest: ContestRecord) -> ContestTotals:
    """Sums of a contest in the form the law takes them."""
    sums = contest.sums()
    return ContestTotals(
        votes=sums.votes,
        no=sums.no,
        ballots=sums.ballots,
        electors=contest.turnout().electors.total,
    )


def proposal(night: NightState, contest: ContestRecord) -> Proposal:
    """What the law says, once every figure it needs is final."""
    race = race_of(night, contest)
    if not is_uncontested(race) and not contest.sums().complete:
        waiting = (c.unit for c in contest.counts.values() if not c.final or c.state == "returned")
        return Proposal(waiting_units=tuple(waiting))
    standings = _standings(night, race)
    if missing := tuple(c for c in needed_districts(race) if c not in standings):
        return Proposal(waiting_contests=missing)
    try:
        return Proposal(outcome=outcome(race, totals_of(contest), contest.lots, standings))
    except DrawLots as equals:
        return Proposal(lot_between=equals.between)


def _standings(night: NightState, race: Race) -> dict[str, DistrictStanding]:
    """Declared districts; before the declaration, districts on which every figure is final."""
    standings: dict[str, DistrictStanding] = {}
    for contest_id in needed_districts(race):
        standing = standing_of(night, night.contests[contest_id])
        if standing is not None:
            standings[contest_id] = standing
    return standings


def standing_of(night: NightState, contest: ContestRecord) -> DistrictStanding | None:
    """Votes and winner of a district, declared or on final figures; None before."""
    if contest.declared is not None and contest.declared_totals is not None:
        return DistrictStanding(
            votes=contest.declared_totals.votes, elected=contest.declared.elected
        )
    decided = proposal(night, contest).outcome
    if decided is None:
        return None
    return DistrictStanding(votes=contest.sums().votes, elected=decided.elected)


def projected_seats(night: NightState, contest: ContestRecord) -> Apportionment | DrawLots | None:
    """D'Hondt on the votes so far (POEA 95-2, 95-3); None without a vote or without lists.

    Members who won a district that is settled are out already; the others still count as
    eligible, so the projection changes as districts are settled.
    """
    if contest.facts.kind not in LIST_KINDS:
        return None
    lists = race_of(night, contest).standing_lists()
    votes = list_votes(contest, contest.sums())
    votes = {name: votes.get(name, 0) for name in lists}
    if not any(votes.values()):
        return None
    gone = _settled_winners(night, contest)
    eligible = {
        name: sum(member.id not in gone for member in members) for name, members in lists.items()
    }
    try:
        return apportion(votes, contest.facts.seats, eligible, contest.lots)
    except DrawLots as equals:
        return equals


def _settled_winners(night: NightState, contest: ContestRecord) -> frozenset[str]:
    race = race_of(night, contest)
    standings = _standings(night, race)
    return frozenset(
        member.id
        for members in race.standing_lists().values()
        for member in members
        if member.dual is not None
        and member.dual.contest in standings
        and member.dual.candidate in standings[member.dual.contest].elected
    )


def list_votes(contest: ContestRecord, sums: SheetSums) -> dict[str, int]:
    """Votes per list; for the Upper House the list's own and its members' (POEA 95-3)."""
    if contest.facts.kind != "upper-list":
        return sums.votes
    return {
        option.id: sums.votes.get(option.id, 0)
        + sum(sums.votes.get(member.id, 0) for member in option.members)
        for option in contest.options.values()
        if isinstance(option, PartyList)
    }


def party_votes(parts: Iterable[tuple[ContestRecord, SheetSums]]) -> dict[str, int]:
    """Votes by party over contests, in thousandths; "" stands for independents."""
    votes: dict[str, int] = {}
    for contest, sums in parts:
        per_option: Mapping[str, int] = list_votes(contest, sums)
        for option_id, value in per_option.items():
            option = contest.options[option_id]
            if isinstance(option, Candidate | PartyList):
                votes[option.party] = votes.get(option.party, 0) + value
    return votes
