"""Counts and contests as the fold remembers them.

Sums and what the law makes of them are caches: an event clears those above it, and the next reader
adds up again. One event costs the same however large the nation is, and no old sum is ever read.
"""

from collections.abc import Iterator
from datetime import datetime

from aggregates.counting.contest_totals import ContestTotals
from aggregates.counting.count_events import CountState, TallyEvent
from aggregates.counting.declaration import DeclarationSetAside
from aggregates.counting.outcome import Outcome
from aggregates.counting.race import Race
from aggregates.counting.succession import DepartureRecorded
from aggregates.election.ballot import Option, WithdrawalCause
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.geography import NATION_PLACE, prefectures_among
from aggregates.election.particulars import Particulars
from aggregates.election.tally import Tally
from aggregates.law.lists.apportionment import Apportionment
from aggregates.law.lots import DrawLots
from aggregates.rule_package.kind_rule import KindRule
from projections.state.count_status import Status
from projections.state.event_history import EventSource, begin_history
from projections.state.proposal import Proposal
from projections.state.reporting_effort import ReportingEffort, count_effort
from projections.state.sums import (
    CountBase,
    SheetSums,
    TurnoutSums,
    add_turnouts,
    add_up,
    turnout_sums,
)
from projections.state.turnout_record import TurnoutRecord


class CountRecord:
    """One count: its latest sheet, its state, and every report in order.

    Attributes:
        history: (position, event) of every event of this count.
        own_documents: Documents that show every event of this count.
        documents: Documents that show its figures; the former are among them.
        latest: The event of the latest sheet.
        counted: What its reports were, counted as they came; None where they are in memory.
        corrected: A final figure was replaced.
        doubtful: Names or order of the ballot changed since its latest report.
    """

    __slots__ = (
        "contest", "corrected", "counted", "documents", "doubtful", "final", "group", "history",
        "latest", "own_documents", "position", "state", "status", "turnout", "unit",
    )  # fmt: skip

    def __init__(
        self,
        contest: "ContestRecord",
        group: "PrefectureCounts",
        unit: str,
        source: EventSource | None,
    ) -> None:
        self.contest = contest
        self.group = group
        self.unit = unit
        self.turnout = TurnoutRecord(unit, source)
        self.own_documents: tuple[str, ...] = ()
        self.documents: tuple[str, ...] = ()
        self.latest: TallyEvent | None = None
        self.counted = None if source is None else ReportingEffort()
        self.state: CountState = "none"
        self.status: Status = "none"
        self.final = False
        self.corrected = False
        self.doubtful = False
        self.position = 0
        self.history = begin_history(source)

    @property
    def effort(self) -> ReportingEffort:
        """What its reports were."""
        return self.counted or count_effort(self.history, self.turnout.history)

    @property
    def tally(self) -> Tally | None:
        """The latest sheet; None before the first."""
        return None if self.latest is None else self.latest.tally

    @property
    def as_of(self) -> datetime | None:
        """The moment the latest sheet states."""
        return self.latest.as_of if self.latest is not None else None

    @property
    def notices(self) -> tuple[str, ...]:
        """Codes of the warnings recorded with the latest sheet."""
        return tuple(n.code for n in self.latest.notices) if self.latest is not None else ()

    @property
    def settled(self) -> bool:
        """Final, and not returned for correction."""
        return self.final and self.state != "returned"

    @property
    def voters(self) -> int | None:
        """投票者数 as far as it is final: by the final sheet (I), else by the final turnout."""
        if self.final and self.tally is not None and self.tally.voters is not None:
            return self.tally.voters
        if self.turnout.final and self.turnout.figures is not None:
            return self.turnout.figures.voters.total
        return None

    @property
    def ballots(self) -> int:
        """Ballots of the latest sheet, at least where it has votes alone; 0 before the first."""
        return self.tally.ballots_at_least if self.tally is not None else 0

    @property
    def base(self) -> CountBase:
        """How many ballots to expect here.

        Final voters; else the voters of the last turnout, unless more ballots than that are
        counted already (it is of the day only, without early votes); else the electors. Nothing
        where these were spread over units: a share of an estimate says nothing.
        """
        if self.is_base_estimated:
            return CountBase()
        if self.voters is not None:
            return CountBase(self.voters, "voters")
        figures = self.turnout.figures
        if figures is None:
            return CountBase()
        if figures.voters.total and figures.voters.total >= self.ballots:
            return CountBase(figures.voters.total, "interim")
        return CountBase(figures.electors.total, "electors")

    @property
    def is_base_estimated(self) -> bool:
        """Whether ballots or voters were spread over units, not counted here."""
        sheet, figures = self.tally, self.turnout.figures
        if sheet is not None and ("ballots" in sheet.estimated or "voters" in sheet.estimated):
            return True
        by_sheet = self.final and sheet is not None and sheet.voters is not None
        return not by_sheet and figures is not None and figures.estimated


