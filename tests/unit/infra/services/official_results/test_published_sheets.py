"""Sheets that a prefecture published itself stand as they are; nothing of them is an estimate."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregates.commands.election_commands import PostTally
from aggregates.counting.turnout import BySex
from infra.services.official_results.packed_tables import results_folder
from infra.services.official_results.table_files import read_district_sheets, read_folder
from projections.official.plan.replay_plan import Plan, plan_replay
from projections.official.tables.official_rows import BallotTotals, Electorate
from projections.official.tables.official_tables import FolderUnusable
from projections.official.tables.published_sheets import (
    StatedSheet,
    district_label,
    stated_sheets,
)
from projections.official.tables.unit_sheets import Published, final_sheets
from tests.support.estimate_sweep import sweep
from tests.unit.infra.services.official_results.small_folder import small_folder

TOKYO = "house-district/13-"
TABLE = "tokyo-district-tally-sheets.csv"
HEADER = (
    "level_label,candidate_votes_total,anbun_truncated,belongs_to_no_candidate,valid,invalid,"
    "ballots_total,taken_away,not_accepted,voters\n"
)
ROWS = (
    "　★都計,299.999,0.001,0,300,7,307,0,1,308\n"
    "　　　千代田区,99.999,0.001,0,100,5,105,2,0,107\n"
    "　　　板橋区１１区,200,0,0,200,2,202,-2,1,201\n"
)


def sheets(folder: Path, rows: str = ROWS) -> list[StatedSheet]:
    (folder / TABLE).write_text(HEADER + rows, encoding="utf-8")
    found = stated_sheets(read_district_sheets(folder), ["千代田区", "板橋区第１１区"])
    assert found is not None
    return found


PUBLISHED = Published(
    BallotTotals(307, 300, 7),
    Electorate(BySex(300, 300), BySex(150, 158)),
    Electorate(BySex(0, 0), BySex(0, 0)),
)
VOTES = [{"a": 60_000, "b": 39_999}, {"a": 100_000, "b": 100_000}]


def test_names_of_parts_of_a_ward_are_compared_as_people_read_them() -> None:
    assert district_label("板橋区第１１区") == district_label("　　板橋区１１区") == "板橋区11区"


def test_the_sheets_are_taken_as_published_and_not_marked(tmp_path: Path) -> None:
    one, other = final_sheets(VOTES, PUBLISHED, sheets(tmp_path))
    assert (one.tally.invalid, one.tally.taken_away, one.tally.voters) == (5, 2, 107)
    assert (one.tally.cut, one.tally.estimated) == (1, ())
    assert (other.tally.taken_away, other.tally.rejected, other.tally.voters) == (-2, 1, 201)
    assert one.turnout.voters.total == 107
    # Electors by sex are published of the prefecture alone.
    assert one.turnout.estimated


def test_without_a_table_that_has_every_unit_figures_are_spread_and_marked(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_text(HEADER + ROWS, encoding="utf-8")
    tables = read_district_sheets(tmp_path)
    assert stated_sheets(tables, ["千代田区", "中央区"]) is None
    spread = final_sheets(VOTES, PUBLISHED, None)
    assert all("invalid" in each.tally.estimated for each in spread)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("105,2,0,107", "105,2,0,108"), ("100,5,105", "100,6,105"), ("99.999,0.001", "98.999,0.001")],
)
def test_a_sheet_that_does_not_add_up_is_refused(tmp_path: Path, written: str, wrong: str) -> None:
    with pytest.raises(FolderUnusable, match="3行目"):
        sheets(tmp_path, ROWS.replace(written, wrong))


def test_votes_that_are_not_those_of_the_sheet_are_refused(tmp_path: Path) -> None:
    other = [{"a": 60_000, "b": 38_999}, VOTES[1]]
    with pytest.raises(FolderUnusable, match="候補者別得票"):
        final_sheets(other, PUBLISHED, sheets(tmp_path))


@pytest.fixture(scope="module")
def plan() -> Iterator[Plan]:
    with results_folder(None) as folder:
        yield plan_replay(read_folder(folder), "rehearsal")


def test_every_counting_district_of_tokyo_has_its_official_sheet(plan: Plan) -> None:
    commands = (each.command for stage in plan.stages for each in stage.submissions)
    tallies = [
        each
        for each in commands
        if isinstance(each, PostTally) and each.final and each.contest.startswith(TOKYO)
    ]
    assert len(tallies) == 70
    assert not any(each.tally.estimated for each in tallies)
    voters = sum(each.tally.voters or 0 for each in tallies)
    assert voters == 6_465_382


def test_the_lists_of_tokyo_are_counted_by_district(plan: Plan) -> None:
    counts = [c for c in plan.counts.lists if c.unit.prefecture == "13"]
    assert len(counts) == 70
    assert sum(sum(count.votes.values()) for count in counts) == 6_341_616_930


def test_whatever_differs_in_a_replay_with_figures_spread_otherwise_is_marked(
    tmp_path: Path,
) -> None:
    """As `python -m tests.support.estimate_sweep` does with all of 2024."""
    plan = plan_replay(read_folder(small_folder().write(tmp_path)), "live")

    for moment, seen, places in sweep(plan):
        assert places == [], moment
        # What was spread over the units still counting differs in every kind of format.
        assert {".json", ".csv", "SQL", "report"} <= seen.keys(), moment
