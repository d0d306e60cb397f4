"""The table of contests: their codes, their units, named on either table."""

import re
from dataclasses import dataclass, field
from typing import Final

import msgspec

from aggregates.election.contests.contest_facts import (
    CAUSES,
    SEATS_MAX,
    ContestCause,
    ContestFacts,
)
from aggregates.election.identifiers import ContestId, ContestKind, Text
from aggregates.reference.name_folding import fold_width
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.definition import Definition, DefinitionEntry, key
from infra.services.importing.definition.units_sheet import TEXT_RULE, PlacedUnit, parse_prefecture
from infra.services.importing.name_matching import KnownNames, Names
from infra.services.importing.package_kinds import (
    block_ids,
    block_prefectures,
    is_wide,
    kind_words,
)
from infra.services.importing.table_rows import CODE_RULE, SheetRow
from projections.office_tables.number_parsing import day, whole

_NUMBERED: Final = re.compile(r"第?([0-9]{1,3})区$")


@dataclass(eq=False)
class PlacedContest:
    """A contest with its row, faulty or not, while its units are being found."""

    row: SheetRow
    code: str
    name: str
    kind: ContestKind | None
    prefectures: tuple[str, ...] = ()
    units: list[PlacedUnit] = field(default_factory=list)
    rule: KindRule | None = None
    block: str = ""

    @property
    def is_poll(self) -> bool:
        """Whether it asks a question, and nobody stands."""
        return self.rule is not None and self.rule.ballot == "options"

    @property
    def answers(self) -> tuple[str, ...]:
        """Names of the options that its kind states; empty where it has its own."""
        return tuple(each.name for each in self.rule.answers) if self.rule is not None else ()


def read_contests(
    rows: list[SheetRow], units: list[PlacedUnit], into: Definition
) -> list[PlacedContest]:
    """Contests with their units, named on either table."""
    found = [_contest(row, into) for row in rows]
    within = _Within(units)
    names = contest_names(found)
    for unit in units:
        for text in unit.row.listed("選挙区"):
            contest = unit.row.found("選挙区", names, text)
            if contest is not None and unit not in contest.units:
                contest.units.append(unit)
    for contest in found:
        _bring_units(contest, within, into)
        if not contest.prefectures:
            contest.prefectures = tuple(sorted({u.prefecture for u in contest.units} - {""}))
    _bring_codes(found, into)
    for contest in found:
        _add_contest(contest, into)
    return found


def contest_names(contests: list[PlacedContest]) -> Names[PlacedContest]:
    """Contests by code and by name."""
    known = [KnownNames(c.code or f"?{c.row.place.row}", (c.name,), c) for c in contests]
    return Names("選挙区", known)


def _contest(row: SheetRow, into: Definition) -> PlacedContest:
    name = row.required("名称")
    if name:
        row.typed("名称", Text, TEXT_RULE)
    row.required("選挙の種類")
    kind = row.choice("選挙の種類", kind_words(into.package))
    rule = into.find_rule(kind) if kind is not None else None
    if rule is not None and rule.ballot != "options":
        row.required("定数")
    code = fold_width(row.text("コード"))
    if code and "/" not in code and kind is not None:
        code = f"{kind}/{code}"
    if code:
        row.typed("コード", ContestId, CODE_RULE, code)
    prefectures = {parse_prefecture(row, text) for text in row.listed("都道府県")} - {""}
    block = row.choice("ブロック", block_ids(into.package)) or ""
    if block and not prefectures:
        prefectures = block_prefectures(into.package, block)
    return PlacedContest(row, code, name, kind, tuple(sorted(prefectures)), rule=rule, block=block)


class _Within:
    """Units of prefectures, looked up once for all contests that are held there."""

    def __init__(self, units: list[PlacedUnit]) -> None:
        self._units = units
        self._names: dict[tuple[str, ...], Names[PlacedUnit]] = {}

    def units(self, prefectures: tuple[str, ...]) -> list[PlacedUnit]:
        return [u for u in self._units if not prefectures or u.prefecture in prefectures]

    def names(self, prefectures: tuple[str, ...]) -> Names[PlacedUnit]:
        if prefectures not in self._names:
            found = self.units(prefectures)
            self._names[prefectures] = Names(
                "開票区", [KnownNames(u.code or f"?{u.row.place.row}", (u.name,), u) for u in found]
            )
        return self._names[prefectures]


def _bring_units(contest: PlacedContest, within: _Within, into: Definition) -> None:
    row, named = contest.row, contest.row.listed("開票区")
    wide = is_wide(into.package, contest.rule)
    if named == [at.EVERYWHERE] or (not named and not contest.units and wide):
        contest.units = within.units(contest.prefectures)
        return
    for text in named:
        unit = row.found("開票区", within.names(contest.prefectures), text)
        if unit is not None and unit not in contest.units:
            contest.units.append(unit)
    if not named and not contest.units:
        row.fault(
            "開票区", "開票区がありません。ここか、開票区の表の「選挙区」に記入してください。"
        )


