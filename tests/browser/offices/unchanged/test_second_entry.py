"""Two persons compute: the second officer cannot see what the first one typed."""

import json

from playwright.sync_api import Browser, Dialog, Page, expect

from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    fill_in,
    onward,
    open_sheet,
    selector,
    set_up,
    step,
)

TELLTALE = {"votes/d1-ao": "357", "votes/d1-aka": "233"}
FIRST = FIGURES | TELLTALE
KEPT = """async () => {
  const { getAll } = await import("/static/now/shared/store.js");
  const stores = await Promise.all(["drafts", "outbox", "receipts", "shelf"].map(getAll));
  return JSON.stringify([stores, { ...localStorage }, { ...sessionStorage }]);
}"""
IN_SIGHT = """() => document.documentElement.outerHTML
  + [...document.querySelectorAll("input, textarea")].map((each) => each.value).join(" ")"""


def assert_first_is_hidden(page: Page) -> None:
    """Neither page nor storage shows the first figures, and nobody can read the key."""
    step(page, "二人目の入力")
    kept, seen = page.evaluate(KEPT), page.evaluate(IN_SIGHT)
    for figure in TELLTALE.values():
        assert f'"{figure}"' not in kept
        assert figure not in seen
    (draft,) = json.loads(kept)[0][0]
    assert draft["first"] == {}
    assert "sealed" in draft


def first_entry(page: Page, address: str) -> None:
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    fill_in(page, FIRST)
    to_second(page)


def to_second(page: Page) -> None:
    """On to the second entry; what is kept of the first is sealed once that is said to be kept."""
    onward(page)
    step(page, "二人目の入力")
    expect(page.locator("#saved")).to_contain_text("保存しました")


def test_the_first_figures_are_out_of_sight_through_reload_and_back(
    page: Page, address: str
) -> None:
    first_entry(page, address)
    expect(page.locator(".before")).to_have_count(0)
    assert_first_is_hidden(page)

    page.reload()
    assert_first_is_hidden(page)
    page.go_back()
    expect(page.locator("h1")).to_have_text("開票区")
    page.go_forward()
    assert_first_is_hidden(page)
    page.fill(selector("votes/d1-ao"), "9")
    expect(page.locator("#saved")).to_contain_text("保存しました")
    page.reload()
    assert_first_is_hidden(page)
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("9")

    fill_in(page, FIRST)
    onward(page)
    expect(page.locator(".notice-done")).to_contain_text("すべて一致しました")


def test_the_key_that_opens_them_cannot_be_read_out(page: Page, address: str) -> None:
    first_entry(page, address)

    taken = page.evaluate(
        """async () => {
          const { loadSetting } = await import("/static/now/shared/store.js");
          const key = await loadSetting("seal");
          try { await crypto.subtle.exportKey("raw", key); return "exported"; }
          catch (error) { return error.name; }
        }"""
    )

    assert taken == "InvalidAccessError"


def test_whoever_looks_at_the_first_entry_again_begins_the_second_anew(
    page: Page, address: str
) -> None:
    first_entry(page, address)
    page.fill(selector("votes/d1-ao"), "9")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.click("text=一人目の入力に戻る")
    assert_first_is_hidden(page)
    assert "やり直し" in asked[0]

    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=一人目の入力に戻る")
    step(page, "入力")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("357")
    to_second(page)

    assert_first_is_hidden(page)
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("")


def test_a_device_that_is_lost_in_between_shows_nothing_to_another(
    page: Page, browser: Browser, address: str
) -> None:
    first_entry(page, address)

    other = with_patience(browser.new_context(locale="ja-JP")).new_page()
    set_up(other, address)

    expect(other.locator("#page")).not_to_contain_text("入力中")
    other.context.close()
