"""What is recorded of a contest: defined, its ballot registered, somebody withdrawn, no poll.

Events are in the past tense and never refuse: what was recorded once must replay under tomorrow's
law as well as under today's.
"""

from datetime import date, datetime
from typing import ClassVar

import msgspec
from typing_extensions import override

from aggregates.base import Event, FirstEvent
from aggregates.election.ballot import (
    Candidate,
    Justice,
    Option,
    PartyList,
    PollOption,
    WithdrawalCause,
)
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.identifiers import OptionId
from aggregates.election.particulars import Particulars
from aggregates.rule_package.japan import JAPAN_BALLOTS
from aggregates.rule_package.kind_rule import Ballot


class RecordedContest:
    """What the events of a contest have made of it.

    Attributes:
        facts: Its definition.
        ballot: What is on its ballot.
        units: Codes of the units that report on it.
        options: Everything registered on its ballot, by id, in the order of the notice.
        withdrawn: Options and members that no longer stand, with the cause.
        withdrawn_on: On which day they were gone, where that was stated.
        no_poll_announced: Whether nobody votes (無投票).
        names_changed_at: When a name on the ballot or the order was last amended; None if never.
    """

    facts: ContestFacts
    ballot: Ballot
    units: frozenset[str]
    options: dict[str, Option]
    withdrawn: dict[str, WithdrawalCause]
    withdrawn_on: dict[str, date]
    no_poll_announced: bool
    names_changed_at: datetime | None


class ContestDefined(FirstEvent, frozen=True, kw_only=True):
    """The contest exists.

    Attributes:
        contest: What is fixed about it.
        ballot: What is on its ballot; left out where Japan's package says it of the kind.
    """

    TOPIC: ClassVar[str] = "contest.defined"
    contest: ContestFacts
    ballot: Ballot | msgspec.UnsetType = msgspec.UNSET

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.facts = self.contest
        known = JAPAN_BALLOTS.get(self.contest.kind, "persons")
        aggregate.ballot = known if self.ballot is msgspec.UNSET else self.ballot
        aggregate.units = frozenset(self.contest.units)
        aggregate.options = {}
        aggregate.withdrawn = {}
        aggregate.withdrawn_on = {}
        aggregate.no_poll_announced = False
        aggregate.names_changed_at = None


class CandidatesRegistered(Event, frozen=True, kw_only=True):
    """Nominations accepted, in the order of the ballot notice."""

    TOPIC: ClassVar[str] = "contest.candidates-registered"
    candidates: tuple[Candidate, ...]

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.options |= {option.id: option for option in self.candidates}


class ListRegistered(Event, frozen=True, kw_only=True):
    """A party's list accepted."""

    TOPIC: ClassVar[str] = "contest.list-registered"
    party_list: PartyList

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.options[self.party_list.id] = self.party_list


class JusticesRegistered(Event, frozen=True, kw_only=True):
    """The justices under review."""

    TOPIC: ClassVar[str] = "contest.justices-registered"
    justices: tuple[Justice, ...]

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.options |= {option.id: option for option in self.justices}


class OptionsRegistered(Event, frozen=True, kw_only=True):
    """The options of a poll, in the order of the ballot."""

    TOPIC: ClassVar[str] = "contest.options-registered"
    options: tuple[PollOption, ...]

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.options |= {option.id: option for option in self.options}


class CandidateWithdrawn(Event, frozen=True, kw_only=True):
    """A candidate or list member no longer stands.

    Attributes:
        option: Who, or which list.
        cause: What happened.
        day: When, where it was stated.
    """

    TOPIC: ClassVar[str] = "contest.candidate-withdrawn"
    option: OptionId
    cause: WithdrawalCause
    day: date | msgspec.UnsetType = msgspec.UNSET

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.withdrawn[self.option] = self.cause
        if self.day is not msgspec.UNSET:
            aggregate.withdrawn_on[self.option] = self.day


class NoPollAnnounced(Event, frozen=True, kw_only=True):
    """投票を行わない旨の告示: no more candidates than seats (POEA 100(5))."""

    TOPIC: ClassVar[str] = "contest.no-poll-announced"

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        aggregate.no_poll_announced = True


class ParticularsRecorded(Event, frozen=True, kw_only=True):
    """More is known of candidates or members; what was known before is replaced field by field."""

    TOPIC: ClassVar[str] = "contest.particulars-recorded"
    particulars: tuple[Particulars, ...]

    @override
    def apply(self, aggregate: RecordedContest) -> None:
        """Kept for reports; no rule depends on it."""
