"""In which forms people look for a place, a contest or a person: 東京1区, readings, romaji."""

import re
from collections.abc import Iterator
from typing import Final

from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.geography import PREFECTURES
from aggregates.reference.name_folding import fold_similar
from aggregates.reference.prefecture_readings import PREFECTURE_READINGS
from aggregates.reference.romaji import fold_romaji, is_romaji, kana_to_romaji
from aggregates.rule_package.kind_rule import KindRule

_HOKKAIDO: Final = "01"
_NUMBER: Final = re.compile(r"\d+(?=区)")
_KANJI_NUMBER: Final = re.compile(r"第?([一二三四五六七八九十]+)区")
_NUMBERED: Final = re.compile(r"第(\d+)区")
_ROMAJI_DISTRICT: Final = re.compile(r"(?<=[a-z])(\d+)ku$")
_DIGITS: Final = {kanji: n for n, kanji in enumerate("一二三四五六七八九", start=1)}
_TEN: Final = "十"


def query_forms(text: str) -> list[str]:
    """What somebody typed, as it is compared; Latin letters also as a reading."""
    found = [_plain_district(fold_similar(text))]
    if is_romaji(text.strip()):
        found.append(_ROMAJI_DISTRICT.sub(r"\1", fold_romaji(text)))
    return [each for each in dict.fromkeys(found) if each]


def name_forms(name: str) -> Iterator[str]:
    """A name as it is compared."""
    yield _plain_district(fold_similar(name))


def reading_forms(kana: str) -> Iterator[str]:
    """A reading in kana and in Latin letters."""
    if kana:
        yield fold_similar(kana)
        yield kana_to_romaji(kana)


def prefecture_forms(code: str) -> Iterator[str]:
    """A prefecture by name, short name, reading, and in Latin letters."""
    yield from name_forms(PREFECTURES[code])
    yield from name_forms(short_prefecture(code))
    yield from reading_forms(PREFECTURE_READINGS[code])


def contest_forms(facts: ContestFacts, rule: KindRule) -> Iterator[str]:
    """A contest by its name; a district also as people say it, or by its whole prefectures."""
    yield from name_forms(facts.name)
    code = facts.prefectures[0] if len(facts.prefectures) == 1 else ""
    if code and (found := _NUMBER.search(fold_similar(facts.name))):
        number = str(int(found[0]))
        yield fold_similar(f"{short_prefecture(code)}{number}区")
        yield fold_similar(f"{PREFECTURE_READINGS[code]}{number}く")
        yield fold_similar(f"{PREFECTURE_READINGS[code]}{number}区")
        yield f"{kana_to_romaji(PREFECTURE_READINGS[code])}{number}"
    of_prefectures = rule.ballot == "persons" and rule.joins_terms
    for each in facts.prefectures if of_prefectures else ():
        yield from prefecture_forms(each)


def short_prefecture(code: str) -> str:
    """東京 for 東京都; 北海道 stays whole."""
    name = PREFECTURES[code]
    return name if code == _HOKKAIDO else name[:-1]


def _plain_district(folded: str) -> str:
    """第1区 and 一区 as 1区."""
    with_digits = _KANJI_NUMBER.sub(lambda found: f"{_kanji_value(found[1])}区", folded)
    return _NUMBERED.sub(lambda found: f"{int(found[1])}区", with_digits)


def _kanji_value(kanji: str) -> int:
    """三十二 → 32."""
    tens, ten, ones = kanji.rpartition(_TEN)
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
