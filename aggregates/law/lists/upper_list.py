"""The Upper House's national lists (POEA 95-3): open lists with members who go first (特定枠)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregates.law.lists.apportionment import Apportionment, apportion
from aggregates.law.lots import NO_LOTS, Lots, rank_by_score
from aggregates.law.refusals import Unlawful, VotesForNoList, natural


class PrioritiesAreDistinct(Unlawful):
    """Members who go first on a list stand in an order: no two at the same place."""

    code = "priorities-are-distinct"


@dataclass(frozen=True, slots=True)
class UpperMember:
    """A member of an Upper House list; `priority` is the place in the 特定枠, else None."""

    id: str
    priority: int | None


@dataclass(frozen=True, slots=True)
class UpperResult:
    """The outcome; every mapping holds all parties, by id.

    Attributes:
        totals: votes of a party, its name's and its members' together, in thousandths.
        apportionment: the seats.
        elected: who takes them, in order.
    """

    totals: Mapping[str, int]
    apportionment: Apportionment
    elected: Mapping[str, tuple[str, ...]]


def elect_upper(
    lists: Mapping[str, Sequence[UpperMember]],
    list_votes: Mapping[str, int],
    member_votes: Mapping[str, int],
    seats: int,
    lots: Lots = NO_LOTS,
) -> UpperResult:
    """Decide the national lists.

    Args:
        lists: party -> members who are candidates on polling day.
        list_votes: party -> votes for the list's own name, in thousandths.
        member_votes: member -> votes naming them, in thousandths; missing means none.
        seats: the seats of the nation.
        lots: what was drawn so far, between parties or between members.

    Raises:
        DrawLots: where equal quotients or equal members straddle the last seat.
        VotesForNoList: for votes of a party or member that no list has.
        PrioritiesAreDistinct: if two members share a place in the 特定枠.
        NegativeFigure: for negative votes or seats.
    """
    _check(lists, list_votes, member_votes)
    totals = party_totals(lists, list_votes, member_votes)
    eligible = {party: len(members) for party, members in lists.items()}
    apportionment = apportion(totals, seats, eligible, lots)
    elected = {
        party: order_members(lists[party], member_votes, won, lots)[:won]
        for party, won in apportionment.seats.items()
    }
    return UpperResult(totals=totals, apportionment=apportionment, elected=elected)


def party_totals(
    lists: Mapping[str, Sequence[UpperMember]],
    list_votes: Mapping[str, int],
    member_votes: Mapping[str, int],
) -> dict[str, int]:
    """Return the votes of each party, its name's and its members' together, by id."""
    # POEA 95-3(1): a vote for a member is a vote for the list, for those who go first as well.
    return {
        party: list_votes.get(party, 0) + sum(member_votes.get(each.id, 0) for each in lists[party])
        for party in sorted(lists)
    }


def order_members(
    members: Sequence[UpperMember], member_votes: Mapping[str, int], won: int, lots: Lots
) -> tuple[str, ...]:
    """Return the members in the order in which they are elected, for so many seats.

    Raises DrawLots where equal members straddle the last seat.
    """
    # POEA 86-3(1), 95-3(4): those who go first in their written order, whatever votes name them;
    # then the others by personal votes, equals by lot (95-3(3)).
    placed = {each.priority: each.id for each in members if each.priority is not None}
    first = tuple(placed[priority] for priority in sorted(placed))
    personal = {each.id: member_votes.get(each.id, 0) for each in members if each.priority is None}
    return first + rank_by_score(personal, won - len(first), lots)


def _check(
    lists: Mapping[str, Sequence[UpperMember]],
    list_votes: Mapping[str, int],
    member_votes: Mapping[str, int],
) -> None:
    on_lists = {each.id for members in lists.values() for each in members}
    _check_votes(list_votes, set(lists))
    _check_votes(member_votes, on_lists)
    for party, members in sorted(lists.items()):
        places = [each.priority for each in members if each.priority is not None]
        if len(set(places)) < len(places):
            raise PrioritiesAreDistinct(party=party)


def _check_votes(votes: Mapping[str, int], known: set[str]) -> None:
    for each, own in sorted(votes.items()):
        if each not in known:
            raise VotesForNoList(party=each)
        natural("votes", own)
