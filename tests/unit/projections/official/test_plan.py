"""From a folder to what offices would have sent."""

from pathlib import Path

import msgspec
import pytest

from aggregates.commands import election_commands as c
from infra.services.official_results.table_files import read_folder
from projections.official.plan.replay_plan import Plan, plan_replay
from projections.official.tables.official_tables import FolderUnusable
from tests.unit.infra.services.official_results.small_folder import SmallFolder, small_folder

ENTRY_MAX = 60 * 1024
COMMANDS_OF_A_COUNT = 3
"""Turnout, the final report, and its confirmation: nothing that was not published."""


def _plan(made: SmallFolder, under: Path) -> Plan:
    return plan_replay(read_folder(made.write(under)), "rehearsal")


def _submissions(plan: Plan) -> list[c.Submission]:
    return [submission for stage in plan.stages for submission in stage.submissions]


def _units(plan: Plan) -> dict[str, tuple[str, str]]:
    return {code: (unit.kind, unit.name) for code, unit in plan.counts.units().items()}


def _refusal(made: SmallFolder, under: Path) -> str:
    with pytest.raises(FolderUnusable) as refused:
        _plan(made, under)
    return str(refused.value)


def test_counting_districts_have_the_code_of_their_municipality(tmp_path: Path) -> None:
    plan = _plan(small_folder(), tmp_path)

    assert _units(plan) == {
        "01101": ("counting-district", "札幌市中央区"),
        "01102.1": ("counting-district", "札幌市北区第１区"),
        "01102.2": ("counting-district", "札幌市北区第２区"),
        "01202": ("counting-district", "函館市"),
        "13101": ("counting-district", "千代田区"),
        "p01": ("prefecture", "北海道"),
        "p13": ("prefecture", "東京都"),
    }


def test_without_counting_districts_a_district_is_one_unit(tmp_path: Path) -> None:
    plan = _plan(small_folder(counting_districts=False), tmp_path)

    assert [code for code, (kind, _) in _units(plan).items() if kind == "district"] == [
        "d01-01",
        "d01-02",
        "d13-01",
    ]


def test_list_votes_below_the_prefecture_use_the_counting_district_where_it_is_the_same(
    tmp_path: Path,
) -> None:
    plan = _plan(small_folder(municipalities=True), tmp_path)

    assert [(count.contest, count.unit.code) for count in plan.counts.lists] == [
        ("house-block/hokkaido", "01101"),
        ("house-block/hokkaido", "m01102"),
        ("house-block/hokkaido", "01202"),
        ("house-block/tokyo", "p13"),
    ]


def test_a_counting_district_without_a_code_gets_one_of_its_own(tmp_path: Path) -> None:
    made = small_folder(municipalities=True)
    for row in made.tables["district-votes-by-counting-district.csv"]:
        row["jis5"] = row["jis5"].replace("13101", "")
    for row in made.tables["list-votes-by-municipality.csv"]:
        row["jis5"] = row["jis5"].replace("01102", "")

    units = _units(_plan(made, tmp_path))

    assert units["x13.1"] == ("counting-district", "千代田区")
    assert units["m01.1"] == ("municipality", "札幌市北区")


def test_who_posts_for_others_says_so(tmp_path: Path) -> None:
    plan = _plan(small_folder(), tmp_path)

    posted = {
        (s.office, s.command.unit): s.on_behalf
        for s in _submissions(plan)
        if isinstance(s.command, c.PostTally)
    }
    assert posted["centre-01101", "01101"] is False
    assert posted["pref-01", "p01"] is True


def test_a_second_plan_sends_the_same(tmp_path: Path) -> None:
    first, second = (_plan(small_folder(), tmp_path) for _ in range(2))

    assert _submissions(first) == _submissions(second)


def test_every_submission_has_its_own_id_in_the_strict_form(tmp_path: Path) -> None:
    plan = _plan(small_folder(municipalities=True), tmp_path)

    submissions = _submissions(plan)
    ids = {submission.submission_id for submission in submissions}
    assert len(ids) == len(submissions)
    assert "house48-tally-01-01-01102.1" in ids
    for submission in submissions:
        sent = msgspec.json.encode(submission)
        assert len(sent) < ENTRY_MAX
        assert msgspec.json.decode(sent, type=c.Submission) == submission


def test_confirmation_by_the_prefecture_can_be_left_out(tmp_path: Path) -> None:
    folder = read_folder(small_folder().write(tmp_path))

    with_it, without = (plan_replay(folder, confirm=confirm) for confirm in (True, False))

    counts = len(with_it.counts.districts) + len(with_it.counts.lists)
    definitions = len(with_it.stages[0].submissions)
    assert len(_submissions(with_it)) == definitions + COMMANDS_OF_A_COUNT * counts
    assert len(_submissions(without)) == definitions + (COMMANDS_OF_A_COUNT - 1) * counts