def _bring_codes(contests: list[PlacedContest], into: Definition) -> None:
    numbers: dict[str, int] = {}
    election = into.election.value.id if into.election is not None else "election"
    for contest in contests:
        if contest.code or contest.kind is None:
            continue
        is_poll = contest.is_poll
        package = into.package
        slug = (
            _poll_slug(package, contest, numbers)
            if is_poll
            else _slug(package, contest, election, numbers)
        )
        if slug:
            contest.code = f"{contest.kind}/{slug}"
        elif contest.row.sound:
            contest.row.fault(
                "コード", "空欄からは決められません。13-01 のように記入してください。"
            )


def _slug(
    package: RulePackage, contest: PlacedContest, election: str, numbers: dict[str, int]
) -> str:
    """What follows from kind, place and name; empty where nothing does."""
    rule = contest.rule
    if rule is None:
        return ""
    if rule.ballot != "persons":
        return contest.block if rule.blocks else election
    if is_wide(package, rule):
        return "-".join(contest.prefectures)
    if rule.managed_by == "municipality":
        return _municipality(contest)
    return _row_number(package, contest, numbers) if len(contest.prefectures) == 1 else ""


def _poll_slug(package: RulePackage, contest: PlacedContest, numbers: dict[str, int]) -> str:
    """The number of a proposal that all vote on; else the municipality that votes."""
    if contest.kind is None or not is_wide(package, contest.rule):
        return _municipality(contest)
    numbers[contest.kind] = numbers.get(contest.kind, 0) + 1
    return str(numbers[contest.kind])


def _municipality(contest: PlacedContest) -> str:
    places = {code for unit in contest.units for code in unit.municipalities}
    return places.pop() if len(places) == 1 else ""


def _row_number(package: RulePackage, contest: PlacedContest, numbers: dict[str, int]) -> str:
    """The prefecture, and the number in the name of a district or of the row."""
    (prefecture,) = contest.prefectures
    if contest.kind in package.dual_kinds():
        number = _NUMBERED.search(fold_width(contest.name))
        return f"{prefecture}-{int(number[1]):02d}" if number else ""
    numbers[prefecture] = numbers.get(prefecture, 0) + 1
    return f"{prefecture}-{numbers[prefecture]:02d}"


def _add_contest(contest: PlacedContest, into: Definition) -> None:
    row = contest.row
    seats = row.read("定数", whole)
    if contest.is_poll and not row.text("定数"):
        seats = 0
    full_seats = row.read("議員定数", whole)
    long_seats, polling_day = row.read("任期の長い議員", whole), row.read("投票日", day)
    causes = _read_causes(row)
    _require_number_of_seats(row, "定数", seats, 0)
    _require_number_of_seats(row, "議員定数", full_seats, 1)
    _require_number_of_seats(row, "任期の長い議員", long_seats, 1)
    if not row.sound or contest.kind is None or seats is None:
        into.broken.add(key(at.CONTESTS, contest.code))
        return
    facts = ContestFacts(
        id=contest.code,
        kind=contest.kind,
        name=contest.name,
        seats=seats,
        prefectures=contest.prefectures,
        units=tuple(unit.code for unit in contest.units),
        block=contest.block,
        full_seats=full_seats if full_seats not in {None, seats} else msgspec.UNSET,
        long_seats=msgspec.UNSET if long_seats is None else long_seats,
        causes=causes or msgspec.UNSET,
        repeats=row.text("繰り返す選挙") or msgspec.UNSET,
        polling_day=msgspec.UNSET if polling_day is None else polling_day,
    )
    needs = tuple(key(at.UNITS, unit.code) for unit in contest.units)
    into.contests.append(DefinitionEntry(row.place, facts, needs))


def _read_causes(row: SheetRow) -> tuple[ContestCause, ...]:
    """Why the contest is held, in the order of the law; a word that is none is a fault."""
    stated = row.listed("事由")
    for word in stated:
        if word not in CAUSES.values():
            row.fault("事由", f"「{word}」は選べません。{'・'.join(CAUSES.values())}のどれかです。")
    return tuple(cause for cause, word in CAUSES.items() if word in stated)


def _require_number_of_seats(row: SheetRow, column: str, number: int | None, least: int) -> None:
    """Say of a cell that its number cannot be one of seats."""
    if number is not None and not least <= number <= SEATS_MAX:
        row.fault(column, f"「{number}」は定数になりません。")
