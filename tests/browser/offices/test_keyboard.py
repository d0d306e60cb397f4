"""The whole night with the keyboard alone: every stop is visible, nothing is a trap."""

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.offices.centre import count_of, known, selector, step
from tests.browser.offices.control import counter
from tests.support.posting import happen

STOPS_MAX = 90
TOKYO = 13
AT = """(wanted) => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  return {
    there: here.matches(wanted),
    name: here.outerHTML.slice(0, 90),
    shown: here === document.body || here.matches("h1")
      || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.height > 0),
  };
}"""


def reach(page: Page, wanted: str) -> None:
    """Press Tab until something is reached; every stop on the way shows that it has the focus."""
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        here = page.evaluate(AT, wanted)
        assert here["shown"], here["name"]
        if here["there"]:
            return
    raise AssertionError(wanted)


def press(page: Page, wanted: str, key: str = "Enter") -> None:
    """Reach something and press a key on it."""
    reach(page, wanted)
    page.keyboard.press(key)


def settle(page: Page, address: str, path: str, office: str) -> None:
    """Say whose device it is."""
    page.goto(f"{address}{path}")
    expect(page.locator("body[data-ready]")).to_be_attached()
    reach(page, selector("prefecture"))
    for _ in range(TOKYO):
        page.keyboard.press("ArrowDown")
    expect(page.locator(selector("prefecture"))).to_have_value("13")
    expect(page.locator(f'[data-office="{office}"]')).to_be_visible()
    reach(page, selector("office"))
    page.keyboard.type(office)
    press(page, f'[data-office="{office}"]')
    expect(page.locator("#office-name")).not_to_be_empty()


def type_down(page: Page, figures: list[str]) -> None:
    """Type figures, each ended with Enter, from the first field down to the button."""
    expect(page.locator(selector("votes/d1-ao"))).to_be_focused()
    for figure in figures:
        page.keyboard.type(figure)
        page.keyboard.press("Enter")
    expect(page.locator("[data-next]")).to_be_focused()
    page.keyboard.press("Enter")


def sheet(page: Page, first: list[str], second: list[str]) -> None:
    """Both entries of a sheet."""
    type_down(page, first)
    step(page, "二人目の入力")
    type_down(page, second)
    step(page, "照合")


INTERIM = ["100", "90", "", "", "190", "10", "200", "", "", ""]
FINAL = ["350", "240", "", "", "590", "10", "600", "", "", "600"]
WRONG = ["350", "250", "", "", "600", "10", "610", "", "", "600"]


def send(page: Page) -> None:
    """From the comparison to the receipt, and back to the districts."""
    press(page, "[data-next]")
    step(page, "確認と送信")
    press(page, "[data-next]")
    expect(page.locator("h1")).to_have_text("受領証")
    press(page, '#receipt a[href="#/"]')
    expect(page.locator("h1")).to_have_text("開票区")


CARD = f'[data-contest="{b.DISTRICT_1}"] a[href*="/tally/"]'


def test_a_centre_goes_through_its_night(page: Page, address: str, services: AppState) -> None:
    settle(page, address, "/centre/", "centre-13101")
    press(page, CARD)
    expect(page.locator(".steps")).to_be_visible()
    sheet(page, INTERIM, INTERIM)
    send(page)

    press(page, CARD)
    expect(page.locator(".steps")).to_be_visible()
    expect(page.locator(selector("votes/d1-ao"))).to_be_focused()
    reach(page, 'input[name="stage"]')
    page.keyboard.press("ArrowRight")
    expect(page.locator('input[value="final"]')).to_be_checked()
    reach(page, selector("votes/d1-ao"))
    sheet(page, FINAL, ["240", "350", *FINAL[2:]])
    # Two figures differ; they are put right where they stand.
    for field, figure in (("second/votes/d1-ao", "350"), ("second/votes/d1-aka", "240")):
        reach(page, selector(field))
        page.keyboard.press("Control+A")
        page.keyboard.type(figure)
    press(page, "[data-next]")
    expect(page.locator(".notice-done")).to_contain_text("すべて一致しました")
    send(page)

    happen(services, b.give_back(b.DISTRICT_1, b.CHIYODA))
    page.reload()
    expect(page.locator("#page")).to_contain_text("差し戻されました")
    press(page, CARD)
    expect(page.locator(".steps")).to_be_visible()
    press(page, "#scope")
    type_down(page, WRONG)
    expect(page.locator("#errors")).to_be_focused()
    press(page, '#errors [data-field="voters"]')
    expect(page.locator(selector("voters"))).to_be_focused()
    corrected = ["351", "239", *FINAL[2:]]
    type_over(page, corrected)
    step(page, "二人目の入力")
    type_down(page, corrected)
    step(page, "照合")
    press(page, "[data-next]")
    reach(page, selector("reason"))
    page.keyboard.type("数え直した。")
    press(page, "[data-next]")
    expect(page.locator("h1")).to_have_text("受領証")

    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.tally is not None
    assert count.tally.votes == {"d1-ao": 351_000, "d1-aka": 239_000}
    assert [each.event.reason for each in known(services).corrections] == ["数え直した。"]


def type_over(page: Page, figures: list[str]) -> None:
    """As `type_down`, where something stands already: moving on marks it, typing replaces it."""
    reach(page, selector("votes/d1-ao"))
    for figure in figures:
        page.keyboard.press("Control+A")
        page.keyboard.type(figure) if figure else page.keyboard.press("Delete")
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def test_a_control_room_goes_through_its_night(
    page: Page, address: str, services: AppState
) -> None:
    final = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)
    other = b.sheet({"d2-ao": 10, "d2-aka": 5})
    happen(services, b.tally(final, b.DISTRICT_1, b.CHIYODA))
    happen(services, b.tally(other, b.DISTRICT_2, b.CHUO))
    settle(page, address, "/control", "pref-13")
    expect(counter(page, "final")).to_have_text("2")
    reach(page, selector("filter-text"))
    page.keyboard.type("13102")
    expect(page.locator("tbody [data-row]")).to_have_count(3)

    press(page, '[data-act="return"]')
    expect(page.locator("dialog")).to_be_visible()
    reach(page, "dialog textarea")
    page.keyboard.type("票数を確かめてください")
    press(page, 'dialog [type="submit"]')
    expect(counter(page, "returned")).to_have_text("1")
    press(page, '[data-act="confirm"]')
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator('[data-act="confirm"]')).to_be_focused()
    page.keyboard.press("Enter")
    press(page, 'dialog [type="submit"]')
    expect(counter(page, "confirmed")).to_have_text("1")

    reach(page, selector("filter-text"))
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    press(page, ".choose input", "Space")
    press(page, '[data-act="bulk-confirm"]')
    press(page, 'dialog [type="submit"]')
    expect(counter(page, "confirmed")).to_have_text("2")

    press(page, '#menu a[href="#/decisions"]')
    press(page, f'[data-contest="{b.DISTRICT_1}"] [data-act="declare"]')
    press(page, 'dialog [type="submit"]')
    expect(page.locator(f'[data-contest="{b.DISTRICT_1}"]')).to_have_attribute(
        "data-state", "declared"
    )
    assert count_of(services, b.DISTRICT_2, b.CHUO).state == "confirmed"


def test_the_first_stop_skips_to_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/centre/#/device")
    expect(page.locator("body[data-ready]")).to_be_attached()

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()
    assert page.url.endswith("#/device")
