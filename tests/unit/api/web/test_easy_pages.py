"""Pages in plain Japanese: there for every kind of election, every hard word with its reading."""

import re

import httpx
import pytest
from lxml import html

from api.http.app_state import AppState
from api.web.pages.easy.furigana import readings, with_furigana
from tests.support.crawling import Crawl, documented_figures, play_until
from tests.support.empty_server import empty_client, empty_services

__all__ = ["empty_client", "empty_services"]

_CHARACTERS = re.compile(r"[\u3400-\u9fff々]+")


def _unread(page: bytes) -> set[str]:
    """Characters without a reading in what a page says itself; names are left out."""
    tree = html.document_fromstring(page)
    for each in tree.xpath("//ruby|//option|//head|//*[contains(@class, 'name')]"):
        each.drop_tree()
    return set(_CHARACTERS.findall(" ".join(tree.itertext())))


@pytest.mark.parametrize(
    ("election", "share"),
    [("house", 0.6), ("city", 0.5), ("upper", 1.0), ("by-election", 0.0), ("ordinance-poll", 1.0)],
)
def test_each_is_whole_and_readable(
    empty_client: httpx.Client, empty_services: AppState, election: str, share: float
) -> None:
    play_until(empty_services, election, share, scale=0.01)
    crawl = Crawl(empty_client, documented_figures(empty_client))
    found = {"/easy/", "/easy/races", "/easy/turnout"}
    for path in ("/easy/races", "/easy/"):
        for address in re.findall(r'href="(/easy/contests/[^"]+)"', empty_client.get(path).text):
            found.add(address)
    units = {
        address
        for path in sorted(found)
        for address in re.findall(r'href="(/easy/districts/[^"]+)"', empty_client.get(path).text)
    }
    found |= set(sorted(units)[:3])

    unread = {path: _unread(empty_client.get(path).content) for path in found}
    for path in found:
        crawl.visit(str(empty_client.base_url.join(path)))

    assert {path: words for path, words in unread.items() if words} == {}
    assert set(crawl.statuses.values()) == {200}
    assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""
    assert len(found) > 5
    assert all("<rt>とうひょうりつ</rt>" in empty_client.get(path).text for path in found)


def test_a_reading_stands_above_the_characters_alone() -> None:
    page = '<title>投票</title><p title="投票">投票した 人は 5人です。終わりました</p>'

    assert with_furigana(page) == (
        '<title>投票</title><p title="投票">'
        "<ruby>投票<rp>（</rp><rt>とうひょう</rt><rp>）</rp></ruby>した "
        "<ruby>人<rp>（</rp><rt>ひと</rt><rp>）</rp></ruby>は "
        "5<ruby>人<rp>（</rp><rt>にん</rt><rp>）</rp></ruby>です。"
        "<ruby>終<rp>（</rp><rt>お</rt><rp>）</rp></ruby>わりました</p>"
    )


def test_names_are_not_read_as_words_are() -> None:
    page = '<a class="name" href="/">前田 票一</a> <span class="name">東京都前第1区</span>前'

    assert with_furigana(page) == (
        '<a class="name" href="/">前田 票一</a> <span class="name">'
        "<ruby>東京都<rp>（</rp><rt>とうきょうと</rt><rp>）</rp></ruby>前第1区</span>"
        "<ruby>前<rp>（</rp><rt>まえ</rt><rp>）</rp></ruby>"
    )


def test_every_reading_is_of_characters_and_in_hiragana() -> None:
    for word, reading in readings().items():
        assert _CHARACTERS.search(word), word
        assert re.fullmatch(r"[\u3041-\u3096、]+", reading), word
