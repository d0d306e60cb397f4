"""Every kind of page in the browser, on a telephone and at a desk, in each language.

No page is wider than the screen, axe-core finds nothing, a first load is small, and nothing is
asked of another host. Which kinds there are is found by links, so that none can be forgotten.
"""

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from api.http.app_state import AppState
from api.http.limits.rate_limits import RateLimit
from infra.services.rehearsal.scenario.other_elections import SETTINGS
from tests.browser.axe import thin, violations
from tests.browser.chromium import with_patience
from tests.support.crawling import Crawl, play_until, replay_until
from tests.support.official import HOUSE50, require_upper_house

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.timeout(1800)

BYTES_MAX = 100 * 1024
WIDTHS = (390, 1280)
PAGES_MAX = 700
OFFICES = re.compile(r"(/en)?/(centre|control|setup|surveys|reports)\b")
"""Tools that an office loads once, and works with for a night."""
HALL = "/screen"
"""Made for a hall, and no wider than one."""

MOMENTS = pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])

Kind = tuple[object, ...]


def _kind(address: str) -> Kind:
    """Language, part of the site, kind of contest, depth, and what is asked."""
    parts = urlsplit(address)
    steps = parts.path.strip("/").split("/")
    language = steps.pop(0) if steps[0] in {"en", "easy"} else ""
    first = steps[0] if steps else ""
    below = steps[1] if first in {"contests", "embed", "audit", "candidates"} and steps[1:] else ""
    asked = tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
    return language, first, below, len(steps), asked


def page_kinds(client: httpx.Client) -> list[str]:
    """An address of each kind of page that links lead to."""
    crawl = Crawl(client)
    for start in ("/", "/en/", "/easy/"):
        crawl.follow(start, pages_max=len(crawl.statuses) + PAGES_MAX // 3, names_max=3)
    found: dict[Kind, str] = {}
    for address, status in crawl.statuses.items():
        kind = _kind(address)
        if status == 200 and kind not in found:
            told = client.head(address).headers.get("content-type", "")
            if told.startswith("text/html") and not urlsplit(address).path.startswith("/docs"):
                found[kind] = address
    return list(found.values())


@MOMENTS
@pytest.mark.parametrize("election", ["house", *SETTINGS, "lower-2024", "upper-past"])
def test_every_kind_of_page_is_in_order(
    browser: "Browser",
    empty_client: httpx.Client,
    empty_services: AppState,
    election: str,
    share: float,
) -> None:
    match election:
        case "lower-2024":
            replay_until(empty_services, HOUSE50, share)
        case "upper-past":
            replay_until(empty_services, require_upper_house(), share)
        case _:
            play_until(empty_services, election, share)
    empty_services.limit = RateLimit(0, 1)
    kinds = page_kinds(empty_client)
    base = str(empty_client.base_url).rstrip("/")

    faults = [fault for each in kinds for fault in _faults(browser, base, each)]

    assert len(kinds) > 40
    assert "\n".join(faults) == ""


def _faults(browser: "Browser", base: str, address: str) -> list[str]:
    context = with_patience(browser.new_context(locale="ja-JP"))
    try:
        return [f"{address}: {fault}" for fault in _look(context.new_page(), base, address)]
    finally:
        context.close()


def _look(page: "Page", base: str, address: str) -> list[str]:
    faults: list[str] = []
    sizes: list[float] = []
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((base, "data:", "blob:")) else faults.append(asked.url)
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    page.wait_for_load_state("load")
    if sum(sizes) > BYTES_MAX and not OFFICES.match(urlsplit(address).path):
        faults.append(f"{sum(sizes):.0f} bytes at first")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width and not urlsplit(address).path.endswith(HALL):
            faults.append(f"{wide} wide at {width}")
    thin(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{found} at {width}" for found in violations(page)]
    return faults
