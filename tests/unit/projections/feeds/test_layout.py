"""Addresses: one spelling each, and the cache rule that goes with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.feeds import layout
from projections.feeds.layout import FORMATS, Address, NoSuchAddress

DOCUMENTS = (
    "national",
    "prefectures/13",
    "contests/house-district/13-01",
    "districts/01102.1",
    "corrections",
)


@given(
    st.sampled_from(DOCUMENTS),
    st.sampled_from(FORMATS),
    st.none() | st.integers(min_value=1, max_value=2**53),
)
def test_an_address_reads_back_as_it_was_written(
    document: str, form: layout.Format, position: int | None
) -> None:
    address = Address(document, form, position)
    if form.has(document):
        assert Address.parse(str(address)) == address
    else:
        with pytest.raises(NoSuchAddress):
            Address.parse(str(address))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "national",
        ".json",
        "national@.json",
        "national@0.json",
        "national@01.json",
        "national@-1.json",
        "national@１.json",
        "national@1e3.json",
        "national@1@2.json",
        "districts/13101.nist.xml",
        "national.atom",
        "national.html",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NoSuchAddress):
        Address.parse(text)


def test_a_version_may_be_kept_for_ever_and_the_latest_for_two_seconds() -> None:
    assert Address.parse("national@5.json").cache == "public, max-age=31536000, immutable"
    assert Address.parse("national.json").cache == "public, max-age=2"


def test_every_coding_of_a_version_has_a_tag_of_its_own() -> None:
    assert len({layout.entity_tag(5, coding) for coding in ("", "br", "gzip")}) == 3


def test_districts_have_a_pointer_of_their_own() -> None:
    assert layout.head_address("districts/13101") == "districts-head.json"
    assert layout.head_address("national") == "head.json"
    assert layout.head_address("contest-units/justices/national/13") == "parts-head.json"
