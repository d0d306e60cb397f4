"""What a device or a server cannot do is said, and can be done once they can."""

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.offices.centre import (
    INTERIM,
    REFUSAL,
    count_of,
    onward,
    open_sheet,
    pin_of,
    selector,
    set_up,
    through_both_entries,
)
from tests.browser.offices.control import answer, open_control, row
from tests.browser.offices.keys import make_key, with_offices
from tests.support.posting import happen

FULL = """() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...what) {
    const asking = window.put.apply(this, what);
    asking.transaction.abort();
    return asking;
  };
}"""
"""What a browser does where there is no room: the whole transaction is taken back."""
ROOM = "() => { IDBObjectStore.prototype.put = window.put; }"


def test_a_full_disk_is_told_and_what_is_typed_afterwards_is_kept(page: Page, address: str) -> None:
    # Given a keystroke that could not be kept, which the officer is told
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    page.evaluate(FULL)
    page.fill(selector("votes/d1-ao"), "1")
    expect(page.locator("#saved")).to_contain_text("保存できません")

    # When there is room again
    page.evaluate(ROOM)
    page.fill(selector("votes/d1-ao"), "12")

    # Then it is kept again
    expect(page.locator("#saved")).to_contain_text("保存しました")
    page.reload()
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("12")


def test_a_sheet_that_cannot_be_kept_is_not_sent_and_says_so(
    page: Page, address: str, services: AppState
) -> None:
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)
    page.evaluate(FULL)
    onward(page)
    expect(page.locator("#error-place")).to_contain_text("まだ送っていません")

    page.evaluate(ROOM)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    assert count_of(services).state == "interim"


def test_a_command_that_cannot_be_kept_says_so_in_its_dialog(
    page: Page, address: str, services: AppState
) -> None:
    happen(services, b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)))
    open_control(page, address)
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="confirm"]').click()
    page.evaluate(FULL)
    page.click("dialog [type=submit]")
    expect(page.locator("#dialog-error")).to_contain_text("まだ送っていません")

    page.evaluate(ROOM)
    answer(page)

    assert count_of(services).state == "confirmed"


def test_a_browser_that_cannot_make_keys_says_so(page: Page, address: str) -> None:
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    page.evaluate("""() => {
      crypto.subtle.generateKey = async () => { throw new DOMException("", "NotSupportedError"); };
    }""")
    page.fill(selector("key-label"), "担当1")
    page.fill(selector("key-pin"), pin_of("担当1"))
    page.fill(selector("key-again"), pin_of("担当1"))
    page.click("button:text-is('鍵を作る')")

    expect(page.locator(f"{selector('key-label')}-error")).to_contain_text("鍵を作れません")


def test_an_application_that_is_refused_says_why_at_its_key(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services)
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    make_key(page, "担当1")
    page.route("**/submissions", lambda route: route.fulfill(status=403, json=REFUSAL))

    page.click("text=申請を送る")

    expect(page.locator(".keys [role=status]")).to_have_text("管轄の外です。")
