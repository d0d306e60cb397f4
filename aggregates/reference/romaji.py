"""Kana as Latin letters, and Latin letters in one spelling: for searching as people type.

Hepburn, Kunrei and what keyboards take are one spelling here: `shi` and `si`, `tsu` and `tu`. Long
vowels are short: Ōsaka, Oosaka and Ohsaka are Osaka.
"""

import re
import unicodedata
from typing import Final

_ROWS: Final = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_LETTERS: Final[dict[str, str]] = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n",
     "ゔ": "bu", "ー": "", "ぢ": "zi", "づ": "zu"}  # fmt: skip
_SMALL_Y: Final = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_SMALL_VOWELS: Final = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_SOKUON: Final = "っ"
_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_SPELLINGS: Final = (
    ("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("ji", "zi"), ("di", "zi"),
    ("du", "zu"), ("sh", "sy"), ("ch", "ty"), ("jy", "zy"), ("j", "zy"), ("v", "b"),
)  # fmt: skip
_LONG: Final = re.compile(r"(o)(?:u|o|h(?![aiueoy]))+|(u)u+|(a)a+|(e)e+|(i)i+")
_DOUBLE: Final = re.compile(r"([bcdfghjklmpqrstvwxyz])\1+")
_LABIAL_N: Final = re.compile(r"m(?=[bpm])")


def kana_to_romaji(kana: str) -> str:
    """A reading in the one spelling of Latin letters; what is no kana stays as it is."""
    letters: list[str] = []
    for character in kana.translate(_KATAKANA_TO_HIRAGANA):
        last = letters[-1] if letters else ""
        if character in _SMALL_Y and last.endswith("i"):
            letters[-1] = last[:-1] + _SMALL_Y[character]
        elif character in _SMALL_VOWELS and last:
            letters[-1] = last[:-1] + _SMALL_VOWELS[character]
        elif character != _SOKUON:
            letters.append(_LETTERS.get(character, _SMALL_Y.get(character, character)))
    return fold_romaji("".join(letters))


def fold_romaji(text: str) -> str:
    """Latin letters in one spelling, without blanks, marks and long vowels."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))
    for spelled, kept in _SPELLINGS:
        letters = letters.replace(spelled, kept)
    letters = _LABIAL_N.sub("n", _DOUBLE.sub(r"\1", letters))
    return _LONG.sub(lambda found: next(filter(None, found.groups())), letters)


def is_romaji(text: str) -> bool:
    """Whether a text is Latin letters, with figures and marks between them at most."""
    return (text.isascii() and any(c.isalpha() for c in text)) or _has_macron(text)


def _has_macron(text: str) -> bool:
    plain = unicodedata.normalize("NFKD", text)
    return plain != text and all(c.isascii() or unicodedata.combining(c) for c in plain)
