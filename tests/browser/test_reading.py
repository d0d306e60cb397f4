"""A reader's night: pages that keep themselves fresh, with and without scripts, and go back."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import with_patience
from tests.support.lines import client_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_BYTES_MAX = 100 * 1024


@contextmanager
def another_site(html: bytes) -> Iterator[str]:
    """A site of somebody else with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _refused(page: "Page") -> list[str]:
    """What the browser complains about while pages are open."""
    said: list[str] = []
    page.on("console", lambda message: said.extend([message.text] * (message.type == "error")))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_no_page_breaks_its_own_policy_or_sets_a_cookie(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    said = _refused(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for name, path in night_pages.items():
        if name != "missing":
            page.goto(night_address + path)
            page.wait_for_load_state("load")

    assert said == []
    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith(night_address)] == []


def test_the_first_load_is_small(page: "Page", night_address: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto(night_address)
    page.wait_for_load_state("load")

    assert 5_000 < sum(sizes) <= _BYTES_MAX


@pytest.mark.parametrize("path", ["/", "/turnout", "/corrections", "/coverage"])
def test_pages_are_whole_without_scripts(browser: "Browser", night_address: str, path: str) -> None:
    context = with_patience(browser.new_context(java_script_enabled=False))
    page = context.new_page()
    page.goto(night_address + path)

    assert page.inner_text("h1")
    assert "訓練" in page.inner_text(".rehearsal")
    assert re.search(r"\d", page.inner_text("#live"))
    context.close()


def test_a_posting_appears_without_a_reload_and_keeps_the_place(
    page: "Page", night_address: str
) -> None:
    page.goto(night_address)
    page.locator("#find").fill("東京")
    before = int(page.get_attribute("#live", "data-position") or 0)
    page.wait_for_selector("html[data-line=open]")

    with client_of(night_address) as client:
        answer = client.post(
            "/v1/elections/rehearsal/submissions",
            json={
                "election": "rehearsal",
                "environment": "rehearsal",
                "office": "nation",
                "submission_id": "browser-test-pause-1",
                "command": {"command": "pause-reception", "reason": "試験のため停止"},
            },
        )
        assert answer.status_code == 201
        page.wait_for_function(
            "before => Number(document.getElementById('live').dataset.position) > before",
            arg=before,
        )
        client.post(
            "/v1/elections/rehearsal/submissions",
            json={
                "election": "rehearsal",
                "environment": "rehearsal",
                "office": "nation",
                "submission_id": "browser-test-resume-1",
                "command": {"command": "resume-reception"},
            },
        )

    expect(page.locator("#live")).to_contain_text("試験のため停止")
    assert page.input_value("#find") == "東京"
    assert page.evaluate("document.activeElement.id") == "find"


def test_names_are_found_however_they_are_written(page: "Page", night_address: str) -> None:
    counts = []
    for typed in ("たかはし", "タカハシ", "ﾀｶﾊｼ"):
        page.goto(night_address + "/search")
        page.locator("#q").fill(typed)
        page.locator(".find-large button").click()
        expect(page).to_have_url(re.compile(r"[?&]q="))
        page.wait_for_load_state("load")
        assert page.locator("#q").input_value() == typed
        counts.append(page.locator(".found li").count())

    assert counts[0] > 0
    assert len(set(counts)) == 1


def test_the_night_can_be_gone_back_through(page: "Page", night_address: str) -> None:
    page.goto(night_address)
    now = page.inner_text(".lead")
    page.locator("#at").focus()
    page.keyboard.press("Home")
    page.locator(".travel button").first.click()

    expect(page.locator(".notice-past")).to_contain_text("過去の表示")
    assert page.inner_text(".lead") != now
    page.locator(".menu a", has_text="投票率").first.click()
    expect(page).to_have_url(re.compile(r"/turnout\?(.*&)?at="))
    page.locator(".notice-past a").click()
    expect(page).not_to_have_url(re.compile(r"[?&]at="))


def test_the_large_screen_turns_by_itself_until_it_is_stopped(
    page: "Page", night_address: str
) -> None:
    page.clock.install()
    page.goto(night_address + "/screen")
    page.wait_for_selector(".panel.is-shown")
    first = page.inner_text(".panel.is-shown h2")
    page.clock.run_for(13_000)
    second = page.inner_text(".panel.is-shown h2")
    page.locator("#pause").click()
    page.clock.run_for(40_000)

    assert second != first
    assert page.inner_text(".panel.is-shown h2") == second
    assert page.locator(".panel.is-shown").count() == 1


def test_a_page_can_stand_in_a_frame_of_another_site_but_only_the_ones_made_for_it(
    page: "Page", night_address: str
) -> None:
    framed = "".join(
        f'<iframe src="{night_address}{path}" title="{name}"></iframe>'
        for name, path in (("made-for-it", "/embed/national"), ("not-made-for-it", "/"))
    )
    with another_site(framed.encode()) as elsewhere:
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(elsewhere)
        page.frame_locator("[title=made-for-it]").locator(".seats").wait_for()

        assert page.frame_locator("[title=not-made-for-it]").locator("#live").count() == 0


def test_english_says_the_same_in_english(page: "Page", night_address: str) -> None:
    page.goto(night_address)
    seats = page.inner_text(".lead .big")
    page.locator(".language a[hreflang=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".rehearsal")).to_contain_text("REHEARSAL")
    expect(page.locator(".lead .big").first).to_have_text(seats)


def test_every_page_goes_back_through_the_night_without_scripts(
    browser: "Browser", night_address: str, night_pages: dict[str, str]
) -> None:
    context = with_patience(browser.new_context(java_script_enabled=False))
    page = context.new_page()
    # One of each way to build a page; that every page has the form is a unit test.
    for name in ("map-progress", "candidate", "party", "search", "coverage", "audit", "history"):
        path = night_pages[name]
        page.goto(night_address + path)
        page.locator("#at").press("ArrowLeft")
        page.locator(".travel button").first.click()

        page.locator(".notice-past").wait_for()
        assert "at=" in page.url, name
        asked = [pair for pair in path.partition("?")[2].split("&") if pair]
        assert all(pair in page.url for pair in asked), name
    page.locator(".travel button").last.click()
    expect(page).to_have_url(re.compile("/audit/diff"))
    context.close()


def test_a_moment_is_compared_with_now(page: "Page", night_address: str) -> None:
    page.goto(night_address + "/turnout")
    page.locator("#at").focus()
    page.keyboard.press("Home")
    page.locator(".travel button").last.click()

    expect(page.locator("#document")).to_have_value("turnout")
    expect(page.locator("tbody tr").nth(3)).to_be_attached()
