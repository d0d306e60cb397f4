"""Readers we did not write: a browser's EventSource, and curl."""

import json
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.support.ports import free_port
from tests.support.posting import happen, record

BASE = "v1/elections/house50"


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    record(log, *b.DISTRICT)
    with open_app_state(log) as opened:
        yield opened


@pytest.fixture
def address(services: AppState) -> Iterator[str]:
    with serve_in_background(services, settings_with(None, port=free_port())) as opened:
        yield opened


_LISTEN = """
(address) => {
  window.heard = [];
  window.source = new EventSource(address);
  window.source.addEventListener("changes", (event) =>
    window.heard.push([event.lastEventId, JSON.parse(event.data)]));
}
"""


def test_event_source_of_a_real_browser_resumes_by_itself(
    services: AppState, browser: Browser
) -> None:
    port = free_port()
    settings = settings_with(None, port=port)
    context = with_patience(browser.new_context())
    page = context.new_page()
    with serve_in_background(services, settings) as address:
        page.goto(f"{address}{BASE}/head.json")
        page.evaluate(_LISTEN, f"{address}{BASE}/stream?after=2")
        page.wait_for_function("window.heard.length > 0")
        happen(services, b.NOTE)
        page.wait_for_function("window.heard.length > 1")
    # When the server goes away, and more is recorded meanwhile
    happen(services, b.NOTE, b.NOTE)
    with serve_in_background(services, settings):
        page.wait_for_function("window.heard.length > 2")
        heard = page.evaluate("window.heard")
    context.close()

    # Then it goes on where it was
    position = 2
    for own_id, told in heard:
        assert told["after"] == position
        position = told["position"]
        assert int(own_id) == position
    assert position == services.log.reader.last_position()


@pytest.mark.skipif(shutil.which("curl") is None, reason="install curl: apt-get install curl")
def test_curl_reads_pointer_document_and_stream(address: str, services: AppState) -> None:
    head = json.loads(_curl(f"{address}{BASE}/head.json"))
    version = head["documents"]["national"]

    plain = _curl(f"{address}{BASE}/national@{version}.json")
    packed = _curl("--compressed", f"{address}{BASE}/national.json")
    travelled = _curl("-L", f"{address}{BASE}/national.json?as_of=2999-01-01T00:00:00+09:00")
    stream = _curl("-N", "-m", "1", f"{address}{BASE}/stream?after=1", ends=28)

    assert plain == packed == travelled
    assert stream.startswith(b"retry: 2000\n\nid: ")
    assert f"id: {services.live.position}\nevent: changes\n".encode() in stream


def _curl(*arguments: str, ends: int = 0) -> bytes:
    done = subprocess.run(
        ["curl", "-sS", *arguments], capture_output=True, check=False, timeout=240
    )
    assert done.returncode == ends, done.stderr
    return done.stdout
