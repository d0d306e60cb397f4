"""What the totals mean now: who is ahead, what the law would say, what was declared.

Nothing here decides. Before every unit is final, the law's answer on the votes so far is a
projection and named so; `proposal` is what an election council would be asked to declare.
"""

from collections.abc import Iterable, Iterator

import msgspec

from aggregates.counting.contest_totals import ContestTotals, DistrictStanding
from aggregates.counting.outcome import (
    Outcome,
    district_result,
    needs_electors,
    outcome,
    required_districts,
)
from aggregates.counting.race import Race, is_quorate
from aggregates.election.ballot import Candidate, PartyList
from aggregates.law.lists.apportionment import Apportionment, apportion
from aggregates.law.lots import DrawLots
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rules import SECOND_RULES
from projections.state.election_state import ElectionState
from projections.state.proposal import Proposal
from projections.state.records import ContestRecord
from projections.state.sums import SheetSums


def build_race(state: ElectionState, contest: ContestRecord) -> Race:
    """The contest as the law sees it."""
    if contest.race is None:
        contest.race = Race(
            facts=contest.facts,
            rule=contest.rule,
            dual_rule=_dual_rule(state, contest),
            options=contest.options,
            withdrawn=frozenset(contest.withdrawn),
            polling_day=contest.facts.held_on(state.register().facts.polling_day),
            polled=contest.polled,
            rules=state.register().rules,
        )
    return contest.race


def _dual_rule(state: ElectionState, contest: ContestRecord) -> KindRule | None:
    dual_kind = contest.rule.dual_kind
    return state.register().rule(dual_kind) if dual_kind else None


def contest_totals(state: ElectionState, contest: ContestRecord) -> ContestTotals:
    """Sums of a contest in the form the law takes them."""
    sums = contest.sums()
    if _is_unopened(state, contest):
        turnout = contest.turnout()
        return ContestTotals(
            votes={}, ballots=turnout.voters.total, electors=turnout.electors.total
        )
    by_sheets = not sums.votes_alone and state.register().rules >= SECOND_RULES
    return ContestTotals(
        votes=sums.votes,
        no=sums.no,
        ballots=sums.ballots,
        electors=contest.turnout().electors.total,
        valid=sums.valid if by_sheets else msgspec.UNSET,
    )


def proposal(state: ElectionState, contest: ContestRecord) -> Proposal:
    """What the law says, once every figure it needs is final."""
    if contest.proposal is None:
        contest.proposal = _propose(state, contest)
    return contest.proposal


def outcome_so_far(state: ElectionState, contest: ContestRecord) -> Outcome | None:
    """The declared outcome; before it what the law says of final figures; None before these."""
    return contest.declared or proposal(state, contest).outcome


def is_contradicted(state: ElectionState, contest: ContestRecord) -> bool:
    """Whether the figures now lead to another decision than the one that was declared.

    So it is after a correction of figures, in the contest or in a district that a list depends on,
    until the election council has revised its decision.
    """
    if contest.declared is None:
        return False
    says = proposal(state, contest)
    return bool(says.lot_between) or (says.outcome is not None and says.outcome != contest.declared)


def _propose(state: ElectionState, contest: ContestRecord) -> Proposal:
    if waiting := _waiting_units(state, contest):
        return Proposal(waiting_units=waiting)
    race = build_race(state, contest)
    standings = _standings(state, race)
    if missing := tuple(c for c in required_districts(race) if c not in standings):
        return Proposal(waiting_contests=missing)
    totals = contest_totals(state, contest)
    try:
        return Proposal(outcome=outcome(race, totals, contest.lots, standings))
    except DrawLots as equals:
        return Proposal(lot_between=equals.between)


def _waiting_units(state: ElectionState, contest: ContestRecord) -> tuple[str, ...]:
    """Units without which nothing can be declared, as the declaration itself will demand."""
    if contest.uncontested or _is_unopened(state, contest):
        return ()
    counts = contest.counts.values()
    if not contest.complete:
        return tuple(count.unit for count in counts if not count.settled)
    if doubtful := tuple(count.unit for count in counts if count.doubtful):
        return doubtful
    sums = contest.sums()
    if outdated := sums.votes.keys() - standing_options(contest):
        return tuple(
            count.unit
            for count in counts
            if count.tally is not None and not outdated.isdisjoint(count.tally.votes)
        )
    if needs_electors(build_race(state, contest), contest_totals(state, contest)):
        return tuple(count.unit for count in counts if count.turnout.figures is None)
    return ()


def _is_unopened(state: ElectionState, contest: ContestRecord) -> bool:
    """Whether the boxes of a poll stay closed, as too few voted."""
    quorum, turnout = contest.rule.quorum, contest.turnout()
    if quorum is None or not quorum.unopened or contest.sums().reporting:
        return False
    if not contest.polled or turnout.units > turnout.final:
        return False
    race = build_race(state, contest)
    return not is_quorate(race, turnout.voters.total, turnout.electors.total)


