"""What waits on a device: it is sent once and in order, and nothing waits behind what cannot go."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import BrowserContext, Page, Route, expect

from aggregates.reference.japan_time import JAPAN_TIME
from api.http.app_state import AppState
from tests import builders as b
from tests.browser.chromium import wait_until
from tests.browser.offices.centre import (
    FIGURES,
    INTERIM,
    choose,
    count_of,
    fill_in,
    onward,
    open_sheet,
    ready_to_send,
    reports,
    says,
    selector,
    step,
    through_both_entries,
)
from tests.browser.offices.control import answer, counter, open_control, row, tab
from tests.browser.offices.keys import set_up_with_key, with_offices, with_old_key
from tests.support.posting import happen

PEOPLE = {
    "electors/male": "500",
    "electors/female": "500",
    "voters/male": "200",
    "voters/female": "210",
}
WAITING = "送信を待っています"


def first_answered(as_told: Callable[[Route], None]) -> Callable[[Route], None]:
    """Answer the first posting as told, and every other as the server does."""
    told: list[Route] = []

    def route(each: Route) -> None:
        if told:
            each.continue_()
            return
        told.append(each)
        as_told(each)

    return route


# --- nothing waits behind what cannot go ------------------------------------------------------


def test_turnout_is_sent_while_a_tally_waits_for_reception(
    page: Page, address: str, services: AppState
) -> None:
    # Given a tally that waits until reception goes on
    ready_to_send(page, address)
    happen(services, b.PAUSE)
    onward(page)
    expect(page.locator(".notice-warning", has_text="一時停止")).to_be_visible()

    # When turnout, which is taken at any time, is reported
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.BLOCK, b.CHIYODA, "turnout")
    fill_in(page, PEOPLE)
    onward(page)
    step(page, "確認と送信")
    onward(page)

    # Then it is recorded, and the tally still waits
    expect(page.locator("h1")).to_have_text("受領証")
    expect(page.locator("#line-state")).to_contain_text("送信待ち 1件")
    assert reports(services) == []


def test_reception_is_resumed_by_the_device_whose_own_command_waits_for_it(
    page: Page, address: str, services: AppState
) -> None:
    # Given a confirmation that waits because of the pause
    happen(services, b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)), b.PAUSE)
    open_control(page, address, "nation")
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="confirm"]').click()
    answer(page)
    expect(page.locator("#line-state")).to_contain_text("送信待ち 1件")

    # When the same device resumes reception
    tab(page, "進行")
    page.click('[data-act="resume"]')
    answer(page)

    # Then reception goes on, and what waited for it is recorded
    expect(page.locator("#phase")).to_have_text("受付中")
    tab(page, "開票状況")
    expect(counter(page, "confirmed")).to_have_text("1")


def test_every_command_without_a_line_is_said_to_wait(
    page: Page, context: BrowserContext, address: str, services: AppState
) -> None:
    happen(
        services,
        b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)),
        b.tally(b.sheet({"d2-ao": 10, "d2-aka": 5}), b.DISTRICT_2, b.CHUO),
    )
    open_control(page, address)
    expect(counter(page, "final")).to_have_text("2")
    context.set_offline(True)

    for contest, unit in ((b.DISTRICT_1, b.CHIYODA), (b.DISTRICT_2, b.CHUO)):
        row(page, contest, unit).locator('[data-act="confirm"]').click()
        answer(page)

    expect(page.locator("#line-state")).to_contain_text("送信待ち 2件")
    context.set_offline(False)
    expect(counter(page, "confirmed")).to_have_text("2")


FORGET_KEYS = """async () => {
  const { election, environment } = document.getElementById("page").dataset;
  const opened = await new Promise((done) => {
    const asking = indexedDB.open(`kaihyo-${environment}-${election}`);
    asking.onsuccess = () => done(asking.result);
  });
  await new Promise((done) => {
    const turn = opened.transaction("keys", "readwrite");
    turn.oncomplete = done;
    turn.objectStore("keys").clear();
  });
  opened.close();
}"""


def test_what_cannot_be_signed_comes_back_and_holds_nothing_up(
    page: Page, address: str, services: AppState
) -> None:
    # Given a key without a PIN that is gone from the device when the posting is to be signed
    with_offices(services)
    with_old_key(page, services, address, "担当1")
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)
    page.evaluate(FORGET_KEYS)

    # When it is sent
    onward(page)

    # Then it comes back with what to do, and nothing waits behind it
    expect(page.locator("h1")).to_have_text("受け付けられませんでした")
    expect(page.locator("#receipt")).to_contain_text("署名できなかった")
    expect(page.locator("#line-state")).not_to_contain_text("送信待ち")
    page.reload()
    expect(page.locator("#line-state")).to_contain_text("つながっています")


def test_a_key_that_another_page_took_away_signs_nothing(
    page: Page, address: str, services: AppState
) -> None:
    set_up_with_key(page, address, services)
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)
    page.evaluate(FORGET_KEYS)

    onward(page)

    says(page, "signer0-pin", "もうこの端末にありません")
    expect(page.locator("h1")).not_to_have_text("受領証")
    assert count_of(services).latest is None


def test_a_receipt_of_another_content_is_not_called_recorded(
    page: Page, address: str, services: AppState
) -> None:
    # Given somebody who answers with the receipt of another posting
    def answer_for_another(route: Route) -> None:
        whole = route.fetch()
        receipt = {**whole.json(), "body_sha256": "0" * 64, "repeated": True}
        route.fulfill(status=whole.status, json=receipt)

    set_up_with_key(page, address, services)
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)
    page.route("**/submissions", first_answered(answer_for_another))

    # When a signed tally is sent
    onward(page)

    # Then it comes back, and is not called recorded
    expect(page.locator("h1")).to_have_text("受け付けられませんでした")
    expect(page.locator("#receipt")).to_contain_text("別の内容で記録されています")


# --- once and in order ------------------------------------------------------------------------


def test_a_receipt_that_is_cut_off_is_asked_for_again(
    page: Page, address: str, services: AppState
) -> None:
    def cut_off(route: Route) -> None:
        whole = route.fetch()
        route.fulfill(status=whole.status, content_type="application/json", body=whole.text()[:9])

    ready_to_send(page, address)
    page.route("**/submissions", first_answered(cut_off))

    onward(page)

    expect(page.locator("#receipt")).to_contain_text("記録は一つです")
    page.click('#menu a:text-is("受領証")')
    expect(page.locator("tbody tr")).to_have_count(1)
    assert reports(services) == [190]


def test_a_page_that_something_before_the_log_answers_is_no_refusal(
    page: Page, address: str, services: AppState
) -> None:
    ready_to_send(page, address)
    page.route(
        "**/submissions",
        first_answered(lambda route: route.fulfill(status=403, body="<p>Please log in</p>")),
    )

    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    assert reports(services) == [190]


def test_the_order_outlives_a_clock_that_is_put_back(
    page: Page, context: BrowserContext, address: str, services: AppState
) -> None:
    # Given a posting that waits
    ready_to_send(page, address)
    context.set_offline(True)
    onward(page)
    expect(page.locator("h1")).to_have_text(WAITING)

    # When the clock is put back, and another is added
    page.evaluate("const now = Date.now; Date.now = () => now() - 3_600_000;")
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    page.fill(selector("as_of"), f"{datetime.now(JAPAN_TIME):%Y-%m-%dT%H:%M}")
    through_both_entries(page, FIGURES)
    onward(page)
    expect(page.locator("h1")).to_have_text(WAITING)
    context.set_offline(False)

    # Then the first goes first
    expect(page.locator("#line-state")).not_to_contain_text("送信待ち")
    assert reports(services) == [190, 600]


def test_a_sheet_is_left_as_soon_as_it_is_kept(
    page: Page, address: str, services: AppState
) -> None:
    # Given a server that takes its time
    held: list[Route] = []
    ready_to_send(page, address)
    page.route("**/submissions", lambda route: held.append(route))  # noqa: PLW0108 - a method of C is refused

    # When the sheet is sent, nobody is left before it to send it again
    with page.expect_request("**/submissions"):
        onward(page)
    expect(page.locator("h1")).to_have_text(WAITING)
    expect(page.locator("h1")).to_be_focused()
    wait_until(page, lambda: bool(held))
    held[0].continue_()

    # Then its receipt takes the place
    expect(page.locator("h1")).to_have_text("受領証")
    expect(page.locator("h1")).to_be_focused()
    assert reports(services) == [190]


def test_a_page_hears_what_another_page_of_the_device_has_sent(
    page: Page, context: BrowserContext, address: str, services: AppState
) -> None:
    ready_to_send(page, address)
    page.route("**/submissions", lambda route: route.abort())
    onward(page)
    expect(page.locator("h1")).to_have_text(WAITING)

    other = context.new_page()
    other.goto(f"{address}/centre/")

    expect(page.locator("h1")).to_have_text("受領証")
    assert reports(services) == [190]
