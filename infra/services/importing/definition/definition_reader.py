"""Sheets into a definition: every cell is read, and every fault is noted before any is reported."""

from collections.abc import Mapping, Sequence

from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage
from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.candidates_sheet import (
    read_candidates,
    read_justices,
    read_lists,
    read_members,
    read_options,
)
from infra.services.importing.definition.contests_sheet import contest_names, read_contests
from infra.services.importing.definition.definition import Definition
from infra.services.importing.definition.offices_sheet import read_offices, state_manager
from infra.services.importing.definition.previous_sheet import read_previous
from infra.services.importing.definition.units_sheet import (
    note_unconfirmed_municipalities,
    read_election,
    read_parties,
    read_units,
)
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.sheet_layouts import SheetColumn
from infra.services.importing.table_rows import SheetRow, read_rows

_ELECTION_COLUMNS = (
    SheetColumn(at.FIELD, required=True),
    SheetColumn(at.CONTENT, required=True),
    SheetColumn("説明"),
)
_NEEDED = (at.ELECTION, at.UNITS, at.CONTESTS)


def read_definition(
    sheets: Mapping[str, Sequence[TableLine]], faults: Faults, package: RulePackage = JAPAN
) -> Definition:
    """What the sheets define, of kinds of a package; rows with faults are left out of it."""
    rows = _rows(sheets, faults)
    found = Definition(package=package)
    read_election(rows[at.ELECTION], found)
    parties = read_parties(rows[at.PARTIES], found)
    units = read_units(rows[at.UNITS], found)
    if found.election is not None:
        note_unconfirmed_municipalities(units, found.election.value.polling_day, faults)
    races = read_contests(rows[at.CONTESTS], units, found)
    contests = contest_names(races)
    candidates = read_candidates(rows[at.CANDIDATES], contests, parties, found)
    lists = read_lists(rows[at.LISTS], contests, parties)
    read_members(rows[at.MEMBERS], lists, contests, candidates, parties=parties, into=found)
    read_justices(rows[at.JUSTICES], contests, races, found)
    read_options(rows[at.OPTIONS], contests, races, found)
    read_previous(rows[at.LAST], rows[at.LAST_CONTESTS], contests, parties, found)
    read_offices(rows[at.OFFICES], units, found)
    state_manager(found)
    return found


def _rows(sheets: Mapping[str, Sequence[TableLine]], faults: Faults) -> dict[str, list[SheetRow]]:
    for name in sheets:
        if name not in at.SHEET_NAMES and name != at.GUIDE:
            told = "・".join(at.SHEET_NAMES)
            faults.add(
                CellPlace(name), "", f"知らない表です。要らなければ消してください（{told}）。"
            )
    for name in _NEEDED:
        if name not in sheets:
            faults.add(
                CellPlace(name), "", "この表がありません。様式は kaihyo import form で作れます。"
            )
    columns = {at.ELECTION: _ELECTION_COLUMNS, **at.SHEETS}
    return {
        name: read_rows(name, sheets[name], columns[name], faults) if name in sheets else []
        for name in at.SHEET_NAMES
    }
