"""Offices in English: the same pages, the same device, no Japanese but names."""

from playwright.sync_api import BrowserContext, Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import FIGURES, choose, fill_in, onward, open_sheet, selector
from tests.browser.offices.control import row
from tests.support.posting import happen

JAPANESE = """(named) => {
  const words = /[ぁ-んァ-ヶ一-龠]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest("template, noscript, [lang=ja], .mark, .site-name")) continue;
    const text = named.reduce((rest, name) => rest.replaceAll(name, ""), node.textContent);
    if (words.test(text)) found.push(node.textContent);
  }
  for (const each of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    for (const name of ["aria-label", "placeholder", "title"]) {
      const said = named.reduce((rest, n) => rest.replaceAll(n, ""), each.getAttribute(name) ?? "");
      if (words.test(said)) found.push(said);
    }
  return found;
}"""
NAMED = [
    "開票区13101", "開票区13102", "開票所", "東京都選挙管理委員会", "国（中央選挙管理）",
    "ao党", "aka党", "ao名簿", "aka名簿", "第50回衆議院議員総選挙",
]  # fmt: skip

IS_IN_SIGHT = """element => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const middle = (top + bottom) / 2;
  return [left + 1, right - 1].every((x) => element.contains(document.elementFromPoint(x, middle)));
}"""


def no_japanese(page: Page) -> None:
    """Nothing but names of places, offices and elections is Japanese."""
    assert page.evaluate(JAPANESE, NAMED) == []


def settle(page: Page, address: str, path: str, office: str) -> None:
    page.goto(f"{address}/en{path}")
    page.select_option(selector("prefecture"), "13")
    no_japanese(page)
    page.click(f'[data-office="{office}"]')
    expect(page.locator("#office-name")).not_to_be_empty()


def test_a_centre_works_in_english(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    settle(page, address, "/centre/", "centre-13101")
    assert page.get_attribute("html", "lang") == "en"
    no_japanese(page)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    fill_in(page, FIGURES | {"valid": "x", "taken_away": ""})
    onward(page)
    expect(page.locator(f"{selector('valid')}-error")).to_contain_text("is not a number")
    no_japanese(page)
    pictures(page, "centre-english")
    fill_in(page, FIGURES)
    onward(page)
    no_japanese(page)
    fill_in(page, FIGURES | {"votes/d1-ao": "351", "votes/d1-aka": "239"})
    onward(page)
    no_japanese(page)
    fill_in(page, {"second/votes/d1-ao": "350", "second/votes/d1-aka": "240"})
    onward(page)
    onward(page)
    no_japanese(page)
    # Somebody else posts first: the refusal is told in English, too.
    happen(services, b.PAUSE)
    onward(page)
    expect(page.locator("h1")).to_have_text("Waiting to be sent")
    expect(page.locator(".notice-warning")).to_contain_text("paused")
    happen(services, b.RESUME)
    page.reload()
    expect(page.locator("h1")).to_have_text("Receipts")
    no_japanese(page)
    for view in ("outbox", "receipts", "device"):
        page.click(f'#menu a[href="#/{view}"]')
        expect(page.locator("#menu [aria-current]")).to_have_attribute("href", f"#/{view}")
        no_japanese(page)


def test_a_control_room_works_in_english(page: Page, address: str, services: AppState) -> None:
    happen(services, b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}), b.DISTRICT_1, b.CHIYODA))
    settle(page, address, "/control", "nation")
    found = row(page, b.DISTRICT_1, b.CHIYODA)
    expect(found).to_contain_text("Final")
    no_japanese(page)
    # However long its words are, all that can be done with a row is in sight
    buttons = found.locator(".row-actions > *").all()
    assert [each.evaluate(IS_IN_SIGHT) for each in buttons] == [True, True, True]
    found.locator('[data-act="return"]').click()
    page.click("dialog [type=submit]")
    expect(page.locator("dialog .error").last).to_contain_text("Write down")
    no_japanese(page)
    page.keyboard.press("Escape")
    for view in ("turnout", "decisions", "course", "keys", "device"):
        page.click(f'#menu a[href="#/{view}"]')
        page.wait_for_load_state("networkidle")
        no_japanese(page)


def test_the_language_changes_in_place_and_on_the_same_device(
    page: Page, address: str, context: BrowserContext
) -> None:
    settle(page, address, "/centre/", "centre-13101")
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    fill_in(page, {"votes/d1-ao": "12"})
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.evaluate("navigator.serviceWorker.ready")

    page.click("#language")

    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator(".steps [aria-current]")).to_have_text("入力")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("12")
    page.evaluate("navigator.serviceWorker.ready")
    page.click("#language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    page.reload()
    expect(page.locator("#line-state")).to_contain_text("Line: down")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("12")
