"""A page while reports come in: marked, announced, in its place, honest when the line is cut."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from api.mirror.site_mirror import SiteMirror
from infra.adapters.event_log import Log
from infra.services.publishing.publisher import Publisher
from tests import builders as b
from tests.support.lines import client_of
from tests.support.plain_site import serve_folder
from tests.support.ports import free_port
from tests.support.posting import happen, record

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHEET = {**b.sheet({b.A: 100, b.B: 50}), "voters": None}
MORE = {**b.sheet({b.A: 200, b.B: 150}), "voters": None}
INTERIM = b.tally(SHEET, final=False, as_of="2024-10-27T22:00:00+09:00")
NEXT = b.tally(MORE, final=False, as_of="2024-10-27T22:30:00+09:00")


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    """A server that counts one district of two units."""
    record(log, *b.DISTRICT, b.turnout(b.figures((500, 500), (300, 300))))
    with open_app_state(log) as opened:
        yield opened


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def address(services: AppState, port: int) -> Iterator[str]:
    """Where the server is."""
    with serve_in_background(services, settings_with(None, port=port)) as found:
        yield found


def listening(page: "Page", address: str) -> None:
    """Open a page and wait until its stream is open."""
    with client_of() as client:
        client.get(address)
    page.goto(address)
    page.wait_for_selector("html[data-line=open]")


def test_what_comes_in_is_marked_and_said(address: str, page: "Page", services: AppState) -> None:
    listening(page, address)

    happen(services, INTERIM)

    expect(page.locator(".latest li.arrived")).to_contain_text("150")
    expect(page.locator("#news")).to_have_attribute("role", "status")
    expect(page.locator("#news")).to_contain_text("更新")


def test_focus_and_place_stay_while_rows_come_in_above(
    address: str, page: "Page", services: AppState
) -> None:
    page.set_viewport_size({"width": 800, "height": 400})
    listening(page, address)
    page.locator("footer a").last.focus()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    place = "document.activeElement.getBoundingClientRect().top"
    before = page.evaluate(place)

    happen(services, INTERIM, NEXT)

    page.wait_for_selector(".latest li[data-key]", state="attached")
    assert page.evaluate("document.activeElement.tagName") == "A"
    assert abs(page.evaluate(place) - before) <= 1


def test_an_open_part_stays_open_and_the_table_is_brought_up_to_date(
    address: str, page: "Page", services: AppState
) -> None:
    happen(services, INTERIM)
    listening(page, f"{address}districts/{b.CHIYODA}")
    page.locator("summary").first.press("Enter")
    rows = page.locator("details").first.locator("tbody tr")
    before = rows.count()

    happen(services, NEXT)

    rows.nth(before).wait_for()
    assert page.locator("details").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_server_that_is_gone_is_told_and_so_is_its_return(
    services: AppState, port: int, page: "Page"
) -> None:
    with serve_in_background(services, settings_with(None, port=port)) as address:
        listening(page, address)
    page.locator("#line", has_text="切れています").wait_for()

    happen(services, INTERIM)
    with serve_in_background(services, settings_with(None, port=port)):
        page.locator("#line", has_text="つながりました").wait_for()
        expect(page.locator(".latest li.arrived")).to_contain_text("150")


def test_a_mirror_has_no_stream_and_shows_what_comes(
    log: Log, page: "Page", tmp_path: Path
) -> None:
    record(log, *b.DISTRICT, b.turnout(b.figures((500, 500), (300, 300))))
    publisher = Publisher(log, tmp_path)
    publisher.catch_up()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    with closing(SiteMirror(log, publisher, tmp_path)) as mirror, serve_folder(tmp_path) as site:
        mirror.write()
        page.goto(site)
        record(log, INTERIM)
        publisher.catch_up()
        mirror.write()

        expect(page.locator(".latest li.arrived")).to_contain_text("150")
        page.goto("about:blank")
    assert [each for each in asked if "/stream" in each] == []
    assert said == []
