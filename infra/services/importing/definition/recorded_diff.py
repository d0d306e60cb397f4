"""A definition held against what is recorded: what is new, what is the same, what contradicts it.

What is registered cannot be changed by registering it again; a table that says something else than
the record is shown to people before anything is sent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import msgspec

from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.election.ballot import Option, Party
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.identifiers import ContestKind
from aggregates.election.office import OfficeFacts
from aggregates.rule_package.package import RulePackage
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.definition import Definition, DefinitionEntry
from infra.services.importing.definition.definition_amendments import amending, lone_options
from infra.services.importing.import_faults import CellPlace, ImportFault
from infra.services.importing.server_documents import Documents
from projections.documents.contest_document import ContestDocument
from projections.documents.models import Head
from projections.documents.nation_tables import CandidatesDocument
from projections.documents.offices_document import OfficeRow, OfficesDocument
from projections.documents.overview import NationalDocument

T = TypeVar("T")

_NAMED: Final = 3
_OTHER_RULES: Final = (
    "記録の規則（{name}）と違います。公開の rules.json を --rules に指定してください。"
)
_SEVERAL: Final[dict[type[c.Command], str]] = {
    c.RegisterParties: "parties",
    c.RegisterCandidates: "candidates",
    c.RegisterJustices: "justices",
    c.RegisterOptions: "options",
}
"""Commands that register several things, and the field that has them."""
_UNSEEN: Final = frozenset({"block", "kind", "id"})
"""They are part of the code, or no document has them."""


class _UnitFacts(msgspec.Struct, frozen=True):
    name: str
    prefecture: str


@dataclass
class Recorded:
    """What documents say is on record.

    Attributes:
        head: Of the election; None before it is defined.
        parties: By code; so are all others.
        contests: Those of the definition.
        units: Those of these contests.
        offices: Every office.
        options: Candidates, lists, justices and options of polls by contest and code.
        package: What the log says of kinds of contest; None where nobody says it.
        is_open: Counting was opened: tables change no definition any more.
    """

    head: Head | None = None
    parties: dict[str, Party] = field(default_factory=dict)
    contests: dict[str, ContestFacts] = field(default_factory=dict)
    units: dict[str, _UnitFacts] = field(default_factory=dict)
    offices: dict[str, OfficeFacts] = field(default_factory=dict)
    options: dict[tuple[str, str], Option] = field(default_factory=dict)
    package: RulePackage | None = None
    is_open: bool = False


def read_recorded(documents: Documents, definition: Definition) -> Recorded:
    """What is on record of what a definition has.

    Raises:
        NoAnswer: Nobody answers.
    """
    found = Recorded()
    ballots = documents.find("candidates", CandidatesDocument)
    if ballots is None:
        return found
    found.head = ballots.head
    found.package = documents.find("rules", RulePackage)
    nation = documents.find("national", NationalDocument)
    found.is_open = nation is None or nation.phase != "defined"
    found.parties = {party.id: party for party in ballots.parties}
    wanted = {entry.value.id for entry in definition.contests}
    for ballot in ballots.contests:
        options: list[Option] = [*ballot.candidates, *ballot.lists, *ballot.justices]
        options += [] if ballot.options is msgspec.UNSET else ballot.options
        found.options |= {(ballot.contest, option.id): option for option in options}
        if ballot.contest in wanted:
            _add_contest(documents, ballot.contest, found)
    offices = documents.find("offices", OfficesDocument)
    for row in offices.offices if offices is not None else ():
        found.offices[row.id] = _office(row)
    return found


def _add_contest(documents: Documents, contest: str, into: Recorded) -> None:
    document = documents.find(f"contests/{contest}", ContestDocument)
    if document is None:
        return
    into.contests[contest] = ContestFacts(
        id=contest,
        kind=msgspec.convert(document.kind, ContestKind),
        name=document.name,
        seats=document.seats,
        prefectures=document.prefectures,
        units=tuple(row.unit for row in document.units),
        full_seats=msgspec.UNSET if document.full_seats is None else document.full_seats,
        long_seats=msgspec.UNSET if document.long_seats is None else document.long_seats,
        causes=document.causes or msgspec.UNSET,
        repeats=document.repeats or msgspec.UNSET,
        polling_day=msgspec.UNSET if document.polling_day is None else document.polling_day,
    )
    for row in document.units:
        into.units[row.unit] = _UnitFacts(row.name, row.prefecture)


def _office(row: OfficeRow) -> OfficeFacts:
    return OfficeFacts(
        id=row.id,
        name=row.name,
        role=row.role,
        prefecture=row.prefecture,
        units=row.units,
        parent=row.parent,
        signatures_required=row.signatures_required,
    )


@dataclass
class RecordedDiff:
    """A definition beside the record.

    Attributes:
        same: Values of rows that are on record as they are, by identity.
        new: Rows that are not on record, per sheet.
        contradictions: Rows that say something else than the record, and cannot change it.
        amended: Rows that say something else, and the commands that change the record.
    """

    same: set[int] = field(default_factory=set)
    new: dict[str, list[CellPlace]] = field(default_factory=dict)
    contradictions: list[ImportFault] = field(default_factory=list)
    amended: list[tuple[CellPlace, c.Command]] = field(default_factory=list)

    def election(self, entry: DefinitionEntry[ElectionFacts], head: Head | None) -> None:
        """Compare the election with the head of its documents."""
        if head is None:
            self.new[at.ELECTION] = [entry.place]
            return
        self.same.add(id(entry.value))
        told = {
            "name": head.election_name,
            "environment": head.environment,
            "polling_day": head.polling_day,
        }
        differing = [
            f"{at.SHEET_FIELD_NAMES[name]} {value}"
            for name, value in told.items()
            if getattr(entry.value, name) != value
        ]
        if differing:
            self._contradicts(entry.place, differing)

    def rows(
        self,
        sheet: str,
        entries: list[DefinitionEntry[T]],
        find: Callable[[DefinitionEntry[T]], object | None],
        amend: Callable[[DefinitionEntry[T]], c.Command | None] = lambda _: None,
    ) -> None:
        """Compare the rows of a sheet with what is found of each; `amend` says what mends it."""
        for entry in entries:
            found = find(entry)
            if found is None:
                self.new.setdefault(sheet, []).append(entry.place)
            elif differing := _list_differences(entry.value, found):
                command = amend(entry)
                if command is None:
                    self._contradicts(entry.place, differing)
                    continue
                self.amended.append((entry.place, command))
                self.same.add(id(entry.value))
            else:
                self.same.add(id(entry.value))

    def remaining_parts(self, command: c.Command) -> Iterator[c.Command]:
        """What of a command is still to be sent."""
        match command:
            case c.RegisterUnits(units=units):
                yield from self._left_units(units)
            case _ if type(command) in _SEVERAL:
                name = _SEVERAL[type(command)]
                for left in self._left(getattr(command, name)):
                    yield msgspec.structs.replace(command, **{name: left})
            case _:
                if id(_single(command)) not in self.same:
                    yield command

    def _left_units(self, units: tuple[Unit, ...]) -> Iterator[c.Command]:
        for left in self._left(units):
            if left == units:
                yield c.RegisterUnits(units=units)
                continue
            # Documents show units of contests only. One by one, those that no contest has yet
            # are refused alone when they are on record.
            for unit in left:
                yield c.RegisterUnits(units=(unit,))

    def _left(self, values: tuple[T, ...]) -> list[tuple[T, ...]]:
        """Values that are not on record, together; nothing when all of them are."""
        left = tuple(value for value in values if id(value) not in self.same)
        return [left] if left else []

    def _contradicts(self, place: CellPlace, differing: list[str]) -> None:
        sentence = (
            f"記録と違います（記録では {'、'.join(differing)}）。この違いは取込みでは"
            "変えられません。表を直すか、訂正・取下げなどの手続きを取ってください。"
        )
        self.contradictions.append(ImportFault(place, "", sentence))


def _single(command: c.Command) -> object:
    """The one thing that a command registers; the command itself where it registers none."""
    match command:
        case c.DefineElection(election=facts):
            return facts
        case o.RegisterOffice(office=office):
            return office
        case c.DefineContest(contest=contest):
            return contest
        case c.RegisterList(party_list=party_list):
            return party_list
        case _:
            return command


def _find_amend(recorded: Recorded) -> Callable[[DefinitionEntry[Any]], c.Command | None]:
    """Once counting is open, people decide on each change by itself."""
    if recorded.is_open:
        return lambda _: None
    return amending(recorded.options, recorded.head.position if recorded.head else 0)


def compare(definition: Definition, recorded: Recorded) -> RecordedDiff:
    """Hold every row of a definition against the record."""
    made = RecordedDiff()
    if definition.election is not None:
        made.election(definition.election, recorded.head)
        if recorded.package is not None and recorded.package != definition.package:
            sentence = _OTHER_RULES.format(name=recorded.package.name)
            made.contradictions.append(ImportFault(definition.election.place, "", sentence))
    amend = _find_amend(recorded)
    made.rows(at.PARTIES, definition.parties, lambda e: recorded.parties.get(e.value.id), amend)
    made.rows(at.UNITS, definition.units, lambda e: recorded.units.get(e.value.code))
    made.rows(at.OFFICES, definition.offices, lambda e: recorded.offices.get(e.value.id))
    made.rows(at.CONTESTS, definition.contests, lambda e: recorded.contests.get(e.value.id), amend)
    options = recorded.options

    def find(entry: DefinitionEntry[Any]) -> object | None:
        return options.get((entry.contest, entry.value.id))

    made.rows(at.CANDIDATES, definition.candidates, find, amend)
    made.rows(at.LISTS, definition.lists, find, amend)
    made.rows(at.JUSTICES, definition.justices, find, amend)
    made.rows(at.OPTIONS, definition.options, find, amend)
    made.contradictions += lone_options(definition.options, made.same)
    return made


def _list_differences(ours: object, recorded: object) -> list[str]:
    """Fields in which the record is another, with what it says."""
    fields = getattr(type(recorded), "__struct_fields__", ())
    names = [name for name in fields if name not in _UNSEEN]
    return [
        f"{at.SHEET_FIELD_NAMES.get(name, name)} {_format_value(getattr(recorded, name))}"
        for name in names
        if getattr(ours, name) != getattr(recorded, name)
    ]


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value)}件" if len(value) > _NAMED else "・".join(map(_format_value, value))
    return str(getattr(value, "id", value)) if value not in (None, "", msgspec.UNSET) else "空欄"
