"""A real server with a small rehearsal night, and offices that answer its surveys."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.offices.centre import selector
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record

DESKTOP: ViewportSize = {"width": 1280, "height": 900}

OpenOffice = Callable[[str], Page]
Pictures = Callable[[Page, str], None]


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    """A House election in two units of Tokyo, counting."""
    record(log, *b.HOUSE, b.OPEN)
    with open_app_state(log) as opened:
        yield opened


@pytest.fixture
def address(services: AppState) -> Iterator[str]:
    """Where the server is, without a slash."""
    with serve_in_background(services, settings_with(None, port=free_port())) as found:
        with client_of() as client:
            client.get(f"{found}health").raise_for_status()
        yield found.rstrip("/")


@pytest.fixture
def faults() -> list[str]:
    """What went wrong on pages; axe-core, which adds styles of its own, may be forgiven."""
    return []


@pytest.fixture
def open_office(browser: Browser, address: str, faults: list[str]) -> Iterator[OpenOffice]:
    """Sit down at the device of an office: each has a browser profile of its own."""
    contexts: list[BrowserContext] = []

    def sit_down(office: str) -> Page:
        opened = with_patience(
            browser.new_context(viewport=DESKTOP, locale="ja-JP", timezone_id="Asia/Tokyo")
        )
        contexts.append(opened)
        page = opened.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if "Content Sec" in m.text else None)
        page.goto(f"{address}/surveys/")
        page.select_option(selector("prefecture"), "13")
        page.click(f'[data-office="{office}"]')
        expect(page.locator("h1")).to_have_text("調査")
        return page

    yield sit_down
    for each in contexts:
        each.close()
    assert faults == []


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> Pictures:
    """Keep a screenshot below build/, for people to look at, where `KAIHYO_PICTURES` is set."""
    folder = Path(pytestconfig.rootpath) / "build" / "screenshots" / "surveys"
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        if "KAIHYO_PICTURES" not in os.environ:
            return
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep
