"""Tables as they are published: read as they are meant, or not at all and with the reason."""

import pytest

from projections.office_tables.table_reading import read_table
from projections.office_tables.vocabulary import TableVocabulary
from tests.unit.projections.office_tables.sheets import DISTRICT, PARTIES, grid, read, told, votes

PLAIN = """
２月９日　０時５８分　確定
開票区|甲野　一男|乙川　さくら|丙田　実|計
海野市|10|20|30|60
山辺市|1|2|3|6
合計|11|22|33|66
"""
PLAIN_VOTES = {"u1": {"a": 10, "b": 20, "c": 30}, "u2": {"a": 1, "b": 2, "c": 3}}


def test_a_matrix_is_read_and_its_total_is_no_unit() -> None:
    table = read(PLAIN)

    assert told(table) == ""
    assert votes(table) == PLAIN_VOTES
    assert table.as_of is not None
    assert table.as_of.isoformat() == "2026-02-09T00:58:00+09:00"
    assert {row.state for row in table.rows} == {"確定"}
    assert [(note.row, "合計" in note.sentence) for note in table.notes] == [(5, True)]


def test_a_total_that_differs_is_named_with_the_difference_and_nothing_is_read() -> None:
    table = read(PLAIN.replace("合計|11|22|33|66", "合計|11|22|34|67"))

    assert table.rows == ()
    assert "「合計」の「丙田 実」は 34.000 ですが、足すと 33.000 です（差 1.000）" in told(table)


def test_a_row_that_does_not_add_up_is_named_and_the_others_are_read() -> None:
    table = read(PLAIN.replace("山辺市|1|2|3|6", "山辺市|1|2|3|7").replace("33|66", "33|67"))

    assert set(votes(table)) == {"u1"}
    assert "4 「計」は 7.000 ですが、候補者等の票を足すと 6.000 です（差 1.000）" in told(table)


def test_counties_above_and_cities_below_their_rows_are_sums() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実
海野市|1|2|3
山辺市|1|1|1
市　計|2|3|4
川辺郡|7|5|7
東川町|3|2|1
西川町|4|3|6
郡　計|7|5|7
第１区　計|9|8|11
""")

    assert told(table) == ""
    assert set(votes(table)) == {"u1", "u2", "u3", "u4"}


def test_bare_wards_belong_to_the_city_above_them() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実
大浜市|3|4|5
北区|1|2|3
南区|2|2|2
小峰市|5|5|5
南区|2|2|2
西区|3|3|3
""")

    assert told(table) == ""
    assert set(votes(table)) == {"u5", "u6", "u7", "u8"}
    assert votes(table)["u7"] == {"a": 2, "b": 2, "c": 2}


def test_a_bare_ward_of_two_cities_is_refused_by_name() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実
北区|1|2|3
南区|2|2|2
西区|3|3|3
""")

    assert set(votes(table)) == {"u5", "u8"}
    assert "「南区」は大浜市南区・小峰市南区のどれか分かりません" in told(table)


def test_a_city_in_the_column_before_its_wards_says_whose_they_are() -> None:
    table = read("""
市|区|甲野一男|乙川さくら|丙田実
大浜市|北区|1|2|3
|南区|2|2|2
小峰市|南区|4|4|4
|西区|3|3|3
海野市||5|5|5
""")

    assert told(table) == ""
    assert votes(table)["u6"]["a"] == 2
    assert votes(table)["u7"]["a"] == 4
    assert votes(table)["u1"]["a"] == 5


def test_parts_of_a_municipality_are_held_against_it_and_left_out() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実
海野市|5|5|5
本庁|2|2|2
支所|3|3|3
山辺市|1|2|3
""")

    assert told(table) == ""
    assert set(votes(table)) == {"u1", "u2"}


def test_a_name_that_is_no_unit_is_refused_and_the_total_takes_it_in() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実
海野市|5|5|5
山部市|1|2|3
計|6|7|8
""")

    assert set(votes(table)) == {"u1"}
    assert "3 「山部市」という開票区はありません" in told(table)


def test_blocks_side_by_side_have_one_total() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実||開票区|甲野一男|乙川さくら|丙田実
海野市|1|2|3||東川町|1|1|1
山辺市|2|2|2||西川町|4|4|4
||||||||
||||| 計|8|9|10
""")

    assert told(table) == ""
    assert votes(table)["u4"] == {"a": 4, "b": 4, "c": 4}
    assert len(table.rows) == 4


