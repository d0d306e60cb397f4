"""Several counts confirmed with one look; the course of the night up to its announcement."""

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import REFUSAL, count_of, known, selector
from tests.browser.offices.control import answer, counter, open_control, row, tab
from tests.support.posting import happen

SHEET = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)
SHEETS = {
    (b.DISTRICT_1, b.CHIYODA): SHEET,
    (b.DISTRICT_2, b.CHUO): b.sheet({"d2-ao": 10, "d2-aka": 5}),
    (b.BLOCK, b.CHUO): b.sheet({"ao": 9, "aka": 6}),
}
WARNED = b.sheet({"ao": 352, "aka": 240}, invalid=10, taken_away=-2, voters=600)


def report_all(services: AppState) -> None:
    """Three final counts, and one with a warning."""
    for (contest, unit), sheet in SHEETS.items():
        happen(services, b.tally(sheet, contest, unit))
    happen(services, b.tally(WARNED, b.BLOCK, b.CHIYODA, remark="二重交付"))


def test_chosen_rows_are_confirmed_one_by_one_and_failures_stay_with_their_rows(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    report_all(services)
    open_control(page, address)
    expect(counter(page, "final")).to_have_text("4")
    page.click('[data-act="choose-all"]')
    expect(page.locator(".choose input:checked")).to_have_count(3)
    pictures(page, "control-chosen")
    page.click('[data-act="bulk-confirm"]')
    # What is confirmed are votes, not only ballots.
    expect(page.locator("dialog .votes-table")).to_have_count(3)
    expect(page.locator("dialog .votes-table").first).to_contain_text("350")
    pictures(page, "control-votes")
    # Somebody else confirms one of them while the dialog is open.
    happen(services, b.confirm(b.DISTRICT_2, b.CHUO))

    answer(page)

    expect(counter(page, "confirmed")).to_have_text("3")
    for contest, unit in SHEETS:
        assert count_of(services, contest, unit).state == "confirmed"
    offices = [
        event.provenance.office
        for contest, unit in SHEETS
        for _, event in count_of(services, contest, unit).history
        if event.TOPIC == "count.confirmed"
    ]
    assert sorted(offices) == ["nation", "pref-13", "pref-13"]
    assert count_of(services, b.BLOCK, b.CHIYODA).state == "final"


def test_a_row_that_cannot_be_confirmed_says_why(
    page: Page, address: str, services: AppState
) -> None:
    report_all(services)
    open_control(page, address)
    page.click('[data-act="choose-all"]')
    page.click('[data-act="bulk-confirm"]')
    page.route(
        "**/submissions",
        lambda route: (
            route.fulfill(status=403, json=REFUSAL)
            if b.DISTRICT_2 in (route.request.post_data or "")
            else route.continue_()
        ),
    )

    answer(page)

    expect(counter(page, "confirmed")).to_have_text("2")
    expect(row(page, b.DISTRICT_2, b.CHUO)).to_contain_text("管轄の外です。")
    expect(page.locator("#bulk")).to_contain_text("1行は確認できませんでした")


def test_a_warned_row_is_chosen_only_by_hand(page: Page, address: str, services: AppState) -> None:
    report_all(services)
    open_control(page, address)
    page.click('[data-act="choose-all"]')
    row(page, b.BLOCK, b.CHIYODA).locator(".choose input").check()
    page.click('[data-act="bulk-confirm"]')

    expect(page.locator("dialog .notice-warning")).to_contain_text("注意のある行が 1行")
    page.keyboard.press("Escape")
    expect(page.locator('[data-act="bulk-confirm"]')).to_be_focused()
    page.click("text=選択をやめる")
    expect(page.locator(".choose input:checked")).to_have_count(0)


def test_the_nation_sees_what_is_not_done_and_cannot_close_before(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address, "nation")
    tab(page, "進行")
    matters = page.locator("#open-matters")
    expect(matters.locator("tr", has_text="未報告の開票")).to_contain_text("5")
    expect(matters.locator("tr", has_text="都道府県の確認を待つ")).to_contain_text("1")
    expect(matters.locator("tr", has_text="決定できるのに記録のない")).to_contain_text("1")
    pictures(page, "control-announce")
    page.click('[data-act="close"]')
    expect(page.locator("dialog .notice-error")).to_contain_text("未報告の開票 5")

    page.click("dialog [type=submit]")

    expect(page.locator("dialog")).to_contain_text("まだ締め切れません")
    assert known(services).register().phase == "counting"


def test_turnout_that_comes_in_appears_where_the_reader_stands(
    page: Page, address: str, services: AppState
) -> None:
    open_control(page, address)
    tab(page, "投票状況")
    found = row(page, b.DISTRICT_2, b.CHUO)
    expect(found).to_contain_text("—")

    at_14 = "2024-10-27T14:00:00+09:00"
    now = b.figures((400, 420), (100, 120))
    happen(services, b.turnout(now, b.DISTRICT_2, b.CHUO, final=False, as_of=at_14))

    expect(found).to_contain_text("26.83％")
    assert page.locator(selector("turnout-kind")).input_value() == "house-district"
