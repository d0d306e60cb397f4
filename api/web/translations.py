"""Two languages: templates and scripts are written in Japanese, English is looked up beside it.

There is one catalogue, `english.json`, in three parts: what templates say (`pages`), what scripts
of offices say (`offices`), and what both say (`everywhere`). A sentence stands in one of them.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

from aggregates.election.geography import PREFECTURES

Language = Literal["ja", "en"]

EASY = "/easy"
"""Where pages in plain Japanese (やさしい日本語) stand: those that are read most."""
_PREFIXES = ("/en", EASY)
_EASY_FORMS = re.compile(r"/(races|turnout|contests/[^/]+/[^/]+|districts/[^/]+)?")

CATALOGUE = Path(__file__).parent / "english.json"

_ROMAJI = (
    "Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba "
    "Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga "
    "Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa "
    "Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa"
)


@cache
def english() -> dict[str, str]:
    """Japanese sentence -> English sentence, of templates."""
    return _sentences("pages")


@cache
def script_english() -> dict[str, str]:
    """Japanese sentence -> English sentence, of scripts of offices."""
    return _sentences("offices")


def _sentences(part: Literal["pages", "offices"]) -> dict[str, str]:
    parts: dict[str, dict[str, str]] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return {**parts["everywhere"], **parts[part]}


def translator(language: Language) -> Callable[..., str]:
    """The function `t` of a template: a sentence in the reader's language, with its figures."""

    def t(sentence: str, **figures: object) -> str:
        chosen = english().get(sentence, sentence) if language == "en" else sentence
        return chosen.format(**figures) if figures else chosen

    return t


@cache
def prefecture_names(language: Language) -> dict[str, str]:
    """Prefecture code -> name."""
    if language == "ja":
        return PREFECTURES
    return dict(zip(PREFECTURES, _ROMAJI.split(), strict=True))


def split_prefix(path: str) -> tuple[str, str]:
    """The language of an address as it begins, empty for Japanese, and the rest of the address."""
    for prefix in _PREFIXES:
        if path == prefix or path.startswith(f"{prefix}/"):
            return prefix, path.removeprefix(prefix)
    return "", path


def has_easy_form(path: str) -> bool:
    """Whether a page is there in plain Japanese as well."""
    return _EASY_FORMS.fullmatch(path) is not None


def easy_address(path: str) -> str:
    """A page in plain Japanese; the front page where there is none."""
    return f"{EASY}{path if has_easy_form(path) else '/'}"
