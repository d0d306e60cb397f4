"""The browser of the tests: Debian's Chromium, without a network of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE_MS = 15_000
"""How long a page may take to show what is expected, on a machine that has other things to do."""
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
