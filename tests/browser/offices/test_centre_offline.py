"""A counting centre without a line: nothing typed is lost, everything is sent once, in order."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    FIGURES,
    INTERIM,
    choose,
    count_of,
    fill_in,
    onward,
    open_sheet,
    ready_to_send,
    reports,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.browser.offices.conftest import at_the_port
from tests.support.ports import free_port
from tests.support.posting import happen
from tests.support.waiting import wait_until

TYPED = """async () => {
  const { election, environment } = document.getElementById("page").dataset;
  const opened = await new Promise((done) => {
    const asking = indexedDB.open(`kaihyo-${environment}-${election}`);
    asking.onsuccess = () => done(asking.result);
  });
  const drafts = await new Promise((done) => {
    const asking = opened.transaction("drafts").objectStore("drafts").getAll();
    asking.onsuccess = () => done(asking.result);
  });
  opened.close();
  return drafts[0].first["votes/d1-ao"];
}"""
"""What the device keeps of the first field of its only draft."""


def typed_in_vain(page: Page) -> None:
    """An interim report that nobody can take now."""
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)
    onward(page)
    expect(page.locator("h1")).to_have_text("送信を待っています")


def wait_for_worker(page: Page) -> None:
    """The page is kept on the device once its worker is in charge."""
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_selector("body[data-ready]")


def test_a_night_without_a_line_is_sent_in_order_when_it_is_back(
    page: Page, context: BrowserContext, address: str, services: AppState, pictures: Pictures
) -> None:
    set_up(page, address)
    wait_for_worker(page)
    context.set_offline(True)
    page.reload()
    expect(page.locator("#line-state")).to_contain_text("切れています")

    typed_in_vain(page)
    pictures(page, "centre-waiting")
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)
    onward(page)
    expect(page.locator("h1")).to_have_text("送信を待っています")
    expect(page.locator("#line-state")).to_contain_text("送信待ち 2件")
    page.reload()
    expect(page.locator("#line-state")).to_contain_text("送信待ち 2件")
    assert reports(services) == []

    context.set_offline(False)

    expect(page.locator("h1")).to_have_text("受領証")
    expect(page.locator("#line-state")).not_to_contain_text("送信待ち")
    assert reports(services) == [190, 600]


def test_every_keystroke_survives_a_reload_without_a_line(
    page: Page, context: BrowserContext, address: str
) -> None:
    set_up(page, address)
    wait_for_worker(page)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    context.set_offline(True)
    page.locator(selector("votes/d1-ao")).press_sequentially("12")
    expect(page.locator("#saved")).to_contain_text("保存しました")
    # It is said of the first digit, while the second is on its way to the disk.
    wait_until(lambda: page.evaluate(TYPED) == "12")

    page.reload()

    expect(page.locator(selector("votes/d1-ao"))).to_have_value("12")


def test_an_answer_that_is_lost_is_not_a_second_posting(
    page: Page, address: str, services: AppState
) -> None:
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    set_up(page, address)
    page.route("**/submissions", lose_the_first_answer)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    expect(page.locator("#receipt")).to_contain_text("記録は一つです")
    assert '"position"' in lost[0]
    assert reports(services) == [600]


def test_two_presses_are_one_posting(page: Page, address: str, services: AppState) -> None:
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)

    page.locator("[data-next]").dblclick()

    expect(page.locator("h1")).to_have_text("受領証")
    assert reports(services) == [600]


def test_the_second_half_of_a_double_press_hits_nothing_that_is_new(
    page: Page, address: str
) -> None:
    # Given a sheet that was sent by the first half
    ready_to_send(page, address)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")

    # When the other half comes, where a way to the list is now
    page.locator('#page a[href="#/"]').first.hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(500)

    # Then the receipt is still shown; the next press is one again
    expect(page.locator("h1")).to_have_text("受領証")
    page.locator('#page a[href="#/"]').first.click()
    expect(page.locator("h1")).not_to_have_text("受領証")


def test_what_has_not_begun_to_go_out_can_be_taken_back(
    page: Page, context: BrowserContext, address: str, services: AppState
) -> None:
    set_up(page, address)
    context.set_offline(True)
    blocks = {"votes/ao": "5", "votes/aka": "4", "valid": "9", "invalid": "0", "ballots": "9"}
    for contest, figures in ((b.DISTRICT_1, INTERIM), (b.BLOCK, blocks)):
        page.click('#menu a:text-is("開票区")')
        open_sheet(page, contest, b.CHIYODA)
        through_both_entries(page, figures)
        onward(page)
        expect(page.locator("h1")).to_have_text("送信を待っています")

    page.click("text=送信前に取り消して直す")
    open_sheet(page, b.BLOCK, b.CHIYODA)
    step(page, "確認と送信")
    context.set_offline(False)

    expect(page.locator("#line-state")).to_have_text("回線：つながっています")
    assert reports(services) == [190]
    assert count_of(services, b.BLOCK).status == "none"


def test_a_pause_holds_postings_back_until_reception_goes_on(
    page: Page, address: str, services: AppState
) -> None:
    set_up(page, address)
    happen(services, b.PAUSE)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)
    onward(page)
    expect(page.locator(".notice-warning", has_text="一時停止")).to_be_visible()

    happen(services, b.RESUME)

    expect(page.locator("h1")).to_have_text("受領証")
    assert reports(services) == [190]


# --- a server that is gone, and a proxy that is not ------------------------------------------


class BadGateway(BaseHTTPRequestHandler):
    """What a proxy answers for a server that is gone."""

    def do_GET(self) -> None:
        body = b"<h1>502 Bad Gateway</h1>"
        self.send_response(502)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def bad_gateway(port: int) -> Iterator[None]:
    """A proxy without a server."""
    with ThreadingHTTPServer(("127.0.0.1", port), BadGateway) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield
        proxy.shutdown()


def test_work_goes_on_while_a_proxy_answers_for_a_server_that_is_gone(
    page: Page, services: AppState
) -> None:
    port = free_port()
    with at_the_port(services, port) as address:
        set_up(page, address)
        wait_for_worker(page)

    with bad_gateway(port):
        page.reload()
        expect(page.locator("#line-state")).to_contain_text("切れています")
        typed_in_vain(page)
    with at_the_port(services, port):
        expect(page.locator("h1")).to_have_text("受領証")

    assert reports(services) == [190]


# --- power cut ------------------------------------------------------------------------------


@contextmanager
def machine(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A browser of its own with a profile on disk, and the cut of its power."""
    port = free_port()
    options = [f"--user-data-dir={folder}", f"--remote-debugging-port={port}", "--headless=new"]
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    silent = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    command = [shutil.which("chromium") or "", *options, *quiet, *silent, "about:blank"]
    with subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:

        def cut() -> None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}", cut
        finally:
            if process.poll() is None:
                cut()


