"""What a counting centre is told before and after sending, and at which field."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from api.house import House
from tests import builders as b
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    fill_in,
    known,
    onward,
    open_sheet,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.posting import record

Pictures = Callable[[Page, str], None]


def error(page: Page, field: str) -> str:
    """What stands at a field."""
    return page.locator(f"{selector(field)}-error").inner_text()


def final_sheet(page: Page, address: str) -> None:
    """Begin a final sheet of the first district."""
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("votes/d1-ao", "", "空です"),
        ("votes/d1-ao", "三百", "数として読めません"),
        ("votes/d1-ao", "-1", "マイナスは使えません"),
        ("votes/d1-ao", "350.0001", "小数は第3位まで"),
        ("votes/d1-ao", "99999999999999", "桁が多すぎます"),
        ("votes/d1-ao", "351", ""),
        ("valid", "590.5", "端数は使えません"),
        ("valid", "591", "差 ＋1"),
        ("ballots", "601", "F ＝ D ＋ E が合いません"),
        ("ballots", "1e3", "数として読めません"),
        ("invalid", "１０票x", "数として読めません"),
        ("voters", "", "空です"),
        ("voters", "599", "I ＝ F ＋ G ＋ H が合いません"),
        ("rejected", "-2", "マイナスは使えません"),
    ],
)
def test_wrong_input_is_named_at_its_field_and_kept(
    page: Page, address: str, field: str, typed: str, said: str
) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES | {field: typed})

    onward(page)

    step(page, "入力")
    # Votes that do not add up are said where the sum stands.
    told = error(page, field if said else "valid")
    assert (said or "D ＝ A ＋ B ＋ C が合いません") in told
    expect(page.locator("#errors")).to_be_focused()
    for name, figure in (FIGURES | {field: typed}).items():
        assert page.locator(selector(name)).input_value() == figure


def test_the_summary_leads_to_the_field(page: Page, address: str) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES | {"ballots": "x"})
    onward(page)

    page.click('#errors [data-field="ballots"]')

    expect(page.locator(selector("ballots"))).to_be_focused()


def test_a_moment_is_needed(page: Page, address: str) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    page.fill(selector("as_of"), "")
    onward(page)

    assert "何時現在" in error(page, "as_of")


def test_full_width_digits_and_separators_are_read(page: Page, address: str, house: House) -> None:
    final_sheet(page, address)
    wide = {"votes/d1-ao": "３５０．０", "votes/d1-aka": "２４０票", "ballots": "０，６００"}
    through_both_entries(page, FIGURES | wide)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(house, b.DISTRICT_1, b.CHIYODA)
    assert count.tally is not None
    assert count.tally.votes == {"d1-ao": 350_000, "d1-aka": 240_000}


def test_a_sheet_is_filled_in_by_keyboard_alone(page: Page, address: str, house: House) -> None:
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    figures = ["100", "90", "", "", "190", "10", "200", "", "", ""]
    for _ in range(2):
        page.locator(selector("votes/d1-ao")).focus()
        for figure in figures:
            page.keyboard.type(figure)
            page.keyboard.press("Enter")
        expect(page.locator("[data-next]")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_timeout(50)
    step(page, "照合")
    page.locator("[data-next]").press("Enter")
    step(page, "確認と送信")
    page.locator("[data-next]").press("Enter")

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(house, b.DISTRICT_1, b.CHIYODA)
    assert count.tally is not None
    assert count.tally.ballots == 200


PASTE = """(element, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  element.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  }));
}"""


def test_a_pasted_column_fills_downwards(page: Page, address: str) -> None:
    final_sheet(page, address)
    column = "350\r\n240\r\n\r\n0\r\n590\r\n10\r\n600\r\n0\r\n0\r\n600\r\n"
    page.locator(selector("votes/d1-ao")).evaluate(PASTE, column.replace("\r\n\r\n", "\r\n0\r\n"))

    for field, figure in FIGURES.items():
        expect(page.locator(selector(field))).to_have_value(figure)
    expect(page.locator(".identity-true")).to_have_count(3)


def test_pasted_rows_find_their_fields_by_name(page: Page, address: str) -> None:
    final_sheet(page, address)
    rows = "D1-AKA\t240\nD1-AO\t350\nその他\t7\n有効投票数\t590\n無効投票数\t10\nF\t600\n"
    page.locator(selector("valid")).evaluate(PASTE, rows)

    expect(page.locator(selector("votes/d1-ao"))).to_have_value("350")
    expect(page.locator(selector("votes/d1-aka"))).to_have_value("240")
    expect(page.locator(selector("ballots"))).to_have_value("600")
    expect(page.locator("#announcer")).to_contain_text("その他")


ROWS = [
    ("候補者", "得票数"), ("D1-AO", 350), ("D1-AKA", 240), ("有効投票数", 590),
    ("無効投票数", 10), ("投票総数", 600), ("持ち帰りと思われる票数", 0),
    ("不受理と決定した票数", 0), ("投票者数", 600),
]  # fmt: skip


def workbook(folder: Path) -> Path:
    path = folder / "sheet.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for place, row in enumerate(ROWS):
        sheet.write_row(place, 0, row)
    book.close()
    return path


def csv(folder: Path) -> Path:
    path = folder / "sheet.csv"
    text = "\r\n".join(f'"{word}",{figure}' for word, figure in ROWS)
    path.write_bytes(text.encode("cp932"))
    return path


@pytest.mark.parametrize("make", [workbook, csv], ids=["xlsx", "cp932 csv"])
def test_a_file_fills_the_sheet_and_records_nothing(
    page: Page,
    address: str,
    house: House,
    tmp_path: Path,
    make: Callable[[Path], Path],
) -> None:
    before = house.log.reader.last_position()
    final_sheet(page, address)
    page.set_input_files("#file", make(tmp_path))

    for field, figure in FIGURES.items():
        expect(page.locator(selector(field))).to_have_value(figure)
    assert house.log.reader.last_position() == before


def test_a_file_that_is_no_table_is_refused_in_words(
    page: Page, address: str, tmp_path: Path
) -> None:
    broken = tmp_path / "sheet.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    final_sheet(page, address)
    fill_in(page, {"votes/d1-ao": "350"})
    page.set_input_files("#file", broken)

    expect(page.locator("#file-error")).to_contain_text("表計算ファイルとして読めません")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("350")


def test_two_readings_that_differ_stand_side_by_side(
    page: Page, address: str, house: House, pictures: Pictures
) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    onward(page)
    step(page, "二人目の入力")
    # 222 votes swapped between two candidates still add up.
    fill_in(page, FIGURES | {"votes/d1-ao": "240", "votes/d1-aka": "350"})
    onward(page)
    step(page, "照合")
    expect(page.locator(".compare tbody tr")).to_have_count(2)
    pictures(page, "centre-compare")
    onward(page)
    expect(page.locator(".compare tbody tr")).to_have_count(2)

    fill_in(page, {"second/votes/d1-ao": "350", "second/votes/d1-aka": "240"})
    onward(page)
    expect(page.locator(".notice-done")).to_contain_text("すべて一致しました")
    onward(page)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(house, b.DISTRICT_1, b.CHIYODA)
    assert count.tally is not None
    assert count.tally.votes["d1-ao"] == 350_000


def test_more_ballots_than_voters_need_a_written_reason(
    page: Page, address: str, house: House, pictures: Pictures
) -> None:
    final_sheet(page, address)
    through_both_entries(
        page,
        FIGURES | {"votes/d1-ao": "352", "valid": "592", "ballots": "602", "taken_away": "－２"},
    )
    expect(page.locator(".notice-warning li")).to_contain_text("−2")
    onward(page)
    assert "確かめた内容" in error(page, "remark")
    pictures(page, "centre-warning")

    page.fill(selector("remark"), "投票用紙の二重交付があった。")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    expect(page.locator("#receipt")).to_contain_text("持ち帰りがマイナス")
    count = count_of(house, b.DISTRICT_1, b.CHIYODA)
    assert count.latest is not None
    assert {notice.reason for notice in count.latest.notices} == {"投票用紙の二重交付があった。"}


def test_a_final_report_is_corrected_with_a_reason(page: Page, address: str, house: House) -> None:
    sent = b.sheet({"d1-ao": 240, "d1-aka": 350}, invalid=10)
    record(house.log, b.tally(sent, b.DISTRICT_1, b.CHIYODA))
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    fill_in(page, FIGURES)
    expect(page.locator(".change").first).to_have_text("＋110")
    onward(page)
    fill_in(page, FIGURES)
    onward(page)
    onward(page)
    onward(page)
    assert "訂正の理由" in error(page, "reason")
    page.fill(selector("reason"), "候補者二名の票を取り違えていた。")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    corrections = known(house).corrections
    assert [each.event.reason for each in corrections] == ["候補者二名の票を取り違えていた。"]


def test_a_refusal_comes_back_to_its_field_with_everything_typed(
    page: Page, address: str, house: House
) -> None:
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA)
    figures = {"votes/ao": "60", "votes/aka": "30", "valid": "90", "invalid": "10"}
    through_both_entries(page, {**figures, "ballots": "100"})
    # The turnout comes from another device while this sheet is on the screen.
    record(house.log, b.turnout(b.figures((40, 40), (30, 30)), b.BLOCK, b.CHIYODA))
    onward(page)

    expect(page.locator("h1")).to_have_text("受け付けられませんでした")
    page.click("text=入力に戻って直す")
    page.click("text=入力に戻る")
    step(page, "入力")
    assert "有権者数80を超えています" in error(page, "ballots")
    for field, figure in {**figures, "ballots": "100"}.items():
        expect(page.locator(selector(field))).to_have_value(figure)


def test_a_withdrawn_candidate_is_noticed_and_accepted(
    page: Page, address: str, house: House
) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    record(house.log, b.withdraw(b.DISTRICT_1, "d1-aka"))
    page.reload()
    expect(page.locator(".notice-warning")).to_contain_text("一覧が変わりました")
    page.click("text=最新の一覧で入力を続ける")

    expect(page.locator(selector("votes/d1-aka"))).to_have_count(0)
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("350")


def test_justices_are_checked_one_by_one(page: Page, address: str) -> None:
    set_up(page, address)
    open_sheet(page, b.JUSTICES, b.CHIYODA)
    figures = {"votes/j1": "10", "no/j1": "81", "votes/j2": "5", "no/j2": "80"}
    fill_in(page, {**figures, "valid": "90", "invalid": "0", "ballots": "90"})
    onward(page)

    assert "1上回っています" in error(page, "no/j1")


def test_a_returned_report_says_why(page: Page, address: str, house: House) -> None:
    sent = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)
    record(
        house.log,
        b.tally(sent, b.DISTRICT_1, b.CHIYODA),
        b.give_back(b.DISTRICT_1, b.CHIYODA),
    )
    set_up(page, address)

    card = page.locator(f'[data-contest="{b.DISTRICT_1}"]')
    expect(card).to_contain_text("差し戻されました：前回と差が大きい")


def test_turnout_beyond_the_electors_is_named_by_sex(page: Page, address: str) -> None:
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA, "turnout")
    fill_in(
        page,
        {"electors/male": "5", "electors/female": "5", "voters/male": "3", "voters/female": "6"},
    )
    onward(page)

    assert "女" in error(page, "voters/female")
    assert error(page, "voters/male") == ""
