"""A server without an election, and the devices of a commission and of its counting centre."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.device import DESKTOP, Pictures, devices, keep_pictures
from tests.support.first_run import FirstRunPlace, serve_first_run


@pytest.fixture
def first_run(conninfo: str, tmp_path: Path) -> Iterator[FirstRunPlace]:
    """A server on a database without a log."""
    with serve_first_run(conninfo, tmp_path, sequence=True) as place:
        yield place


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Makes devices that were never used."""
    with devices(browser, []) as make:
        yield make


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> Pictures:
    """Keep screenshots at two widths."""
    return keep_pictures(
        pytestconfig, "setup", {"-390": {"width": 390, "height": 844}, "-1280": DESKTOP}
    )