def _wait_for(port: int) -> None:
    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the browser does not start")


def the_page(browser: Browser, endpoint: str) -> Page:
    """The first page of a machine."""
    context = with_patience(browser.browser_type.connect_over_cdp(endpoint).contexts[0])
    # The door is open before the page is there.
    if not context.pages:
        context.wait_for_event("page")
    return context.pages[0]


def test_a_power_cut_loses_neither_draft_nor_posting(
    browser: Browser, address: str, services: AppState, tmp_path: Path
) -> None:
    with machine(tmp_path / "profile") as (endpoint, cut):
        page = the_page(browser, endpoint)
        set_up(page, address)
        wait_for_worker(page)
        page.context.set_offline(True)
        typed_in_vain(page)
        page.click('#menu a:text-is("開票区")')
        open_sheet(page, b.BLOCK, b.CHIYODA)
        fill_in(page, {"votes/ao": "77"})
        expect(page.locator("#saved")).to_contain_text("保存しました")
        cut()
    assert reports(services) == []

    with machine(tmp_path / "profile") as (endpoint, _):
        page = the_page(browser, endpoint)
        page.goto(f"{address}/centre/#/receipts")
        expect(page.locator("#line-state")).to_have_text("回線：つながっています")
        page.click('#menu a:text-is("開票区")')
        open_sheet(page, b.BLOCK, b.CHIYODA)
        expect(page.locator(selector("votes/ao"))).to_have_value("77")
        step(page, "入力")
    assert reports(services) == [190]
