"""A sheet of 40 candidates: how much of it is seen at once, and how many keys it takes."""

import pytest
from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.offices.centre import count_of, fill_in, open_sheet, selector, set_up, step
from tests.support.gwt import Command

COUNCIL = "municipal-assembly/13101"
MANY = 40
NAMES = [f"m{place:02}" for place in range(1, MANY + 1)]
VOTES = [1270 - 30 * place for place in range(MANY)]
VALID = sum(VOTES)
TOTALS = {"valid": VALID, "invalid": 120, "ballots": VALID + 120, "voters": VALID + 120}
SHEET = {f"votes/{name}": str(votes) for name, votes in zip(NAMES, VOTES, strict=True)}
SHEET |= {field: str(figure) for field, figure in TOTALS.items()}

KEYS_MAX = 201
"""What one entry of this sheet took before fields were focused by themselves, Tab included."""
CLICKS_MAX = 6
"""From the list of units to the receipt."""
ROWS_MIN = 20
"""Fields seen at once at 1,024 by 768 pixels; there were 6."""

KEYS_OF_A_CELL_MAX = 15
"""Of each of two persons, for one cell of 48 and the sums that follow from it."""

RECORDED: tuple[Command, ...] = (
    *b.REGISTER,
    b.contest(COUNCIL, [b.CHIYODA], seats=30),
    b.candidates(COUNCIL, *NAMES),
    b.OPEN,
)
COUNT = """() => {
  window.keys = 0;
  window.clicks = 0;
  addEventListener("keydown", () => { window.keys += 1; }, true);
  addEventListener("click", (event) => { if (event.detail) window.clicks += 1; }, true);
}"""
ROWS = """() => [...document.querySelectorAll("input.figure")].filter((each) => {
  const { top, bottom, left, height } = each.getBoundingClientRect();
  return height > 0 && bottom <= innerHeight
    && document.elementFromPoint(left + 4, top + height / 2) === each;
}).length"""


def keys(page: Page) -> int:
    """Keys pressed since this was last asked."""
    pressed: int = page.evaluate("(() => { const n = window.keys; window.keys = 0; return n; })()")
    return pressed


def type_sheet(page: Page) -> None:
    """Type the sheet from the field that has the focus: digits and Enter, nothing else."""
    for field in page.locator("input.figure:visible").all():
        name = (field.get_attribute("id") or "").removeprefix("field-").replace("_", "/", 1)
        page.keyboard.type(SHEET.get(name, ""))
        page.keyboard.press("Enter")
    expect(page.locator("[data-next]")).to_be_focused()


@pytest.mark.parametrize("recorded", [RECORDED])
def test_forty_candidates(page: Page, address: str, services: AppState) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    set_up(page, address)
    page.evaluate(COUNT)
    open_sheet(page, COUNCIL, b.CHIYODA)

    # Given a final sheet that was just opened
    page.click('input[value="final"]')
    page.keyboard.press("Tab")
    expect(page.locator(selector("votes/m01"))).to_be_focused()
    assert page.evaluate(ROWS) >= ROWS_MIN
    expect(page.locator("tr", has_text="M40").locator(".number")).to_have_text("40")

    # When it is typed, with digits and Enter alone
    type_sheet(page)
    assert keys(page) <= KEYS_MAX
    page.click("[data-next]")
    step(page, "二人目の入力")
    expect(page.locator(selector("votes/m01"))).to_be_focused()
    assert page.evaluate(ROWS) >= ROWS_MIN
    fill_in(page, SHEET)
    for word in ("照合", "確認と送信"):
        page.click("[data-next]")
        step(page, word)
    page.click("[data-next]")

    # Then it is recorded, in six clicks
    expect(page.locator("h1")).to_have_text("受領証")
    assert page.evaluate("window.clicks") <= CLICKS_MAX
    tally = count_of(services, COUNCIL, b.CHIYODA).tally
    assert tally is not None
    assert tally.votes["m40"] == VOTES[-1] * 1000
    correct_one_cell(page, services)


def correct_one_cell(page: Page, services: AppState) -> None:
    """One candidate had nine more, and so had the sums: each of two persons types that cell."""
    word = page.locator("tr", has_text="合言葉").locator("td").text_content()
    page.click('#receipt a[href="#/"]')
    open_sheet(page, COUNCIL, b.CHIYODA)
    expect(page.locator(selector("cell"))).to_be_focused()
    keys(page)
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    expect(page.locator(selector("votes/m35"))).to_be_focused()
    page.keyboard.type("259")
    page.keyboard.press("Enter")
    for key in ("Tab", "Space", "Enter"):
        page.keyboard.press(key)
    step(page, "二人目の入力")
    assert keys(page) <= KEYS_OF_A_CELL_MAX
    # Nothing of the first entry is shown, and nothing else is asked for.
    expect(page.locator("input.figure:visible")).to_have_count(1)
    expect(page.locator(selector("votes/m35"))).to_have_value("")
    expect(page.locator(".step")).not_to_contain_text("259")
    page.keyboard.type("259")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    step(page, "照合")
    assert keys(page) <= KEYS_OF_A_CELL_MAX
    page.click("[data-next]")
    expect(page.locator("#check-word")).not_to_have_text(word or "")
    page.click('button:text-is("桁の誤り")')
    page.click("[data-next]")
    expect(page.locator("h1")).to_have_text("受領証")

    tally = count_of(services, COUNCIL, b.CHIYODA).tally
    assert tally is not None
    assert tally.votes["m35"] == 259_000
    assert tally.require_stated().valid == VALID + 9
