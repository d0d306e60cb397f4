"""Search as people speak: districts by their short names, readings, Latin letters."""

import pytest

from aggregates.reference.romaji import fold_romaji, kana_to_romaji
from projections.views.searching.search import search
from tests import builders as b
from tests.unit.projections.nights import Office


def first(query: str) -> str:
    """What the first hit leads to."""
    office = Office(
        *b.REGISTER,
        b.contest("house-district/13-01", name="東京都第１区"),
        b.contest("house-district/13-11", name="東京都第１１区"),
        b.candidates(
            "house-district/13-01", "taro", name="髙橋 鶴太郎", kana="たかはし つるたろう"
        ),
    )
    found, _ = search(office.night, query, 5)
    return found[0].address if found else ""


@pytest.mark.parametrize(
    "query",
    [
        "東京1区",
        "東京都第1区",
        "東京 １区",
        "東京第一区",
        "とうきょう1く",
        "tokyo 1",
        "Tōkyō 1-ku",
        "toukyou1",
    ],
)
def test_a_district_is_found_as_people_say_it(query: str) -> None:
    assert first(query) == "/contests/house-district/13-01"


@pytest.mark.parametrize("query", ["東京十一区", "東京11区", "tokyo11"])
def test_numbers_are_whole(query: str) -> None:
    assert first(query) == "/contests/house-district/13-11"


@pytest.mark.parametrize(
    "query", ["高橋", "髙橋鶴太郎", "タカハシ", "takahashi", "Takahasi Turutarou", "tsurutaro"]
)
def test_a_person_is_found_by_variants_reading_and_latin_letters(query: str) -> None:
    assert first(query) == "/candidates/house-district/13-01/taro"


@pytest.mark.parametrize("query", ["tokyo", "とうきょう", "東京", "東京都"])
def test_a_prefecture_comes_first_by_its_own_name(query: str) -> None:
    assert first(query) == "/prefectures/13"


def test_who_stands_later_is_found_as_well() -> None:
    office = Office(*b.REGISTER, b.contest(b.DISTRICT_1))
    assert search(office.night, "hanako", 5) == ([], 0)

    office.post(b.candidates(b.DISTRICT_1, "hanako", kana="はなこ"))

    assert search(office.night, "hanako", 5)[1] == 1


@pytest.mark.parametrize(
    ("kana", "typed"),
    [
        ("しんいち", "Shin'ichi"), ("ちょうじゃ", "chouja"), ("ゆうき", "Yuki"), ("おおの", "Ohno"),
        ("はっとり", "Hattori"), ("さんぺい", "Sampei"), ("つじ", "tuzi"), ("ジュン", "jun"),
    ],
)  # fmt: skip
def test_spellings_of_a_reading_are_one(kana: str, typed: str) -> None:
    assert kana_to_romaji(kana) == fold_romaji(typed)
