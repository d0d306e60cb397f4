"""Which mismatches the publication itself refutes, and what it says against them."""

from pathlib import Path

import pytest

from projections.official.checks.comparison_book import Mismatch
from tests.unit.infra.services.official_results.driven import replayed
from tests.unit.infra.services.official_results.small_folder import SmallFolder, small_folder


@pytest.fixture
def made() -> SmallFolder:
    return small_folder()


def mismatches(made: SmallFolder, tmp_path: Path) -> list[Mismatch]:
    return list(replayed(made.write(tmp_path)).checked.mismatches)


def test_a_margin_that_is_rounded_where_others_are_cut(made: SmallFolder, tmp_path: Path) -> None:
    """39,999 of 40,000 is 99.9975 %: as 北海道 printed it in 2014, and others did not."""
    made.row("smd_candidates", name_display="戊井四郎")["sekihai_rate"] = "99.998"
    made.row("pr_list_entries", name="戊井四郎")["sekihai_rate"] = "99.998"

    found = mismatches(made, tmp_path)

    assert [(each.table, each.official, each.ours) for each in found] == [
        ("smd_candidates", "99.998", "99.997"),
        ("pr_list_entries", "99.998", "99.997"),
    ]
    assert all("39999.000÷40000.000 を四捨五入した値" in each.why for each in found)


def test_a_margin_that_is_neither(made: SmallFolder, tmp_path: Path) -> None:
    made.row("smd_candidates", name_display="戊井四郎")["sekihai_rate"] = "99.996"
    made.row("pr_list_entries", name="戊井四郎")["sekihai_rate"] = "99.999"

    assert [each.why for each in mismatches(made, tmp_path)] == ["", ""]


def test_valid_ballots_that_the_votes_exceed(made: SmallFolder, tmp_path: Path) -> None:
    """105 fewer, in their sums as well: as 沖縄県 in 2017, with the line of one district."""
    for place in ("北海道", "合計"):
        for column in ("valid_votes", "total_ballots"):
            row = made.row("ballots_smd_by_pref", prefecture=place)
            row[column] = str(int(row[column]) - 105)
    made.row("smd_districts", prefecture="北海道", district_no="2").update(
        deposit_forfeit_point="7989.400"
    )

    found = mismatches(made, tmp_path)

    assert {(each.key, each.ours) for each in found} == {
        ("北海道 投票総数", "176100"),
        ("北海道 有効投票数", "175000"),
        ("合計 投票総数", "297100"),
        ("合計 有効投票数", "295000"),
        ("北海道第2区 供託物没収点", "7999.900"),
    }
    assert all("の合計" in each.why for each in found)


def test_list_ballots_that_the_votes_exceed(made: SmallFolder, tmp_path: Path) -> None:
    made.row("ballots_pr_by_block_pref", prefecture="東京都")["valid_votes"] = "114999"
    made.row("ballots_pr_by_block_pref", prefecture="合計")["valid_votes"] = "275000"

    first, total = mismatches(made, tmp_path)

    assert first.why == "party_votes_by_block_pref の得票の合計からは 115000 になる"
    assert total.why == "party_votes_by_block_pref の得票の合計からは 275001 になる"


def test_an_invalid_ballot_more_is_refuted_by_nothing(made: SmallFolder, tmp_path: Path) -> None:
    made.row("ballots_smd_by_pref", prefecture="合計")["invalid_votes"] = "2101"

    (found,) = mismatches(made, tmp_path)

    assert (found.key, found.why) == ("合計 無効投票数", "")
