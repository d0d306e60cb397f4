"""One polling day's election: its register of units and parties, and whether it takes postings.

A log holds exactly one election in exactly one environment; a rehearsal and the live election
have nothing in common, not even a log.
"""

from typing import ClassVar, Literal

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, FirstEvent
from aggregates.election.ballot import Party
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.identifiers import ELECTION_STREAM
from aggregates.election.particulars import PreviousElection
from aggregates.errors import (
    CountingAlreadyOpen,
    CountingNotOpen,
    ElectionClosed,
    ElectionNotPaused,
    ElectionPaused,
    PartyAlreadyRegistered,
    RulePackageMalformed,
    RulesNotLater,
    RulesTooEarly,
    RulesUnknown,
    UnitAlreadyRegistered,
    UnsignedLiveElection,
)
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage, package_fault, package_sha256
from aggregates.rules import FIRST_RULES, RECOMPUTABLE_RULES, SECOND_RULES, THIRD_RULES

Phase = Literal["defined", "counting", "paused", "closed"]


class ElectionDefined(FirstEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The election exists.

    Attributes:
        election: What is fixed about it.
        rules: Number of the rules under which its log is decided; left out where it is 1.
        rule_package_sha256: SHA-256 of the published bytes of its rule package; left out, as the
            package is, where it is Japan's as the program has it.
        rule_package: The package, so that whoever has the log can recompute it.
    """

    TOPIC: ClassVar[str] = "election.defined"
    election: ElectionFacts
    rules: int = FIRST_RULES
    rule_package_sha256: str = ""
    rule_package: RulePackage | msgspec.UnsetType = msgspec.UNSET

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.facts = self.election
        aggregate.rules = self.rules
        aggregate.package = JAPAN if self.rule_package is msgspec.UNSET else self.rule_package
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
    def apply(self, aggregate: "Election") -> None:
        aggregate.parties |= {party.id: party for party in self.parties}


class UnitsRegistered(Event, frozen=True, kw_only=True):
    """Units that will report."""

    TOPIC: ClassVar[str] = "election.units-registered"
    units: tuple[Unit, ...]

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.units |= {unit.code: unit for unit in self.units}


class CountingOpened(Event, frozen=True, kw_only=True):
    """Polls are closed; tallies are taken from now on."""

    TOPIC: ClassVar[str] = "election.counting-opened"

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.phase = "counting"


class ReceptionPaused(Event, frozen=True, kw_only=True):
    """Reception stops for a while, visibly."""

    TOPIC: ClassVar[str] = "election.reception-paused"
    reason: str

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.phase = "paused"
        aggregate.pause_reason = self.reason


class ReceptionResumed(Event, frozen=True, kw_only=True):
    """Reception goes on."""

    TOPIC: ClassVar[str] = "election.reception-resumed"

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.phase = "counting"


class ChangeNoted(Event, frozen=True, kw_only=True):
    """A change of software or configuration, on record before it takes effect."""

    TOPIC: ClassVar[str] = "election.change-noted"
    note: str

    @override
    def apply(self, aggregate: "Election") -> None:
        """Noted for readers of the history; no rule depends on it."""


class RulesChanged(Event, frozen=True, kw_only=True):
    """From here on the log is decided under later rules."""

    TOPIC: ClassVar[str] = "election.rules-changed"
    rules: int

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.rules = self.rules


class PreviousRecorded(Event, frozen=True, kw_only=True):
    """The figures of the last election that this one is compared with."""

    TOPIC: ClassVar[str] = "election.previous-recorded"
    previous: PreviousElection

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.last_rates = self.previous.total_rates()


class ElectionWasClosed(Event, frozen=True, kw_only=True):
    """Nothing more is taken."""

    TOPIC: ClassVar[str] = "election.closed"

    @override
    def apply(self, aggregate: "Election") -> None:
        aggregate.phase = "closed"


def require_recomputable(rules: int) -> None:
    """Refuse a number of rules that this release does not carry."""
    if rules not in RECOMPUTABLE_RULES:
        numbers = sorted(RECOMPUTABLE_RULES)
        raise RulesUnknown(rules=rules, first=numbers[0], last=numbers[-1])


class Election(Aggregate):
    """The election of this log."""

    first_event = ElectionDefined

    facts: ElectionFacts
    rules: int
    package: RulePackage
    phase: Phase
    pause_reason: str
    units: dict[str, Unit]
    parties: dict[str, Party]
    last_rates: dict[tuple[str, str], int]

    @classmethod
    def define(
        cls,
        facts: ElectionFacts,
        context: CommandContext,
        *,
        rules: int | None = None,
        package: RulePackage | msgspec.UnsetType = msgspec.UNSET,
    ) -> "Election":
        """Define the election this log will hold, under the rules that its founders state.

        Raises:
            UnsignedLiveElection: Only a rehearsal may go without signatures.
            RulesUnknown: This release cannot decide under the number asked for.
            RulesTooEarly: It names a rule package, which earlier rules know nothing of.
            RulePackageMalformed: The package contradicts itself.
        """
        if facts.unsigned and facts.environment == "live":
            raise UnsignedLiveElection
        begun_under = context.rules if rules is None else rules
        require_recomputable(begun_under)
        if package is msgspec.UNSET or package == JAPAN:
            return cls.begin(ELECTION_STREAM, context, election=facts, rules=begun_under)
        if begun_under < THIRD_RULES:
            raise RulesTooEarly(needed=THIRD_RULES, here=begun_under)
        if fault := package_fault(package):
            raise RulePackageMalformed(detail=fault)
        return cls.begin(
            ELECTION_STREAM,
            context,
            election=facts,
            rules=begun_under,
            rule_package_sha256=package_sha256(package),
            rule_package=package,
        )

    def rule(self, kind: str) -> KindRule:
        """What the package of this log says of a kind on the polling day.

        Raises:
            NoRuleInForce: It does not know the kind, or not on that day.
        """
        return self.package.rule(kind, self.facts.polling_day)

    def register_parties(self, parties: tuple[Party, ...], context: CommandContext) -> None:
        """Add parties before counting opens."""
        self._require_open_definitions()
        seen = set(self.parties)
        for party in parties:
            if party.id in seen:
                raise PartyAlreadyRegistered(party=party.id)
            seen.add(party.id)
        self.record(PartiesRegistered, context, parties=parties)

    def register_units(self, units: tuple[Unit, ...], context: CommandContext) -> None:
        """Add reporting units before counting opens."""
        self._require_open_definitions()
        self.require_new_units(units)
        self.record(UnitsRegistered, context, units=units)

    def require_new_units(self, units: tuple[Unit, ...]) -> None:
        """Refuse units that are in the register, or stand twice."""
        seen = set(self.units)
        for unit in units:
            if unit.code in seen:
                raise UnitAlreadyRegistered(unit=unit.code)
            seen.add(unit.code)

    def open_counting(self, context: CommandContext) -> None:
        """Take tallies from now on; definitions are fixed."""
        self._require_open_definitions()
        self.record(CountingOpened, context)

    def pause(self, reason: str, context: CommandContext) -> None:
        """Stop reception for a while."""
        self.require_counting()
        self.record(ReceptionPaused, context, reason=reason)

    def resume(self, context: CommandContext) -> None:
        """Go on after a pause."""
        if self.phase != "paused":
            raise ElectionNotPaused
        self.record(ReceptionResumed, context)

    def note_change(self, note: str, context: CommandContext) -> None:
        """Put a change of software or configuration on record."""
        self.require_not_closed()
        self.record(ChangeNoted, context, note=note)

    def change_rules(self, rules: int, context: CommandContext) -> None:
        """Decide under later rules from now on.

        Raises:
            RulesUnknown: This release cannot decide under that number.
            RulesNotLater: The log is decided under that number or a later one already.
        """
        require_recomputable(rules)
        if rules <= self.rules:
            raise RulesNotLater(rules=rules, here=self.rules)
        self.record(RulesChanged, context, rules=rules)

    def record_previous(self, previous: PreviousElection, context: CommandContext) -> None:
        """Record what this election is compared with; a later record replaces it."""
        self.require_not_closed()
        self.record(PreviousRecorded, context, previous=previous)

    def close(self, context: CommandContext) -> None:
        """Close the election; whether everything is decided, the decision has looked."""
        self.require_closable()
        self.record(ElectionWasClosed, context)

    def require_rules(self, rules: int) -> None:
        """Refuse what belongs to later rules than this log is decided under.

        Raises:
            RulesTooEarly: `change-rules` comes first.
        """
        if self.rules < rules:
            raise RulesTooEarly(needed=rules, here=self.rules)

    def require_not_paused(self) -> None:
        """Refuse whatever comes while reception is paused."""
        if self.phase == "paused":
            raise ElectionPaused(reason=self.pause_reason)

    def require_closable(self) -> None:
        """Refuse closing outside counting; where nobody votes, it never opened (rules 2)."""
        if self.rules < SECOND_RULES or self.phase != "defined":
            self.require_counting()

    def require_not_closed(self) -> None:
        """Refuse whatever comes after closing."""
        if self.phase == "closed":
            raise ElectionClosed(election=self.facts.id)

    def require_counting(self) -> None:
        """Refuse tallies outside counting."""
        self.require_not_closed()
        self.require_not_paused()
        if self.phase == "defined":
            raise CountingNotOpen

    def _require_open_definitions(self) -> None:
        self.require_not_closed()
        if self.phase != "defined":
            raise CountingAlreadyOpen
