"""What the fold remembers: mutable, in memory, derived from events alone.

Sums are caches: an event clears those above it, and the next reader adds up again. So one event
costs the same however large the nation is, and an old sum can never be read.
"""

from datetime import datetime
from typing import NamedTuple

from aggregates.ballot import Option, Party, WithdrawalCause
from aggregates.base import Event
from aggregates.contest import ContestFacts
from aggregates.count import CountState, TallyCorrected
from aggregates.declaration import OutcomeRevised
from aggregates.election import ElectionFacts, Phase
from aggregates.geography import Unit
from aggregates.outcome import ContestTotals, Outcome
from aggregates.tally import Tally
from aggregates.turnout import TurnoutCorrected, TurnoutFigures
from projections.sums import SheetSums, TurnoutSums, add_turnouts, add_up, turnout_of

ALWAYS = ("national", "coverage")
"""Documents that every change of a figure changes."""


class CountRecord:
    """One count: its latest sheet, its state, and every report in order.

    Attributes:
        history: (position, event) of every event of this count.
        documents: Public documents that an event of this count changes.
    """

    __slots__ = (
        "as_of", "contest", "corrected", "documents", "final", "group", "history", "notices",
        "position", "state", "tally", "unit",
    )  # fmt: skip

    def __init__(self, contest: "ContestRecord", unit: str, documents: tuple[str, ...]) -> None:
        self.contest = contest
        self.unit = unit
        self.documents = documents
        self.group: Group
        self.tally: Tally | None = None
        self.state: CountState = "none"
        self.final = False
        self.corrected = False
        self.notices: tuple[str, ...] = ()
        self.as_of: datetime | None = None
        self.position = 0
        self.history: list[tuple[int, Event]] = []


class TurnoutRecord:
    """Turnout of one contest in one unit: the latest figures and every report in order."""

    __slots__ = ("as_of", "figures", "final", "history", "position", "unit")

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.figures: TurnoutFigures | None = None
        self.final = False
        self.as_of: datetime | None = None
        self.position = 0
        self.history: list[tuple[int, Event]] = []


class Group:
    """The counts of one contest in one prefecture: the level at which sums are kept."""

    __slots__ = ("_sums", "_turnout", "counts", "turnouts")

    def __init__(self) -> None:
        self.counts: list[CountRecord] = []
        self.turnouts: list[TurnoutRecord] = []
        self._sums: SheetSums | None = None
        self._turnout: TurnoutSums | None = None

    def clear_sums(self) -> None:
        """A sheet changed."""
        self._sums = None

    def clear_turnout(self) -> None:
        """A turnout changed."""
        self._turnout = None

    def sums(self) -> SheetSums:
        """Sums over the latest sheets."""
        if self._sums is None:
            self._sums = _sum_counts(self.counts)
        return self._sums

    def turnout(self) -> TurnoutSums:
        """Sums over the latest turnouts."""
        if self._turnout is None:
            self._turnout = add_turnouts(
                turnout_of(record.figures, final=record.final) for record in self.turnouts
            )
        return self._turnout


def _sum_counts(counts: list[CountRecord]) -> SheetSums:
    sums = SheetSums(votes={}, no={}, units=len(counts))
    for count in counts:
        if count.tally is not None:
            sums.add_sheet(count.tally)
            sums.reporting += 1
            sums.final += count.final
            sums.contested += count.state == "returned"
    return sums


class ContestRecord:
    """One contest: ballot, counts by prefecture, lots and declaration."""

    def __init__(self, facts: ContestFacts) -> None:
        self.facts = facts
        self.options: dict[str, Option] = {}
        self.withdrawn: dict[str, WithdrawalCause] = {}
        self.groups: dict[str, Group] = {code: Group() for code in facts.prefectures}
        self.counts: dict[str, CountRecord] = {}
        self.turnouts: dict[str, TurnoutRecord] = {}
        self.lots: dict[frozenset[str], tuple[str, ...]] = {}
        self.declared: Outcome | None = None
        self.declared_totals: ContestTotals | None = None
        self.declared_at = 0
        self._sums: SheetSums | None = None
        self._turnout: TurnoutSums | None = None

    def clear_sums(self) -> None:
        """A sheet changed."""
        self._sums = None

    def clear_turnout(self) -> None:
        """A turnout changed."""
        self._turnout = None

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


class ElectionRecord:
    """The election and its register."""

    def __init__(self, facts: ElectionFacts) -> None:
        self.facts = facts
        self.phase: Phase = "defined"
        self.pause_reason = ""
        self.units: dict[str, Unit] = {}
        self.parties: dict[str, Party] = {}


class TurnoutPlace(NamedTuple):
    """Where a turnout stream belongs, and the documents its events change."""

    contest: ContestRecord
    group: Group
    turnout: TurnoutRecord
    documents: tuple[str, ...]


class Correction(NamedTuple):
    """A correction with the figures before and after it, by field.

    Attributes:
        position: Position of the correction.
        replaces: Position of what it replaced.
        event: The correction.
        before: Figures that stood; votes in thousandths.
        after: Figures that stand now.
    """

    position: int
    replaces: int
    event: TallyCorrected | TurnoutCorrected | OutcomeRevised
    before: dict[str, int]
    after: dict[str, int]


class NightState:
    """The state of the fold.

    Attributes:
        position: Position of the last event applied; 0 before the first.
        versions: Public document -> position of the last event that changed it.
        times: When each position was recorded; `times[0]` belongs to position 1.
        contests: Every contest by id, in order of definition.
        corrections: Every correction of tallies, turnouts and declarations, the oldest first.
        course: (position, event) of opening, pauses, noted changes, closing.
        counts: Every count by its stream.
        turnouts: Every turnout by its stream.
    """

    def __init__(self) -> None:
        self.position = 0
        self.versions: dict[str, int] = {}
        self.times: list[datetime] = []
        self.election: ElectionRecord | None = None
        self.contests: dict[str, ContestRecord] = {}
        self.corrections: list[Correction] = []
        self.course: list[tuple[int, Event]] = []
        self.counts: dict[str, CountRecord] = {}
        self.turnouts: dict[str, TurnoutPlace] = {}

    def register(self) -> ElectionRecord:
        """The election with its register.

        Raises:
            LookupError: The log is empty.
        """
        if self.election is None:
            raise LookupError("the log holds no election yet")
        return self.election

    def touch(self, position: int, *documents: str) -> None:
        """These documents change at this position."""
        for document in documents:
            self.versions[document] = position

    def correct(self, correction: "Correction") -> None:
        """Remember a correction."""
        self.corrections.append(correction)
        self.versions["corrections"] = correction.position
