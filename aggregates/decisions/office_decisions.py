"""Who takes part: founders, offices, and their keys.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

from aggregates.base import CommandContext
from aggregates.commands import office_commands as o
from aggregates.decisions.authorization import is_managing, require_enough
from aggregates.decisions.closing_decisions import require_not_closed_or_after
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.election import (
    Election,
)
from aggregates.election.election_facts import FOUNDING_ROLES, ElectionFacts
from aggregates.election.identifiers import key_stream
from aggregates.election.key import Key, NewKey
from aggregates.election.office import ROLES, Office, OfficeFacts, parent_fault
from aggregates.errors import (
    FoundersMissing,
    KeyAlreadyEnrolled,
    KeyInvalid,
    LastKeyOfNation,
    OfficeAlreadyRegistered,
    OfficeMalformed,
    OfficeUnknown,
    RecordDiffers,
    RecordUnstated,
    RoleNotPermitted,
    SignatureRequired,
    SignerUnknown,
    UnitsNotHeld,
    UnitUnknown,
)
from aggregates.rules import SECOND_RULES

FOUNDERS_MIN = 2
"""Minimum number of founding offices; each approves the keys of the others."""

_TWO_PERSONS = 2


def register_founders(
    facts: ElectionFacts, founders: tuple[o.Founder, ...], context: CommandContext, command: str
) -> list[Office | Key]:
    """The founders with their keys, which are valid from the next entry on.

    The first entry attests itself: it is signed by keys that it names. Anyone who relies on the
    log compares their ids with those that the offices announced.

    Raises:
        FoundersMissing: A signed election has fewer than two, or none of those who manage it. A
            prefecture or municipality may found its own alone, when two persons sign for it.
        SignatureRequired, SignerUnknown, SignaturesTooFew: Not signed by its own sender's keys.
        OfficeMalformed, KeyAlreadyEnrolled, PossessionUnproven: About one of them.
    """
    if not facts.unsigned:
        _require_founders(facts, founders)
        _require_signed(facts, founders, context, command)
    offices = [Office.register(each.office, context, founder=True) for each in founders]
    keys: dict[str, Key] = {}
    for each in founders:
        if each.office.parent is not None:
            raise OfficeMalformed(office=each.office.id, detail="設立機関に上級の機関はありません")
        for new in each.keys:
            if new.keyid in keys:
                raise KeyAlreadyEnrolled(keyid=new.keyid, office=keys[new.keyid].office)
            key = Key.enrol(each.office.id, new, context)
            key.establish(context)
            keys[new.keyid] = key
    return [*offices, *keys.values()]


def _require_founders(facts: ElectionFacts, founders: tuple[o.Founder, ...]) -> None:
    managing = facts.managing_role
    offices = {each.office.id: each.office for each in founders}
    roles = [office.role for office in offices.values()]
    faults = (
        (_are_too_few(facts, founders), f"設立機関が{len(founders)}つ"),
        (len(offices) < len(founders), "同じ機関が重複"),
        (managing not in roles, f"{ROLES[managing]}の機関がない"),
        (
            not FOUNDING_ROLES[managing].issuperset(roles),
            f"設立できるのは{_FOUNDING_WORDS[managing]}だけ",
        ),
        (
            any(len(each.keys) < each.office.signatures_required for each in founders),
            "鍵が必要な署名の数より少ない",
        ),
    )
    for is_fault, said in faults:
        if is_fault:
            raise FoundersMissing(detail=said)


_FOUNDING_WORDS = {
    "nation": "国と都道府県",
    "prefecture": "都道府県と市区町村",
    "municipality": "市区町村と都道府県",
}


def _are_too_few(facts: ElectionFacts, founders: tuple[o.Founder, ...]) -> bool:
    """Two offices found; a prefecture or municipality with two persons manages its own alone."""
    if len(founders) >= FOUNDERS_MIN:
        return False
    alone = facts.managing_role != "nation" and len(founders) == 1
    return not alone or founders[0].office.signatures_required < _TWO_PERSONS


def _require_signed(
    facts: ElectionFacts, founders: tuple[o.Founder, ...], context: CommandContext, command: str
) -> None:
    if not context.signers:
        raise SignatureRequired
    sender = next((f for f in founders if f.office.id == context.provenance.office), None)
    if sender is None:
        raise OfficeUnknown(office=context.provenance.office)
    if sender.office.role != facts.managing_role:
        raise RoleNotPermitted(
            office=sender.office.id, role=ROLES[sender.office.role], command=command
        )
    own = {new.keyid for new in sender.keys}
    for keyid in context.signers:
        if keyid not in own:
            raise SignerUnknown(keyid=keyid)
    require_enough(sender.office, context.signers)


def register_office(
    repository: ElectionRepository,
    election: Election,
    command: o.RegisterOffice,
    context: CommandContext,
) -> None:
    """Enter an office into the register, at any time before the election is closed."""
    require_not_closed_or_after(election, context)
    facts = command.office
    if repository.find_office(facts.id) is not None:
        raise OfficeAlreadyRegistered(office=facts.id)
    _require_place(repository, election, facts)
    if election.rules >= SECOND_RULES:
        _require_held(repository, election, facts, context)
    repository.store.put(Office.register(facts, context))


def _require_place(repository: ElectionRepository, election: Election, facts: OfficeFacts) -> None:
    if facts.parent is not None and facts.parent != facts.id:
        fault = parent_fault(facts, repository.office(facts.parent).facts, rules=election.rules)
        if fault:
            raise OfficeMalformed(office=facts.id, detail=fault)
    for code in facts.units:
        unit = election.units.get(code)
        if unit is None:
            raise UnitUnknown(unit=code, contest=facts.id)
        if unit.prefecture != facts.prefecture:
            raise OfficeMalformed(
                office=facts.id, detail=f"開票区{code}は都道府県{unit.prefecture}にあります"
            )


def _require_held(
    repository: ElectionRepository, election: Election, facts: OfficeFacts, context: CommandContext
) -> None:
    """Refuse units that the registering office does not hold itself.

    Who manages the election holds all units, a prefecture those that lie in it, an office below a
    prefecture those it was given when it was registered.
    """
    registrar = repository.find_office(context.provenance.office)
    if registrar is None or registrar.facts.role in ("nation", "prefecture"):
        return
    if is_managing(election, registrar):
        return
    foreign = tuple(unit for unit in facts.units if unit not in registrar.facts.units)
    if foreign:
        raise UnitsNotHeld(office=registrar.facts.id, about=facts.id, units=foreign)


def enrol_key(
    repository: ElectionRepository, election: Election, command: o.EnrolKey, context: CommandContext
) -> None:
    """Ask for a key to be approved."""
    require_not_closed_or_after(election, context)
    office = repository.office(command.office)
    repository.store.put(_enroll_key(repository, office, command.key, context))


def _enroll_key(
    repository: ElectionRepository, office: Office, new: NewKey, context: CommandContext
) -> Key:
    held = repository.find_key(new.keyid)
    if held is not None:
        raise KeyAlreadyEnrolled(keyid=new.keyid, office=held.office)
    return Key.enrol(office.facts.id, new, context)


def approve_key(
    repository: ElectionRepository,
    election: Election,
    command: o.ApproveKey,
    context: CommandContext,
) -> None:
    """Approve a key as a second office."""
    require_not_closed_or_after(election, context)
    key = repository.key(command.office, command.keyid)
    if election.rules >= SECOND_RULES:
        _require_record(repository.office(command.office).facts, command, context)
    approver = repository.find_office(context.provenance.office)
    key.approve(context, alone=approver is not None and _manages_with_two(election, approver))
    repository.store.put(key)


def _manages_with_two(election: Election, office: Office) -> bool:
    """A prefecture or municipality that manages the election and for which two persons sign."""
    own = election.facts.managing_role != "nation" and is_managing(election, office)
    return own and office.facts.signatures_required == _TWO_PERSONS


def _require_record(facts: OfficeFacts, command: o.ApproveKey, context: CommandContext) -> None:
    """Refuse an approval of something else than what the register has."""
    if command.record is None:
        if context.signers:
            raise RecordUnstated(office=facts.id)
    elif command.record != facts:
        raise RecordDiffers(office=facts.id)


def rotate_key(
    repository: ElectionRepository,
    election: Election,
    command: o.RotateKey,
    context: CommandContext,
) -> None:
    """Replace a key by its successor."""
    require_not_closed_or_after(election, context)
    old = repository.key(command.office, command.keyid)
    if command.key.keyid == command.keyid:
        raise KeyInvalid(detail="新しい鍵が古い鍵と同じです")
    successor = _enroll_key(repository, repository.office(command.office), command.key, context)
    old.rotate(successor, context)
    repository.store.put(old)
    repository.store.put(successor)


def revoke_key(
    repository: ElectionRepository,
    election: Election,
    command: o.RevokeKey,
    context: CommandContext,
) -> None:
    """Revoke a key; the nation's offices keep what they need to act."""
    require_not_closed_or_after(election, context)
    key = repository.key(command.office, command.keyid)
    office = repository.office(command.office)
    if is_managing(election, office) and key.state == "active":
        active = _active_keys(repository, command.office)
        if active <= office.facts.signatures_required:
            raise LastKeyOfNation(keyid=command.keyid, office=command.office)
    key.revoke(command.reason, context)
    repository.store.put(key)


def _active_keys(repository: ElectionRepository, office: str) -> int:
    keys = repository.store.find_many(Key, repository.store.streams(key_stream("")))
    return sum(key is not None and key.office == office and key.state == "active" for key in keys)
