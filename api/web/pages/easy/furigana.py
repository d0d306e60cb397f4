"""Readings above the hard words of a page (振り仮名), for whoever has not learnt their characters.

What our own sentences say is in `readings.json`. Names have no reading there: persons bring theirs
with their candidacy, of places and parties it is not known, but for prefectures. So what has the
class `name` is left alone: 前田 is not read as 前 is.
"""

import json
import re
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Final

from markupsafe import Markup

from aggregates.election.geography import PREFECTURES
from aggregates.reference.prefecture_readings import PREFECTURE_READINGS

READINGS: Final = Path(__file__).with_name("readings.json")
_SUFFIXES: Final = {"都": "と", "府": "ふ", "県": "けん"}
"""The 道 of 北海道 is part of its name."""
_PIECE = re.compile(r"<[^>]*>|[^<]+")
_PLAIN = frozenset({"title", "ruby", "option", "script", "style"})
"""Elements in which no reading can stand, or has one."""
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_IS_NAME = re.compile(r'class="(?:[^"]* )?name[ "]')


@cache
def readings() -> dict[str, str]:
    """Word -> how it is read."""
    found: dict[str, str] = json.loads(READINGS.read_text(encoding="utf-8"))
    return {**found, **_prefectures()}


def _prefectures() -> dict[str, str]:
    return {
        name: PREFECTURE_READINGS[code] + _SUFFIXES.get(name[-1], "")
        for code, name in PREFECTURES.items()
    }


@cache
def _words(names: bool) -> re.Pattern[str]:  # noqa: FBT001
    """What is looked for; in names prefectures alone, which are no part of any other name."""
    known = _prefectures() if names else readings()
    # The longest first: 投票率 is not 投票 and a rest.
    return re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))


def reading_above(word: str, reading: str) -> Markup:
    """A word with its reading above it; in brackets where nothing can stand above."""
    if not reading:
        return Markup("{}").format(word)
    return Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>").format(word, reading)


def with_furigana(page: str) -> Markup:
    """A page whose hard words have their readings; what stands in attributes is left alone.

    Args:
        page: HTML.
    """
    found: list[str] = []
    within: list[tuple[str, bool]] = []
    for piece in _PIECE.findall(page):
        if (tag := _TAG.match(piece)) is None:
            if not within or within[-1][1]:
                piece = _words(bool(within)).sub(_above, piece)  # noqa: PLW2901 - the same piece
        elif tag[1] and within and within[-1][0] == tag[2]:
            within.pop()
        elif not tag[1] and (tag[2] in _PLAIN or _IS_NAME.search(piece)):
            within.append((tag[2], tag[2] not in _PLAIN))
        found.append(piece)
    return Markup("".join(found))  # noqa: S704 - a page that is escaped already


def _above(word: re.Match[str]) -> str:
    """The reading stands above the characters alone, not above the kana around them."""
    shown, reading = word[0], readings()[word[0]]
    before = _count_same(shown, reading)
    after = _count_same(shown[::-1], reading[::-1])
    middle = reading_above(
        shown[before : len(shown) - after], reading[before : len(reading) - after]
    )
    return f"{shown[:before]}{middle}{shown[len(shown) - after :]}"


def _count_same(one: str, other: str) -> int:
    """With how many of the same letters both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
