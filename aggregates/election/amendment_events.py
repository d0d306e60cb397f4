"""Changes of what was defined: each keeps what stood before, what stands now, and why."""

from typing import ClassVar

from typing_extensions import override

from aggregates.base import Event
from aggregates.election.ballot import Candidate, Justice, Option, Party, PartyList, PollOption
from aggregates.election.ballot_names import ballot_names
from aggregates.election.contests.contest_events import RecordedContest
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_events import RecordedElection
from aggregates.election.geography import Unit
from aggregates.election.identifiers import OptionId, UnitCode
from aggregates.election.units.municipality_check import UnitNotice


class CandidateAmended(Event, frozen=True, kw_only=True):
    """What was registered of a candidate is another."""

    TOPIC: ClassVar[str] = "contest.candidate-amended"
    before: Candidate
    after: Candidate
    reason: str

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        _replace_option(aggregate, self)


class ListAmended(Event, frozen=True, kw_only=True):
    """What was registered of a list or its members is another."""

    TOPIC: ClassVar[str] = "contest.list-amended"
    before: PartyList
    after: PartyList
    reason: str

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        _replace_option(aggregate, self)


class JusticeAmended(Event, frozen=True, kw_only=True):
    """What was registered of a justice is another."""

    TOPIC: ClassVar[str] = "contest.justice-amended"
    before: Justice
    after: Justice
    reason: str

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        _replace_option(aggregate, self)


class PollOptionAmended(Event, frozen=True, kw_only=True):
    """What was registered of an option of a poll is another."""

    TOPIC: ClassVar[str] = "contest.option-amended"
    before: PollOption
    after: PollOption
    reason: str

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        _replace_option(aggregate, self)


class BallotReordered(Event, frozen=True, kw_only=True):
    """Candidates, lists or justices stand in another order."""

    TOPIC: ClassVar[str] = "contest.ballot-reordered"
    before: tuple[OptionId, ...]
    after: tuple[OptionId, ...]
    reason: str

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.options = {option: aggregate.options[option] for option in self.after}
        aggregate.names_changed_at = self.timestamp


class ContestAmended(Event, frozen=True, kw_only=True):
    """The definition of a contest is another.

    Attributes:
        before: As it stood.
        after: As it stands.
        reason: Why.
        set_aside: Units taken off it whose reports no longer count.
    """

    TOPIC: ClassVar[str] = "contest.amended"
    before: ContestFacts
    after: ContestFacts
    reason: str
    set_aside: tuple[UnitCode, ...]

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.facts = self.after
        aggregate.units = frozenset(self.after.units)


class ContestAddedLate(Event, frozen=True, kw_only=True):
    """The contest was forgotten, and added after counting was opened."""

    TOPIC: ClassVar[str] = "contest.added-late"
    reason: str

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        """Its definition and ballot are events of their own."""


class UnitsAdded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Units that will report, added after counting was opened.

    Attributes:
        units: The units.
        reason: Why.
        notices: What the register of municipalities cannot confirm; left out where it does.
    """

    TOPIC: ClassVar[str] = "election.units-added"
    units: tuple[Unit, ...]
    reason: str
    notices: tuple[UnitNotice, ...] = ()

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.units |= {unit.code: unit for unit in self.units}


class UnitAmended(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What was registered of a unit is another.

    Attributes:
        before: As it stood.
        after: As it stands.
        reason: Why.
        notices: What the register of municipalities cannot confirm; left out where it does.
    """

    TOPIC: ClassVar[str] = "election.unit-amended"
    before: Unit
    after: Unit
    reason: str
    notices: tuple[UnitNotice, ...] = ()

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.units |= {self.after.code: self.after}


class PartyAmended(Event, frozen=True, kw_only=True):
    """What was registered of a party is another."""

    TOPIC: ClassVar[str] = "election.party-amended"
    before: Party
    after: Party
    reason: str

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.parties |= {self.after.id: self.after}


OptionAmendment = CandidateAmended | ListAmended | JusticeAmended | PollOptionAmended


def _replace_option(contest: RecordedContest, event: OptionAmendment) -> None:
    contest.options[event.after.id] = event.after
    if sheet_names(event.before) != sheet_names(event.after):
        contest.names_changed_at = event.timestamp


def sheet_names(option: Option) -> tuple[tuple[str, str], ...]:
    """What a sheet names of an option: its name and those of its members, in order."""
    return tuple(ballot_names((option,)).items())
