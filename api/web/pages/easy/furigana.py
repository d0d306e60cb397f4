"""Readings above the hard words of a page (振り仮名), for whoever has not learnt their characters.

What our own sentences say is in `readings.json`. Names have no reading there: persons bring theirs
with their candidacy, of places and parties it is not known.
"""

import json
import re
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Final

from markupsafe import Markup

READINGS: Final = Path(__file__).with_name("readings.json")
_PIECE = re.compile(r"<[^>]*>|[^<]+")
_PLAIN = frozenset({"title", "ruby", "option", "script", "style"})
"""Elements in which no reading can stand, or has one."""
_NAME = re.compile(r"""<(/?)([a-z0-9]+)""")


@cache
def readings() -> dict[str, str]:
    """Word -> how it is read."""
    found: dict[str, str] = json.loads(READINGS.read_text(encoding="utf-8"))
    return found


@cache
def _words() -> re.Pattern[str]:
    # The longest first: 投票率 is not 投票 and a rest.
    return re.compile("|".join(map(re.escape, sorted(readings(), key=len, reverse=True))))


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
    within: list[str] = []
    for piece in _PIECE.findall(page):
        if (tag := _NAME.match(piece)) is not None:
            if tag[2] in _PLAIN:
                within = within[:-1] if tag[1] else [*within, tag[2]]
            found.append(piece)
        else:
            found.append(piece if within else _words().sub(_above, piece))
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
