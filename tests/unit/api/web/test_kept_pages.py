"""Pages in memory: made once per version, right for as long as they are kept, and bounded."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from api.http.app_state import AppState
from api.http.limits import past_charge
from api.http.limits.rate_limits import RateLimit
from api.web import page_request
from api.web.kept_pages import EncodedPage, KeptPages
from tests import builders as b
from tests.support.lines import PLAIN
from tests.support.posting import happen


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Templates in the order in which pages were made of them."""
    made: list[str] = []
    render = page_request.PageRequest._render

    def noted(visit: page_request.PageRequest, template: str, *given: object) -> bytes:
        made.append(template)
        return render(visit, template, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(page_request.PageRequest, "_render", noted)
    return made


def tally(first: int, second: int) -> Mapping[str, object]:
    return b.tally(b.sheet({b.A: first, b.B: second}, invalid=0))


def test_a_version_is_made_once_however_many_ask_and_whatever_they_add(
    client: httpx.Client, renderings: list[str]
) -> None:
    def read(number: int) -> bytes:
        return PLAIN.get(client.base_url.join(f"/turnout?utm_source={number % 2}")).content

    with ThreadPoolExecutor(8) as readers:
        pages = set(readers.map(read, range(16)))

    assert pages == {client.get("/turnout").content}
    assert renderings == ["turnout.html"]


def test_what_is_kept_gives_way_to_the_next_version(
    client: httpx.Client, services: AppState, renderings: list[str]
) -> None:
    before = client.get("/prefectures/13")
    assert client.get("/prefectures/13").content == before.content

    happen(services, tally(20, 10))
    after = client.get("/prefectures/13")

    assert after.headers["etag"] != before.headers["etag"]
    assert after.content != before.content
    assert renderings == ["prefecture.html"] * 2


def test_every_coding_has_its_tag_and_each_gets_304(client: httpx.Client) -> None:
    tags = {}
    for coding in ("identity", "gzip", "br"):
        answer = client.get("/", headers={"accept-encoding": coding})
        assert answer.headers.get("content-encoding", "identity") == coding
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.headers["cache-control"] == "public, max-age=2"
        assert "access-control-allow-origin" not in answer.headers
        tags[coding] = answer.headers["etag"]
        again = {"accept-encoding": coding, "if-none-match": tags[coding]}
        unchanged = client.get("/", headers=again)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        for name in ("etag", "content-security-policy", "vary", "cache-control"):
            assert unchanged.headers[name] == answer.headers[name]

    assert len(set(tags.values())) == 3


def test_the_present_by_its_number_does_not_change_links_of_the_present(
    client: httpx.Client, services: AppState
) -> None:
    position = services.live.position

    by_number = client.get(f"/?at={position}").text

    assert f"at={position}" not in client.get("/").text
    assert by_number == client.get("/").text
    happen(services, tally(20, 10))
    assert f'at={position}"' in client.get(f"/?at={position}").text


def test_a_look_at_the_past_has_its_price_once(
    client: httpx.Client, services: AppState, renderings: list[str]
) -> None:
    past = services.live.position
    happen(services, tally(20, 10))
    services.limit = RateLimit(0.001, int(past_charge.TIME_TRAVEL_COST))

    first = client.get(f"/turnout?at={past}")
    refused = client.get(f"/prefectures/13?at={past}")

    assert client.get(f"/turnout?at={past}").content == first.content
    assert (first.status_code, refused.status_code) == (200, 429)
    assert int(refused.headers["retry-after"]) > 0
    assert renderings == ["turnout.html"]
    assert client.get("/prefectures/13").status_code == 200


def test_every_look_at_the_past_has_its_price(client: httpx.Client, services: AppState) -> None:
    past = services.live.position
    happen(services, tally(20, 10))

    for path in (f"/cards/national.svg?at={past}", f"/audit/diff?old={past - 1}&new={past}"):
        services.limit = RateLimit(0.001, 1)
        assert client.get(path).status_code == 429, path
        services.limit = RateLimit(0, 1)
        assert client.get(path).status_code == 200, path


def test_nobody_changes_what_others_are_shown(client: httpx.Client) -> None:
    """Neither by a word too long for an address, nor by what is said of the host."""
    client.get("/races?prefecture=13xyz")
    client.get("/coverage?status=corrected-and-more")
    for host in ("a/en", "a/en//b.example/?", "a/en#"):
        client.get("/turnout", headers={"host": host})

    assert '<option value="13" selected>' in client.get("/races?prefecture=13").text
    page = client.get("/turnout").text
    assert '<html lang="ja"' in page
    assert 'hreflang="en" href="/en/turnout"' in page
    for path in (
        "/en//b.example/", "/%2Fb.example/?at=x", "/en/%5Cb.example/", "/en/%09/b.example/",
    ):  # fmt: skip
        missing = client.get(path, headers={"accept": "text/html"})
        assert missing.status_code == 404
        assert not re.search(r'href="/[/\\\s]', missing.text), path


def test_pages_take_no_more_memory_than_they_may(services: AppState) -> None:
    pages = KeptPages(services.live, bytes_max=2500)

    def page(text: bytes) -> EncodedPage:
        return EncodedPage(text * 1000, "no-cache", tag="1", more={})

    for address in ("/a", "/b", "/c"):
        assert pages.get_or_make(address, lambda: page(b"x"), None) is not None

    assert [pages.get(address, None) is None for address in ("/a", "/b", "/c")] == [
        True, False, False,
    ]  # fmt: skip


def test_what_a_page_says_of_the_server_and_of_its_route_must_hold_still(
    services: AppState,
) -> None:
    pages = KeptPages(services.live)

    def made(standing: str, stamp: str | None) -> EncodedPage:
        return EncodedPage(
            b"x", "no-cache", tag="1", standing=standing, stamp=stamp, more={},
            documents=("national",), version=services.live.version("national"),
        )  # fmt: skip

    pages.get_or_make("/", lambda: made("", None), "")
    assert pages.get("/", "") is not None
    assert pages.get("/", "late-running") is None
    pages.get_or_make("/audit", lambda: made("", "seen"), "", "seen")
    assert pages.get("/audit", "", "seen") is not None
    assert pages.get("/audit", "") is None
    # Nothing at the moment: its route has to look again all the same.
    pages.get_or_make("/archive", lambda: made("", ""), "", "")
    assert pages.get("/archive", "", "") is not None
    assert pages.get("/archive", "") is None
    happen(services, tally(20, 10))
    assert pages.get("/", "") is None


def test_a_page_that_is_not_there_is_not_kept(services: AppState) -> None:
    pages = KeptPages(services.live)

    assert pages.get_or_make("/x", lambda: None, None) is None
    assert pages.get("/x", None) is None
