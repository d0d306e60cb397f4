"""Who of the winners has the long term, where one election fills seats of both (POEA 115)."""

from collections.abc import Mapping

import msgspec

from aggregates.counting.race import Race, is_uncontested
from aggregates.election.identifiers import OptionId
from aggregates.law.lists.upper_list import UpperMember, order_members, party_totals
from aggregates.law.long_terms import (
    long_seats_of_lists,
    long_terms_by_lot,
    long_terms_by_votes,
    long_terms_of_lists,
)
from aggregates.law.lots import Lots


def assign_terms(
    race: Race, votes: Mapping[OptionId, int], elected: tuple[OptionId, ...], lots: Lots
) -> tuple[tuple[OptionId, ...], tuple[OptionId, ...]]:
    """The elected with those of the long term first, and who these are; list by list in lists.

    Nobody where the contest has one term, nor for lists without a poll: how many long seats each
    has, and who is first on each, is drawn (POEA 115(3)), and nothing here stands for that.

    Args:
        race: The contest.
        votes: Of candidates; of lists and their members.
        elected: The winners of all its seats.
        lots: What was drawn so far.

    Raises:
        DrawLots: Equals straddle the last long seat.
    """
    long_seats, uncontested = race.facts.long_seats, is_uncontested(race)
    if long_seats is msgspec.UNSET or (race.rule.is_list and uncontested):
        return elected, ()
    if race.rule.is_list:
        long = _of_lists(race, votes, long_seats, lots)
    elif uncontested:
        long = long_terms_by_lot(elected, long_seats, lots)
    else:
        own = {each: votes.get(each, 0) for each in elected}
        long = long_terms_by_votes(own, elected, long_seats, lots)
    return _long_first(race, elected, long), long


def _of_lists(
    race: Race, votes: Mapping[OptionId, int], long_seats: int, lots: Lots
) -> tuple[OptionId, ...]:
    lists = {
        name: [UpperMember(each.id, each.priority) for each in members]
        for name, members in race.standing_lists().items()
    }
    eligible = {name: len(members) for name, members in lists.items()}
    long = long_seats_of_lists(party_totals(lists, votes, votes), long_seats, eligible, lots)
    orders = {
        name: order_members(members, votes, long[name], lots) for name, members in lists.items()
    }
    return long_terms_of_lists(orders, long)


def _long_first(
    race: Race, elected: tuple[OptionId, ...], long: tuple[OptionId, ...]
) -> tuple[OptionId, ...]:
    list_of = {m.id: name for name, members in race.standing_lists().items() for m in members}
    ordered = (*long, *(each for each in elected if each not in long))
    lists = dict.fromkeys(list_of.get(each, "") for each in elected)
    return tuple(e for name in lists for e in ordered if list_of.get(e, "") == name)
