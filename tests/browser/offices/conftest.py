"""A real server with a small rehearsal night, in front of which offices sit."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from tests import builders as b
from tests.browser.device import Pictures, keep_pictures, new_profile, watch
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record

TURNOUT = b.turnout(b.figures((500, 500), (300, 300)), b.DISTRICT_1, b.CHIYODA)
COUNTING: tuple[Command, ...] = (*b.HOUSE, b.OPEN, TURNOUT)
KEPT = "indexeddb,local_storage,service_workers,cache_storage"


@pytest.fixture
def recorded() -> tuple[Command, ...]:
    """A House election in two units of Tokyo, counting; turnout is final in one district."""
    return COUNTING


@contextmanager
def at_the_port(services: AppState, port: int) -> Iterator[str]:
    """Where the server is, without a slash."""
    with serve_in_background(services, settings_with(None, port=port)) as found:
        with client_of() as client:
            client.get(f"{found}health").raise_for_status()
        yield found.rstrip("/")


@pytest.fixture
def services(log: Log, recorded: tuple[Command, ...]) -> Iterator[AppState]:
    """A server with what was recorded before."""
    record(log, *recorded)
    with open_app_state(log) as opened:
        yield opened


@pytest.fixture(scope="session")
def port() -> int:
    """One port for all tests, so that what a browser has read of the pages stays read."""
    return free_port()


@pytest.fixture
def address(services: AppState, port: int) -> Iterator[str]:
    """Where the server is, without a slash."""
    with at_the_port(services, port) as found:
        yield found


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all tests: files are read and compiled once."""
    opened = new_profile(browser)
    yield opened
    opened.close()


@pytest.fixture
def context(profile: BrowserContext, address: str) -> Iterator[BrowserContext]:
    """A device that was never used: nothing is kept on it but files of the pages."""
    yield profile
    profile.set_offline(False)
    blank = profile.new_page()
    for page in profile.pages:
        if page is not blank:
            page.unroute_all(behavior="ignoreErrors")
            page.close()
    about = {"origin": address, "storageTypes": KEPT}
    profile.new_cdp_session(blank).send("Storage.clearDataForOrigin", about)
    blank.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unnoticed."""
    opened = context.new_page()
    faults: list[str] = []
    watch(opened, faults)
    yield opened
    assert faults == []


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> Pictures:
    """Keep screenshots."""
    return keep_pictures(pytestconfig, "offices")
