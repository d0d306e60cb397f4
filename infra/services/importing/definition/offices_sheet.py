"""The table of offices: who takes part, from the top of the line down."""

from dataclasses import replace
from typing import Final, Literal

import msgspec

from aggregates.election.identifiers import OfficeId, Text
from aggregates.election.office import ROLES, OfficeFacts, Role
from aggregates.reference.name_folding import fold_width
from aggregates.reference.office_ids import prefecture_office_id
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.definition import Definition, DefinitionEntry, key
from infra.services.importing.definition.units_sheet import TEXT_RULE, PlacedUnit, parse_prefecture
from infra.services.importing.name_matching import KnownNames, Names
from infra.services.importing.table_rows import CODE_RULE, SheetRow

_BELOW: Final = frozenset({"municipality", "centre"})
_PREFIXES: Final[dict[Role, str]] = {"municipality": "city", "centre": "centre"}
_RANK: Final = {role: rank for rank, role in enumerate(ROLES)}
_FOUR_EYES: Final = 2


class _Draft:
    """An office with its row, faulty or not, until the one above it is found."""

    def __init__(self, row: SheetRow, units: dict[str, Names[PlacedUnit]]) -> None:
        self.row = row
        row.required("役割")
        self.name = row.required("名称")
        if self.name:
            row.typed("名称", Text, TEXT_RULE)
        self.role = row.choice("役割", at.ROLE_WORDS)
        self.prefecture = parse_prefecture(row, row.text("都道府県"))
        self.founder = row.choice("設立", {at.YES: True}) is True
        here = units.get(self.prefecture, units[""])
        named = (row.found("開票区", here, text) for text in row.listed("開票区"))
        self.units = tuple(unit.code for unit in named if unit is not None)
        self.code = fold_width(row.text("コード")) or self._derive_id()
        if self.code:
            row.typed("コード", OfficeId, CODE_RULE, self.code)
        elif row.sound:
            row.fault("コード", "空欄からは決められません。記入してください。")

    def _derive_id(self) -> str:
        if self.role == "prefecture" and self.prefecture:
            return prefecture_office_id(self.prefecture)
        if self.role in _PREFIXES and len(self.units) == 1:
            return f"{_PREFIXES[self.role]}-{self.units[0]}"
        return ""


def read_offices(rows: list[SheetRow], units: list[PlacedUnit], into: Definition) -> None:
    """Offices; those above come before those below them, whatever the order of the rows."""
    within = _names(units)
    drafts = [_Draft(row, within) for row in rows]
    names = Names(
        "機関", [KnownNames(d.code or f"?{d.row.place.row}", (d.name,), d) for d in drafts]
    )
    # Stable: within a role the order of the rows stays.
    drafts.sort(key=lambda draft: _RANK.get(draft.role or "press", len(_RANK)))
    for draft in drafts:
        _add(draft, names, drafts, into)


def _names(units: list[PlacedUnit]) -> dict[str, Names[PlacedUnit]]:
    """Units by prefecture, and all of them below the empty code."""
    groups: dict[str, list[KnownNames[PlacedUnit]]] = {"": []}
    for unit in units:
        known = KnownNames(unit.code or f"?{unit.row.place.row}", (unit.name,), unit)
        groups[""].append(known)
        groups.setdefault(unit.prefecture, []).append(known)
    return {code: Names("開票区", found) for code, found in groups.items()}


def _add(draft: _Draft, names: Names[_Draft], drafts: list[_Draft], into: Definition) -> None:
    row = draft.row
    parent = row.found("上級機関", names)
    placed = draft.founder or row.text("上級機関")
    if parent is None and not placed and draft.role in _BELOW:
        parent = _prefecture_above(draft, drafts)
    if draft.founder and parent is not None:
        row.fault("上級機関", "設立機関に上級の機関はありません。空欄にしてください。")
    signatures = row.choice("署名の数", {"1": 1, "2": _FOUR_EYES}) or 1
    if not row.sound or draft.role is None:
        into.broken.add(key(at.OFFICES, draft.code))
        return
    facts = OfficeFacts(
        id=draft.code,
        name=draft.name,
        role=draft.role,
        prefecture=draft.prefecture or None,
        units=draft.units,
        parent=parent.code if parent is not None else None,
        signatures_required=signatures,
    )
    needs = [key(at.UNITS, code) for code in draft.units]
    needs += [key(at.OFFICES, parent.code)] if parent is not None else []
    into.offices.append(DefinitionEntry(row.place, facts, tuple(needs)))
    if draft.founder:
        into.founders.append(draft.code)


def _prefecture_above(draft: _Draft, drafts: list[_Draft]) -> _Draft | None:
    above = [d for d in drafts if d.role == "prefecture" and d.prefecture == draft.prefecture]
    return above[0] if len(above) == 1 else None


def state_manager(definition: Definition) -> None:
    """Say in the election who manages it, by the offices that found it (POEA 5).

    Without an office of the nation among them, a municipality manages what has only contests of
    municipalities, a prefecture everything else.
    """
    if definition.election is None:
        return
    offices = (entry.value for entry in definition.offices)
    roles = {office.role for office in offices if office.id in definition.founders}
    if not roles or "nation" in roles:
        return
    rules = definition.package.rules_on(definition.election.value.polling_day)
    municipal = {kind for kind, rule in rules.items() if rule.is_managed_by("municipality")}
    own = all(entry.value.kind in municipal for entry in definition.contests)
    by_city = "municipality" in roles and (own or "prefecture" not in roles)
    managed_by: Literal["municipality", "prefecture"] = "municipality" if by_city else "prefecture"
    facts = msgspec.structs.replace(definition.election.value, managed_by=managed_by)
    definition.election = replace(definition.election, value=facts)
