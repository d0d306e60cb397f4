"""The browser of the tests: Debian's Chromium, without a network of its own."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE_MS = 60_000
"""How long a page may take to show what is expected, on a machine that has other things to do."""
_LOOK_MS = 50
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


def missing_part() -> str:
    """What is not installed, with how to install it; empty when the browser can start."""
    if find_spec("playwright") is None:
        return "install playwright: pip install playwright"
    if shutil.which("chromium") is None:
        return "install Chromium: apt-get install -y chromium fonts-noto-cjk"
    return ""


def program() -> str:
    """Chromium without its windows where that is installed, for it takes two thirds of the time."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""


@contextmanager
def launched() -> Iterator["Browser"]:
    """A running Chromium."""
    if missing := missing_part():
        pytest.skip(missing)
    from playwright.sync_api import (  # noqa: PLC0415 - only where it is installed
        expect,
        sync_playwright,
    )

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def with_patience(context: "BrowserContext") -> "BrowserContext":
    """The same profile, which waits as long as everything else does."""
    context.set_default_timeout(PATIENCE_MS)
    return context


def wait_until(page: "Page", question: Callable[[], bool]) -> None:
    """Wait until something is the case that the browser brings about, and that no page shows."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not question():
        assert time.monotonic() < deadline, f"still not so after {PATIENCE_MS} ms"
        page.wait_for_timeout(_LOOK_MS)