class PrefectureCounts:
    """The counts of one contest in one prefecture: the level at which sums are kept."""

    __slots__ = ("_sums", "_turnout", "counts")

    def __init__(self) -> None:
        self.counts: list[CountRecord] = []
        self._sums: SheetSums | None = None
        self._turnout: TurnoutSums | None = None

    def clear(self) -> None:
        """A sheet or a turnout changed: both say how many voters there are."""
        self._sums = None
        self._turnout = None

    def sums(self) -> SheetSums:
        """Sums over the latest sheets."""
        if self._sums is None:
            self._sums = _sum_counts(self.expected_counts())
        return self._sums

    def turnout(self) -> TurnoutSums:
        """Sums over the latest turnouts."""
        if self._turnout is None:
            self._turnout = add_turnouts(
                turnout_sums(count.turnout.figures, count.turnout.as_of, final=count.turnout.final)
                for count in self.expected_counts()
            )
        return self._turnout

    def expected_counts(self) -> Iterator[CountRecord]:
        """Counts that report: none where nobody votes (POEA 100)."""
        return (count for count in self.counts if not count.contest.uncontested)


def _sum_counts(counts: Iterator[CountRecord]) -> SheetSums:
    sums = SheetSums(votes={}, no={})
    for count in counts:
        sums.units += 1
        if count.tally is not None:
            sums.add_sheet(count.tally)
            sums.reporting += 1
            sums.final += count.final
            sums.contested += count.state == "returned"
        sums.add_base(count.base, count.ballots)
    return sums


class ContestRecord:
    """One contest: ballot, counts by prefecture, lots and declaration.

    Attributes:
        rule: What the log's package says of its kind.
        documents: Documents that show the contest as a whole.
        uncontested: 無投票: nobody votes; announced, declared, or settled as counting opened.
        no_poll_announced: It was announced that nobody votes.
        polled: Counting was opened for this contest.
        unsettled: Counts that are not final, or contested.
        dependents: List contests whose members are candidates here as well.
        departures: Who is gone since polling: position and event, by person.
        successors: By whose seat it was: position, and who moved up.
        set_aside: By what the declaration was set aside, with its position; None while it is not.
        race: Cache: the contest as the law sees it.
        proposal: Cache: what the law says on final figures.
        projection: Cache: (D'Hondt on the votes so far,).
    """

    def __init__(self, facts: ContestFacts, rule: KindRule) -> None:
        self.facts = facts
        self.rule = rule
        self.is_list = rule.is_list
        self.documents: tuple[str, ...] = ()
        self.options: dict[str, Option] = {}
        self.withdrawn: dict[str, WithdrawalCause] = {}
        self.particulars: dict[str, Particulars] = {}
        self.groups: dict[str, PrefectureCounts] = {
            code: PrefectureCounts() for code in facts.prefectures
        }
        self.counts: dict[str, CountRecord] = {}
        self.uncontested = False
        self.no_poll_announced = False
        self.polled = False
        self.unsettled = 0
        self.dependents: dict[str, ContestRecord] = {}
        self.lots: dict[frozenset[str], tuple[str, ...]] = {}
        self.declared: Outcome | None = None
        self.declared_totals: ContestTotals | None = None
        self.declared_at = 0
        self.set_aside: tuple[int, DeclarationSetAside] | None = None
        self.departures: dict[str, tuple[int, DepartureRecorded]] = {}
        self.successors: dict[str, tuple[int, str]] = {}
        self.race: Race | None = None
        self.proposal: Proposal | None = None
        self.projection: tuple[Apportionment | DrawLots | None] | None = None
        self._sums: SheetSums | None = None
        self._turnout: TurnoutSums | None = None

    def clear_sums(self) -> None:
        """A sheet or a turnout changed; the caller clears its group."""
        self._sums = None
        self._turnout = None
        self.proposal = None
        self.projection = None

    def clear_law(self) -> None:
        """Ballot, lots, declaration, or a district that this contest waits for changed."""
        self.race = None
        self.proposal = None
        self.projection = None

    def clear_everything(self) -> None:
        """Whether anybody votes was decided."""
        self.clear_law()
        self.clear_sums()
        for group in self.groups.values():
            group.clear()

    def sums(self) -> SheetSums:
        """Sums over every unit."""
        if self._sums is None:
            self._sums = add_up(group.sums() for group in self.groups.values())
        return self._sums

    def turnout(self) -> TurnoutSums:
        """Turnout over every unit."""
        if self._turnout is None:
            self._turnout = add_turnouts(group.turnout() for group in self.groups.values())
        return self._turnout

    @property
    def is_no_poll_stated(self) -> bool:
        """Whether it was announced that nobody votes, or the winners were declared."""
        return self.no_poll_announced or self.declared is not None

    @property
    def complete(self) -> bool:
        """Whether no figure is missing: every unit is final and none is contested."""
        return self.uncontested or (self.polled and not self.unsettled)

    @property
    def local(self) -> bool:
        """Whether it lies wholly within one prefecture."""
        return len(self.groups) == 1 and NATION_PLACE not in self.groups

    @property
    def is_joint(self) -> bool:
        """合区: candidates of one district that is several prefectures (POEA, annexed table 3)."""
        return len(self.groups) > 1 and self.rule.ballot == "persons"

    @property
    def prefectures(self) -> tuple[str, ...]:
        """Prefectures of its units; a definition may name more."""
        return prefectures_among(code for code, group in self.groups.items() if group.counts)
