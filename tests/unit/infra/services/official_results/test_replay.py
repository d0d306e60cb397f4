"""A replay from the first definition to the last declaration, and what its comparison sees."""

from pathlib import Path

import pytest

from infra.services.official_results.replay import ReplayStopped, replay
from infra.services.official_results.table_files import read_folder
from projections.official.checks.turnout_checks import rate_like
from projections.official.plan.replay_plan import plan_replay
from projections.official.replay_summary import Seats
from tests.unit.infra.services.official_results.driven import Driven, replayed
from tests.unit.infra.services.official_results.small_folder import SmallFolder, small_folder

TABLES = tuple(name for name in small_folder().tables if name.startswith("official-tables/"))


@pytest.mark.parametrize("counting_districts", [True, False])
@pytest.mark.parametrize("municipalities", [True, False])
def test_every_shape_of_a_folder_replays_without_a_mismatch(
    tmp_path: Path, counting_districts: bool, municipalities: bool
) -> None:
    made = small_folder(counting_districts=counting_districts, municipalities=municipalities)

    done = replayed(made.write(tmp_path))

    assert done.checked.mismatches == ()
    assert done.checked.checked > 200


def test_the_summary_says_what_came_out(tmp_path: Path) -> None:
    summary = replayed(small_folder().write(tmp_path)).summary()

    assert summary.election == "house48"
    assert summary.national.district_votes == "294999.999"
    assert summary.national.list_votes == "275000.999"
    assert summary.national.seats == {"希望の党": Seats(2, 2), "日本のこころ": Seats(1, 1)}
    assert summary.events > 60
    assert summary.mismatches == ()


def test_what_is_spread_is_marked_and_what_is_known_is_not(tmp_path: Path) -> None:
    results = replayed(small_folder().write(tmp_path)).results

    assert results.sheets["house-district/01-01"]["01"].estimated
    assert results.turnouts["house-district/01-01"]["01"].estimated
    assert not results.sheets["house-block/hokkaido"]["01"].estimated
    assert not results.turnouts["house-block/hokkaido"]["01"].estimated


def _with_another_figure(table: str, column: str, cell: str) -> SmallFolder:
    made = small_folder()
    made.tables[table][0][column] = cell
    return made


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("smd_candidates", "votes", "60000.001"),
        ("smd_candidates", "elected", "false"),
        ("smd_candidates", "sekihai_rate", "99.999"),
        ("smd_candidates", "sekihai_excluded", "true"),
        ("smd_districts", "deposit_forfeit_point", "9500.2"),
        ("pr_party_blocks", "votes", "100000.501"),
        ("pr_list_entries", "elected_pr", "true"),
        ("pr_list_entries", "elected_order", "1"),
        ("pr_list_entries", "sekihai_rate", "99.999"),
        ("dhondt_quotients", "quotient", "100000.501"),
        ("dhondt_quotients", "seat_rank", "2"),
        ("ballots_smd_by_pref", "total_ballots", "176102"),
        ("electorate", "electors_total", "330011"),
        ("electorate", "abstainers_male", "73003"),
        ("turnout", "rate_female", "52.42"),
        ("party_votes_smd_total", "votes", "1"),
        ("party_votes_pr_total", "votes", "1"),
        ("party_votes_by_pref_smd", "votes_total", "1"),
        ("party_votes_by_block", "votes", "1"),
    ],
)
def test_one_wrong_figure_is_one_mismatch(
    tmp_path: Path, table: str, column: str, cell: str
) -> None:
    made = _with_another_figure(f"official-tables/{table}.csv", column, cell)

    (mismatch,) = replayed(made.write(tmp_path)).checked.mismatches

    assert mismatch.table == table
    assert mismatch.key
    assert mismatch.official != mismatch.ours


def test_a_seat_that_no_table_of_quotients_has_is_a_mismatch(tmp_path: Path) -> None:
    made = small_folder()
    made.rows("dhondt_quotients").pop(1)

    (mismatch,) = replayed(made.write(tmp_path)).checked.mismatches

    assert (mismatch.table, mismatch.official, mismatch.ours) == ("dhondt_quotients", "", "2")
    assert "日本のこころ ÷1" in mismatch.key


def test_the_empty_row_of_a_former_party_of_the_same_name_is_not_compared(tmp_path: Path) -> None:
    made = small_folder()
    for table, column in (
        ("party_votes_pr_total", "votes"),
        ("party_votes_smd_total", "votes"),
        ("party_votes_by_pref_smd", "votes_total"),
        ("party_votes_by_block_pref", "votes"),
    ):
        made.rows(table).append(made.rows(table)[0] | {column: ""})

    assert replayed(made.write(tmp_path)).checked.mismatches == ()


@pytest.mark.parametrize(
    ("printed", "part", "whole", "ours"),
    [(1012, 81, 800, 1012), (1013, 81, 800, 1013), (1011, 81, 800, 1013), (1000, 1, 3, 3333)],
)
def test_an_exact_half_is_printed_either_way(
    printed: int, part: int, whole: int, ours: int
) -> None:
    assert rate_like(printed, part, whole) == ours


def test_votes_of_counting_districts_are_held_against_those_of_candidates(tmp_path: Path) -> None:
    made = small_folder()
    made.tables["district-votes-by-counting-district.csv"][0]["votes"] = "50002"

    mismatches = replayed(made.write(tmp_path)).checked.mismatches

    assert ("smd_candidates", "60000.000", "60002.000") in {
        (each.table, each.official, each.ours) for each in mismatches
    }
    assert {"ballots_smd_by_pref", "party_votes_smd_total"} <= {each.table for each in mismatches}


def test_winners_are_the_laws_and_not_the_tables(tmp_path: Path) -> None:
    made = small_folder()
    made.row("smd_candidates", name_display="甲野太郎")["elected"] = "false"
    made.row("smd_candidates", name_display="丙川次郎")["elected"] = "true"

    done = replayed(made.write(tmp_path))

    assert done.results.elected_options("house-district/01-01") == ("01-01-1",)
    assert {each.key for each in done.checked.mismatches} == {
        "北海道第1区 甲野太郎 当落",
        "北海道第1区 丙川次郎 当落",
    }


def test_a_group_whose_name_begins_like_independents_is_among_the_others(tmp_path: Path) -> None:
    made = small_folder(counting_districts=False)
    group = {"party_raw": "（無所属連合）", "party": "無所属連合"}
    made.row("smd_candidates", name_display="庚本六郎").update(group)

    assert replayed(made.write(tmp_path)).checked.mismatches == ()


def test_equal_votes_stop_the_replay_and_name_who_is_equal(tmp_path: Path) -> None:
    made = small_folder(counting_districts=False)
    made.row("smd_candidates", name_display="庚本六郎")["votes"] = "70000"

    with pytest.raises(ReplayStopped, match=r"東京都第1区: くじが必要です.*13-01-1、13-01-2"):
        replayed(made.write(tmp_path))


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    driven, told = Driven(), list[tuple[str, int, int]]()
    plan = plan_replay(read_folder(small_folder().write(tmp_path)))

    replay(plan, driven.staff.post, driven.night, lambda *said: told.append(said))

    ends = [(stage, total) for stage, done, total in told if done == total]
    assert ends == [
        *((stage.name, len(stage.submissions)) for stage in plan.stages),
        ("当選人の決定", len(plan.declaring)),
    ]
