"""What is exported, imported into an empty log: the same definitions, figures, lots, decisions."""

import csv
import re
from pathlib import Path

import msgspec
import pytest

from aggregates.commands.election_commands import RegisterParties, Submission
from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from infra.services.rehearsal import rehearsal_night
from infra.services.table_export.definition_tables import NotAsTable, definition_tables
from infra.services.table_export.export_folder import DEFINITION, write_tables
from infra.services.table_export.report_tables import report_table
from tests import builders as b
from tests.support.gwt import Command
from tests.support.round_trip import play_in_memory, require_same
from tests.unit.infra.services.official_results.driven import replay_publication
from tests.unit.infra.services.official_results.small_folder import small_folder
from tests.unit.infra.services.official_results.small_upper import write_small_upper
from tests.unit.projections.nights import Office


@pytest.mark.parametrize("election", ["prefecture", "city", "by-election", "referendum"])
def test_an_exported_election_is_imported_as_it_was(election: str, tmp_path: Path) -> None:
    night = rehearsal_night(election, seed=3, scale=0.02)
    steps = (step.submission for step in night.timeline())

    before, topics = play_in_memory((*night.definitions(), *steps))

    assert all(each.declared is not None for each in before.contests.values())
    require_same(before, topics, tmp_path)


_DISTRICTS = (
    b.tally(b.sheet({"d1-ao": 3, "d1-aka": 2}), b.DISTRICT_1, b.CHIYODA),
    b.tally(b.sheet({"d2-ao": 2, "d2-aka": 3}), b.DISTRICT_2, b.CHUO),
    b.declare(b.DISTRICT_1, "d1-ao"),
    b.declare(b.DISTRICT_2, "d2-aka"),
)
_BLOCK = b.sheet({"ao": 30, "aka": 20})
_JUSTICES = b.review_sheet({"j1": (10, 90), "j2": (20, 80)}, 100)
_OPEN_LISTS = b.sheet({"ao": 5, "ao-1": 3, "ao-2": 4, "aka": 2, "aka-1": 1})


@pytest.mark.parametrize(
    "night",
    [
        (
            *b.HOUSE, b.OPEN, *_DISTRICTS, *b.finals(b.BLOCK, _BLOCK, _BLOCK),
            b.declare(b.BLOCK, "aka-1", "ao-2", "ao-3"),
            *b.finals(b.JUSTICES, _JUSTICES, _JUSTICES), b.declare(b.JUSTICES),
        ),
        (
            *b.UPPER_LIST, b.withdraw(b.UPPER, "aka-2"), b.OPEN,
            *b.finals(b.UPPER, _OPEN_LISTS, _OPEN_LISTS),
        ),
    ],
    ids=["lists and justices", "members and a withdrawal"],
)  # fmt: skip
def test_what_no_small_rehearsal_has_is_imported_as_well(
    night: tuple[Command, ...], tmp_path: Path
) -> None:
    office = Office(*night)

    require_same(office.night, {event.TOPIC for event in office.events}, tmp_path)


def test_no_exported_cell_is_a_formula_a_figure_or_a_date(tmp_path: Path) -> None:
    night = rehearsal_night("city", seed=3, scale=0.02)
    definitions = [_with_a_formula(each) for each in night.definitions()]
    state, _ = play_in_memory(definitions)

    files = [path for path in write_tables(state, tmp_path) if path.suffix == ".csv"]

    cells = {cell for path in files for row in csv.reader(_lines(path)) for cell in row}
    assert "'=1+1" in cells
    assert not {cell for cell in cells if cell.startswith(("=", "+", "@"))}
    codes = {
        cell
        for path in files
        for row in csv.DictReader(_lines(path))
        for column in ("コード", "開票区", "団体コード", "上級機関", "項目")
        if (cell := row.get(column, ""))
    }
    assert {code for code in codes if re.fullmatch(r"[0-9.-]+", code)} == set()
    assert "=1+1" in {
        cell
        for lines in read_sheets(tmp_path / DEFINITION, Faults()).values()
        for line in lines
        for cell in line.cells
    }


def _with_a_formula(submission: Submission) -> Submission:
    command = submission.command
    if not isinstance(command, RegisterParties):
        return submission
    first, *others = command.parties
    parties = (msgspec.structs.replace(first, name="=1+1"), *others)
    return msgspec.structs.replace(
        submission, command=msgspec.structs.replace(command, parties=parties)
    )


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines()


def test_estimates_of_a_replay_stay_estimates(tmp_path: Path) -> None:
    driven, _ = replay_publication(small_folder().write(tmp_path))
    state = driven.night()

    marked = [row for row in report_table(state)[1:] if row[4]]

    assert {mark for row in marked for mark in row[4].split()} >= {"turnout", "ballots", "voters"}


def test_the_nation_as_one_unit_is_in_no_table(tmp_path: Path) -> None:
    driven, _ = replay_publication(write_small_upper(tmp_path))
    state = driven.night()

    with pytest.raises(NotAsTable, match="全国"):
        definition_tables(state)
