"""What is recorded of a count: opened, tallies, corrections, confirmed, returned.

Events are in the past tense and never refuse: what was recorded once must replay under tomorrow's
law as well as under today's.
"""

from datetime import datetime
from typing import ClassVar, Literal

from typing_extensions import override

from aggregates.base import Event, FirstEvent
from aggregates.counting.checks import Notice
from aggregates.election.tally import Tally

CountState = Literal["none", "interim", "final", "confirmed", "returned"]


class CountFacts:
    """What the events of a count have made of it.

    Attributes:
        contest: The contest.
        unit: The reporting unit.
        state: Where it stands; docs/count-states.md.
        latest: The latest tally; None before the first.
        latest_report: Its number in the stream; 0 before the first.
        is_final: Whether it is final.
        as_of: The moment it states.
        substitutes: Ids of the keys that posted it on behalf of the unit; empty where the unit did.
        answered_at: When the log recorded the latest tally or confirmation.
    """

    contest: str
    unit: str
    state: CountState
    latest: Tally | None
    latest_report: int
    is_final: bool
    as_of: datetime | None
    substitutes: frozenset[str]
    answered_at: datetime | None


class CountOpened(FirstEvent, frozen=True, kw_only=True):
    """The zero report: this unit will report on this contest."""

    TOPIC: ClassVar[str] = "count.opened"
    contest: str
    unit: str

    @override
    def apply(self, aggregate: CountFacts) -> None:
        aggregate.contest = self.contest
        aggregate.unit = self.unit
        aggregate.state = "none"
        aggregate.latest = None
        aggregate.latest_report = 0
        aggregate.is_final = False
        aggregate.as_of = None
        aggregate.substitutes = frozenset()
        aggregate.answered_at = None


class TallyEvent(Event, frozen=True, kw_only=True):
    """A tally was recorded: the latest one is the whole truth.

    Attributes:
        contest: The contest.
        unit: The reporting unit.
        as_of: The moment the sheet states.
        tally: The cumulative figures.
        notices: Warnings recorded with it.
    """

    contest: str
    unit: str
    as_of: datetime
    tally: Tally
    notices: tuple[Notice, ...]

    @override
    def apply(self, aggregate: CountFacts) -> None:
        aggregate.latest = self.tally
        aggregate.latest_report = self.originator_version
        aggregate.as_of = self.as_of
        aggregate.is_final = is_final = self.is_final
        aggregate.state = "final" if is_final else "interim"
        aggregate.answered_at = self.timestamp
        on_behalf = self.provenance.on_behalf
        aggregate.substitutes = self.provenance.keyids if on_behalf else frozenset()

    @property
    def is_final(self) -> bool:
        """Whether the figures are final."""
        raise NotImplementedError


class TallyPosted(TallyEvent, frozen=True, kw_only=True):
    """中間速報: an interim tally."""

    TOPIC: ClassVar[str] = "count.tally-posted"

    @property
    @override
    def is_final(self) -> bool:
        return False


class TallyFinalised(TallyEvent, frozen=True, kw_only=True):
    """確定: the final tally."""

    TOPIC: ClassVar[str] = "count.tally-finalised"

    @property
    @override
    def is_final(self) -> bool:
        return True


class TallyCorrected(TallyEvent, frozen=True, kw_only=True):
    """訂正: what was reported is replaced, with a reason.

    Attributes:
        final: Whether the corrected figures are final.
        reason: Why.
        supersedes: Number in this stream of the report it replaces.
    """

    TOPIC: ClassVar[str] = "count.tally-corrected"
    final: bool
    reason: str
    supersedes: int

    @property
    @override
    def is_final(self) -> bool:
        return self.final


class CountConfirmed(Event, frozen=True, kw_only=True):
    """The prefecture confirms the final tally."""

    TOPIC: ClassVar[str] = "count.confirmed"
    contest: str
    unit: str

    @override
    def apply(self, aggregate: CountFacts) -> None:
        aggregate.state = "confirmed"
        aggregate.answered_at = self.timestamp


class CountReturned(Event, frozen=True, kw_only=True):
    """差戻し: the prefecture asks the centre to look again."""

    TOPIC: ClassVar[str] = "count.returned"
    contest: str
    unit: str
    reason: str

    @override
    def apply(self, aggregate: CountFacts) -> None:
        aggregate.state = "returned"
