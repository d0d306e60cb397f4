"""What is recorded of the election itself: defined, registers, counting opened, paused, closed.

Events are in the past tense and never refuse: what was recorded once must replay under tomorrow's
law as well as under today's.
"""

from typing import ClassVar, Literal

import msgspec
from typing_extensions import override

from aggregates.base import Event, FirstEvent
from aggregates.election.ballot import Party
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.particulars import PreviousElection
from aggregates.election.units.municipality_check import UnitNotice
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage
from aggregates.rules import FIRST_RULES

Phase = Literal["defined", "counting", "paused", "closed"]


class RecordedElection:
    """What the events of the election have made of it.

    Attributes:
        facts: Its definition.
        rules: Number of the rules under which its log is decided from here on.
        package: What the law says of each kind of contest.
        municipality_register: SHA-256 of the register that municipality codes are held against;
            empty where they are held against none (before rules 4).
        phase: Whether definitions, tallies or nothing is taken.
        pause_reason: Of the last pause; empty before the first.
        units: Register of reporting units by code.
        parties: Register of parties by id.
        last_rates: 投票率 of the previous election by kind of contest and area.
    """

    facts: ElectionFacts
    rules: int
    package: RulePackage
    municipality_register: str
    phase: Phase
    pause_reason: str
    units: dict[str, Unit]
    parties: dict[str, Party]
    last_rates: dict[tuple[str, str], int]


class ElectionDefined(FirstEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The election exists.

    Attributes:
        election: What is fixed about it.
        rules: Number of the rules under which its log is decided; left out where it is 1.
        rule_package_sha256: SHA-256 of the published bytes of its rule package; left out, as the
            package is, where it is Japan's as the program has it.
        rule_package: The package, so that everyone who has the log can recompute it.
        municipality_register_sha256: SHA-256 of the register that municipality codes are held
            against; left out before rules 4.
    """

    TOPIC: ClassVar[str] = "election.defined"
    election: ElectionFacts
    rules: int = FIRST_RULES
    rule_package_sha256: str = ""
    rule_package: RulePackage | msgspec.UnsetType = msgspec.UNSET
    municipality_register_sha256: str = ""

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.facts = self.election
        aggregate.rules = self.rules
        aggregate.package = JAPAN if self.rule_package is msgspec.UNSET else self.rule_package
        aggregate.municipality_register = self.municipality_register_sha256
        aggregate.phase = "defined"
        aggregate.units = {}
        aggregate.parties = {}
        aggregate.pause_reason = ""
        aggregate.last_rates = {}


class PartiesRegistered(Event, frozen=True, kw_only=True):
    """Parties and groups that candidates and lists refer to."""

    TOPIC: ClassVar[str] = "election.parties-registered"
    parties: tuple[Party, ...]

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.parties |= {party.id: party for party in self.parties}


class UnitsRegistered(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Units that will report.

    Attributes:
        units: The units.
        notices: What the register of municipalities cannot confirm; left out where it does.
    """

    TOPIC: ClassVar[str] = "election.units-registered"
    units: tuple[Unit, ...]
    notices: tuple[UnitNotice, ...] = ()

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.units |= {unit.code: unit for unit in self.units}


class CountingOpened(Event, frozen=True, kw_only=True):
    """Polls are closed; tallies are taken from now on."""

    TOPIC: ClassVar[str] = "election.counting-opened"

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.phase = "counting"


class ReceptionPaused(Event, frozen=True, kw_only=True):
    """Reception stops for a while, visibly."""

    TOPIC: ClassVar[str] = "election.reception-paused"
    reason: str

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.phase = "paused"
        aggregate.pause_reason = self.reason


class ReceptionResumed(Event, frozen=True, kw_only=True):
    """Reception goes on."""

    TOPIC: ClassVar[str] = "election.reception-resumed"

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.phase = "counting"


class ChangeNoted(Event, frozen=True, kw_only=True):
    """A change of software or configuration, on record before it takes effect."""

    TOPIC: ClassVar[str] = "election.change-noted"
    note: str

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        """Noted for readers of the history; no rule depends on it."""


class RulesChanged(Event, frozen=True, kw_only=True, omit_defaults=True):
    """From here on the log is decided under later rules.

    Attributes:
        rules: Their number.
        municipality_register_sha256: SHA-256 of the register that municipality codes are held
            against from here on; left out where that stays as it was.
    """

    TOPIC: ClassVar[str] = "election.rules-changed"
    rules: int
    municipality_register_sha256: str = ""

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.rules = self.rules
        if self.municipality_register_sha256:
            aggregate.municipality_register = self.municipality_register_sha256


class PreviousRecorded(Event, frozen=True, kw_only=True):
    """The figures of the last election that this one is compared with, or a part of them."""

    TOPIC: ClassVar[str] = "election.previous-recorded"
    previous: PreviousElection

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        if self.previous.replaces_rates:
            aggregate.last_rates = self.previous.total_rates()


class ElectionClosed(Event, frozen=True, kw_only=True):
    """Nothing more is taken."""

    TOPIC: ClassVar[str] = "election.closed"

    @override
    def apply(self, aggregate: RecordedElection) -> None:
        aggregate.phase = "closed"
