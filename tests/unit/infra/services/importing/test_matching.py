"""Names: width and blanks are overlooked, forms of characters never."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aggregates.reference.name_folding import fold_width
from infra.services.importing.name_matching import KnownNames, Names, NotFound

SHRINE, OLD_SHRINE = "\u795e", "\ufa19"
"""One character in two code points, which every normal form of Unicode makes one."""
KANJI = f"高髙崎﨑辺邊邉葛斎齋斉浜濱{SHRINE}{OLD_SHRINE}"
VARIANT = "葛\U000e0100城"


def names(*known: str) -> Names[str]:
    return Names("候補者", [KnownNames(f"c-{n}", (name,), name) for n, name in enumerate(known)])


@pytest.mark.parametrize(
    ("registered", "written"),
    [
        ("開票　太郎", "開票太郎"),
        ("開票　太郎", "開票 太郎"),
        ("ＡＢＣ党", "ABC党"),
        ("ガンバ", "ｶﾞﾝﾊﾞ"),
        ("鎌ケ谷市", "鎌ヶ谷市"),
        ("茅ヶ崎市", "茅ケ崎市"),
        ("がんば", unicodedata.normalize("NFD", "がんば")),
    ],
)
def test_width_and_blanks_are_overlooked(registered: str, written: str) -> None:
    assert names(registered).find(written) == registered


@pytest.mark.parametrize(
    ("registered", "written"),
    [("髙橋", "高橋"), (f"{SHRINE}田", f"{OLD_SHRINE}田"), (VARIANT, "葛城"), ("葛城", VARIANT)],
)
def test_another_form_of_a_character_is_another_name(registered: str, written: str) -> None:
    with pytest.raises(NotFound) as caught:
        names(registered).find(written)

    # Where only the form differs, the other one is named for people.
    assert f"字体だけが違う「{registered}」" in str(caught.value)


def test_a_name_that_only_begins_alike_is_named() -> None:
    with pytest.raises(NotFound, match="「鎌ケ谷市」（c-0）のことなら"):
        names("鎌ケ谷市", "船橋市").find("鎌ヶ谷")
    with pytest.raises(NotFound, match="コードか名称を確かめて"):
        names("鎌ケ谷市", "船橋市").find("鎌")


def test_the_exact_form_wins_over_what_looks_alike() -> None:
    both = names(f"{SHRINE}田", f"{OLD_SHRINE}田")

    assert both.find("神田") == "神田"
    assert both.find("神田") == "神田"


def test_two_of_the_same_name_need_a_code() -> None:
    both = names("佐藤　一郎", "佐藤 一郎")

    assert both.find("佐藤　一郎") == "佐藤　一郎"
    with pytest.raises(NotFound, match="c-0、c-1"):
        both.find("佐藤一郎")
    assert both.find("ｃ－１") == "佐藤 一郎"


@given(st.lists(st.text(KANJI, min_size=1, max_size=4), min_size=1, max_size=6, unique=True))
def test_everybody_is_found_by_the_own_name_and_nobody_by_anothers(known: list[str]) -> None:
    found = names(*known)

    assert [found.find(name) for name in known] == known
    assert [found.find(f" {'　'.join(name)} ") for name in known] == known


@given(
    st.lists(st.text(KANJI, min_size=1, max_size=4), min_size=1, max_size=6, unique=True),
    st.text(KANJI, min_size=1, max_size=4),
)
def test_a_name_that_nobody_has_finds_nobody(known: list[str], other: str) -> None:
    assume(fold_width(other) not in {fold_width(name) for name in known})

    with pytest.raises(NotFound):
        names(*known).find(other)
