"""Two languages: templates and scripts are written in Japanese, English is looked up beside it.

There is one catalogue, `english.json`, in three parts: what templates say (`pages`), what scripts
of offices say (`offices`), and what both say (`everywhere`). A sentence stands in one of them.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

from aggregates.election.geography import PREFECTURES

Language = Literal["ja", "en"]

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