def test_candidates_in_rows_with_units_in_columns() -> None:
    table = read("""
候補者氏名|党派|海野市|山辺市|計
甲野一男|青空党|1|2|3
乙川さくら|無所属|2|2|4
丙田実|あかね|3|2|5
得票総数||6|6|12
有効投票数||6|6|12
無効投票数||1|0|1
""")

    assert told(table) == ""
    assert votes(table)["u1"] == {"a": 1, "b": 2, "c": 3, "valid": 6, "invalid": 1}


@pytest.mark.parametrize("blank", ["", "－", "…"])
def test_an_empty_cell_is_no_zero(blank: str) -> None:
    table = read(f"""
開票区|甲野一男|乙川さくら|丙田実
海野市|1|{blank}|3
山辺市|1|2|3
""")

    assert set(votes(table)) == {"u2"}
    assert "2 「乙川さくら」が空欄です" in told(table)


def test_an_empty_cell_is_zero_where_the_printed_sum_leaves_nothing_for_it() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実|計
海野市|1||3|4
""")

    assert votes(table) == {"u1": {"a": 1, "b": 0, "c": 3}}


@pytest.mark.parametrize("row", ["|90|10|100", "10|90||100"])
def test_a_sum_that_holds_members_within_their_lists_makes_no_cell_zero(row: str) -> None:
    table = read(f"開票区|青空党|みどりの会|赤井一|計\n海野市|{row}", contest="list")

    assert table.rows == ()
    assert "が空欄です" in told(table)


def test_a_unit_without_any_figure_has_not_reported() -> None:
    table = read(PLAIN.replace("合計", "東川町||||\n合計"))

    assert told(table) == ""
    assert votes(table) == PLAIN_VOTES


def test_a_column_that_nobody_knows_is_refused_until_somebody_says_it() -> None:
    sheet = PLAIN.replace("|計", "|計|点検票").replace("|60", "|60|4").replace("3|6\n", "3|6|2\n")

    table = read(sheet)

    assert table.rows == ()
    assert "F 「点検票」が何の数か分かりません" in told(table)
    assert votes(read(sheet, {"点検票": "使わない"})) == PLAIN_VOTES


def test_a_candidate_who_is_not_in_the_heading_is_named() -> None:
    table = read(PLAIN.replace("丙田　実", "丙田　稔"))

    assert table.rows == ()
    assert "架空県第1区の表のようですが、「丙田　実」が見出しにありません" in told(table)
    assert votes(read(PLAIN.replace("丙田　実", "丙田　稔"), {"丙田稔": "丙田実"})) == PLAIN_VOTES


def test_two_columns_of_one_candidate_are_refused() -> None:
    table = read(PLAIN.replace("|丙田　実|計", "|丙田　実|丙田　実"))

    assert table.rows == ()
    assert "列が二つ以上あります" in told(table)


@pytest.mark.parametrize(
    "sheet",
    [
        """
候補者|海野市|山辺市
甲野一男|10|1
乙川さくら|20|2
丙田実|30|3
甲野一男|11|1
""",
        """
候補者|海野市|山辺市||候補者|海野市|山辺市
甲野一男|10|1||甲野一男|11|1
乙川さくら|20|2||乙川さくら|20|2
丙田実|30|3||丙田実|30|3
""",
    ],
    ids=["below", "beside"],
)
def test_a_candidate_in_two_rows_is_refused(sheet: str) -> None:
    table = read(sheet)

    assert table.rows == ()
    assert "「甲野一男」が二つ以上あります" in told(table)


def test_two_numbers_of_a_candidate_must_be_equal() -> None:
    text = """
開票区|甲野一男||乙川さくら|丙田実
|得票数|計|得票数|得票数
海野市|10|12|20|30
"""
    table = read(text)
    assert table.rows == ()
    assert "3 「甲野一男／計」は「甲野一男／得票数」の合計と違います（差 2.000）" in told(table)

    assert set(votes(read(text.replace("12", "10")))) == {"u1"}


def test_shares_beside_votes_are_not_votes() -> None:
    table = read("""
開票区|甲野一男||乙川さくら||丙田実|
|得票数|得票率|得票数|得票率|得票数|得票率
海野市|10|16.67|20|33.33|30|50.00
""")

    assert told(table) == ""
    assert votes(table) == {"u1": {"a": 10, "b": 20, "c": 30}}


def test_a_sheet_whose_rows_make_up_a_hundred_is_no_sheet_of_votes() -> None:
    table = read("""
