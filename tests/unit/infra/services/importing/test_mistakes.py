"""Every mistake in a table is named with its cell, and hides no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.services.importing.definition.definition_check import check
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.checks import checked, told

Mistake = Callable[[dict[str, t.Rows]], None]


def _unsigned_and_live(sheets: dict[str, t.Rows]) -> None:
    sheets["選挙"][3][1] = "本番"
    sheets["選挙"].append(["署名なしの投稿", "認める"])


MISTAKES: dict[str, tuple[Mistake, tuple[str, int, str], str]] = {
    "a check digit": (
        lambda s: s["開票区"][1].__setitem__(3, "131017"), ("開票区", 2, "団体コード"), "検査数字"
    ),
    "an unknown party": (
        lambda s: s["候補者"][1].__setitem__(2, "緑の党"), ("候補者", 2, "党派"), "緑の党"
    ),
    "a unit that does not exist": (
        lambda s: s["選挙区"][1].__setitem__(6, "港区"), ("選挙区", 2, "開票区"), "港区"
    ),
    "two seats in a district": (
        lambda s: s["選挙区"][1].__setitem__(3, "2"), ("選挙区", 2, ""), "定数 2"
    ),
    "a rank that two share": (
        lambda s: s["名簿登載者"][3].__setitem__(1, "青い党"), ("名簿登載者", 4, ""), "同順位"
    ),
    "an age of 17": (
        lambda s: s["候補者"][3].__setitem__(4, "17"), ("候補者", 4, "年齢"), "18から130"
    ),
    "a day that does not exist": (
        lambda s: s["選挙"][4].__setitem__(1, "2026-02-30"), ("選挙", 5, "内容"), "という日"
    ),
    "a field twice": (
        lambda s: s["選挙"].insert(1, ["選挙名", "別の選挙"]), ("選挙", 2, "項目"), "二度"
    ),
    "a role nobody has": (
        lambda s: s["機関"][1].__setitem__(2, "支所"), ("機関", 2, "役割"), "選べません"
    ),
    "a party twice": (
        lambda s: s["党派"][2].__setitem__(0, "ao"), ("党派", 3, "コード"), "すでに登録"
    ),
    "an example left in": (
        lambda s: s["候補者"].insert(1, ["東京都第1区", "【例】開票 太郎"]),
        ("候補者", 2, ""), "記入例",
    ),
    "one founder": (
        lambda s: s["機関"][4].__setitem__(6, ""), ("選挙", 2, ""), "設立機関"
    ),
    "a heading with a typing error": (
        lambda s: s["候補者"][0].__setitem__(1, "指名"), ("候補者", 1, "指名"), "知らない見出し"
    ),
    "a live election without signatures": (
        _unsigned_and_live,
        ("選挙", 2, ""), "署名",
    ),
    "a dual candidate written in another form": (
        lambda s: s["名簿登載者"][1].__setitem__(3, "髙橋　二郎"),
        ("名簿登載者", 2, "重複する候補者"), "髙橋　二郎",
    ),
    "a sheet nobody knows": (
        lambda s: s.__setitem__("候補者一覧", s.pop("候補者")), ("候補者一覧", 0, ""), "知らない表"
    ),
    "a centre of another prefecture": (
        lambda s: s["機関"][1].__setitem__(3, "大阪府"), ("機関", 2, ""), "都道府県13"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_cell(tmp_path: Path, name: str) -> None:
    mistake, place, said = MISTAKES[name]
    changed = t.sheets()
    mistake(changed)

    found = check(t.write(tmp_path, changed), {})

    assert place in told(found)
    sentences = [
        each.sentence
        for each in found.faults
        if (each.place.sheet, each.place.row, each.column) == place
    ]
    assert any(said in sentence for sentence in sentences), sentences
    assert found.submissions == []
    assert found.summary is None


def test_one_mistake_is_told_once_however_much_depends_on_it(tmp_path: Path) -> None:
    changed = t.sheets()
    changed["選挙区"][1][3] = "2"  # candidates, members and particulars hang on it

    assert told(check(t.write(tmp_path, changed), {})) == [("選挙区", 2, "")]


def test_a_faulty_member_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    members = t.sheets()["名簿登載者"]
    members[1][3] = "誰でもない"
    members[3][1], members[3][2] = "青い党", "2"

    assert told(checked(tmp_path, 名簿登載者=members)) == [
        ("名簿登載者", 2, "重複する候補者"),
        ("名簿登載者", 3, ""),
    ]


def test_what_is_wrong_with_the_election_hides_nothing_else(tmp_path: Path) -> None:
    changed = t.sheets()
    changed["選挙"][4][1] = "いつか"
    changed["党派"][2][0] = "ao"
    changed["選挙区"][1][3] = "2"

    assert told(check(t.write(tmp_path, changed), {})) == [
        ("選挙", 5, "内容"),
        ("党派", 3, "コード"),
        ("選挙区", 2, ""),
    ]
