"""A prefecture's control room, and the nation's, through the night."""

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import count_of, known, selector
from tests.browser.offices.control import answer, counter, open_control, row, tab
from tests.support.posting import happen

SHEET = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)


def test_a_final_count_appears_and_is_confirmed(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    open_control(page, address)
    expect(counter(page, "none")).to_have_text("6")

    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))

    found = row(page, b.DISTRICT_1, b.CHIYODA)
    expect(found).to_contain_text("確定")
    expect(found).to_contain_text("600")
    expect(counter(page, "final")).to_have_text("1")
    pictures(page, "control-board")
    found.locator('[data-act="confirm"]').click()
    pictures(page, "control-confirm")
    answer(page)
    expect(found).to_contain_text("確認済み")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.state == "confirmed"


def test_what_is_final_is_counted_whole_and_nothing_else_is(
    page: Page, address: str, services: AppState
) -> None:
    taken_away = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=9, taken_away=1, voters=600)
    all_of_them = b.sheet({"d2-ao": 350, "d2-aka": 240}, invalid=10)
    turnout = b.turnout(b.figures((500, 500), (300, 300)), b.DISTRICT_2, b.CHUO)
    interim = b.tally(all_of_them, b.DISTRICT_2, b.CHUO, final=False)
    happen(services, b.tally(taken_away, b.DISTRICT_1, b.CHIYODA), turnout, interim)

    open_control(page, address)

    expect(row(page, b.DISTRICT_1, b.CHIYODA)).to_contain_text("100.0％")
    expect(row(page, b.DISTRICT_2, b.CHUO)).to_contain_text("99.9％")


def test_a_return_needs_a_reason(page: Page, address: str, services: AppState) -> None:
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address)
    found = row(page, b.DISTRICT_1, b.CHIYODA)
    found.locator('[data-act="return"]').click()
    page.click("dialog [type=submit]")
    expect(page.locator(f"{selector('dialog-text')}-error")).to_contain_text("書いてください")

    answer(page, "無効投票が多すぎます")

    expect(found).to_contain_text("差戻し")
    expect(found).to_contain_text("無効投票が多すぎます")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.state == "returned"


def test_a_refusal_is_shown_in_the_dialog(page: Page, address: str, services: AppState) -> None:
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address)
    # The page has not heard yet of what somebody else does now.
    page.route("**/board.json?*after=*", lambda _: None)
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="confirm"]').click()
    happen(services, b.confirm(b.DISTRICT_1, b.CHIYODA))

    page.click("dialog [type=submit]")

    expect(page.locator("#dialog-error")).to_have_text("この開票はすでに確認済みです。")


def test_missing_reports_are_named_against_the_timetable(page: Page, address: str) -> None:
    open_control(page, address)

    # The polling day is long past, so every count without a report is missing.
    expect(counter(page, "missing")).to_have_text("6")
    page.click('[data-counter="missing"]')
    expect(row(page, b.DISTRICT_2, b.CHUO)).to_contain_text("未着")
    page.click('[data-counter="confirmed"]')
    expect(page.locator("#shown-rows")).to_contain_text("0行を表示")


def test_rows_are_filtered_and_sorted(page: Page, address: str, services: AppState) -> None:
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address)

    page.fill(selector("filter-text"), "13102")
    expect(page.locator("tbody [data-row]")).to_have_count(3)
    page.fill(selector("filter-text"), "")
    page.click('th[data-column="ballots"] button')
    page.click('th[data-column="ballots"] button')
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(page.locator("tbody [data-row]").first).to_contain_text("600")


def test_winners_are_declared_as_the_law_says(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address)
    tab(page, "当選人の決定")
    card = page.locator(f'#decisions [data-contest="{b.DISTRICT_1}"]')
    expect(card).to_have_attribute("data-state", "ready")
    expect(card).to_contain_text("D1-AO")
    pictures(page, "control-decisions")

    card.locator('[data-act="declare"]').click()
    answer(page)

    expect(card).to_have_attribute("data-state", "declared")
    contest = known(services).contests[b.DISTRICT_1]
    assert contest.declared is not None
    assert contest.declared.elected == ("d1-ao",)


