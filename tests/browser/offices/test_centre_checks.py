"""What a counting centre is told before and after sending, and at which field."""

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    fill_in,
    final_sheet,
    known,
    onward,
    open_sheet,
    says,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.support.posting import happen


def test_full_width_digits_and_separators_are_read(
    page: Page, address: str, services: AppState
) -> None:
    final_sheet(page, address)
    wide = {"votes/d1-ao": "３５０．０", "votes/d1-aka": "２４０票", "ballots": "０，６００"}
    through_both_entries(page, FIGURES | wide)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.tally is not None
    assert count.tally.votes == {"d1-ao": 350_000, "d1-aka": 240_000}


def test_two_readings_that_differ_stand_side_by_side(
    page: Page, address: str, services: AppState, pictures: Pictures
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
    page.set_viewport_size({"width": 390, "height": 844})
    pictures(page, "centre-compare-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    onward(page)
    expect(page.locator(".compare tbody tr")).to_have_count(2)

    fill_in(page, {"second/votes/d1-ao": "350", "second/votes/d1-aka": "240"})
    onward(page)
    expect(page.locator(".notice-done")).to_contain_text("すべて一致しました")
    onward(page)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.tally is not None
    assert count.tally.votes["d1-ao"] == 350_000


def test_more_ballots_than_voters_need_a_written_reason(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    final_sheet(page, address)
    through_both_entries(
        page,
        FIGURES | {"votes/d1-ao": "352", "valid": "592", "ballots": "602", "taken_away": "－２"},
    )
    expect(page.locator(".notice-warning li")).to_contain_text("−2")
    onward(page)
    says(page, "remark", "確かめた内容")
    pictures(page, "centre-warning")

    page.fill(selector("remark"), "投票用紙の二重交付があった。")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    expect(page.locator("#receipt")).to_contain_text("持ち帰りがマイナス")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.latest is not None
    assert {notice.reason for notice in count.latest.notices} == {"投票用紙の二重交付があった。"}


def test_figures_unlike_the_other_units_are_asked_about_before_they_are_sent(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    happen(services, b.tally(b.sheet({"ao": 3000, "aka": 900}), b.BLOCK, b.CHUO))
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA)
    choose(page, "stage", "final")
    figures = {**FIGURES, "votes/ao": "140", "votes/aka": "450"}
    through_both_entries(page, {k: v for k, v in figures.items() if "d1-" not in k})
    asked = page.locator("#questions")
    expect(asked).to_contain_text("取り違えていませんか")
    pictures(page, "centre-question")
    onward(page)
    expect(asked.locator(".error")).to_contain_text("照会に答えて")

    asked.locator("textarea").fill("二人で束を数え直した。")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(services, b.BLOCK, b.CHIYODA)
    assert count.latest is not None
    (notice,) = (each for each in count.latest.notices if each.code.startswith("unlike-others"))
    assert (notice.code, notice.reason) == ("unlike-others-exchange", "二人で束を数え直した。")


def test_a_final_report_is_corrected_with_a_reason(
    page: Page, address: str, services: AppState
) -> None:
    sent = b.sheet({"d1-ao": 240, "d1-aka": 350}, invalid=10)
    happen(services, b.tally(sent, b.DISTRICT_1, b.CHIYODA))
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    fill_in(page, FIGURES)
    expect(page.locator(".change").first).to_have_text("＋110")
    onward(page)
    fill_in(page, FIGURES)
    onward(page)
    onward(page)
    onward(page)
    says(page, "reason", "訂正の理由")
    page.fill(selector("reason"), "候補者二名の票を取り違えていた。")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    corrections = known(services).corrections
    assert [each.event.reason for each in corrections] == ["候補者二名の票を取り違えていた。"]


def test_a_refusal_comes_back_to_its_field_with_everything_typed(
    page: Page, address: str, services: AppState
) -> None:
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA)
    figures = {"votes/ao": "60", "votes/aka": "30", "valid": "90", "invalid": "10"}
    through_both_entries(page, {**figures, "ballots": "100"})
    # The turnout comes from another device while this sheet is on the screen.
    happen(services, b.turnout(b.figures((40, 40), (30, 30)), b.BLOCK, b.CHIYODA))
    onward(page)

    expect(page.locator("h1")).to_have_text("受け付けられませんでした")
    page.click("text=入力に戻って直す")
    page.click("text=入力に戻る")
    step(page, "入力")
    says(page, "ballots", "有権者数80を超えています")
    for field, figure in {**figures, "ballots": "100"}.items():
        expect(page.locator(selector(field))).to_have_value(figure)


def test_a_withdrawn_candidate_is_noticed_and_accepted(
    page: Page, address: str, services: AppState
) -> None:
    final_sheet(page, address)
    fill_in(page, FIGURES)
    happen(services, b.withdraw(b.DISTRICT_1, "d1-aka", day=b.EVE))
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

    says(page, "no/j1", "1上回っています")


def test_a_returned_report_says_why(page: Page, address: str, services: AppState) -> None:
    sent = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)
    happen(
        services,
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

    says(page, "voters/female", "女")
    expect(page.locator(f"{selector('voters/male')}-error")).to_be_empty()