def ballot_lines(contest: ContestRecord) -> Iterator[tuple[str, str]]:
    """Ids and names on a ballot in its order, members of Upper House lists below their list."""
    for option in contest.options.values():
        yield option.id, option.name
        if isinstance(option, PartyList) and contest.rule.ballot == "open-lists":
            yield from ((member.id, member.name) for member in option.members)


def standing_options(contest: ContestRecord) -> frozenset[str]:
    """Ids that a sheet has votes for now: options, and members of Upper House lists."""
    standing = [o for o in contest.options.values() if o.id not in contest.withdrawn]
    ids = {option.id for option in standing}
    if contest.rule.ballot == "open-lists":
        lists = (option for option in standing if isinstance(option, PartyList))
        ids |= {member.id for party_list in lists for member in party_list.members}
    return frozenset(ids - contest.withdrawn.keys())


def _standings(state: ElectionState, race: Race) -> dict[str, DistrictStanding]:
    """Declared districts; before the declaration, districts on which every figure is final."""
    found = ((each, district_standing(state, each)) for each in required_districts(race))
    return {contest: standing for contest, standing in found if standing is not None}


def district_standing(state: ElectionState, contest_id: str) -> DistrictStanding | None:
    """Votes and winner of a district, by id; None before, and where it is not defined yet."""
    contest = state.contests.get(contest_id)
    return find_district_standing(state, contest) if contest is not None else None


def find_district_standing(state: ElectionState, contest: ContestRecord) -> DistrictStanding | None:
    """Votes and winner of a district, declared or on final figures; None before."""
    if contest.declared is not None and contest.declared_totals is not None:
        return DistrictStanding(
            votes=contest.declared_totals.votes,
            elected=contest.declared.elected,
            valid=contest.declared_totals.valid,
        )
    decided = proposal(state, contest).outcome
    if decided is None:
        return None
    totals = contest_totals(state, contest)
    return DistrictStanding(votes=totals.votes, elected=decided.elected, valid=totals.valid)


def project_seats(state: ElectionState, contest: ContestRecord) -> Apportionment | DrawLots | None:
    """D'Hondt on the votes so far (POEA 95-2, 95-3); None without a vote or without lists.

    Members who won a district that is settled, or fell below its deposit line, are out already;
    the others still count as eligible, so the projection changes as districts are settled.
    """
    if not contest.is_list:
        return None
    if contest.projection is None:
        contest.projection = (_project(state, contest),)
    return contest.projection[0]


def _project(state: ElectionState, contest: ContestRecord) -> Apportionment | DrawLots | None:
    race = build_race(state, contest)
    lists = race.standing_lists()
    votes = list_votes(contest, contest.sums())
    votes = {name: votes.get(name, 0) for name in lists}
    if not any(votes.values()):
        return None
    gone = _ineligible(state, race)
    eligible = {
        name: sum(member.id not in gone for member in members) for name, members in lists.items()
    }
    try:
        return apportion(votes, contest.facts.seats, eligible, contest.lots)
    except DrawLots as equals:
        return equals


def _ineligible(state: ElectionState, race: Race) -> frozenset[str]:
    """Members whom a settled district takes off their list (POEA 95-2(5), (6))."""
    standings = _standings(state, race)
    gone = set()
    for members in race.standing_lists().values():
        for member in members:
            if member.dual is not None and member.dual.contest in standings:
                standing = standings[member.dual.contest]
                result = district_result(member.dual, standing, race.dual_rule)
                if result.elected or result.below_deposit:
                    gone.add(member.id)
    return frozenset(gone)


def list_votes(contest: ContestRecord, sums: SheetSums) -> dict[str, int]:
    """Votes per option; for an Upper House list its own and its members' (POEA 95-3).

    A member who no longer stands brings the list nothing: votes for them are invalid.
    """
    if contest.rule.ballot != "open-lists":
        return sums.votes
    return {
        option.id: sums.votes.get(option.id, 0)
        + sum(
            sums.votes.get(member.id, 0)
            for member in option.members
            if member.id not in contest.withdrawn
        )
        for option in contest.options.values()
        if isinstance(option, PartyList)
    }


def party_votes(parts: Iterable[tuple[ContestRecord, SheetSums]]) -> dict[str, int]:
    """Votes by party over contests, in thousandths; "" stands for independents.

    Votes for those who no longer stand are invalid and belong to no party.
    """
    votes: dict[str, int] = {}
    for contest, sums in parts:
        if contest.rule.ballot == "options":
            continue
        per_option = list_votes(contest, sums)
        for option in contest.options.values():
            if isinstance(option, Candidate | PartyList) and option.id not in contest.withdrawn:
                votes[option.party] = votes.get(option.party, 0) + per_option.get(option.id, 0)
    return votes
