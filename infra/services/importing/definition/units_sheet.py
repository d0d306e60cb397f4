"""The tables of the election, its parties and its units."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from aggregates.election.ballot import Party
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import PREFECTURE_CODES, PREFECTURES, Unit
from aggregates.election.identifiers import (
    ElectionId,
    MunicipalityCode,
    PartyId,
    Text,
    UnitCode,
)
from aggregates.errors import MunicipalityCodeInvalid
from aggregates.reference.municipality_register import FIRST_REGISTER, find_register
from aggregates.reference.name_folding import fold_width
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.definition import Definition, DefinitionEntry, key
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.name_matching import KnownNames, Names
from infra.services.importing.table_rows import CODE_RULE, SheetRow
from projections.office_tables.number_parsing import day

TEXT_RULE: Final = "1字から200字までです。"
_FIVE, _SIX = 5, 6


@dataclass(eq=False)
class PlacedUnit:
    """A unit with its row, faulty or not."""

    row: SheetRow
    code: str
    name: str
    prefecture: str
    municipalities: tuple[str, ...]


def parse_prefecture(row: SheetRow, text: str, column: str = "都道府県") -> str:
    """Code of a prefecture by code or name; 東京 is 東京都. Empty when there is none."""
    written = fold_width(text)
    if written.isdecimal() and written.zfill(2) in PREFECTURES:
        return written.zfill(2)
    named = [code for name, code in PREFECTURE_CODES.items() if written in {name, name[:-1]}]
    if written and not named:
        row.fault(column, f"「{text}」という都道府県はありません。")
    return named[0] if named else ""


def read_election(rows: list[SheetRow], into: Definition) -> None:
    """The first sheet: one row per field."""
    if not rows:
        return
    cells = {row.text(at.FIELD): row for row in rows}
    known = {column.name: column for column in at.ELECTION_FIELDS}
    for row in rows:
        name = row.text(at.FIELD)
        if cells[name] is not row:
            row.fault(at.FIELD, f"「{name}」が二度あります。一つにしてください。")
        if name not in known:
            row.fault(at.FIELD, f"「{name}」という項目はありません。")
    missing = [c.name for c in at.ELECTION_FIELDS if c.required and c.name not in cells]
    if missing:
        rows[0].fault(at.FIELD, f"項目がありません：{'・'.join(missing)}。様式と見比べてください。")
        return
    code, title = cells[at.ID], cells[at.NAME]
    where, when = cells[at.ENVIRONMENT], cells[at.POLLING_DAY]
    for row in (code, title, where, when):
        row.required(at.CONTENT)
    environment = where.choice(at.CONTENT, at.ENVIRONMENTS)
    polling_day = when.read(at.CONTENT, day)
    taken = {"認める": "yes", "認めない": "no"}
    unsigned = cells[at.UNSIGNED].choice(at.CONTENT, taken) if at.UNSIGNED in cells else None
    if code.text(at.CONTENT):
        code.typed(at.CONTENT, ElectionId, "半角の英小文字で始まる、英小文字・数字・「-」です。")
    if environment is None or polling_day is None or not all(row.sound for row in cells.values()):
        return
    facts = ElectionFacts(
        id=code.text(at.CONTENT),
        name=title.text(at.CONTENT),
        environment=environment,
        polling_day=polling_day,
        unsigned=unsigned == "yes",
    )
    into.election = DefinitionEntry(code.place, facts)


def read_parties(rows: list[SheetRow], into: Definition) -> Names[str]:
    """Parties by code, name and short name."""
    known = []
    for row in rows:
        code = row.required("コード")
        row.typed("コード", PartyId, CODE_RULE)
        name, short = row.required("名称"), row.required("略称")
        color = row.text("色") or None
        try:
            party = msgspec.convert(
                {"id": code, "name": name, "short": short, "color": color}, Party
            )
        except msgspec.ValidationError:
            if row.sound:
                row.fault("", f"名称と略称は{TEXT_RULE}色は #RRGGBB です。")
        if row.sound:
            into.parties.append(DefinitionEntry(row.place, party))
        else:
            into.broken.add(key(at.PARTIES, code))
        known.append(KnownNames(code, (name, short), code))
    return Names("党派", known)


def read_units(rows: list[SheetRow], into: Definition) -> list[PlacedUnit]:
    """Reporting units; a municipality code is checked by its last digit."""
    found = [_unit(row) for row in rows]
    used: dict[str, list[PlacedUnit]] = {}
    for unit in found:
        if not unit.code and len(unit.municipalities) == 1:
            used.setdefault(unit.municipalities[0], []).append(unit)
    for five, units in used.items():
        for number, unit in enumerate(units, start=1):
            # Parts of one municipality, in the order of their rows.
            unit.code = five if len(units) == 1 else f"{five}.{number}"
    for unit in found:
        kind = unit.row.choice("種別", at.UNIT_KINDS) or "counting-district"
        if not unit.code and kind == "prefecture" and unit.prefecture:
            unit.code = f"p{unit.prefecture}"
        if not unit.code and unit.row.sound:
            unit.row.fault("コード", "コードか団体コード（6桁）のどちらかを記入してください。")
        value = Unit(
            code=unit.code,
            name=unit.name,
            prefecture=unit.prefecture,
            kind=kind,
            municipalities=unit.municipalities,
        )
        if unit.row.sound:
            into.units.append(DefinitionEntry(unit.row.place, value))
        else:
            into.broken.add(key(at.UNITS, unit.code))
    return found


def note_unconfirmed_municipalities(units: list[PlacedUnit], day: date, faults: Faults) -> None:
    """Note what the register of municipalities cannot confirm; what it contradicts is refused."""
    register = find_register(FIRST_REGISTER)
    if register is None or not units or register.covers(day):
        return
    faults.note(
        CellPlace(at.UNITS),
        "団体コード",
        f"投票日 {day} は団体コードの登録簿の期間（{register.since}～{register.until}）"
        "の外です。その後に変わった団体は確かめられません。",
    )
    for unit in units:
        column, fives = _stated_municipalities(unit)
        for five in fives:
            if not register.is_known(five):
                code = MunicipalityCode.from_jis(five)
                said = f"「{code}」は登録簿（{register.until}現在）にありません。"
                faults.note(unit.row.place, column, f"{said}確かめてください。")


def _stated_municipalities(unit: PlacedUnit) -> tuple[str, tuple[str, ...]]:
    """The column that names municipalities, and what it names: a code of six digits is one, too."""
    written = fold_width(unit.row.text("コード"))
    if not unit.municipalities and written.isdecimal() and len(written) == _SIX and unit.code:
        return "コード", (unit.code,)
    return "団体コード", unit.municipalities


def _unit(row: SheetRow) -> PlacedUnit:
    name = row.required("名称")
    if name:
        row.typed("名称", Text, TEXT_RULE)
    prefecture = parse_prefecture(row, row.required("都道府県"))
    codes = tuple(_five_digits(row, text, prefecture) for text in row.listed("団体コード"))
    code = fold_width(row.text("コード"))
    if code.isdecimal() and len(code) == _SIX:
        code = _five_digits(row, code, prefecture, "コード")
    if code:
        row.typed("コード", UnitCode, CODE_RULE, code)
    return PlacedUnit(row, code, name, prefecture, tuple(filter(None, codes)))


def _five_digits(row: SheetRow, text: str, prefecture: str, column: str = "団体コード") -> str:
    """The five digits of a checked code; a spreadsheet may have taken its leading zero away."""
    digits = fold_width(text)
    if digits.isdecimal() and len(digits) == _FIVE and prefecture.startswith("0"):
        digits = f"0{digits}"
    try:
        five = MunicipalityCode(digits)[:_FIVE]
    except MunicipalityCodeInvalid as refusal:
        row.fault(column, str(refusal))
        return ""
    if prefecture and not five.startswith(prefecture):
        row.fault(column, f"「{text}」は{PREFECTURES[prefecture]}の団体コードではありません。")
    return five
