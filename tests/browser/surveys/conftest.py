"""A real server with a small rehearsal night, and offices that answer its surveys."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from tests import builders as b
from tests.browser.device import Pictures, devices, keep_pictures
from tests.browser.offices.centre import selector
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record

OpenOffice = Callable[[str], Page]


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
    with devices(browser, faults) as make:

        def sit_down(office: str) -> Page:
            page = make()
            page.goto(f"{address}/surveys/")
            page.select_option(selector("prefecture"), "13")
            page.click(f'[data-office="{office}"]')
            expect(page.locator("h1")).to_have_text("調査")
            return page

        yield sit_down


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> Pictures:
    """Keep screenshots."""
    return keep_pictures(pytestconfig, "surveys")
