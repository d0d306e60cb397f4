"""The figures of one election in the report's cuts: by tier, block, prefecture and party."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from aggregates.election.ballot import PartyList
from aggregates.election.geography import PLACES
from aggregates.election.particulars import PreviousRate, PreviousVotes
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.sums import SheetSums, TurnoutSums, add_turnouts, add_up
from projections.statistics.glyphs import Glyphs
from projections.statistics.nominations import Nominee, standing_candidates, standing_members
from projections.statistics.printed_figures import era_date
from projections.statistics.tiers import INDEPENDENT, OTHERS, ReportTier, report_tiers


class Area(NamedTuple):
    """A row of a table cut by place.

    Attributes:
        id: A prefecture's code, a block's id, or nothing for the nation.
        block: Name of the block, where the tier has blocks.
        name: Name of the prefecture; 計 for a block, 合計 for all.
        prefectures: Codes it covers.
        total: Whether it sums others up.
    """

    id: str
    block: str
    name: str
    prefectures: tuple[str, ...]
    total: bool = False


class Ledger:
    """What every table reads from: contests by tier, persons, sums by place."""

    def __init__(self, state: ElectionState) -> None:
        self.state = state
        self.register = state.register()
        self.facts = self.register.facts
        self.election_id = era_date(self.facts.polling_day)
        self._contests: dict[str, list[ContestRecord]] = {}
        for contest in state.contests.values():
            self._contests.setdefault(contest.facts.kind, []).append(contest)
        held = report_tiers(self.register.package, self.facts.polling_day)
        held = tuple(tier for tier in held if tier.kind in self._contests)
        self.tiers = tuple(t for t in held if t.lists or t.rule.ballot == "persons")
        self.polls = tuple(t for t in held if t.rule.ballot == "options")
        self.reviews = tuple(t for t in held if t.rule.ballot == "justices")
        self._people: dict[str, tuple[Nominee, ...]] = {}
        self._sheets: dict[tuple[str, tuple[str, ...]], SheetSums] = {}

    def contests(self, tier: ReportTier) -> list[ContestRecord]:
        """Contests of a tier in order of definition."""
        return self._contests.get(tier.kind, [])

    def people(self, tier: ReportTier) -> tuple[Nominee, ...]:
        """Candidates or list members of a tier who still stand."""
        if tier.code not in self._people:
            of = standing_members if tier.lists else standing_candidates
            self._people[tier.code] = tuple(
                person for contest in self.contests(tier) for person in of(self.state, contest)
            )
        return self._people[tier.code]

    def areas(self, tier: ReportTier) -> tuple[Area, ...]:
        """Prefectures of a tier from north to south, blocks summed up, and the whole."""
        held = {code for contest in self.contests(tier) for code in contest.facts.prefectures}
        areas = list(_blocks(tier, held) if tier.blocks else map(_prefecture, sorted(held)))
        if len(areas) > 1:
            areas.append(Area("", "", "合計", tuple(sorted(held)), total=True))
        return tuple(areas)

    def electorates(self, tier: ReportTier) -> tuple[Area, ...]:
        """The areas of a tier of persons; prefectures that elect together are one (合区)."""
        joined = {
            code: contest.facts.prefectures
            for contest in self.contests(tier)
            for code in contest.facts.prefectures
            if len(contest.facts.prefectures) > 1
        }
        areas: list[Area] = []
        for area in self.areas(tier):
            codes = joined.get(area.id, area.prefectures)
            if area.total or codes == area.prefectures:
                areas.append(area)
            elif area.id == codes[0]:
                areas.append(Area(area.id, "", place_name(codes), codes))
        return tuple(areas)

    def sheets(self, tier: ReportTier, prefectures: tuple[str, ...]) -> SheetSums:
        """Sums of the sheets of a tier over prefectures."""
        key = tier.code, prefectures
        if key not in self._sheets:
            self._sheets[key] = add_up(
                contest.groups[code].sums()
                for contest in self.contests(tier)
                for code in prefectures
                if code in contest.groups
            )
        return self._sheets[key]

    def turnouts(self, tier: ReportTier, prefectures: Iterable[str]) -> TurnoutSums:
        """Sums of the turnouts of a tier over prefectures."""
        return add_turnouts(
            contest.groups[code].turnout()
            for code in prefectures
            for contest in self.contests(tier)
            if code in contest.groups
        )

    def party_columns(self, tier: ReportTier) -> tuple[str, ...]:
        """Parties with a column: those with a list, or with a candidate nominated as such."""
        standing = {person.column for person in self.people(tier)}
        if tier.lists:
            standing |= {o.party for each in self.contests(tier) for o in standing_lists(each)}
        return tuple(party for party in self.register.parties if party in standing)

    def columns(self, tier: ReportTier) -> tuple[str, ...]:
        """Every column of a tier: parties, then 諸派 and 無所属 where persons stand."""
        return (*self.party_columns(tier), *(() if tier.lists else (OTHERS, INDEPENDENT)))

    def party_name(self, column: str) -> str:
        """What a column is headed."""
        party = self.register.parties.get(column)
        return party.name if party is not None else column

    @cached_property
    def previous_rates(self) -> dict[tuple[str, str, str], PreviousRate]:
        """(kind, scope, area) -> rates of the last election."""
        return {(r.kind, r.scope, r.area): r for r in self.register.previous.rates}

    def previous_votes(self, tier: ReportTier) -> list[PreviousVotes]:
        """Party votes of the last election in the same kind of contest."""
        return [each for each in self.register.previous.votes if each.kind == tier.kind]

    def votes_by_column(
        self, tier: ReportTier, prefectures: tuple[str, ...]
    ) -> dict[str, int | None]:
        """Votes per column over prefectures, without those for candidates who no longer stand.

        None where nobody has reported on any of a column; 0 where nobody stands in it.
        """
        return by_column(self, tier, self.sheets(tier, prefectures).votes)

    @cached_property
    def glyphs(self) -> Glyphs:
        """What characters of private use in names stand for."""
        return Glyphs(person for tier in self.tiers for person in self.people(tier))

    @property
    def is_estimated(self) -> bool:
        """Whether a figure somewhere was spread over units, not counted in them."""
        return any(contest.sums().estimated for contest in self.state.contests.values())


def block_name(contest: ContestRecord) -> str:
    """Name of the block of a contest; empty where there is none."""
    block = contest.rule.find_block(contest.facts.block)
    return block.name if block is not None else ""


def place_name(prefectures: Iterable[str]) -> str:
    """鳥取県・島根県."""
    return "・".join(PLACES[code] for code in prefectures)


def standing_lists(contest: ContestRecord) -> tuple[PartyList, ...]:
    """Lists of a contest that still stand."""
    return tuple(
        option
        for option in contest.options.values()
        if isinstance(option, PartyList) and option.id not in contest.withdrawn
    )


def by_column(ledger: Ledger, tier: ReportTier, votes: dict[str, int]) -> dict[str, int | None]:
    """Votes per option or member, summed by column; None where none of them is known."""
    found: dict[str, list[int | None]] = {column: [] for column in ledger.columns(tier)}
    if tier.lists:
        for contest in ledger.contests(tier):
            for option in standing_lists(contest):
                found[option.party].append(votes.get(option.id))
    if tier.rule.ballot != "lists":
        for person in ledger.people(tier):
            found[person.column].append(votes.get(person.id))
    return {column: sum_known(own) if own else 0 for column, own in found.items()}


def sum_known(figures: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _prefecture(code: str) -> Area:
    return Area(code, "", PLACES[code], (code,))


def _blocks(tier: ReportTier, held: set[str]) -> Iterable[Area]:
    for block in tier.blocks:
        codes = tuple(code for code in block.prefectures if code in held)
        yield from (Area(code, block.name, PLACES[code], (code,)) for code in codes)
        if len(block.prefectures) > 1 and codes:
            yield Area(block.id, block.name, "計", codes, total=True)
