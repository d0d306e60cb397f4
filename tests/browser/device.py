"""Devices of people: a profile that was never used, pages on which no fault is lost, pictures."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import with_patience

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

DESKTOP: "ViewportSize" = {"width": 1280, "height": 900}

Pictures = Callable[["Page", str], None]
"""Keeps a picture of a page under a name."""


def new_profile(browser: "Browser") -> "BrowserContext":
    """A profile of somebody in Japan, at a desk."""
    return with_patience(
        browser.new_context(viewport=DESKTOP, locale="ja-JP", timezone_id="Asia/Tokyo")
    )


def watch(page: "Page", faults: list[str]) -> None:
    """Note what goes wrong on a page: exceptions, and what the content policy forbids."""
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    )


@contextmanager
def devices(browser: "Browser", faults: list[str]) -> Iterator[Callable[[], "Page"]]:
    """Makes devices with a profile each; in the end nothing may have gone wrong on any."""
    opened: list[BrowserContext] = []

    def make() -> "Page":
        opened.append(new_profile(browser))
        page = opened[-1].new_page()
        watch(page, faults)
        return page

    yield make
    for profile in opened:
        profile.close()
    assert faults == []


def keep_pictures(
    config: pytest.Config, folder: str, sizes: Mapping[str, "ViewportSize"] | None = None
) -> Pictures:
    """Keep pictures below build/, for people to look at, where `KAIHYO_PICTURES` is set.

    Args:
        config: Of the run.
        folder: Below build/screenshots.
        sizes: What is added to the name -> size of the page; None for the size it has.
    """
    place = config.rootpath / "build" / "screenshots" / folder
    place.mkdir(parents=True, exist_ok=True)

    def keep(page: "Page", name: str) -> None:
        if "KAIHYO_PICTURES" not in os.environ:
            return
        for suffix in sizes or ("",):
            if sizes:
                page.set_viewport_size(sizes[suffix])
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=place / f"{name}{suffix}.png", full_page=True)

    return keep