def test_a_drawn_lot_is_recorded_before_the_declaration(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    tie = b.sheet({"d1-ao": 300, "d1-aka": 300})
    happen(services, b.tally(tie, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address)
    tab(page, "当選人の決定")
    card = page.locator(f'#decisions [data-contest="{b.DISTRICT_1}"]')
    expect(card).to_have_attribute("data-state", "lot")
    card.locator("[type=submit]").click()
    expect(card.locator(".error").first).to_have_text("くじで引いた順に選んでください。")
    selects = card.locator("select")
    selects.nth(0).select_option("d1-aka")
    selects.nth(1).select_option("d1-ao")
    pictures(page, "control-lot")

    card.locator("[type=submit]").click()
    answer(page)
    expect(card).to_have_attribute("data-state", "ready")
    card.locator('[data-act="declare"]').click()
    answer(page)

    expect(card).to_have_attribute("data-state", "declared")
    contest = known(services).contests[b.DISTRICT_1]
    assert contest.declared is not None
    assert contest.declared.elected == ("d1-aka",)


def test_a_declaration_that_no_longer_fits_is_revised_with_a_reason(
    page: Page, address: str, services: AppState
) -> None:
    other = b.sheet({"d1-ao": 200, "d1-aka": 390}, invalid=10)
    happen(
        services,
        b.tally(SHEET, b.DISTRICT_1, b.CHIYODA),
        b.declare(b.DISTRICT_1, "d1-ao"),
        b.correction(other, b.DISTRICT_1, b.CHIYODA),
    )
    open_control(page, address)
    tab(page, "当選人の決定")
    card = page.locator(f'#decisions [data-contest="{b.DISTRICT_1}"]')
    expect(card).to_have_attribute("data-state", "outdated")

    card.locator('[data-act="declare"]').click()
    answer(page, "開票の訂正による")

    expect(card).to_have_attribute("data-state", "declared")


def test_turnout_of_every_unit_is_a_row(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    at_14 = "2024-10-27T14:00:00+09:00"
    now = b.figures((400, 420), (100, 120))
    happen(services, b.turnout(now, b.DISTRICT_2, b.CHUO, final=False, as_of=at_14))
    open_control(page, address)

    tab(page, "投票状況")

    found = row(page, b.DISTRICT_2, b.CHUO)
    expect(found).to_contain_text("220")
    expect(found).to_contain_text("26.83％")
    expect(row(page, b.DISTRICT_1, b.CHIYODA)).to_contain_text("確定")
    pictures(page, "control-turnout")


def test_a_prefecture_posts_for_a_centre_and_the_record_says_so(
    page: Page, address: str, services: AppState
) -> None:
    open_control(page, address)
    row(page, b.DISTRICT_2, b.CHUO).locator('[data-act="behalf"]').click()
    expect(page.locator(".notice-warning")).to_contain_text("代わって入力しています")
    figures = {"votes/d2-ao": "5", "votes/d2-aka": "4", "valid": "9", "invalid": "1"}
    for _ in range(2):
        for field, figure in {**figures, "ballots": "10"}.items():
            page.fill(selector(field), figure)
        page.click("[data-next]")
    page.click("[data-next]")
    page.click("[data-next]")

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(services, b.DISTRICT_2, b.CHUO)
    assert count.latest is not None
    assert count.latest.provenance.on_behalf
    assert count.latest.provenance.office == "pref-13"


def test_the_nation_pauses_resumes_and_notes_a_change(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    open_control(page, address, "nation")
    tab(page, "進行")
    page.click('[data-act="pause"]')
    answer(page, "回線の障害")
    expect(page.locator("#phase")).to_have_text("一時停止中")
    expect(page.locator("#line-state")).to_contain_text("受付：一時停止中")
    pictures(page, "control-course")
    page.click('[data-act="resume"]')
    answer(page)
    expect(page.locator("#phase")).to_have_text("受付中")
    page.click('[data-act="note"]')
    answer(page, "集計機を交換")

    topics = [event.TOPIC for _, event in known(services).course]
    assert topics[-3:] == [
        "election.reception-paused",
        "election.reception-resumed",
        "election.change-noted",
    ]


def test_a_prefecture_has_no_course_to_steer(page: Page, address: str) -> None:
    open_control(page, address)

    expect(page.locator("#menu")).not_to_contain_text("進行")


def test_the_timetable_is_checked_at_its_fields(page: Page, address: str) -> None:
    open_control(page, address)
    page.click(".timetable summary")
    page.fill(selector("interval"), "1")
    page.click(".timetable [type=submit]")

    expect(page.locator(f"{selector('interval')}-error")).to_have_text(
        "報告の間隔は5～240分の整数で入力してください。"
    )
