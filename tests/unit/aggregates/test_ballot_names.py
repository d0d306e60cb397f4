"""Names on one ballot can be read and told apart, whatever they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.ballot_names import look_alike, name_fault
from aggregates.errors import NamesAlike, NameUnreadable
from aggregates.rules import FIRST_RULES
from tests import builders as b
from tests.support.gwt import Log

UNSEEN = [
    "甲\u200b野", "\ufeff甲野", "甲\u00ad野", "甲\u200d野", "\u202e甲野", "甲\u2066野", "甲\x85野",
    "甲野 ", "　甲野", "甲\u00a0野", "甲\u2003野", "甲\u2028野",
]  # fmt: skip
ALIKE = [
    ("甲野　太郎", "甲野 太郎"),
    ("甲野　太郎", "甲野太郎"),
    ("がま", "か\u3099ま"),
    ("ＡＢＣ党", "ABC党"),
    ("ガマ", "ｶﾞﾏ"),
]


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_with_something_unseen_is_named(name: str) -> None:
    assert name_fault(name)


@pytest.mark.parametrize(
    "name", ["甲野　太郎", "甲野 太郎", "髙﨑", "葛\U000e0100城", "Ａ", "ジョン・スミス"]
)
def test_a_usual_name_is_taken(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_spellings_of_one_name_are_named(one: str, other: str) -> None:
    assert look_alike({"a": one, "b": "乙", "c": other}) == ("a", "c")


def test_different_names_and_equal_names_are_no_fault() -> None:
    # Two persons of one name do stand: their offices tell them apart.
    assert look_alike({"a": "高橋", "b": "髙橋", "c": "高橋", "d": "神田", "e": "\ufa19田"}) is None


@given(name=st.text(min_size=1, max_size=12))
def test_a_name_is_like_itself(name: str) -> None:
    assert look_alike({"a": name, "b": name}) is None


REGISTER = (*b.REGISTER, b.contest(b.DISTRICT_1))
BLOCK = (*b.REGISTER, b.contest(b.BLOCK, seats=3, block="tokyo"))
REVIEW = (*b.REGISTER, b.contest(b.JUSTICES, seats=0))


def test_members_of_lists_and_justices_are_on_the_ballot_as_well() -> None:
    named = [b.member("ao-1", 1, name="甲野"), b.member("ao-2", 2, name="甲 野")]
    Log().given(*BLOCK).refuses(NamesAlike, b.party_list(b.BLOCK, "ao", *named))
    justices = b.justices(b.JUSTICES, "j1")
    unseen = {**justices, "justices": [{"id": "j1", "name": "乙\u200b川"}]}
    Log().given(*REVIEW).refuses(NameUnreadable, unseen)


def test_under_the_first_rules_names_are_as_they_were() -> None:
    log = Log(rules=FIRST_RULES).given(*REGISTER)
    assert log.post(b.candidates(b.DISTRICT_1, "c", name="甲野\u200b太郎"))
