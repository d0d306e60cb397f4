"""Which tables an election has: a list per kind of contest, as data."""

from collections.abc import Callable, Iterator

import msgspec

from projections.state.election_state import ElectionState
from projections.statistics.glyphs import UnreadableGlyphs, spell_out
from projections.statistics.ledger import Ledger
from projections.statistics.table import Table
from projections.statistics.tables import (
    candidacy,
    deposit_table,
    district_votes,
    justices_table,
    list_member_votes,
    list_tables,
    municipalities,
    party_votes,
    poll_table,
    survey_tables,
    turnout_moments,
    turnout_tables,
    winners_table,
)
from projections.statistics.tables.candidacy import Group
from projections.statistics.tiers import ReportTier

Make = Callable[[Ledger, ReportTier], Table]

PERSONS: tuple[Make, ...] = (
    party_votes.compare_votes,
    party_votes.by_prefecture,
    turnout_tables.ballots,
    district_votes.candidates,
    district_votes.lines,
    district_votes.thresholds,
    winners_table.elected,
    deposit_table.by_party,
    municipalities.votes,
    municipalities.ballots,
)
"""Tables of contests in which persons stand."""

LISTS: tuple[Make, ...] = (
    party_votes.compare_votes,
    party_votes.by_block_and_prefecture,
    turnout_tables.ballots,
    list_tables.blocks,
    list_tables.entries,
    list_tables.quotients,
    winners_table.elected,
    deposit_table.by_list,
    deposit_table.by_party,
    municipalities.votes,
    municipalities.ballots,
)
"""Tables of contests in which lists stand."""

BLOCKS: tuple[Make, ...] = (party_votes.by_block,)
"""Beside them where lists stand in blocks."""

OPEN_LISTS: tuple[Make, ...] = (list_member_votes.by_prefecture,)
"""Beside them where voters may name a member (POEA 46(3))."""

REVIEW: tuple[Make, ...] = (
    justices_table.electors,
    justices_table.votes,
    justices_table.ballots,
)


POLLS: tuple[Make, ...] = (
    poll_table.votes,
    municipalities.votes,
    municipalities.ballots,
)
"""Tables of polls with options."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All tables of one election at one position.

    Attributes:
        election: Id of the election.
        name: Its name.
        environment: `live`, or `rehearsal` for figures that are not real.
        position: Log position the figures were read at.
        tables: In the order of the report.
        unreadable: Names with a character whose shape nothing in the record tells.
        words: What the kinds of contest are called, by the short name of their tables.
    """

    election: str
    name: str
    environment: str
    position: int
    tables: tuple[Table, ...]
    unreadable: tuple[UnreadableGlyphs, ...] = ()
    words: dict[str, str] = {}

    def table(self, name: str) -> Table:
        """A table by id.

        Raises:
            KeyError: The election has no such table.
        """
        found = next((table for table in self.tables if table.id == name), None)
        if found is None:
            raise KeyError(name)
        return found


def build_report(state: ElectionState) -> Report:
    """Every table of the election as the fold has it now."""
    ledger = Ledger(state)
    tables = sorted(_tables(ledger), key=lambda table: _place(table.number))
    return Report(
        election=ledger.facts.id,
        name=ledger.facts.name,
        environment=ledger.facts.environment,
        position=state.position,
        tables=tuple(spell_out(ledger.glyphs, table) for table in tables),
        unreadable=ledger.glyphs.unreadable(tables),
        words={tier.code: tier.word for tier in (*ledger.tiers, *ledger.polls)},
    )


def _tables(ledger: Ledger) -> Iterator[Table]:
    groups: tuple[Group, ...] = ("candidacy", "winners")
    for group in groups:
        if ledger.tiers:
            yield candidacy.by_party(ledger, group)
        for tier in ledger.tiers:
            if not tier.lists:
                yield candidacy.by_prefecture_and_party(ledger, tier, group)
                yield candidacy.by_prefecture_and_age(ledger, tier, group)
    if ledger.tiers or ledger.polls:
        voted_on = (*ledger.tiers, *ledger.polls)
        yield turnout_tables.electorate(ledger, voted_on)
        yield turnout_tables.turnout(ledger, voted_on)
        yield from turnout_moments.tables(ledger, (*voted_on, *ledger.reviews))
    for tier in (*ledger.tiers, *ledger.reviews, *ledger.polls):
        for make in _makers(tier):
            yield make(ledger, tier)
    yield from survey_tables.tables(ledger)


def _makers(tier: ReportTier) -> tuple[Make, ...]:
    match tier.rule.ballot:
        case "persons":
            return PERSONS
        case "justices":
            return REVIEW
        case "options":
            return POLLS
        case _:
            return (*LISTS, *BLOCKS) if tier.blocks else (*LISTS, *OPEN_LISTS)


def _place(number: str) -> tuple[int, ...]:
    """`3(10)` comes after `3(9)`."""
    return tuple(int(part) for part in number.replace(")", "").split("("))
