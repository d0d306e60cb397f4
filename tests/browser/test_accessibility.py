"""JIS X 8341-3:2016 AA: no violation that axe-core knows of, everything by keyboard, at 200 %."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = [
    "national", "national-en", "map-progress", "prefectures", "blocks", "contests-house-district",
    "contests-house-block", "districts", "turnout", "justices", "corrections", "coverage", "search",
    "downloads", "candidate", "party", "savings", "audit", "entry", "history", "diff", "past",
    "embed", "embed-contest", "screen", "missing",
]  # fmt: skip
"""Every kind of page."""


def test_no_kind_of_page_is_left_out(night_pages: dict[str, str]) -> None:
    assert set(night_pages) - set(NAMES) <= {"contests-justices"}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(
    page: "Page", night_address: str, night_pages: dict[str, str], name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(night_address + night_pages[name])
    page.wait_for_load_state("networkidle" if name in {"audit", "entry"} else "load")

    assert violations(page) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "screen"])
def test_a_page_fits_at_200_percent(
    page: "Page", night_address: str, night_pages: dict[str, str], name: str
) -> None:
    # A window of 1280 at 200 % has room for 640: nothing may need scrolling sideways (1.4.10).
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(night_address + night_pages[name])

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_key_leads_past_the_menu(page: "Page", night_address: str) -> None:
    page.goto(night_address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_seen_and_every_stop_has_a_name(page: "Page", night_address: str) -> None:
    page.goto(night_address)
    for _ in range(40):
        page.keyboard.press("Tab")
        outline, name = page.evaluate(
            """() => {
                const element = document.activeElement;
                const name = element.getAttribute("aria-label") || element.innerText
                  || element.labels?.[0]?.innerText || "";
                return [getComputedStyle(element).outlineWidth, name];
            }"""
        )
        assert outline == "4px"
        assert name.strip()
