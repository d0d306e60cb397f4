from datetime import UTC, datetime

import msgspec
import pytest
import rfc8785
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from aggregates.base import Event, Provenance
from aggregates.counting.count_events import CountReturned
from aggregates.errors import EntryTooLarge
from infra.adapters.event_log.event_codec import (
    STATE_BYTES_MAX,
    EventMapper,
    canonical,
    decode,
    encode,
)
from infra.adapters.event_log.log_errors import EventUnreadable

_INTEGERS = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_KEYS = st.text(st.characters(max_codepoint=0x7F), max_size=12)
_VALUES = st.recursive(
    st.none() | st.booleans() | _INTEGERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=6),
    max_leaves=30,
)


def _returned(reason: str) -> Event:
    return CountReturned(
        originator_id="count/house-district/13-01/13101",
        originator_version=3,
        timestamp=datetime(2024, 10, 27, 13, 0, 0, 5, tzinfo=UTC),
        provenance=Provenance(office="pref-13", submission="returned-1"),
        contest="house-district/13-01",
        unit="13101",
        reason=reason,
    )


@given(_VALUES)
def test_the_encoding_is_the_canonical_form_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(_TEXTS)
def test_an_event_is_stored_canonically_and_read_back_as_it_was(reason: str) -> None:
    event = _returned(reason)
    stored = encode(event)
    assert stored.state == rfc8785.dumps(msgspec.json.decode(stored.state))
    assert decode(stored.topic, stored.state) == event


def test_the_row_says_which_stream_and_topic_it_is_of() -> None:
    stored = encode(_returned("読み違い"))
    assert stored.topic == "count.returned"
    assert stored.originator_id == "count/house-district/13-01/13101"
    assert stored.originator_version == 3
    assert b'"recorded_at":"2024-10-27T13:00:00.000005Z"' in stored.state


def test_the_librarys_mapper_interface_reads_and_writes_the_same() -> None:
    mapper = EventMapper()
    event = _returned("読み違い")
    assert mapper.to_stored_event(event) == encode(event)
    assert mapper.to_domain_event(encode(event)) == event


def test_the_largest_state_that_fits_is_stored_and_one_byte_more_is_refused() -> None:
    room = STATE_BYTES_MAX - len(encode(_returned("")).state)
    assert len(encode(_returned("x" * room)).state) == STATE_BYTES_MAX
    with pytest.raises(EntryTooLarge) as refused:
        encode(_returned("x" * (room + 1)))
    assert refused.value.facts == {"size": STATE_BYTES_MAX + 1, "limit": STATE_BYTES_MAX}


def test_an_unknown_topic_is_named() -> None:
    with pytest.raises(EventUnreadable, match=r"count\.forgotten"):
        decode("count.forgotten", b"{}")


@pytest.mark.parametrize("state", [b"", b"{}", b"[]", b"\xff", b'{"stream":1}'])
def test_a_state_that_is_not_of_its_topic_is_named(state: bytes) -> None:
    with pytest.raises(EventUnreadable, match=r"count\.returned"):
        decode("count.returned", state)


def test_a_mapper_never_reads_a_state_as_another_topic() -> None:
    with pytest.raises(EventUnreadable):
        EventMapper().to_domain_event(
            StoredEvent("count/x", 1, "election.defined", encode(_returned("x")).state)
        )
