"""A contest as the law sees it: its ballot in force, and the day and rules that decide it."""

from datetime import date
from fractions import Fraction

import msgspec

from aggregates.election.ballot import Candidate, Member, Option, PartyList
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.identifiers import OptionId
from aggregates.law.lists.uncontested_lists import no_block_poll, no_list_poll
from aggregates.law.majority import meets_quorum
from aggregates.law.plurality import no_poll_needed
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rules import FIRST_RULES, SECOND_RULES


class Race(msgspec.Struct, frozen=True, kw_only=True):
    """A contest with the ballot in force and the day whose law applies.

    Attributes:
        facts: What is fixed about the contest.
        rule: What the log's package says of its kind.
        dual_rule: The same of the kind in which list members may stand as well.
        options: Its ballot, withdrawn options included.
        withdrawn: Options and members who no longer stand.
        polling_day: Decides the law.
        polled: Counting was opened for it: there were more candidates than seats, and anyone who
            falls away afterwards does not undo the poll.
        rules: Number of the rules under which it is decided.
    """

    facts: ContestFacts
    rule: KindRule
    options: dict[OptionId, Option]
    withdrawn: frozenset[OptionId]
    polling_day: date
    dual_rule: KindRule | None = None
    polled: bool = False
    rules: int = FIRST_RULES

    def standing_lists(self) -> dict[OptionId, tuple[Member, ...]]:
        """Lists still standing, without the members who no longer stand."""
        return {
            option.id: tuple(m for m in option.members if m.id not in self.withdrawn)
            for option in self.options.values()
            if isinstance(option, PartyList) and option.id not in self.withdrawn
        }

    def has_lists(self) -> bool:
        """Whether any list still stands."""
        return any(
            isinstance(option, PartyList) and option.id not in self.withdrawn
            for option in self.options.values()
        )

    def standing_candidates(self) -> tuple[OptionId, ...]:
        """Candidates still standing."""
        return tuple(
            option.id
            for option in self.options.values()
            if isinstance(option, Candidate) and option.id not in self.withdrawn
        )


def race_full_seats(race: Race) -> int:
    """議員定数 that divides the valid votes; rules 1 knew of none but the seats to be filled."""
    first = race.rules < SECOND_RULES and race.facts.full_seats is msgspec.UNSET
    return race.facts.seats if first else race.facts.all_seats(race.rule)


def is_uncontested(race: Race) -> bool:
    """Whether nobody votes (無投票, POEA 100): no more candidates than seats are left.

    Rules 1 knew of no lists without a poll.
    """
    seats = race.facts.seats
    if race.polled:
        return False
    match race.rule.no_poll:
        case "never":
            # Judicial review act 25(1): a review is held even where nobody votes on the district.
            return False
        case "candidates":
            return no_poll_needed(race.standing_candidates(), seats)
        case "members":
            return race.rules >= SECOND_RULES and no_list_poll(race.standing_lists(), seats)
        case "members-or-one-list":
            return race.rules >= SECOND_RULES and no_block_poll(race.standing_lists(), seats)


def opens_without_poll(race: Race, *, stated: bool) -> bool:
    """Whether counting opens without this contest, since nobody votes on it.

    Lists go without a poll where that was stated: who announced nothing (POEA 100(5)) has polled,
    and ballots that were cast are counted.

    Args:
        race: As it is when counting opens.
        stated: Whether it was announced, or the winners were declared.
    """
    if not stated and race.rule.is_list and race.has_lists():
        return False
    return is_uncontested(race)


def registered_electors(race: Race, electors: int) -> int:
    """Electors of the rolls that the law names, as stated; else 当日有権者数."""
    stated = race.facts.registered_electors
    return electors if stated is msgspec.UNSET else stated


def is_quorate(race: Race, ballots: int, electors: int) -> bool:
    """Whether so many ballots, or voters, are enough for a decision."""
    quorum = race.rule.quorum
    if quorum is None:
        return True
    if quorum.of == "registered":
        electors = registered_electors(race, electors)
    return meets_quorum(ballots, electors, Fraction(*quorum.share))
