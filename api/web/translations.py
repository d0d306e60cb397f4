"""Two languages: Japanese is what templates are written in, English is looked up beside it."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

from aggregates.election.geography import PREFECTURES

Language = Literal["ja", "en"]

_CATALOGUE = Path(__file__).parent / "english.json"

_ROMAJI = (
    "Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba "
    "Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga "
    "Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa "
    "Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa"
)


@cache
def english() -> dict[str, str]:
    """Japanese sentence -> English sentence."""
    found: dict[str, str] = json.loads(_CATALOGUE.read_text(encoding="utf-8"))
    return found


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
