"""Tallies and turnouts out of tables: every figure where it belongs, or a fault with its row."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.adapters.spreadsheets.table_lines import TableLine
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.name_mapping import Mapping, read_mapping
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import (
    Compiler,
    Draft,
    build_tally,
    build_turnout,
)
from infra.services.importing.tallies.tallies_long import Defaults, figures
from projections.documents.models import decimal
from tests.support.budgets import examples
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.folds import register, unsigned

TIDY = ["選挙区", "開票区", "時刻", "区分", "項目", "数"]
WHERE = ["東京都第1区", "千代田区", "2026-02-09 01:00", "確定"]
IDS = ("13-01-1", "13-01-2", "13-01-3")
SHEET = {
    "髙橋　一郎": "2,000.333", "高橋一郎": "900.666", "13-01-3": "40",
    "按分の際切り捨てた票数": "0.001", "有効": "2941", "無効投票数": "３", "投票総数": "2944",
    "持ち帰りと思われる票": "△1", "投票者数": "2943",
}  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> RecordedRegister:
    return register(tmp_path_factory.mktemp("election"))


def read(
    rows: t.Rows,
    known: RecordedRegister,
    words: Mapping | None = None,
    defaults: Defaults | None = None,
) -> tuple[list[Draft], Faults]:
    """Reports of one table, and what was wrong with it."""
    faults = Faults()
    said = words or Mapping()
    lines = [TableLine(number, row) for number, row in enumerate(rows, start=1)]
    given = figures({"表": lines}, said, defaults or Defaults(), faults)
    return Compiler(known, said, faults).drafts(given), faults


def tidy(sheet: dict[str, str], where: list[str] = WHERE) -> t.Rows:
    return [TIDY, *([*where, item, number] for item, number in sheet.items())]


def sentences(faults: Faults) -> str:
    return "\n".join(map(str, faults))


def test_a_tidy_table_becomes_a_tally(known: RecordedRegister) -> None:
    (draft,), faults = read(tidy(SHEET), known)

    found = build_tally(draft, faults)

    assert sentences(faults) == ""
    assert found is not None
    assert found.votes == {"13-01-1": 2_000_333, "13-01-2": 900_666, "13-01-3": 40_000}
    assert (found.cut, found.valid, found.invalid, found.ballots) == (1, 2941, 3, 2944)
    assert (found.taken_away, found.voters) == (-1, 2943)
    assert (draft.contest, draft.unit, draft.state) == (t.DISTRICT, "13101", "final")


COUNTED = {
    "髙橋　一郎": "2", "高橋一郎": "1", "13-01-3": "40",
    "按分票：高橋（13-01-1、13-01-2）": "1", "有効": "44", "無効": "0", "投票総数": "44",
    "投票者数": "44",
}  # fmt: skip


def test_shared_ballots_of_a_table_are_divided(known: RecordedRegister) -> None:
    (draft,), faults = read(tidy(COUNTED), known)

    found = build_tally(draft, faults)

    assert sentences(faults) == ""
    assert found is not None
    assert found.votes == {"13-01-1": 2_666, "13-01-2": 1_333, "13-01-3": 40_000}
    assert [(pool.name, pool.ballots) for pool in found.pools] == [("高橋", 1)]
    assert (found.cut, found.pools_unstated) == (1, "")


def test_a_table_divided_the_wrong_way_round_is_named(known: RecordedRegister) -> None:
    divided = {
        **COUNTED, "髙橋　一郎": "2.333", "高橋一郎": "1.666", "按分切捨": "0.001",
        "按分:高橋:13-01-1": "0.333", "按分:高橋:13-01-2": "0.666",
    }  # fmt: skip
    (draft,), faults = read(tidy(divided), known)

    assert build_tally(draft, faults) is None
    assert "記載は0.333、計算では0.666" in sentences(faults)


def test_divided_votes_without_pools_say_that_the_table_has_none(known: RecordedRegister) -> None:
    (draft,), faults = read(tidy(SHEET), known)

    found = build_tally(draft, faults)

    assert found is not None
    assert found.pools_unstated == "取り込んだ表に按分の内訳がない。"


def test_a_pool_that_names_a_stranger_is_a_fault(known: RecordedRegister) -> None:
    strange = {**COUNTED, "按分票：鈴木（13-01-1、鈴木）": "1"}

    drafts, faults = read(tidy(strange), known)

    assert drafts == []
    assert "鈴木" in sentences(faults)


def test_a_wide_table_says_the_same(known: RecordedRegister) -> None:
    wide = [[*TIDY[:4], *SHEET], [*WHERE, *SHEET.values()]]

    (draft,), faults = read(wide, known)
    (other,), _ = read(tidy(SHEET), known)

    assert build_tally(draft, faults) == build_tally(other, faults)


def test_a_wide_table_of_several_contests_leaves_cells_blank(known: RecordedRegister) -> None:
    names = ["青い党", "赤い党", *SHEET]
    block = ["10", "5", "", "", "", "", "15", "0", "15", "0", "15"]
    wide = [
        [*TIDY[:4], *names],
        [*WHERE, "", "", *SHEET.values()],
        [t.BLOCK, *WHERE[1:], *block],
    ]

    drafts, faults = read(wide, known)

    found = {draft.contest: build_tally(draft, faults) for draft in drafts}
    assert sentences(faults) == ""
    lists = found[t.BLOCK]
    assert lists is not None
    assert lists.votes == {"tokyo-ao": 10_000, "tokyo-aka": 5_000}


def test_justices_have_two_numbers_each(known: RecordedRegister) -> None:
    sheet = {
        "裁判　太郎 罷免を可とする": "10", "裁判太郎　罷免を可としない": "85",
        "法　花子：罷免を可とする": "20", "法　花子：罷免を可としない": "80",
        "有効": "100", "無効": "2", "投票総数": "102", "投票者数": "102",
    }  # fmt: skip
    (draft,), faults = read(tidy(sheet, [t.JUSTICES, *WHERE[1:]]), known)

    found = build_tally(draft, faults)

    assert sentences(faults) == ""
    assert found is not None
    assert found.votes == {"house51-1": 10_000, "house51-2": 20_000}
    assert found.no == {"house51-1": 85_000, "house51-2": 80_000}


def test_turnout_and_tally_of_one_moment_are_two_reports(known: RecordedRegister) -> None:
    turnout = {
        "有権者数（男）": "2000", "有権者数(女)": "2100", "投票者数（男）": "1400",
        "女投票者数": "1543", "当日投票者数": "2000", "期日前投票者数": "900",
        "不在者投票者数": "43", "在外有権者数（男）": "7",
    }  # fmt: skip
    (draft,), faults = read(tidy(SHEET | turnout), known)

    found = build_turnout(draft, faults)

    assert build_tally(draft, faults) is not None
    assert found is not None
    assert (found.voters.male, found.voters.female, found.electors.total) == (1400, 1543, 4100)
    assert found.overseas_electors.male == 7
    assert found.by_method is not None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"13-01-3": "40.0001"}, "千分の一票では表せません"),
        ({"13-01-3": ""}, "票がなければ 0"),
        ({"有効": "2941.5"}, "整数ではありません"),
        ({"有効": "2942"}, "D = A + B + C"),
        ({"高橋　三郎": "1"}, "「高橋　三郎」という候補者等はありません"),
        ({"髙橋一郎": "5"}, "同じ報告に二つあります"),
        ({"得票総数": "2941"}, "得票総数と違います"),
        ({"13-01-3": "-40"}, "得票"),
    ],
)
def test_a_wrong_figure_is_named_and_its_report_is_not_sent(
    known: RecordedRegister, changes: dict[str, str], said: str
) -> None:
    drafts, faults = read(tidy(SHEET | changes), known)
    found = [build_tally(draft, faults) for draft in drafts]

    assert not any(found)
    assert len(faults) == 1
    if changes != {"13-01-3": "-40"}:
        assert said in sentences(faults)


@pytest.mark.parametrize("missing", ["有効", "投票総数", "13-01-3", "投票者数"])
def test_a_missing_figure_is_never_guessed(known: RecordedRegister, missing: str) -> None:
    sheet = {item: number for item, number in SHEET.items() if item != missing}

    (draft,), faults = read(tidy(sheet), known)

    assert build_tally(draft, faults) is None
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (0, "東京都第2区", "選挙区はありません"),
        (1, "港区", "開票区はありません"),
        (2, "01:00", "日付から"),
        (3, "速", "中間・確定・訂正"),
    ],
)
def test_a_row_that_belongs_nowhere_takes_its_report_away(
    known: RecordedRegister, column: int, text: str, said: str
) -> None:
    rows = tidy(SHEET)
    rows[-1][column] = text
    others = tidy(SHEET, [WHERE[0], "中央区", *WHERE[2:]])[1:]

    drafts, faults = read([*rows, *others], known)

    broken = {"13101"} if column > 1 else set()
    assert said in sentences(faults)
    assert {draft.unit for draft in drafts} == {"13101", "13102"} - broken
    assert all(build_tally(draft, faults) is None for draft in drafts if draft.unit == "13101")


def test_another_systems_names_are_mapped(known: RecordedRegister, tmp_path: Path) -> None:
    path = tmp_path / "対応表.csv"
    path.write_text(
        "先方の名称,当方のコード,選挙区\n"
        "地区,選挙区,\n投票区,開票区,\n候補,項目,\n票,数,\n"
        f"東京１,{t.DISTRICT},\n"
        f"Ａ氏,13-01-1,{t.DISTRICT}\nB氏,13-01-2,\nC氏,13-01-3,\n",
        encoding="cp932",
    )
    mapped = {"A氏": "1", "Ｂ氏": "2", "Ｃ氏": "3", "有効": "6", "無効": "0", "投票総数": "6"}
    rows = [
        ["地区", "投票区", "候補", "票"],
        *(["東京1", "13101", item, number] for item, number in mapped.items()),
    ]

    (draft,), faults = read(rows, known, read_mapping(path), Defaults("2026-02-08 22:00", "中間"))

    found = build_tally(draft, faults)
    assert sentences(faults) == ""
    assert found is not None
    assert found.votes == dict(zip(IDS, (1000, 2000, 3000), strict=True))


def test_a_mapping_that_says_two_things_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "対応表.csv"
    path.write_text("先方の名称,当方のコード\nA氏,13-01-1\nＡ氏,13-01-2\n", encoding="utf-8")

    with pytest.raises(TablesUnreadable, match="別のコード"):
        read_mapping(path)


def test_two_columns_that_mean_one_candidate_are_not_added_up(known: RecordedRegister) -> None:
    words = Mapping()
    words.add("元の名", "13-01-1")

    _, faults = read(tidy({**SHEET, "元の名": "5"}), known, words)

    assert "同じ報告に二つあります" in sentences(faults)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (["選挙区", "開票区", "時刻", "項目", "数"], "区分"),
        ([*TIDY, "票"], "知らない見出し"),
        (["選挙区", "開票区", "時刻", "区分", "項目"], "数"),
        ([*TIDY, "数"], "二つ"),
    ],
)
def test_a_heading_that_cannot_be_read_is_named(
    known: RecordedRegister, heading: list[str], said: str
) -> None:
    drafts, faults = read([heading, ["x"] * len(heading)], known)

    assert drafts == []
    assert said in sentences(faults)


def test_two_candidates_whose_names_differ_in_form_only_keep_their_votes(tmp_path: Path) -> None:
    sheets = unsigned()
    shrine, old_shrine = "\u795e田　一郎", "\ufa19田　一郎"
    sheets["候補者"][1][1], sheets["候補者"][2][1] = shrine, old_shrine
    sheets["名簿登載者"][1][3] = shrine
    names = {shrine: "1", old_shrine: "20", "開票花子": "300"}
    figures_of = {**names, "有効": "321", "無効": "0", "投票総数": "321", "投票者数": "321"}

    (draft,), faults = read(tidy(figures_of), register(tmp_path, sheets))

    found = build_tally(draft, faults)
    assert found is not None
    assert found.votes == dict(zip(IDS, (1_000, 20_000, 300_000), strict=True))


@given(
    votes=st.tuples(*[st.integers(min_value=0, max_value=10**9)] * 3),
    cut=st.integers(min_value=0, max_value=999),
    invalid=st.integers(min_value=0, max_value=10**6),
    is_wide=st.booleans(),
)
@settings(max_examples=examples(60))
def test_thousandths_come_through_a_table_as_they_are(
    known: RecordedRegister, votes: tuple[int, int, int], cut: int, invalid: int, *, is_wide: bool
) -> None:
    whole = -(-(sum(votes) + cut) // 1000)
    nobody = whole * 1000 - sum(votes) - cut
    sheet = {name: decimal(own) for name, own in zip(IDS, votes, strict=True)}
    sheet |= {"按分切捨": decimal(cut), "いずれにも属さない": decimal(nobody), "有効": str(whole)}
    total = str(whole + invalid)
    sheet |= {"無効": str(invalid), "投票総数": total, "投票者数": total}
    rows = [[*TIDY[:4], *sheet], [*WHERE, *sheet.values()]] if is_wide else tidy(sheet)

    (draft,), faults = read(rows, known)

    found = build_tally(draft, faults)
    assert sentences(faults) == ""
    assert found is not None
    assert found.votes == dict(zip(IDS, votes, strict=True))
    assert (found.cut, found.nobody, found.invalid) == (cut, nobody, invalid)