def test_an_uncontested_district_counts_nothing(tmp_path: Path) -> None:
    made = small_folder(counting_districts=False)
    gone = made.row("smd_candidates", name_display="庚本六郎")
    made.rows("smd_candidates").remove(gone)

    plan = _plan(made, tmp_path)

    counted = {s.command.contest for s in _submissions(plan) if isinstance(s.command, c.PostTally)}
    assert "house-district/13-01" not in counted
    assert "house-district/01-01" in counted


def test_a_name_of_private_use_is_shown_as_the_votes_write_it(tmp_path: Path) -> None:
    made = small_folder()
    made.row("smd_candidates", name_display="己村五郎")["name_display"] = "\ue060村五郎"

    plan = _plan(made, tmp_path)

    (registered,) = (
        s.command.candidates
        for s in _submissions(plan)
        if isinstance(s.command, c.RegisterCandidates)
        and s.command.contest == "house-district/13-01"
    )
    assert [candidate.name for candidate in registered] == ["己村五郎", "庚本六郎"]
    assert [(alias.left, alias.right) for alias in plan.counts.aliases] == [
        ("己村　五郎", "\ue060村五郎")
    ]


def test_parties_of_any_year_get_ids_in_official_order(tmp_path: Path) -> None:
    register = _plan(small_folder(), tmp_path).register

    assert [(p.id, p.name, p.short) for p in register.parties.values()] == [
        ("p01", "希望の党", "希"),
        ("p02", "日本のこころ", "日本"),
    ]


def test_a_member_who_stands_in_a_district_is_linked_to_it(tmp_path: Path) -> None:
    made = small_folder()
    made.row("pr_list_entries", name="乙山はなこ")["name"] = "乙山花子"

    block = _plan(made, tmp_path).register.blocks[0]

    (listed,) = (m.member for each in block.lists for m in each.members if m.row.name == "乙山花子")
    assert listed.dual is not None
    assert (listed.dual.contest, listed.dual.candidate) == ("house-district/01-01", "01-01-2")
    assert (listed.sex, listed.age, listed.standing) == ("female", 50, "new")


def test_dual_candidates_whom_nothing_tells_apart_are_named(tmp_path: Path) -> None:
    made = small_folder()
    for name, other in (("甲野太郎", "山田一"), ("戊井四郎", "山田二")):
        made.row("pr_list_entries", name=name)["name"] = other

    refusal = _refusal(made, tmp_path)

    for said in ("北海道", "希望の党", "甲野太郎", "戊井四郎", "山田一", "山田二"):
        assert said in refusal


def test_votes_for_nobody_who_stood_are_named(tmp_path: Path) -> None:
    made = small_folder()
    strange = made.tables["district-votes-by-counting-district.csv"][0] | {"candidate": "余所者"}
    made.tables["district-votes-by-counting-district.csv"].append(strange)

    assert "余所者" in _refusal(made, tmp_path)


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("official-tables/smd_candidates.csv", {}, "同じ番号の候補者"),
        ("district-votes-by-counting-district.csv", {}, "同じ開票区に2度"),
        ("district-votes-by-counting-district.csv", {"district_no": "9"}, "にない選挙区"),
        ("list-votes-by-municipality.csv", {}, "同じ市区町村に2度"),
        ("list-votes-by-municipality.csv", {"party": "余所の党"}, "名簿がありません"),
        (
            "list-votes-by-municipality.csv",
            {"pref": "東京都"},
            "このブロックの都道府県ではありません",
        ),
        ("official-tables/pr_list_entries.csv", {"party": "余所の党"}, "にない名簿の登載者"),
        (
            "official-tables/pr_party_blocks.csv",
            {"block": "四国"},
            "登載者がいません",
        ),
        (
            "official-tables/party_votes_by_block_pref.csv",
            {"party": "余所の党", "votes": "1"},
            "名簿がありません",
        ),
    ],
)
def test_rows_that_do_not_fit_together_are_named(
    tmp_path: Path, table: str, change: dict[str, str], said: str
) -> None:
    made = small_folder(municipalities=True)
    if table.startswith("official-tables/party_votes"):
        del made.tables["list-votes-by-municipality.csv"]
    rows = made.tables[table]
    rows.append(next(row for row in rows if row.get("dual_candidacy") != "true") | change)

    refusal = _refusal(made, tmp_path)

    assert said in refusal
    assert f"{Path(table).name} {len(rows) + 1}行目" in refusal


def test_a_prefecture_without_ballots_is_named(tmp_path: Path) -> None:
    made = small_folder()
    made.rows("ballots_smd_by_pref").remove(made.row("ballots_smd_by_pref", prefecture="東京都"))

    assert "都道府県 13" in _refusal(made, tmp_path)


def test_more_voters_than_electors_are_named(tmp_path: Path) -> None:
    made = small_folder()
    made.row("electorate", tier="pr", scope="all", prefecture="東京都")["voters_male"] = "100002"

    assert "electorate.csv 都道府県 13（pr）" in _refusal(made, tmp_path)