開票区|甲野一男|乙川さくら|丙田実
海野市|16.67|33.33|50
山辺市|20.1|39.9|40
""")

    assert table.rows == ()
    assert any("率の表" in note.sentence for note in table.notes)


def test_what_stands_again_below_is_left_out_and_a_new_unit_there_is_named() -> None:
    again = PLAIN + "（再掲）|1|1|1|3\n海野市|10|20|30|60\n東川町|1|1|1|3\n"
    table = read(again)

    assert votes(table) == PLAIN_VOTES
    assert [doubt.row for doubt in table.row_doubts] == [8]
    assert "「東川町」は再掲より下にあるので読んでいません" in told(table)


def test_a_unit_twice_is_refused() -> None:
    table = read(PLAIN.replace("合計|11|22|33|66", "海野市|10|20|30|60"))

    assert table.rows == ()
    assert "同じ開票区の" in told(table)


def test_two_moments_of_one_sheet_are_refused_and_the_printing_is_none() -> None:
    clocks = "２月８日　２３時１５分　確定"

    assert "時刻が二つ以上あります" in told(read(clocks + PLAIN))
    assert told(read("出力時刻　２月９日　１時２０分" + PLAIN)) == ""


def test_a_morning_hour_without_a_day_may_be_of_the_next_one() -> None:
    assert "日付がありません" in told(read(PLAIN.replace("２月９日　０時５８分", "午前１時５分")))
    evening = read(PLAIN.replace("２月９日　０時５８分", "午後11時45分"))
    assert evening.as_of is not None
    assert evening.as_of.isoformat() == "2026-02-08T23:45:00+09:00"


@pytest.mark.parametrize(
    "words",
    ["最終更新 2月8日 22:40", "確定次第、掲載します", "確定予定時刻 23:30", "確定ではありません"],
)
def test_words_of_what_is_final_elsewhere_make_no_sheet_final(words: str) -> None:
    table = read(PLAIN.replace("２月９日　０時５８分　確定", words))

    assert {row.state for row in table.rows} == {""}


def test_marks_say_which_units_have_finished() -> None:
    table = read("""
開票速報　２月８日２２時３０分現在
開票区|甲野一男|乙川さくら|丙田実|確定
海野市|1|2|3|◎
山辺市|1|2|3|
""")

    assert {row.unit: row.state for row in table.rows} == {"u1": "確定", "u2": "中間"}


def test_a_final_sheet_with_a_unit_that_has_no_mark_is_refused_there() -> None:
    table = read("""
２月９日１時３０分確定
開票区|甲野一男|乙川さくら|丙田実|確定
海野市|1|2|3|◎
山辺市|1|2|3|
""")

    assert set(votes(table)) == {"u1"}
    assert "確定の印がありません" in told(table)


TURNOUT = """
投票速報　２月８日　18:00現在
市町名|当日有権者数|||投票者数|||投票率
|男|女|計|男|女|計|計
海野市|100|110|210|40|50|90|42.86
"""


def test_turnout_without_a_contest_asks_for_it() -> None:
    assert "どの選挙区の表か分かりません（小選挙区・比例代表）" in told(read(TURNOUT))
    assert votes(read(TURNOUT, contest="list"))["u1"]["voters.female"] == 50
    assert "差" in told(read(TURNOUT.replace("|90", "|91"), contest="list"))


def test_turnout_of_units_that_share_contests_of_one_kind_is_of_none_of_them() -> None:
    first = DISTRICT._replace(contest="first", name="第一の案")
    second = DISTRICT._replace(contest="second", name="第二の案")
    text = "開票区|当日有権者数|||投票者数||\n|男|女|計|男|女|計\n海野市|50|50|100|10|20|30"
    both = read_table(grid(text), TableVocabulary((first, second), PARTIES))
    one = read_table(grid(text), TableVocabulary((first,), PARTIES))

    assert (both.rows, len(one.rows)) == ((), 1)
    assert "第一の案・第二の案" in told(both)


def test_final_voters_without_early_ones_are_refused() -> None:
    sheet = TURNOUT.replace("投票者数", "投票者数（期日前・不在者を含まない）")

    assert told(read(sheet, contest="list")) == ""
    assert "期日前・不在者を含めます" in told(
        read(sheet.replace("現在", "確定").replace("速報", ""), contest="list")
    )


def test_totals_of_lists_with_their_names_and_members() -> None:
    sheet = """
開票区|青空党|青空党（政党名）|青空党（個人名）|みどりの会|みどりの会（政党名）|みどりの会（個人名）
海野市|10|7|3|20|15|5
"""

    assert votes(read(sheet))["u1"]["aomembers"] == 3
    assert "合計と違います（差 1.000）" in told(read(sheet.replace("|10|7", "|11|7")))


def test_a_sheet_that_is_no_table_is_named() -> None:
    assert "候補者や開票区の名が並ぶ表が見つかりません" in told(read("お知らせ\n本日は晴天なり"))
