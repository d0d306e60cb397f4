"""Every page that a reader can come to by links answers, in both languages, and is well-formed."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest
from lxml import html

from api.http.app_state import AppState
from tests import builders as b
from tests.support.posting import record

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

PAGES_MAX = 5_000
PER_FORM_MAX = 40
"""Addresses tried of one form: positions and pairs of positions are without end."""

ELSEWHERE = re.compile(r"/log/(key|checkpoint)$|/receipts/\d+$")
"""What this small election has not: a signed log."""


def form(address: str) -> str:
    """An address with its numbers left out."""
    return re.sub(r"\d+", "#", address)


def links(page: httpx.Response) -> set[str]:
    """Addresses of this server that a page names, without fragments."""
    if "text/html" not in page.headers["content-type"]:
        return set()
    found = html.document_fromstring(page.content).xpath("//@href | //@src")
    whole = {urldefrag(urljoin(str(page.url), str(each))).url for each in found}
    here = page.url.netloc.decode()
    return {each for each in whole if urlsplit(each).netloc == here}


def crawl(client: httpx.Client, start: str) -> dict[str, int]:
    """Address -> status of all that links lead to."""
    base = str(client.base_url)
    waiting, seen = deque([urljoin(base, start)]), dict[str, int]()
    tried: dict[str, int] = {}
    while waiting and len(seen) < PAGES_MAX:
        address = waiting.popleft()
        kind = form(address.removeprefix(base))
        if address in seen or tried.get(kind, 0) >= PER_FORM_MAX:
            continue
        tried[kind] = tried.get(kind, 0) + 1
        with client.stream("GET", address, follow_redirects=False) as page:
            seen[address] = page.status_code
            if "event-stream" in page.headers.get("content-type", ""):
                continue
            page.read()
        if page.has_redirect_location:
            waiting.append(urljoin(address, page.headers["location"]))
        elif page.is_success:
            waiting.extend(sorted(links(page) - seen.keys()))
    return seen


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_no_link_leads_nowhere(client: httpx.Client, services: AppState, start: str) -> None:
    record(services.log, b.tally(b.sheet({b.A: 300, b.B: 240}, invalid=10)))

    found = crawl(client, start)

    assert len(found) > 50
    failed = sorted(address for address, status in found.items() if status >= 500)
    # A moment may lie before what a page is about.
    missing = {address for address, status in found.items() if 400 <= status < 500}
    assert failed == []
    left_out = {each for each in missing if "at=" not in each and not ELSEWHERE.search(each)}
    assert sorted(left_out) == []
