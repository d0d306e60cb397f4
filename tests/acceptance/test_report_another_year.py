"""Another year in the same layout works unchanged: its id, its way of writing, what it states.

The publications of 2014 to 2026 differ: votes with three decimals or none, the sex of candidates
stated or not, a party that took over another's name in two columns of that name, 諸派 and 無所属
in the numbers of candidates or not. The figures of 2024 are written so here.
"""

import csv
import shutil
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from infra.services.official_results.replay import replay
from infra.services.official_results.table_files import read_folder
from infra.services.reporting.published_comparison import Compared, compare
from projections.official.plan.replay_plan import plan_replay
from projections.official.register.infer_sexes import infer_sexes
from projections.official.register.official_register import build_register
from projections.statistics.tables.table_catalogue import Report, build_report
from tests.support.official import HOUSE50
from tests.unit.infra.services.official_results.driven import Driven

pytestmark = pytest.mark.official

ID = "r03-10-31"
VOTES = ("votes", "votes_male", "votes_female", "votes_total")
Row = dict[str, str]


def rewritten(path: Path, change: Callable[[Row], Row], *more: Row) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = [change(row) for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows([*changed, *more])


def as_in_2021(row: Row) -> Row:
    decimals = {c: f"{row[c]}.000" for c in VOTES if row.get(c) and "." not in row[c]}
    return row | decimals | {"election_id": ID}


def new_party(row: Row) -> Row:
    """国民民主党 was founded after the last election; another of that name is gone."""
    if row["party"] == "国民民主党" and row["period"] == "previous":
        return row | {"votes": "", "share_pct": ""}
    if row["party"] == "国民民主党" and row["period"] == "diff":
        return row | {"votes": "2349583.745", "share_pct": ""}
    return row


def gone(period: str, votes: str, share: str) -> Row:
    known = {"election_id": ID, "tier": "smd", "period": period, "party": "国民民主党"}
    return {**known, "votes": votes, "share_pct": share, "source_page": "27"}


def made(folder: Path) -> tuple[Report, Compared]:
    driven = Driven()
    replay(plan_replay(read_folder(folder), "rehearsal"), driven.recording.submit, driven.night)
    report = build_report(driven.night())
    return report, compare(report, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2024 as 2021 would have been written; no counting districts are known."""
    folder = tmp_path_factory.mktemp("another") / "house49-2021"
    shutil.copytree(HOUSE50 / "official-tables", folder / "official-tables")
    for path in (folder / "official-tables").glob("*.csv"):
        rewritten(path, as_in_2021)
    rewritten(
        folder / "official-tables" / "party_votes_smd_total.csv",
        new_party,
        gone("current", "", ""),
        gone("previous", "1246812.000", "2.17"),
        gone("diff", "-1246812.000", "-100.00"),
    )
    return folder


@pytest.fixture(scope="module")
def first(folder: Path) -> tuple[Report, Compared]:
    return made(folder)


def test_every_cell_is_equal(first: tuple[Report, Compared]) -> None:
    _, found = first

    assert found.mismatches == ()
    assert found.checked == found.equal
    # Three rows more than in 2024, with six cells of an election each.
    assert found.checked == 71_189 + 18


def test_a_year_that_states_the_sex_of_candidates(
    folder: Path, first: tuple[Report, Compared], tmp_path: Path
) -> None:
    report, _ = first
    stating = tmp_path / "house49-2021"
    shutil.copytree(folder, stating)
    women = _women(report)

    def stated(row: Row) -> Row:
        key = row["prefecture"], row["district_no"], row["order_in_district"]
        return row | {"gender": "女" if key in women else "男"}

    rewritten(stating / "official-tables" / "smd_candidates.csv", stated)
    again, found = made(stating)

    assert found.mismatches == ()
    assert found.checked == 71_189 + 18
    shown = {record["gender"] for record in again.table("smd_candidates").records()}
    assert shown == {"男", "女"}


def _women(report: Report) -> set[tuple[str, str, str]]:
    """Who may be a woman so that the published sums hold: one choice per prefecture and party."""
    read = read_folder(HOUSE50)
    register = build_register(read)
    sexes = infer_sexes(read, register)
    assert len(sexes) == len(report.table("smd_candidates").rows)
    return {
        (row.row.text("prefecture"), str(row.district), str(row.order))
        for district in register.districts
        for standing in district.standing
        for row in [standing.row]
        if sexes[standing.candidate.id] == "female"
    }


def test_a_change_printed_without_its_sign_is_a_slip(
    folder: Path, first: tuple[Report, Compared], tmp_path: Path
) -> None:
    """As two cells of 2026 are, where a party that is gone changed by 100.00 %."""
    report, _ = first
    shutil.copytree(folder, tmp_path / "again")
    path = tmp_path / "again" / "official-tables" / "party_votes_smd_total.csv"
    rewritten(path, lambda row: row | {"share_pct": row["share_pct"].replace("-100.00", "100.00")})

    found = compare(report, tmp_path / "again")

    assert found.mismatches == ()
    assert [each.official for each in found.slips if each.column == "share_pct"] == ["100.00"]


def margins_rounded(folder: Path, prefecture: str) -> dict[str, str]:
    """Name -> 惜敗率 rounded, for who would have another figure than the one that is cut."""
    with (folder / "smd_candidates.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["prefecture"] == prefecture]
    most: dict[str, Decimal] = {}
    for row in rows:
        votes = Decimal(row["votes"])
        most[row["district_no"]] = max(votes, most.get(row["district_no"], votes))
    rounded = {
        row["name_display"]: str(
            (100 * Decimal(row["votes"]) / most[row["district_no"]]).quantize(
                Decimal("0.001"), ROUND_HALF_UP
            )
        )
        for row in rows
        if row["sekihai_rate"]
    }
    printed = {row["name_display"]: row["sekihai_rate"] for row in rows}
    return {name: own for name, own in rounded.items() if own != printed[name]}


def test_margins_that_one_prefecture_rounds_are_slips(
    folder: Path, first: tuple[Report, Compared], tmp_path: Path
) -> None:
    """As 北海道 in 2014, where all others cut."""
    shutil.copytree(folder, tmp_path / "again")
    tables = tmp_path / "again" / "official-tables"
    rounded = margins_rounded(tables, "北海道")

    def as_rounded(row: Row) -> Row:
        name = row.get("name_display", row.get("name", ""))
        return row | {"sekihai_rate": rounded[name]} if name in rounded else row

    rewritten(tables / "smd_candidates.csv", as_rounded)
    rewritten(tables / "pr_list_entries.csv", as_rounded)
    found = compare(first[0], tmp_path / "again")

    assert len(rounded) > 5
    assert found.mismatches == ()
    said = [each for each in found.slips if each.column == "sekihai_rate"]
    assert len(said) == 2 * len(rounded)
    assert all("四捨五入" in each.why for each in said)


def test_votes_beyond_the_valid_ballots_are_slips(
    folder: Path, first: tuple[Report, Compared], tmp_path: Path
) -> None:
    """As 沖縄県第2区 in 2017: 105 votes that neither the ballots nor the deposit line know."""
    shutil.copytree(folder, tmp_path / "again")
    tables = tmp_path / "again" / "official-tables"

    def fewer(row: Row) -> Row:
        if row["prefecture"] not in {"沖縄県", "合計"}:
            return row
        cells = ("total_ballots", "valid_votes")
        return row | {cell: str(int(row[cell]) - 105) for cell in cells}

    def lower(row: Row) -> Row:
        if (row["prefecture"], row["district_no"]) != ("沖縄県", "2"):
            return row
        return row | {
            "deposit_forfeit_point": str(Decimal(row["deposit_forfeit_point"]) - Decimal("10.5"))
        }

    rewritten(tables / "ballots_smd_by_pref.csv", fewer)
    rewritten(tables / "smd_districts.csv", lower)
    found = compare(first[0], tmp_path / "again")

    assert found.mismatches == ()
    said = [each for each in found.slips if each.table != "dhondt_quotients"]
    assert [(each.table, each.column) for each in said] == [
        *[("ballots_smd_by_pref", "total_ballots"), ("ballots_smd_by_pref", "valid_votes")] * 2,
        ("smd_districts", "deposit_forfeit_point"),
    ]
