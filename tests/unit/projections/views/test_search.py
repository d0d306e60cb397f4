"""Names find each other however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.views.search import fold_name


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
    assert fold_name(one) == fold_name(other)


def test_different_names_stay_different() -> None:
    assert fold_name("高橋") != fold_name("高崎")


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)
