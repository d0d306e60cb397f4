"""Pictures of the pages of offices: a centre through a sheet, a control room, in both languages.

Only for a rehearsal that takes unsigned postings; nothing is sent.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.chromium import with_patience

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CENTRE = ("outbox", "receipts", "device")
CONTROL = ("turnout", "decisions", "course", "keys", "device")


def offices(browser: "Browser", address: str, to: Path, width: str, size: tuple[int, int]) -> None:
    """Take a picture of every page of offices at one width.

    Args:
        browser: A running browser.
        address: Of the server, without a slash at its end.
        to: Folder for the pictures.
        width: Name of the width.
        size: Width and height in pixels.
    """
    context = with_patience(
        browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="ja-JP")
    )
    page = context.new_page()

    def keep(name: str) -> None:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=to / f"{name}-{width}.png", full_page=True)

    page.goto(f"{address}/centre/")
    keep("centre-choose")
    _choose(page, "centre")
    keep("centre-desk")
    page.locator('a[href*="/sheet/tally/"]').first.click()
    page.wait_for_selector(".sheet")
    page.locator("input.figure").first.fill("12x")
    page.locator("[data-next]").click()
    keep("centre-entry")
    for name in CENTRE:
        page.goto(f"{address}/centre/#/{name}")
        page.wait_for_timeout(300)
        keep(f"centre-{name}")
    page.goto(f"{address}/en/centre/")
    page.wait_for_selector("body[data-ready]")
    keep("centre-desk-en")
    page.goto(f"{address}/centre/#/device")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=この端末の機関を変える")
    page.goto(f"{address}/control")
    _choose(page, "nation")
    page.wait_for_selector("tbody [data-row]")
    keep("control-board")
    for name in CONTROL:
        page.goto(f"{address}/control#/{name}")
        page.wait_for_timeout(600)
        keep(f"control-{name}")
    page.goto(f"{address}/en/control")
    page.wait_for_selector("tbody [data-row]")
    keep("control-board-en")
    context.close()


def _choose(page: "Page", role: str) -> None:
    page.wait_for_selector("body[data-ready]")
    page.locator("#field-prefecture").select_option(index=1)
    page.locator(f'[data-office^="{role}"]').first.click()
    page.wait_for_selector("#office-name:not(:empty)")
