"""One polling day's election: its register of units and parties, and whether it takes postings.

A log holds exactly one election in exactly one environment; a rehearsal and the live election
have nothing in common, not even a log. What is recorded is in
`aggregates/election/election_events.py`.
"""

import msgspec

from aggregates.base import Aggregate, CommandContext
from aggregates.election.ballot import Party
from aggregates.election.election_events import (
    ChangeNoted,
    CountingOpened,
    ElectionClosed,
    ElectionDefined,
    PartiesRegistered,
    PreviousRecorded,
    ReceptionPaused,
    ReceptionResumed,
    RecordedElection,
    RulesChanged,
    UnitsRegistered,
)
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import NATION_PLACE, Unit
from aggregates.election.identifiers import ELECTION_STREAM
from aggregates.election.particulars import PreviousElection
from aggregates.election.units.municipality_check import UnitNotice, check_municipalities
from aggregates.errors import (
    CommandMalformed,
    CountingAlreadyOpen,
    CountingNotOpen,
    ElectionIsClosed,
    ElectionNotPaused,
    ElectionPaused,
    MunicipalityRegisterUnknown,
    PartyAlreadyRegistered,
    RulePackageMalformed,
    RulesNotLater,
    RulesTooEarly,
    RulesUnknown,
    UnitAlreadyRegistered,
    UnsignedLiveElection,
)
from aggregates.reference.municipality_register import FIRST_REGISTER, find_register
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage, package_fault, package_sha256
from aggregates.rules import (
    FIFTH_RULES,
    FOURTH_RULES,
    RECOMPUTABLE_RULES,
    SECOND_RULES,
    THIRD_RULES,
)


def require_recomputable(rules: int) -> None:
    """Refuse a number of rules that this release does not carry."""
    if rules not in RECOMPUTABLE_RULES:
        numbers = sorted(RECOMPUTABLE_RULES)
        raise RulesUnknown(rules=rules, first=numbers[0], last=numbers[-1])


def name_register(rules: int, stated: str | None, so_far: str = "") -> str:
    """Digest of the register of municipalities that an entry names; empty for the one so far.

    Raises:
        RulesTooEarly: One is stated, of which these rules know nothing.
        MunicipalityRegisterUnknown: This release does not carry it.
    """
    if rules < FOURTH_RULES:
        if stated is not None:
            raise RulesTooEarly(needed=FOURTH_RULES, here=rules)
        return ""
    named = stated or so_far or FIRST_REGISTER
    if find_register(named) is None:
        raise MunicipalityRegisterUnknown(sha256=named)
    return "" if named == so_far else named


class Election(RecordedElection, Aggregate):
    """The election of this log."""

    first_event = ElectionDefined

    @classmethod
    def define(
        cls,
        facts: ElectionFacts,
        context: CommandContext,
        *,
        rules: int | None = None,
        package: RulePackage | msgspec.UnsetType = msgspec.UNSET,
        register: str | None = None,
    ) -> "Election":
        """Define the election this log will hold, under the rules that its founders state.

        Raises:
            UnsignedLiveElection: Only a rehearsal may go without signatures.
            RulesUnknown: This release cannot decide under the number asked for.
            RulesTooEarly: It names a rule package or a register of municipalities, which earlier
                rules know nothing of.
            RulePackageMalformed: The package contradicts itself.
            MunicipalityRegisterUnknown: This release does not carry that register.
        """
        if facts.unsigned and facts.environment == "live":
            raise UnsignedLiveElection
        begun_under = context.rules if rules is None else rules
        require_recomputable(begun_under)
        named = name_register(begun_under, register)
        if package is msgspec.UNSET or package == JAPAN:
            return cls.begin(
                ELECTION_STREAM,
                context,
                election=facts,
                rules=begun_under,
                municipality_register_sha256=named,
            )
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
            municipality_register_sha256=named,
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
        notices = self.check_municipalities(units)
        self.record(UnitsRegistered, context, units=units, notices=notices)

    def check_municipalities(self, units: tuple[Unit, ...]) -> tuple[UnitNotice, ...]:
        """Hold the codes of units against the register that this log names, if it names one.

        Raises:
            Refusal: The register contradicts a code (`municipality_check`).
        """
        register = find_register(self.municipality_register)
        if register is None:
            return ()
        return check_municipalities(units, register, self.facts.polling_day)

    def require_new_units(self, units: tuple[Unit, ...]) -> None:
        """Refuse units that are in the register, or stand twice."""
        seen = set(self.units)
        for unit in units:
            if unit.code in seen:
                raise UnitAlreadyRegistered(unit=unit.code)
            seen.add(unit.code)
            self.require_place(unit)

    def require_place(self, unit: Unit) -> None:
        """Refuse the nation as one unit, but in a replay of what was published of it alone.

        Raises:
            CommandMalformed: Such a unit in an election whose votes are counted by prefecture.
        """
        whole = unit.prefecture == NATION_PLACE
        may = self.facts.is_replay and self.rules >= THIRD_RULES
        if whole != (unit.kind == "nation") or (whole and not may):
            raise CommandMalformed(
                detail=f"{unit.code}：全国を一つとする開票区は再現にだけあります"
            )

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

    def change_rules(
        self, rules: int, context: CommandContext, register: str | None = None
    ) -> None:
        """Decide under later rules from now on.

        Raises:
            RulesUnknown: This release cannot decide under that number.
            RulesNotLater: The log is decided under that number or a later one already.
            RulesTooEarly: It names a register of municipalities, which these rules know nothing of.
            MunicipalityRegisterUnknown: This release does not carry that register.
        """
        require_recomputable(rules)
        if rules <= self.rules:
            raise RulesNotLater(rules=rules, here=self.rules)
        named = name_register(rules, register, self.municipality_register)
        self.record(RulesChanged, context, rules=rules, municipality_register_sha256=named)

    def record_previous(self, previous: PreviousElection, context: CommandContext) -> None:
        """Record what this election is compared with; a later record replaces what it states.

        Raises:
            RulesTooEarly: It has more than rates and votes, of which earlier rules know nothing.
            CommandMalformed: A contest of it contradicts itself, or stands twice.
        """
        self.require_not_closed()
        if previous.is_partial:
            self.require_rules(FIFTH_RULES)
        if fault := previous.fault():
            raise CommandMalformed(detail=fault)
        self.record(PreviousRecorded, context, previous=previous)

    def close(self, context: CommandContext) -> None:
        """Close the election; whether everything is decided, the decision has looked."""
        self.require_closable()
        self.record(ElectionClosed, context)

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
            raise ElectionIsClosed(election=self.facts.id)

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
