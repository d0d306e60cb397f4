"""What an officer does in a control room, in the words of the page."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.offices.centre import selector, type_pins


def open_control(page: Page, address: str, office: str = "pref-13") -> None:
    """Open the page and say whose device it is."""
    page.goto(f"{address}/control")
    page.select_option(selector("prefecture"), "13")
    page.click(f'[data-office="{office}"]')
    expect(page.locator("h1")).to_have_text("開票状況")


def tab(page: Page, word: str) -> None:
    """Go to another part of the page."""
    page.click(f'#menu a:text-is("{word}")')
    expect(page.locator("#menu [aria-current=page]")).to_have_text(word)


def row(page: Page, contest: str, unit: str) -> Locator:
    """The row of a count."""
    return page.locator(f'[data-row="{contest}|{unit}"]')


def counter(page: Page, name: str) -> Locator:
    """How many rows are in a state."""
    return page.locator(f'[data-counter="{name}"] strong')


def answer(page: Page, text: str = "") -> None:
    """Write what a dialog asks for, and send."""
    expect(page.locator("dialog")).to_be_visible()
    if text:
        page.fill(f"dialog {selector('dialog-text')}", text)
    type_pins(page.locator("dialog"))
    page.click("dialog [type=submit]")
    expect(page.locator("dialog")).to_have_count(0)
