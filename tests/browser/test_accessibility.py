"""JIS X 8341-3:2016 AA: no violation that axe-core knows of, everything by keyboard, at 200 %."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import thin, violations
from tests.browser.chromium import with_patience

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = [
    "national", "national-en", "map-progress", "races", "seats", "prefectures", "blocks",
    "contests-house-district", "contests-house-block", "districts", "turnout", "justices",
    "corrections", "coverage", "search", "downloads", "candidate", "party", "savings", "audit",
    "entry", "history", "diff", "past", "embed", "embed-contest", "screen", "missing", "archive",
    "archive-nation", "archive-prefecture",
]  # fmt: skip
"""Every kind of page."""

DARK = {"national", "seats", "contests-house-district", "coverage"}
"""Looked at on dark screens as well: between them they have every kind of part."""

# Nothing may need scrolling sideways: at 640 a window of 1280 at 200 % (1.4.4), at 320 at 400 %
# (1.4.10).
NARROW = (640, 320)

# What a keyboard can reach: whether it is seen when it has the focus, and whether it has a name.
_STOPS = """() => {
    const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const wrong = [];
    let stops = 0;
    for (const element of document.querySelectorAll(all)) {
        if (element.tabIndex < 0 || element.type === "hidden" || element.disabled) continue;
        if (!element.checkVisibility()) continue;
        stops += 1;
        element.focus();
        const style = getComputedStyle(element);
        const name = element.getAttribute("aria-label") || element.innerText
            || element.labels?.[0]?.textContent || "";
        const says = element.outerHTML.slice(0, 120);
        if (document.activeElement !== element) wrong.push(`not reached: ${says}`);
        else if (parseFloat(style.outlineWidth) < 2) wrong.push(`not seen: ${says}`);
        if (!name.trim()) wrong.push(`no name: ${says}`);
        if (element.tabIndex > 0) wrong.push(`out of order: ${says}`);
    }
    return [stops, wrong];
}"""


def test_no_kind_of_page_is_left_out(night_pages: dict[str, str]) -> None:
    assert set(night_pages) - set(NAMES) <= {"contests-justices"}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_for_everybody(
    page: "Page", night_address: str, night_pages: dict[str, str], name: str
) -> None:
    page.goto(night_address + night_pages[name])
    if name in {"audit", "entry"}:
        page.wait_for_selector(".verdict.is-good")

    page.keyboard.press("Tab")
    stops, wrong = page.evaluate(_STOPS)
    assert stops > 0
    assert wrong == []

    for width in NARROW if name != "screen" else ():
        page.set_viewport_size({"width": width, "height": 450})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width

    thin(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
    if name in DARK:
        page.emulate_media(color_scheme="dark")
        assert violations(page) == [], "dark"


def test_the_first_key_leads_past_the_menu(page: "Page", night_address: str) -> None:
    page.goto(night_address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"

    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_the_tab_key_goes_through_the_page_and_back(page: "Page", night_address: str) -> None:
    page.goto(night_address + "/search")
    where = "[...document.all].indexOf(document.activeElement)"
    body = page.evaluate("[...document.all].indexOf(document.body)")
    seen: list[int] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if (place := page.evaluate(where)) == body:
            break
        seen.append(place)

    assert len(seen) > 10
    assert seen == sorted(set(seen)), "the keyboard goes through the page as it is read"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(where) == seen[-1]


@pytest.mark.parametrize("name", ["national", "contests-house-district", "audit"])
def test_on_paper_there_are_all_rows_and_no_controls(
    page: "Page", night_address: str, night_pages: dict[str, str], name: str
) -> None:
    page.goto(night_address + night_pages[name])
    page.emulate_media(media="print")

    for selector in ("header.site nav", ".find", ".travel", "form.fields"):
        assert page.locator(selector).first.is_hidden() or page.locator(selector).count() == 0
    assert page.locator(".rehearsal").is_visible()
    # A snapshot on paper says of which position it is.
    assert page.locator("#freshness").is_visible()
    cut = (
        "[...document.querySelectorAll('.scroll')].filter(e => e.scrollHeight > e.clientHeight + 1)"
    )
    assert page.evaluate(f"{cut}.length") == 0


def test_who_wants_less_motion_or_own_colours_gets_them(
    browser: "Browser", night_address: str
) -> None:
    context = with_patience(browser.new_context(reduced_motion="reduce", forced_colors="active"))
    page = context.new_page()
    page.goto(night_address)

    animation, adjusted = page.evaluate(
        """() => {
            const row = document.querySelector(".latest li");
            row.classList.add("arrived");
            const picture = document.querySelector(".seats svg");
            return [getComputedStyle(row).animationName,
                    getComputedStyle(picture).forcedColorAdjust];
        }"""
    )

    assert animation == "none"
    assert adjusted == "none"
    context.close()


def test_no_picture_depends_on_colour_alone(page: "Page", night_address: str) -> None:
    page.goto(night_address)

    named = page.locator(".tiles .tile").evaluate_all(
        """tiles => tiles.filter(tile => tile.querySelector("rect[fill]"))
            .map(tile => tile.querySelectorAll("text")[1].textContent.trim())"""
    )
    swatches = page.locator(".stack .swatch").evaluate_all("all => all.map(s => s.innerHTML)")

    assert named
    assert all(named)
    assert len(set(swatches)) == len(swatches)
    assert page.locator(".seats svg title").count() == page.locator(".seats svg").count()
