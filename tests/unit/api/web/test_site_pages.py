"""What crawlers and messengers ask for: icon, map of the site, pictures to share, feeds."""

import struct
import xml.etree.ElementTree as ET

import httpx
from bs4 import BeautifulSoup

from api.http.app_state import AppState
from api.web.card_png import card_png
from tests import builders as b
from tests.support.posting import happen


def test_a_site_says_what_it_is(client: httpx.Client) -> None:
    page = client.get("/").text

    assert 'property="og:image" content="/cards/national.png"' in page
    assert "訓練データです" in page.partition('property="og:description"')[2].partition(">")[0]
    assert page.count('type="application/atom+xml"') == 2
    own = client.get(f"/contests/{b.DISTRICT_1}").text
    assert f'content="/cards/contests/{b.DISTRICT_1}.png"' in own
    assert "embed/contests/" in own.partition('class="embed-code"')[2]


def test_the_picture_has_its_whole_address_where_the_public_one_is_set(
    client: httpx.Client, services: AppState
) -> None:
    services.public_address = "https://results.example.jp"

    page = client.get("/corrections").text

    assert 'property="og:image" content="https://results.example.jp/cards/national.png"' in page
    services.public_address = ""


def test_icon_and_robots_and_map_of_the_site_are_there(client: httpx.Client) -> None:
    icon = client.get("/favicon.ico")
    assert icon.content[:4] == b"\x00\x00\x01\x00"
    assert icon.content[22:30] == b"\x89PNG\r\n\x1a\n"
    # A rehearsal is not to be found.
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"

    site = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own bytes
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = [each.text or "" for each in site.iter(f"{space}loc")]
    assert any(each.endswith(f"/contests/{b.DISTRICT_1}") for each in listed)
    assert [each for each in listed if client.head(each).status_code != 200] == []


def test_every_address_answers_head(client: httpx.Client) -> None:
    for path in ("/", f"/contests/{b.DISTRICT_1}", "/races", "/favicon.ico", "/robots.txt"):
        asked = client.head(path)
        assert (asked.status_code, asked.content) == (client.get(path).status_code, b""), path


def test_pictures_to_share_say_rehearsal_and_position(client: httpx.Client) -> None:
    for path in (
        "/cards/national.svg", f"/cards/contests/{b.DISTRICT_1}.svg",
        f"/en/cards/contests/{b.DISTRICT_1}.svg", "/cards/national.svg?at=5",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.headers["content-type"].startswith("image/svg+xml"), path
        words = "".join(ET.fromstring(answer.content).itertext())  # noqa: S314 - our own bytes
        assert ("Rehearsal" if path.startswith("/en") else "訓練") in words
        assert ("Log position" if path.startswith("/en") else "記録位置") in words
    for path in ("/cards/contests/mayor/none.svg", "/cards/contests/mayor/none.png"):
        assert client.get(path).status_code == 404
    assert client.get("/cards/national.gif").status_code == 404


def test_pictures_to_share_are_drawn_in_pixels(client: httpx.Client) -> None:
    for path in ("/cards/national.png", f"/en/cards/contests/{b.DISTRICT_1}.png"):
        answer = client.get(path)
        assert answer.headers["content-type"] == "image/png", path
        assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
        # Something is written on it: an empty sheet of this size packs into far less.
        assert len(answer.content) > 10_000
        assert client.get(path).content == answer.content
    assert client.get("/cards/national.png?at=5").content != answer.content


def test_a_character_without_a_glyph_is_drawn_as_a_sign_of_it() -> None:
    card = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">'
        '<text x="9" y="90" font-size="60" font-family="Noto Sans CJK JP">{}</text></svg>'
    )

    assert card_png(card.format("\U0002ffff").encode()) == card_png(card.format("〓").encode())
    assert card_png(card.format("髙").encode()) != card_png(card.format("〓").encode())


def test_a_race_shows_its_votes_over_the_night(client: httpx.Client, services: AppState) -> None:
    happen(services, *(b.tally(b.sheet({b.A: n, b.B: 1}), final=False) for n in (351, 352, 353)))

    page = client.get(f"/contests/{b.DISTRICT_1}").text

    assert page.count("<polyline") == 2
    assert "得票の経過" in page


def test_every_cell_of_a_card_says_what_it_is(client: httpx.Client, services: AppState) -> None:
    happen(services, b.tally(b.sheet({b.A: 351, b.B: 1}), final=False))
    page = client.get(f"/contests/{b.DISTRICT_1}").text
    unit = page.partition('href="/districts/')[2].partition('"')[0]

    cards = 0
    for path in (f"/contests/{b.DISTRICT_1}", f"/districts/{unit}"):
        soup = BeautifulSoup(client.get(path).text, "lxml")
        jumps = [str(each["href"])[1:] for each in soup.select(".jump-list a")]
        assert [each for each in jumps if soup.find(id=each) is None] == [], path
        for table in soup.select("table.as-cards, table.dense"):
            cards += 1
            assert "as-cards" in table["class"], path
            silent = table.select("tbody td:not([data-label]):not(.bar):not([colspan])")
            assert [str(each) for each in silent] == [], path
    assert cards >= 3
