"""From the totals of a contest to its winners: one way, for the declaration and for every view.

Which law applies follows from the contest's kind and the polling day; what people drew by lot is
handed in. Where the law leaves equals, `DrawLots` says between whom.
"""

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from aggregates.counting.contest_totals import ContestTotals, DistrictStanding, valid_thousandths
from aggregates.counting.race import (
    Race,
    is_quorate,
    is_uncontested,
    race_full_seats,
    registered_electors,
)
from aggregates.counting.winners.terms import assign_terms
from aggregates.election.ballot import DualCandidacy, Member
from aggregates.election.identifiers import ContestId, OptionId
from aggregates.law.justices import review
from aggregates.law.lists.dual_candidacy import DistrictResult, ListMember, order
from aggregates.law.lists.house_block import elect_block
from aggregates.law.lists.uncontested_lists import elect_block_without_poll
from aggregates.law.lists.upper_list import UpperMember, elect_upper, order_members
from aggregates.law.lots import Lots
from aggregates.law.majority import adopted_by_most, adopted_over_half
from aggregates.law.plurality import elect
from aggregates.law.thresholds import (
    deposit_line,
    dividing_seats,
    statutory_minimum,
)
from aggregates.rule_package.kind_rule import Ballot, KindRule


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the law makes of the totals.

    Attributes:
        elected: Candidates or list members, in the order in which they won.
        list_seats: Seats per list, where lists compete.
        dismissed: Justices dismissed.
        vacant: Seats nobody could take; a re-election follows (POEA 109).
        long_terms: Who of them has the long term, where two are filled together (POEA 115).
        uncontested: Elected without a vote (POEA 100).
        adopted: The option that a poll adopts; empty where it adopts none.
        quorum_missed: Too few took part for anything to be decided.
    """

    elected: tuple[OptionId, ...] = ()
    list_seats: dict[OptionId, int] = {}
    dismissed: tuple[OptionId, ...] = ()
    vacant: int = 0
    long_terms: tuple[OptionId, ...] = ()
    uncontested: bool = False
    adopted: tuple[OptionId, ...] = ()
    quorum_missed: bool = False

    def named_options(self, ballot: Ballot) -> tuple[OptionId, ...]:
        """Whom or what a declaration names: elected, dismissed or adopted."""
        match ballot:
            case "justices":
                return self.dismissed
            case "options":
                return self.adopted
            case _:
                return self.elected


def outcome(
    race: Race,
    totals: ContestTotals,
    lots: Lots,
    districts: Mapping[ContestId, DistrictStanding],
) -> Outcome:
    """The winners of a contest under the law in force on its polling day.

    Args:
        race: The contest and its ballot.
        totals: Sums over all its units.
        lots: What people drew where the law left equals.
        districts: Standing of the districts in which list members are candidates as well.

    Raises:
        DrawLots: Equal votes at the last seat and no lot recorded for them.
    """
    if is_uncontested(race):
        decided = _without_poll(race, lots, districts)
    else:
        decided = _by_poll(race, totals, lots, districts)
    elected, long = assign_terms(race, totals.votes, decided.elected, lots)
    return msgspec.structs.replace(decided, elected=elected, long_terms=long)


def _by_poll(
    race: Race,
    totals: ContestTotals,
    lots: Lots,
    districts: Mapping[ContestId, DistrictStanding],
) -> Outcome:
    match race.rule.ballot:
        case "lists":
            return _house_block(race, totals, lots, districts)
        case "open-lists":
            return _upper_list(race, totals, lots)
        case "justices":
            return _justices(race, totals)
        case "options":
            return _options(race, totals)
        case "persons":
            return _candidates(race, totals, lots)


def required_districts(race: Race) -> tuple[ContestId, ...]:
    """The districts whose declaration a list contest waits for (POEA 95-2)."""
    if not race.rule.dual_kind:
        return ()
    members = (m for group in race.standing_lists().values() for m in group)
    return tuple(sorted({m.dual.contest for m in members if m.dual is not None}))


def _without_poll(
    race: Race, lots: Lots, districts: Mapping[ContestId, DistrictStanding]
) -> Outcome:
    """Who is elected where nobody votes (POEA 100)."""
    if not race.rule.is_list:
        standing = race.standing_candidates()
        return Outcome(elected=standing, vacant=race.facts.seats - len(standing), uncontested=True)
    lists = race.standing_lists()
    if race.rule.ballot == "lists":
        members = {name: [_list_member(each) for each in own] for name, own in lists.items()}
        results = _district_results(race, districts)
        elected = elect_block_without_poll(members, race.facts.seats, results, lots)
    else:
        elected = {name: tuple(each.id for each in own) for name, own in lists.items()}
    won = tuple(member for name in sorted(lists) for member in elected[name])
    return Outcome(
        elected=won,
        list_seats={name: len(elected[name]) for name in sorted(lists)},
        vacant=race.facts.seats - len(won),
        uncontested=True,
    )


def _candidates(race: Race, totals: ContestTotals, lots: Lots) -> Outcome:
    votes = {option: totals.votes.get(option, 0) for option in race.standing_candidates()}
    won = elect(votes, race.facts.seats, minimum_of_totals(race, totals), lots)
    return Outcome(elected=won.elected, vacant=won.vacant)


def minimum_of_totals(race: Race, totals: ContestTotals) -> Fraction | None:
    """法定得票数 on these totals, exact, in thousandths; None where there is none."""
    votes = {option: totals.votes.get(option, 0) for option in race.standing_candidates()}
    rule = race.rule.thresholds
    divisor = dividing_seats(race_full_seats(race), race.facts.seats, rule)
    # POEA 95(1): every valid ballot counts, also what division cut and what belongs to nobody.
    return statutory_minimum(valid_thousandths(totals.valid, votes), divisor, rule)


def _house_block(
    race: Race,
    totals: ContestTotals,
    lots: Lots,
    districts: Mapping[ContestId, DistrictStanding],
) -> Outcome:
    lists = race.standing_lists()
    result = elect_block(
        {name: [_list_member(member) for member in group] for name, group in lists.items()},
        {name: totals.votes.get(name, 0) for name in lists},
        race.facts.seats,
        _district_results(race, districts),
        lots,
    )
    return Outcome(
        elected=tuple(m for name in sorted(lists) for m in result.elected.get(name, ())),
        list_seats={name: result.apportionment.seats.get(name, 0) for name in sorted(lists)},
        vacant=result.apportionment.vacant,
    )


def order_of_list(
    race: Race,
    list_id: OptionId,
    totals: ContestTotals,
    seats: int,
    *,
    lots: Lots,
    districts: Mapping[ContestId, DistrictStanding],
) -> tuple[OptionId, ...]:
    """Members of a list in the order in which they are elected, those who can be.

    Raises:
        DrawLots: Equals straddle the last of so many seats.
    """
    members = race.standing_lists()[list_id]
    if race.rule.ballot == "lists":
        results = _district_results(race, districts)
        return order([_list_member(each) for each in members], results, seats, lots)
    people = [UpperMember(each.id, each.priority) for each in members]
    return order_members(people, totals.votes, seats, lots)


def _district_results(
    race: Race, districts: Mapping[ContestId, DistrictStanding]
) -> dict[str, DistrictResult]:
    """What districts decide about the members who stand in them, by member."""
    members = (member for group in race.standing_lists().values() for member in group)
    return {
        member.id: district_result(member.dual, districts[member.dual.contest], race.dual_rule)
        for member in members
        if member.dual is not None and member.dual.contest in districts
    }


def _list_member(member: Member) -> ListMember:
    district = member.dual.contest if member.dual is not None else None
    return ListMember(member.id, member.rank, district)


def district_result(
    dual: DualCandidacy, standing: DistrictStanding, rule: KindRule | None
) -> DistrictResult:
    """What a district decides about a list member who stands in it (POEA 95-2(5), (6)).

    Args:
        dual: Where the member stands.
        standing: Votes and winner there.
        rule: Of the kind of the district.
    """
    own = standing.votes.get(dual.candidate, 0)
    valid = valid_thousandths(standing.valid, standing.votes)
    line = deposit_line(valid, 1, rule.thresholds) if rule is not None else None
    return DistrictResult(
        winner_votes=max(standing.votes.values(), default=0),
        own_votes=own,
        elected=dual.candidate in standing.elected,
        # Without a vote there is no 惜敗率 either: who no longer stands in the district, or
        # stands in one where nobody has votes, is below any line.
        below_deposit=own == 0 or (line is not None and own < line),
    )


def _upper_list(race: Race, totals: ContestTotals, lots: Lots) -> Outcome:
    lists = race.standing_lists()
    member_votes = {
        member.id: totals.votes.get(member.id, 0) for group in lists.values() for member in group
    }
    result = elect_upper(
        {name: [UpperMember(m.id, m.priority) for m in group] for name, group in lists.items()},
        {name: totals.votes.get(name, 0) for name in lists},
        member_votes,
        race.facts.seats,
        lots,
    )
    return Outcome(
        elected=tuple(m for name in sorted(lists) for m in result.elected.get(name, ())),
        list_seats={name: result.apportionment.seats.get(name, 0) for name in sorted(lists)},
        vacant=result.apportionment.vacant,
    )


def _justices(race: Race, totals: ContestTotals) -> Outcome:
    dismissed = (
        justice
        for justice in race.options
        if review(
            totals.votes.get(justice, 0) // 1000,
            totals.no.get(justice, 0) // 1000,
            totals.counted_ballots,
            registered_electors(race, totals.electors),
        ).dismissed
    )
    return Outcome(dismissed=tuple(dismissed))


def _options(race: Race, totals: ContestTotals) -> Outcome:
    if not is_quorate(race, totals.counted_ballots, totals.electors):
        return Outcome(quorum_missed=True)
    votes = {each: totals.votes.get(each, 0) for each in race.options if each not in race.withdrawn}
    by_most = race.rule.majority == "most"
    adopted = adopted_by_most(votes) if by_most else adopted_over_half(votes)
    return Outcome(adopted=() if adopted is None else (adopted,))


def needs_electors(race: Race, totals: ContestTotals) -> bool:
    """Whether who wins depends on 当日有権者数: a share of them must have voted."""
    quorum = race.rule.quorum
    if race.facts.registered_electors is not msgspec.UNSET:
        return quorum is not None and quorum.of == "electors"
    # Nobody is dismissed on fewer ballots than 1 % of the electors (review act, 32).
    is_review = race.rule.ballot == "justices"
    return quorum is not None or (is_review and _more_yes_than_no(totals))


def _more_yes_than_no(totals: ContestTotals) -> bool:
    return any(yes > totals.no.get(justice, 0) for justice, yes in totals.votes.items())
