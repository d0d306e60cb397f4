"""How names are compared: one table of cases for three strengths."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.name_folding import (
    clean_name,
    fold_shape,
    fold_similar,
    fold_width,
    visible_text,
)

STRENGTHS: tuple[Callable[[str], str], ...] = (fold_width, fold_shape, fold_similar)
WIDTH, SHAPE, SIMILAR, NEVER = 0, 1, 2, 3

CASES = (
    # one way of writing, another, and the first strength at which they are the same name
    ("鎌ケ谷市", "鎌ヶ谷市", WIDTH),
    ("茅ヶ崎市", "茅ケ崎市", WIDTH),
    ("開票　太郎", "開票 太郎", WIDTH),
    ("開票　太郎", "開票太郎", WIDTH),
    ("ＡＢＣ１２党", "ABC12党", WIDTH),
    ("ガンバ", "ｶﾞﾝﾊﾞ", WIDTH),
    ("が", "か\u3099", WIDTH),
    ("が", "か ゛", WIDTH),
    ("高\u200b橋", "高橋", WIDTH),
    ("\u795e田", "\ufa19田", SHAPE),
    ("葛\U000e0100城", "葛城", SHAPE),
    ("辻\ufe00清人", "辻清人", SHAPE),
    ("髙﨑", "高崎", SIMILAR),
    ("𠮷田", "吉田", SIMILAR),
    ("渡邊", "渡邉", SIMILAR),
    ("赤澤", "赤沢", SIMILAR),
    ("タカハシ", "たかはし", SIMILAR),
    ("ﾀｶﾊｼ", "たかはし", SIMILAR),
    ("三ッ林", "三ツ林", SIMILAR),
    ("三つ林", "三ッ林", SIMILAR),
    ("ABC", "abc", SIMILAR),
    ("ジョン・スミス", "ジョンスミス", SIMILAR),
    ("山\ue006口一", "山\ue123口一", SIMILAR),
    ("高橋", "高崎", NEVER),
    ("鎌ケ谷市", "鎌谷市", NEVER),
    ("府中市", "府中町", NEVER),
    ("第1区", "第11区", NEVER),
)


@pytest.mark.parametrize(("one", "other", "strength"), CASES)
def test_two_ways_of_writing_are_one_name_from_a_strength_on(
    one: str, other: str, strength: int
) -> None:
    assert [fold(one) == fold(other) for fold in STRENGTHS] == [
        number >= strength for number in range(len(STRENGTHS))
    ]


@pytest.mark.parametrize("fold", STRENGTHS)
@given(text=st.text(max_size=30))
def test_folding_again_changes_nothing(fold: Callable[[str], str], text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_a_later_strength_forgives_what_an_earlier_one_does(text: str) -> None:
    assert fold_shape(fold_width(text)) == fold_shape(text)
    assert fold_similar(fold_shape(text)) == fold_similar(text)


def test_a_name_is_shown_without_what_does_not_show() -> None:
    assert clean_name("大塚\U000e0106　ﾋﾛｼ\u200b") == "大塚ヒロシ"
    assert clean_name("鎌ヶ谷") == "鎌ヶ谷"
    assert visible_text(" 葛\U000e0100\ufeff城 ") == "葛\U000e0100城"
