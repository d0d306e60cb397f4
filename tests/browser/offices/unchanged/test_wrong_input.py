"""Wrong input of every kind: said at its field, in words that say what to do, and nothing lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.offices.centre import (
    FIGURES,
    fill_in,
    final_sheet,
    onward,
    open_sheet,
    paste,
    says,
    selector,
    set_up,
    step,
)

FIELDS = [
    ("votes/d1-ao", "", "空です"),
    ("votes/d1-ao", "abc", "数として読めません"),
    ("votes/d1-ao", "三百五十", "漢数字です"),
    ("votes/d1-ao", "一二三", "漢数字です"),
    ("votes/d1-ao", "①", "数として読めません"),
    ("votes/d1-ao", "10²", "数として読めません"),
    ("votes/d1-ao", "350 240", "途中に空白があります"),
    ("votes/d1-ao", "12,34", "桁区切りの位置が違います"),
    ("votes/d1-ao", "-1", "マイナスは使えません"),
    ("votes/d1-ao", "▲1", "マイナスは使えません"),
    ("votes/d1-ao", "350.0001", "小数は第3位まで"),
    ("votes/d1-ao", "99999999999999", "桁が多すぎます"),
    ("votes/d1-ao", "351", "D ＝ A ＋ B ＋ C が合いません"),
    ("valid", "590.5", "端数は使えません"),
    ("valid", "591", "差 ＋1"),
    ("ballots", "601", "F ＝ D ＋ E が合いません"),
    ("ballots", "1e3", "数として読めません"),
    ("invalid", "１０票x", "数として読めません"),
    ("voters", "", "空です"),
    ("voters", "599", "I ＝ F ＋ G ＋ H が合いません"),
    ("rejected", "-2", "マイナスは使えません"),
]
SAID_ELSEWHERE = {"D ＝ A ＋ B ＋ C が合いません": "valid"}
"""Votes that do not add up are said where the sum stands."""

ROOM_ABOVE_THE_SUMS = """() => {
  const [field, sums] = [document.activeElement, document.querySelector(".sums-place")];
  return [field.id, sums.getBoundingClientRect().top - field.getBoundingClientRect().bottom];
}"""

RIGHT = ["350", " 350 ", "３５０", "350票", "350.000", "３５０．０", "0,350"]


def test_wrong_input_is_named_at_its_field_and_kept(page: Page, address: str) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    for field, typed, said in FIELDS:
        page.fill(selector(field), typed)

        onward(page)

        step(page, "入力")
        says(page, SAID_ELSEWHERE.get(said, field), said)
        expect(page.locator("#errors")).to_be_focused()
        for name, figure in (FIGURES | {field: typed}).items():
            assert page.locator(selector(name)).input_value() == figure, (field, typed)
        page.fill(selector(field), FIGURES[field])


def test_every_usual_way_to_write_a_figure_is_read(page: Page, address: str) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    for typed in (*RIGHT, "350"):
        page.fill(selector("votes/d1-ao"), typed)
        expect(page.locator("[data-identity=D]")).to_have_class("identity identity-true")
    fill_in(
        page, {"ballots": "1,600", "invalid": "1，０１０", "voters": "1600", "votes/d1-ao": "350"}
    )
    expect(page.locator(".identity-true")).to_have_count(3)


def test_the_summary_leads_to_the_field(page: Page, address: str) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES | {"ballots": "x"})
    page.fill(selector("as_of"), "")
    onward(page)
    says(page, "as_of", "何時現在")

    page.click('#errors [data-field="ballots"]')

    expect(page.locator(selector("ballots"))).to_be_focused()


def test_a_pasted_column_fills_downwards(page: Page, address: str) -> None:
    final_sheet(page, address)
    paste(page, "votes/d1-ao", "350\r\n240\r\n\r\n\r\n590\r\n10\r\n600\r\n0\r\n0\r\n600\r\n")

    for field, figure in FIGURES.items():
        expect(page.locator(selector(field))).to_have_value(figure)
    expect(page.locator(".identity-true")).to_have_count(3)


def test_a_pasted_table_finds_its_fields_and_says_what_it_left_out(
    page: Page, address: str
) -> None:
    final_sheet(page, address)
    paste(
        page,
        "valid",
        "届出\t候補者\t得票数\n2\tD1-AKA\t240\n1\tD1-AO\t350\n3\tその他\t7\n"
        "\t有効投票数\t590\n\t無効投票数\t10\n\tF\t600\n\tF\t601\n\t投票者数\t600\t99.9\n"
        "\t\t55\n",
    )

    for field in ("votes/d1-ao", "votes/d1-aka", "valid", "invalid", "ballots"):
        expect(page.locator(selector(field))).to_have_value(FIGURES[field])
    expect(page.locator(selector("voters"))).to_have_value("")
    told = page.locator("#file-error")
    expect(told).to_contain_text("用紙にない名前の行は入れていません：その他")
    expect(told).to_contain_text("名前のない数字の行は入れていません：55")
    expect(told).to_contain_text("同じ名前の行が二つ以上あります：F")
    expect(told).to_contain_text("数字の列が二つ以上あるため入れていません：投票者数")


def test_columns_without_names_are_not_guessed(page: Page, address: str) -> None:
    final_sheet(page, address)
    fill_in(page, {"votes/d1-ao": "1"})
    paste(page, "votes/d1-ao", "350\t59.3\n240\t40.7\n")

    expect(page.locator("#file-error")).to_contain_text("数字の列が二つ以上あります")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("1")
    paste(page, "ballots", "600\n" + "7\n" * 20)
    expect(page.locator(selector("ballots"))).to_have_value("600")
    expect(page.locator("#file-error")).to_contain_text("余りは入れていません")


OTHERS = {
    "山田　太郎\t350\n鈴木　花子\t240\n": "用紙にない名前の行は入れていません：山田　太郎、",
    "候補者\t得票数\n山田　太郎\t350\n鈴木　花子\t240\n": "入れていません：山田　太郎、鈴木　花子",
    "得票数\n350\n240\n": "はじめの行の「得票数」が数として読めない",
    "\n三百五十\n240\n": "はじめの行の「三百五十」が数として読めない",
}
"""Columns with words that name nobody on this sheet, and what is said of them."""


def test_figures_beside_words_that_are_not_on_the_sheet_never_go_by_their_line(
    page: Page, address: str
) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    for pasted, said in OTHERS.items():
        paste(page, "votes/d1-ao", pasted)

        expect(page.locator("#file-error")).to_contain_text(said)
        expect(page.locator(".entry-form")).to_contain_text("どの欄にも入れていません")
        for field, figure in FIGURES.items():
            expect(page.locator(selector(field))).to_have_value(figure)


ALIKE = [
    {"id": f"votes/{option}", "label": name, "option": option, "votes": True}
    for option, name in (("a", "神田　一郎"), ("b", "\ufa19田　一郎"), ("c", "佐藤　三郎"),
                         ("d", "佐藤 三郎"), ("e", "髙橋　五郎"))
]  # fmt: skip
"""Two pairs that the form of a character or a blank alone tells apart, and somebody else."""
PLACED = """async ([fields, rows]) =>
  (await import("/static/now/centre/spreadsheet_rows.js")).fillFields(fields, rows)"""


def test_names_that_differ_in_a_form_only_are_told_apart_or_left_out(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/centre/")
    rows = [["\ufa19田　一郎", "7"], ["神田　一郎", "500"], ["佐藤三郎", "9"], ["高橋五郎", "3"]]

    found = page.evaluate(PLACED, [ALIKE, [*rows, ["髙橋五郎", "4"]]])

    assert found["filled"] == {"votes/a": "500", "votes/b": "7", "votes/e": "4"}
    assert "佐藤三郎" in found["faults"][0]
    assert "用紙にない名前" in found["faults"][1]
    assert "高橋五郎" in found["faults"][1]


ROWS = [
    ("候補者", "得票数"), ("D1-AO", 350), ("D1-AKA", 240), ("有効投票数", 590),
    ("無効投票数", 10), ("投票総数", 600), ("持ち帰りと思われる票数", 0),
    ("不受理と決定した票数", 0), ("投票者数", 600),
]  # fmt: skip


def workbook(folder: Path, *sheets: str) -> Path:
    path = folder / "sheet.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name in sheets or ("開票",):
        sheet = book.add_worksheet(name)
        for place, row in enumerate(ROWS):
            sheet.write_row(place, 0, row)
    book.close()
    return path


def csv(folder: Path) -> Path:
    path = folder / "sheet.csv"
    text = "\r\n".join(f'"{word}",{figure}' for word, figure in ROWS)
    path.write_bytes(text.encode("cp932"))
    return path


def published(folder: Path) -> Path:
    """The table of a prefecture, with this unit in one of its rows."""
    path = folder / "published.csv"
    names, figures = zip(*ROWS[1:], strict=True)
    rows = [
        ["開票結果　令和8年2月8日　23時30分　確定"],
        ["開票区", *names],
        [f"開票区{b.CHIYODA}", *figures],
        ["計", *figures],
    ]
    path.write_bytes("\r\n".join(",".join(map(str, row)) for row in rows).encode("cp932"))
    return path


@pytest.mark.parametrize(
    "make", [workbook, csv, published], ids=["xlsx", "cp932 csv", "published table"]
)
def test_a_file_fills_the_sheet_and_records_nothing(
    page: Page, address: str, services: AppState, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    before = services.log.reader.last_position()
    final_sheet(page, address)
    page.set_input_files("#file", make(tmp_path))

    for field, figure in FIGURES.items():
        expect(page.locator(selector(field))).to_have_value(figure)
    assert services.log.reader.last_position() == before


def test_files_that_cannot_be_taken_are_refused_in_words(
    page: Page, address: str, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    hollow = tmp_path / "hollow.xlsx"
    xlsxwriter.Workbook(str(hollow)).close()
    final_sheet(page, address)
    fill_in(page, {"votes/d1-ao": "350"})
    for path, said in (
        (broken, "表計算ファイルとして読めません"),
        (empty, "何も入っていません"),
        (hollow, "数字がありません"),
    ):
        page.set_input_files("#file", path)
        expect(page.locator("#file-error")).to_contain_text(said)
        expect(page.locator(selector("votes/d1-ao"))).to_have_value("350")


def test_of_two_sheets_the_one_that_was_read_is_named(
    page: Page, address: str, tmp_path: Path
) -> None:
    final_sheet(page, address)
    page.set_input_files("#file", workbook(tmp_path, "確定", "中間"))

    expect(page.locator(".entry-form")).to_contain_text("先頭のシート「確定」を読みました")
    expect(page.locator(".entry-form")).to_contain_text("ほかのシート（中間）は読んでいません")
    expect(page.locator(selector("voters"))).to_have_value("600")


def test_a_field_is_checked_when_it_is_left_behind(page: Page, address: str) -> None:
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA, "turnout")
    page.fill(selector("electors/male"), "5o0")
    page.press(selector("electors/male"), "Enter")

    expect(page.locator(selector("electors/female"))).to_be_focused()
    says(page, "electors/male", "数として読めません")


def test_on_a_telephone_the_sums_hide_no_field(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    final_sheet(page, address)
    fill_in(page, FIGURES | {"valid": "591"})
    page.focus(selector("votes/d1-ao"))

    walked = []
    while page.evaluate("document.activeElement.matches('input.figure')"):
        field, room = page.evaluate(ROOM_ABOVE_THE_SUMS)
        assert room >= 0, field
        walked.append(field)
        page.keyboard.press("Enter")
    assert len(walked) == len(FIGURES) + len(("cut", "nobody"))
    expect(page.locator("[data-identity=D]")).to_contain_text("差 ＋1")
