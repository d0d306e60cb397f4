"""The same person in two tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.official.tables.name_variants import (
    Alias,
    HasName,
    NamesAmbiguous,
    match,
    readable,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("小林　さとる", "小林さとる"),
        ("大塚拓", "大塚\U000e0106拓"),
        ("辻\ufe00清人", "辻清人"),
        ("三ッ林ひろみ", "三ツ林ひろみ"),
        ("ＡＢ太郎", "AB太郎"),
        ("山\ue006口一", "山\ue123口一"),
    ],
)
def test_spelling_that_does_not_tell_people_apart(left: str, right: str) -> None:
    # given another person, so that elimination could not have found them
    matches = match([HasName(left), HasName("別人")], [HasName("別人"), HasName(right)], "表")

    assert matches.right_of == {0: 1, 1: 0}
    assert matches.aliases == ()


def test_the_registered_name_is_a_name_too() -> None:
    left = [HasName("下野幸助"), HasName("別人")]
    right = [HasName("別人"), HasName("しもの幸助", registered="下野幸助")]

    assert match(left, right, "表").right_of == {0: 1, 1: 0}


def test_exactly_one_left_on_both_sides_is_one_person() -> None:
    left = [HasName("別人"), HasName("たはなし泰文")]
    right = [HasName("たなはし泰文"), HasName("別人")]

    matches = match(left, right, "東海")

    assert matches.right_of == {0: 1, 1: 0}
    assert matches.aliases == (Alias("東海", "たはなし泰文", "たなはし泰文"),)


def test_a_party_tells_apart_whom_their_names_do_not() -> None:
    left = [HasName("\ue060清人", party="甲党"), HasName("木\ue006小百合", party="乙党")]
    right = [HasName("木𠮷小百合", party="乙党"), HasName("辻清人", party="甲党")]

    assert match(left, right, "表").right_of == {0: 1, 1: 0}


def test_whom_nothing_tells_apart_are_named() -> None:
    left = [HasName("\ue060田一"), HasName("\ue061田一")]
    right = [HasName("辻田一"), HasName("樋田一")]

    with pytest.raises(NamesAmbiguous) as refused:
        match(left, right, "重複立候補（近畿・甲党）")

    for said in ("重複立候補（近畿・甲党）", *(each.name for each in (*left, *right))):
        assert said in str(refused.value)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([HasName("甲")], []),
        ([], [HasName("甲")]),
        ([HasName("甲"), HasName("乙")], [HasName("丙")]),
        ([HasName("甲", party="甲党")], [HasName("乙", party="乙党")]),
        ([HasName("甲"), HasName("甲")], [HasName("甲"), HasName("甲")]),
    ],
)
def test_nobody_is_left_over(left: list[HasName], right: list[HasName]) -> None:
    with pytest.raises(NamesAmbiguous):
        match(left, right, "表")


@given(
    st.permutations([HasName(name) for name in ("甲一", "乙　二", "三ッ丙", "丁\ue000四", "戊")])
)
def test_the_order_of_the_tables_never_matters(left: list[HasName]) -> None:
    right = [HasName(name) for name in ("丁\ue001四", "三ツ丙", "甲一", "己", "乙二")]

    found = match(left, right, "表").right_of

    assert {left[a].name: right[b].name for a, b in found.items()} == {
        "甲一": "甲一",
        "乙　二": "乙二",
        "三ッ丙": "三ツ丙",
        "丁\ue000四": "丁\ue001四",
        "戊": "己",
    }


def test_a_name_that_fonts_can_show_is_preferred() -> None:
    assert readable("\ue060清人", "辻清人") == "辻清人"
    assert readable("辻清人", "つじ清人") == "辻清人"
    assert readable("\ue060清人") == "\ue060清人"
