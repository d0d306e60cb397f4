"""A server without an election, and the devices of a commission and of its counting centre."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import with_patience
from tests.support.first_run import FirstRunPlace, serve_first_run


@pytest.fixture
def first_run(conninfo: str, tmp_path: Path) -> Iterator[FirstRunPlace]:
    """A server on a database without a log."""
    with serve_first_run(conninfo, tmp_path, sequence=True) as place:
        yield place


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Makes devices that were never used."""
    opened: list[BrowserContext] = []

    def make() -> Page:
        context = with_patience(
            browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="ja-JP", timezone_id="Asia/Tokyo"
            )
        )
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda said: faults.append(said.text) if "Content Security" in said.text else None,
        )
        return page

    faults: list[str] = []
    yield make
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """Keep screenshots at two widths, for people to look at, where `KAIHYO_PICTURES` is set."""
    folder = Path(pytestconfig.rootpath) / "build" / "screenshots" / "setup"
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        if "KAIHYO_PICTURES" not in os.environ:
            return
        for width, height in ((390, 844), (1280, 900)):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    return keep
