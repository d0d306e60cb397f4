"""How names are compared: three strengths, each forgiving more than the one before.

`fold_width`: the same characters, typed otherwise. Overlooked are width, spacing, kana whose mark
    stands apart, and ヶ for ケ (鎌ヶ谷市 and 鎌ケ谷市 are one city). The form of an ideograph is
    not: 髙 and 高 may be two persons on one ballot. For deciding whom a table means.
`fold_shape`: also what Unicode itself calls one character (神 in two code points) and the form
    that a variation selector chooses. For naming who looks alike, so that people decide.
`fold_similar`: also forms that registers keep apart (髙 and 高), hiragana and katakana, small kana,
    case, dots between names, characters of private use. For searching.

The table of cases is in `tests/unit/aggregates/test_name_folding.py`. Folding again changes
nothing, and names that are equal at one strength are equal at every later one.
`api/web/static/shared/name_folding.js` does the same in the browser.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_WIDTHS: Final = re.compile(
    "[\u0020-\u007e\u00a0\u3000\u3041-\u309c\u30a1-\u30fe\u3099\u309a\uff01-\uffee]+"
)
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180f]")
_SMALL_KE: Final = str.maketrans("ヶヵ", "ケカ")
_VARIANTS: Final = str.maketrans(
    "髙﨑𠮷濵濱渡邉邊齋齊齎德栁瀨嶋嶌槗澤廣國櫻惠邨冨舘淸眞藏",
    "高崎吉浜浜渡辺辺斎斉斎徳柳瀬島島橋沢広国桜恵村富館清真蔵",
)
_SMALL_KANA: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_KATAKANA_FIRST, _KATAKANA_LAST = 0x30A1, 0x30F6
_TO_HIRAGANA: Final = 0x60
_BETWEEN_NAMES: Final = "・･,、"
_PRIVATE_USE: Final = "Co"
_UNSEEN: Final = {"Cc", "Cf"}


def visible_text(text: str) -> str:
    """A text without characters that nobody sees: zero-width ones, byte-order marks, directions.

    Variation selectors stay: they choose the form of a character, which people do see.
    """
    return _INVISIBLE.sub("", text).strip()


def clean_name(name: str) -> str:
    """A name as it can be shown: NFKC, without blanks, invisible characters and selectors."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if _shows(c))


def fold_width(name: str) -> str:
    """A name without width and spacing, ヶ as ケ; every ideograph stays as it is."""
    return _fold_repeatedly(_without_width, name)


def fold_shape(name: str) -> str:
    """A name without width, spacing and forms of one character: only to say who looks alike."""
    return _fold_repeatedly(lambda text: fold_width(clean_name(text)), name)


@lru_cache(maxsize=32_768)
def fold_similar(name: str) -> str:
    """A name in the one form in which names are searched for.

    Kept for the names of an election: a search compares all of them.
    """
    return _fold_repeatedly(_without_variants, fold_shape(name))


def _without_width(text: str) -> str:
    folded = _WIDTHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), visible_text(text))
    return "".join(c for c in folded if not c.isspace()).translate(_SMALL_KE)


def _without_variants(text: str) -> str:
    plain = fold_shape(text.casefold().translate(_VARIANTS))
    kana = "".join(
        chr(ord(c) - _TO_HIRAGANA) if _KATAKANA_FIRST <= ord(c) <= _KATAKANA_LAST else c
        for c in plain
    )
    return "".join(
        c
        for c in kana.translate(_SMALL_KANA)
        if c not in _BETWEEN_NAMES and unicodedata.category(c) != _PRIVATE_USE
    )


def _shows(character: str) -> bool:
    if character.isspace() or unicodedata.category(character) in _UNSEEN:
        return False
    return _SELECTORS.fullmatch(character) is None


def _fold_repeatedly(fold: Callable[[str], str], text: str) -> str:
    """Fold until nothing changes: a mark whose blank was taken away joins the letter before it."""
    while (folded := fold(text)) != text:
        text = folded
    return text
