"""How names are compared: one table of cases for three strengths."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.reference.name_folding import (
    clean_name,
    fold_shape,
    fold_similar,
    fold_width,
    visible_text,
)

STRENGTHS: tuple[Callable[[str], str], ...] = (fold_width, fold_shape, fold_similar)
NAMES = ("width", "shape", "similar", "never")

CASES: list[tuple[str, str, str]] = json.loads(
    (Path(__file__).parents[2] / "golden/name_cases.json").read_text(encoding="utf-8")
)
"""One way of writing, another, and the first strength at which they are the same name. The scripts
of pages are held to the same table: `tests/javascript/name_folding.test.js`."""


@pytest.mark.parametrize(("one", "other", "strength"), CASES)
def test_two_ways_of_writing_are_one_name_from_a_strength_on(
    one: str, other: str, strength: str
) -> None:
    assert [fold(one) == fold(other) for fold in STRENGTHS] == [
        number >= NAMES.index(strength) for number in range(len(STRENGTHS))
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
