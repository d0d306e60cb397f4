"""Deciding on amendments of what was defined: the ballot, a contest, units and parties."""

from collections.abc import Iterable
from datetime import datetime

from aggregates.base import CommandContext, Event
from aggregates.election.amendment_events import (
    BallotReordered,
    CandidateAmended,
    ContestAmended,
    JusticeAmended,
    ListAmended,
    PartyAmended,
    PollOptionAmended,
    UnitAmended,
    UnitsAdded,
)
from aggregates.election.ballot import (
    Justice,
    Option,
    Party,
    PartyList,
    PollOption,
    list_fault,
)
from aggregates.election.contests.contest import Contest
from aggregates.election.contests.contest_facts import ContestFacts, definition_fault
from aggregates.election.contests.contest_faults import find_unit_fault
from aggregates.election.election import Election
from aggregates.election.geography import Unit
from aggregates.election.identifiers import OptionId
from aggregates.errors import (
    AmendmentChangesNothing,
    CandidateUnknown,
    ContestMalformed,
    ListMalformed,
    PartyUnknown,
    UnitUnknown,
)
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rules import FOURTH_RULES


def is_older(answered: datetime | None, changed: datetime | None) -> bool:
    """Whether a report was given before names on the ballot changed; in doubt it was."""
    return answered is not None and changed is not None and answered <= changed


def amend_option(
    contest: Contest, option: Option, rule: KindRule, reason: str, context: CommandContext
) -> None:
    """Correct what is registered of a candidate, a list, a justice or an option of a poll.

    Raises:
        CandidateUnknown: Nothing of that id is on the ballot, or a list's members are others.
        ListMalformed: The order of its members is not one the law knows.
        AmendmentChangesNothing: It is registered so.
    """
    before = contest.options.get(option.id)
    if before is None or type(before) is not type(option):
        raise CandidateUnknown(contest=contest.facts.id, options=(option.id,))
    if before == option:
        raise AmendmentChangesNothing(about=option.id)
    event: type[Event] = CandidateAmended
    if isinstance(option, PartyList) and isinstance(before, PartyList):
        _require_same_members(contest.facts.id, rule, before, option)
        event = ListAmended
    elif isinstance(option, Justice):
        event = JusticeAmended
    elif isinstance(option, PollOption):
        event = PollOptionAmended
    contest.record(event, context, before=before, after=option, reason=reason)


def _require_same_members(
    contest: str, rule: KindRule, before: PartyList, after: PartyList
) -> None:
    """Members come by registration and go by withdrawal, never by an amendment."""
    ids = [member.id for member in after.members]
    changed = {member.id for member in before.members} ^ set(ids)
    if changed or len(ids) != len(before.members):
        raise CandidateUnknown(contest=contest, options=tuple(sorted(changed)) or (after.id,))
    if fault := list_fault(rule, after.members):
        raise ListMalformed(option=after.id, detail=fault)


def reorder(
    contest: Contest, order: tuple[OptionId, ...], reason: str, context: CommandContext
) -> None:
    """Correct the order of the ballot.

    Raises:
        CandidateUnknown: Somebody is missing, stands twice, or is not on the ballot.
        AmendmentChangesNothing: It is the order already.
    """
    before = tuple(contest.options)
    if sorted(order) != sorted(before):
        changed = tuple(sorted(set(order) ^ set(before)))
        raise CandidateUnknown(contest=contest.facts.id, options=changed or order)
    if order == before:
        raise AmendmentChangesNothing(about=contest.facts.id)
    contest.record(BallotReordered, context, before=before, after=order, reason=reason)


def amend_facts(
    contest: Contest,
    facts: ContestFacts,
    *,
    rule: KindRule,
    set_aside: tuple[str, ...],
    reason: str,
    context: CommandContext,
) -> None:
    """Correct the definition of a contest; id and kind stay.

    Raises:
        ContestMalformed: It contradicts itself, or is that of another contest.
        AmendmentChangesNothing: It is defined so.
    """
    fault = definition_fault(facts, rule)
    if not fault and (facts.id, facts.kind) != (contest.facts.id, contest.facts.kind):
        fault = f"コードと種類は変えられません：{facts.id}"
    if fault:
        raise ContestMalformed(contest=contest.facts.id, detail=fault)
    if facts == contest.facts:
        raise AmendmentChangesNothing(about=facts.id)
    contest.record(
        ContestAmended,
        context,
        before=contest.facts,
        after=facts,
        reason=reason,
        set_aside=set_aside,
    )


def add_units(
    election: Election, units: tuple[Unit, ...], reason: str, context: CommandContext
) -> None:
    """Add reporting units after counting was opened.

    Raises:
        UnitAlreadyRegistered: One is in the register.
        Refusal: The register of municipalities contradicts a code (`municipality_check`).
    """
    election.require_new_units(units)
    notices = election.check_municipalities(units)
    election.record(UnitsAdded, context, units=units, reason=reason, notices=notices)


def amend_unit(
    election: Election,
    unit: Unit,
    contests: Iterable[ContestFacts],
    reason: str,
    context: CommandContext,
) -> None:
    """Correct what is registered of a unit.

    Args:
        election: Has the register.
        unit: As it is right.
        contests: On which it reports.
        reason: Why.
        context: Who sends it, and when.

    Raises:
        UnitUnknown: It is not in the register, or lies in another prefecture.
        AmendmentChangesNothing: It is registered so.
        ContestMalformed: It would cover what another unit of a contest covers (rules 4).
        Refusal: The register of municipalities contradicts a code (`municipality_check`).
    """
    before = election.units.get(unit.code)
    if before is None or before.prefecture != unit.prefecture:
        raise UnitUnknown(unit=unit.code, contest=election.facts.id)
    if before == unit:
        raise AmendmentChangesNothing(about=unit.code)
    election.require_place(unit)
    if election.rules >= FOURTH_RULES:
        for facts in contests:
            if fault := find_unit_fault(election, facts, unit):
                raise ContestMalformed(contest=facts.id, detail=fault)
    notices = election.check_municipalities((unit,))
    election.record(UnitAmended, context, before=before, after=unit, reason=reason, notices=notices)


def amend_party(election: Election, party: Party, reason: str, context: CommandContext) -> None:
    """Correct what is registered of a party.

    Raises:
        PartyUnknown: It is not registered.
        AmendmentChangesNothing: It is registered so.
    """
    before = election.parties.get(party.id)
    if before is None:
        raise PartyUnknown(party=party.id)
    if before == party:
        raise AmendmentChangesNothing(about=party.id)
    election.record(PartyAmended, context, before=before, after=party, reason=reason)
