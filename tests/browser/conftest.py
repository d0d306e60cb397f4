"""A browser in front of a real server that has played a small rehearsal night."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import with_patience
from tests.support import earlier
from tests.support.lines import client_of
from tests.support.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_SCALE = "0.03"
_SECONDS_MAX = 240.0


@pytest.fixture(scope="session")
def night_address(tmp_path_factory: pytest.TempPathFactory, conninfo: str) -> Iterator[str]:
    """Where a whole rehearsal night, played to its end, is served by the program itself."""
    port = free_port()
    archive = tmp_path_factory.mktemp("archive")
    earlier.publish(conninfo, archive / earlier.NAME.election)
    folder = tmp_path_factory.mktemp("night") / "data"
    command = [sys.executable, "-c", "from api.cli.main import main; main()", "demo", "--stay"]
    options = ["--data", str(folder), "--scale", _SCALE, "--port", str(port)]
    known = {**os.environ, "KAIHYO_ARCHIVE": str(archive)}
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, text=True, env=known
    ) as server:
        try:
            _wait_until_told(server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_until_told(server: subprocess.Popen[str]) -> None:
    """The demo says where to look once everything is recorded and folded."""
    begun = time.monotonic()
    for line in server.stdout or ():
        if "/docs" in line:
            return
        assert time.monotonic() - begun < _SECONDS_MAX
    pytest.fail("the demo ended before it had played the night")


@pytest.fixture(scope="session")
def night_pages(night_address: str) -> dict[str, str]:
    """Name -> path of one page of every kind."""
    from tests.browser.screenshots import pages  # noqa: PLC0415 - typer is not needed otherwise

    deadline = time.monotonic() + _SECONDS_MAX
    with client_of(night_address) as client:
        election = client.get("/health").json()["election"]
        size = client.get(f"/v1/elections/{election}/head.json").json()["position"]
        while time.monotonic() < deadline:
            answer = client.get(f"/v1/elections/{election}/receipts/{size}")
            if answer.status_code == 200:
                break
            time.sleep(0.2)
    return pages(night_address)


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page of a new reader."""
    context = with_patience(
        browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    )
    opened = context.new_page()
    yield opened
    opened.unroute_all(behavior="ignoreErrors")
    context.close()
