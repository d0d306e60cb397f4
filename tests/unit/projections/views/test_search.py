"""Names find each other however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.views.search import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙﨑", "高崎"),
        ("𠮷田", "吉田"),
        ("渡邊", "渡邉"),
        ("タカハシ", "たかはし"),
        ("ﾀｶﾊｼ", "たかはし"),
        ("ガ", "か\u3099"),
        ("高橋　健一", "高橋 健一"),
        ("ＡＢＣ１２", "abc12"),
    ],
)
def test_two_written_forms_of_one_name_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_different_names_stay_different() -> None:
    assert folded("高橋") != folded("高崎")


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
