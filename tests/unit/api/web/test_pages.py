"""Public pages: readable without scripts, without cookies, without anything from elsewhere."""

import gzip
import re
from html.parser import HTMLParser

import httpx
import pytest

from api.http.app_state import AppState
from tests import builders as b
from tests.support.posting import happen

PAGES = [
    "/",
    "/?map=progress",
    "/prefectures/13",
    f"/contests/{b.DISTRICT_1}",
    "/districts/13101",
    "/races?sort=margin&close=1",
    "/turnout",
    "/corrections",
    "/coverage",
    "/coverage?status=none",
    f"/candidates/{b.DISTRICT_1}/{b.A}",
    "/parties/independent",
    "/search?q=13101",
    "/downloads",
    "/embed/national",
    f"/embed/contests/{b.DISTRICT_1}",
    "/screen",
    "/archive",
    "/savings",
    "/audit",
    "/audit/diff?document=turnout&old=5",
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
def test_every_page_says_that_it_is_a_rehearsal_and_keeps_to_itself(
    client: httpx.Client, language: str
) -> None:
    for path in PAGES:
        answer = client.get(language + path)

        assert answer.status_code == 200, path
        assert "set-cookie" not in answer.headers, path
        tags = Outline(answer.text).tags
        assert any("rehearsal" in (a.get("class") or "") for t, a in tags if t == "aside"), path
        assert [t for t, _ in tags].count("h1") == 1, path
        assert tags[0][1]["lang"] == ("en" if language else "ja"), path
        for tag, attributes in tags:
            _require_own(tag, attributes, path)


def _require_own(tag: str, attributes: dict[str, str | None], path: str) -> None:
    """Nothing inline, nothing from elsewhere."""
    assert tag != "style", path
    assert "style" not in attributes, path
    assert not any(name.startswith("on") for name in attributes), path
    for name in ("src", "href", "action", "formaction"):
        assert not (attributes.get(name) or "").startswith(("http", "//")), path
    if tag == "script":
        assert attributes["src"], path


def test_the_policy_forbids_everything_that_is_not_ours(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors *" in client.get("/embed/national").headers["content-security-policy"]


def test_the_first_load_is_small(client: httpx.Client) -> None:
    page = client.get("/").text
    needed = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    [folder] = {"/".join(address.split("/")[:3]) for address in needed}
    assert f"{folder}/pages.css" in needed
    needed |= {f"{folder}/public/morph.js"}
    sizes = [len(gzip.compress(page.encode()))]
    sizes.extend(len(gzip.compress(client.get(address).content)) for address in needed)

    assert sum(sizes) <= 100 * 1024


def test_a_reader_who_has_the_page_gets_304_until_it_changes(
    client: httpx.Client, services: AppState
) -> None:
    tag = client.get("/").headers["etag"]
    assert client.get("/", headers={"if-none-match": tag}).status_code == 304

    happen(services, b.tally(b.sheet({b.A: 350, b.B: 240}, invalid=10)))

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


def test_an_entry_is_shown_from_a_moment_before_it(client: httpx.Client) -> None:
    entry = client.get("/audit/entries/5?at=2")

    assert entry.status_code == 200
    assert entry.text == client.get("/audit/entries/5").text


NOWHERE = [
    "/prefectures/99", "/contests/mayor/none", "/candidates/nobody", "/parties/x", "/x",
    "/districts/99999", "/blocks/nowhere", "/audit/entries/abc", "/audit/entries/999999",
    "/audit/diff?old=abc", "/?at=abc", "/turnout?at=99999999", "/archive/live/house1",
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence"), [("", "ページがありません"), ("/en", "No such page")]
)
def test_people_get_a_page_with_a_search_where_there_is_nothing(
    client: httpx.Client, language: str, sentence: str
) -> None:
    for path in NOWHERE:
        answer = client.get(language + path, headers={"accept": "text/html"})

        assert answer.status_code == 404, path
        assert sentence in answer.text, path
        assert 'id="q" name="q"' in answer.text, path


def test_what_may_have_been_meant_is_offered(client: httpx.Client) -> None:
    text = client.get("/districts/13101x", headers={"accept": "text/html"}).text
    assert 'value="13101x"' in text

    text = client.get("/prefectures/13101", headers={"accept": "text/html"}).text
    assert 'href="/districts/13101"' in text


def test_a_moment_before_a_page_had_anything_to_show_is_said(client: httpx.Client) -> None:
    answer = client.get(f"/contests/{b.DISTRICT_1}?at=1", headers={"accept": "text/html"})

    assert answer.status_code == 404
    assert "記録位置 1 の時点" in answer.text


@pytest.mark.parametrize("path", ["/?map=progress", "/search?q=13101", "/coverage?status=none"])
def test_the_slider_keeps_what_the_page_was_asked_without_scripts(
    client: httpx.Client, path: str
) -> None:
    name, value = path.partition("?")[2].split("=")

    tags = Outline(client.get(path).text).tags

    hidden = {a["name"]: a["value"] for t, a in tags if t == "input" and a.get("type") == "hidden"}
    assert hidden[name] == value
    assert ("button", "/audit/diff") in [(t, a.get("formaction")) for t, a in tags]
    assert [a["min"] for t, a in tags if a.get("type") == "range"]


def test_the_slider_leads_to_the_difference_from_now(client: httpx.Client) -> None:
    page = client.get("/audit/diff", params={"document": "turnout", "at": "5"})

    assert page.status_code == 200
    assert "過去の表示" not in page.text
    assert 'name="old" inputmode="numeric" pattern="[0-9]+" value="5"' in page.text


def test_the_command_that_verifies_names_the_election(client: httpx.Client) -> None:
    told = re.search(r"<pre[^>]*>(kaihyo verify .*?)</pre>", client.get("/audit").text)

    assert told is not None
    words = re.sub(r"<[^>]*>", "", told[1]).split()
    assert words == ["kaihyo", "verify", "https://example.jp/v1/elections/house50"]


@pytest.mark.parametrize("path", ["/easy/", "/easy/races", "/easy/turnout"])
def test_the_past_has_pages_in_plain_japanese(client: httpx.Client, path: str) -> None:
    page = client.get(path, params={"at": 9})
    assert page.status_code == 200
    assert "notice-past" in page.text
    assert "live.js" not in page.text
    assert "live.js" in client.get(path).text


def test_programs_get_a_problem_where_there_is_nothing(client: httpx.Client) -> None:
    answer = client.get("/x", headers={"accept": "application/json"})

    assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_leads_before_every_unit_is_final(client: httpx.Client, services: AppState) -> None:
    page = f"/contests/{b.DISTRICT_1}"
    sheet = {**b.sheet({b.A: 10, b.B: 240}, invalid=10), "voters": None}
    happen(services, b.tally(sheet, final=False))

    text = client.get(page).text

    assert text.index(f"/candidates/{b.DISTRICT_1}/{b.A}") < text.index(
        f"/candidates/{b.DISTRICT_1}/{b.B}"
    )
    assert "届出順" in text
    assert "当選人決定" not in text


def test_a_decision_that_elects_nobody_says_so(client: httpx.Client, services: AppState) -> None:
    # Neither reaches a sixth of the valid votes: most of them belong to nobody.
    few = b.sheet(
        {b.A: 10, b.B: 10},
        nobody=280_000,
        valid=300,
        ballots=300,
        voters=300,
        pools_unstated="不明",
    )
    for unit in (b.CHIYODA, b.CHUO):
        happen(services, b.tally(few, unit_code=unit))
    happen(services, b.declare(b.DISTRICT_1))

    page = client.get(f"/contests/{b.DISTRICT_1}").text

    assert "当選人なし" in page
    assert "当選人決定" not in page


def test_a_unit_and_its_contest_show_shared_ballots(
    client: httpx.Client, services: AppState
) -> None:
    shared = b.sheet_with_pools({b.A: 2, b.B: 1}, b.pool("山田", 1, b.A, b.B))
    happen(services, b.tally(shared, final=False))

    for address in (f"/contests/{b.DISTRICT_1}", f"/districts/{b.CHIYODA}"):
        page = client.get(address).text
        assert "按分票「山田」　1 票" in page, address
        assert "<td>2</td><td>0.666</td>" in page, address
