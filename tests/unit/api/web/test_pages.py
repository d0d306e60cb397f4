"""Public pages: readable without scripts, without cookies, without anything from elsewhere."""

import gzip
import re
from html.parser import HTMLParser

import httpx
import pytest

from api.house import House
from tests import builders as b
from tests.posting import record

PAGES = [
    "/",
    "/?map=progress",
    "/prefectures/13",
    f"/contests/{b.DISTRICT_1}",
    "/districts/13101",
    "/turnout",
    "/corrections",
    "/coverage",
    "/coverage?status=none",
    f"/candidates/{b.A}",
    "/parties/independent",
    "/search?q=13101",
    "/downloads",
    "/embed/national",
    f"/embed/contests/{b.DISTRICT_1}",
    "/screen",
]


class Outline(HTMLParser):
    """Tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_it_is_a_rehearsal_and_keeps_to_itself(
    client: httpx.Client, path: str, language: str
) -> None:
    answer = client.get(language + path)

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    outline = Outline(answer.text)
    tags = outline.tags
    assert any("rehearsal" in (a.get("class") or "") for t, a in tags if t == "aside")
    assert [t for t, _ in tags].count("h1") == 1
    assert tags[0][1]["lang"] == ("en" if language else "ja")
    for tag, attributes in tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "style"
        for name in ("src", "href", "action"):
            assert not (attributes.get(name) or "").startswith(("http", "//"))
        if tag == "script":
            assert attributes["src"]


def test_the_policy_forbids_everything_that_is_not_ours(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors *" in client.get("/embed/national").headers["content-security-policy"]


def test_the_first_load_is_small(client: httpx.Client) -> None:
    page = client.get("/").text
    needed = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    folder = next(iter(needed)).rpartition("/")[0]
    needed |= {f"{folder}/pages.css", f"{folder}/morph.js"}
    sizes = [len(gzip.compress(page.encode()))]
    sizes.extend(len(gzip.compress(client.get(address).content)) for address in needed)

    assert sum(sizes) <= 100 * 1024


def test_a_reader_who_has_the_page_gets_304_until_it_changes(
    client: httpx.Client, house: House
) -> None:
    tag = client.get("/").headers["etag"]
    assert client.get("/", headers={"if-none-match": tag}).status_code == 304

    record(house.log, b.tally(b.sheet({b.A: 350, b.B: 240}, invalid=10)))
    house.live.wait_for(house.log.reader.last_position())

    answer = client.get("/", headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


def test_files_are_kept_for_ever_under_an_address_that_names_their_content(
    client: httpx.Client,
) -> None:
    address = re.findall(r'href="(/static/[^"]+css)"', client.get("/").text)[0]

    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/static/old/site.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/old/none.css").status_code == 404


@pytest.mark.parametrize(
    "path", ["/prefectures/99", "/contests/mayor/none", "/candidates/nobody", "/parties/x", "/x"]
)
def test_people_get_a_page_where_there_is_nothing(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})

    assert answer.status_code == 404
    assert "ページがありません" in answer.text


def test_programs_get_a_problem_where_there_is_nothing(client: httpx.Client) -> None:
    answer = client.get("/x", headers={"accept": "application/json"})

    assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_leads_before_every_unit_is_final(client: httpx.Client, house: House) -> None:
    page = f"/contests/{b.DISTRICT_1}"
    sheet = {**b.sheet({b.A: 10, b.B: 240}, invalid=10), "voters": None}
    record(house.log, b.tally(sheet, final=False))
    house.live.wait_for(house.log.reader.last_position())

    text = client.get(page).text

    assert text.index(f"/candidates/{b.A}") < text.index(f"/candidates/{b.B}")
    assert "届出順" in text
    assert "当選人決定" not in text
