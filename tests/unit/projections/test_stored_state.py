"""A stored state: the same bytes, the same documents, and a way of its own from there on."""

from collections.abc import Sequence

import msgspec
import pytest
from typing_extensions import override

from aggregates.base import Event
from projections.documents.render import digest
from projections.election_projection import ElectionProjection
from projections.snapshots import copy_projection
from projections.state.event_history import EventHistory, EventSource
from projections.stored_state import EventName, StateNotStored, read_state, write_state
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.unit.projections.nights import Office, folded
from tests.unit.projections.streams import random_night


class ListedEvents(EventSource):
    """Events of a log that is in memory."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events

    @override
    def events(self, positions: Sequence[int]) -> list[Event]:
        return [self._events[position - 1] for position in positions]


def fold(events: Sequence[Event]) -> ElectionProjection:
    """A state that finds its events again, as that of a server does."""
    night = ElectionProjection(ListedEvents(events))
    night.apply_all(enumerate(events, start=1))
    return night


def restore(data: bytes, events: list[Event]) -> ElectionProjection:
    """Read a state back, with the events that a log would give it."""
    by_name: dict[EventName, Event] = {
        (event.originator_id, event.originator_version): event for event in events
    }
    return read_state(data, lambda names: [by_name[name] for name in names], ListedEvents(events))


@pytest.mark.parametrize("defined", [b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE])
def test_a_stored_state_goes_on_like_the_original(defined: tuple[dict[str, object], ...]) -> None:
    events = random_night(defined, 3).events
    for cut in range(1, len(events), 9):
        night = fold(events[:cut])
        digest(night)  # sums are kept by now, and are no part of what is stored

        data = write_state(night)
        back = restore(data, events)

        assert write_state(back) == data == write_state(copy_projection(night))
        assert digest(back) == digest(night)
        back.apply_all(enumerate(events[cut:], start=cut + 1))
        assert write_state(back) == write_state(fold(events))
        assert digest(back) == digest(fold(events))


def test_what_pages_count_is_the_same_whether_events_are_held_or_found_again() -> None:
    events = random_night(b.HOUSE, 7).events
    held, found = folded(events), fold(events)
    assert digest(held) == digest(found)
    for stream, count in held.counts.items():
        other = found.counts[stream]
        assert count.effort == other.effort
        assert (count.counted, other.counted) == (None, other.effort)
        assert list(count.history) == list(other.history) == list(reversed(count.history))[::-1]
        assert count.history[-1:] == other.history[-1:]


def test_what_the_past_of_a_count_was_is_found_in_the_source() -> None:
    events = random_night(b.HOUSE, 5).events
    night = fold(events)
    back = restore(write_state(night), events)
    for stream, count in night.counts.items():
        assert list(back.counts[stream].history) == list(count.history)
        found, expected = back.counts[stream].turnout.history, count.turnout.history
        assert [*reversed(found)] == [*reversed(expected)] == [*expected][::-1]
    assert back.times[:] == [event.timestamp for event in events]


def test_a_copy_never_writes_into_the_positions_of_its_original() -> None:
    # Given a copy of the same length, and a thread for each that adds an event
    first, second, third = random_night(b.HOUSE, 5).events[:3]
    original = EventHistory(ListedEvents([first, second, third]))
    original.add(1, first)
    copied = original.share()
    # When the copy goes on first
    copied.add(2, second)
    # Then nothing is where the original adds its own
    assert len(original._positions) == 1
    original.add(3, third)
    assert [place for place, _ in copied] == [1, 2]
    assert [place for place, _ in original] == [1, 3]


def test_offices_keys_and_surveys_are_stored() -> None:
    events = Office(
        b.election(), o.register(o.TOKYO, "prefecture", prefecture="13"),
        keys.enrol(o.TOKYO, "tokyo-a"), *b.DISTRICT[1:], b.survey(b.CHIYODA), b.answer(),
    ).events  # fmt: skip
    night = fold(events)
    assert digest(restore(write_state(night), events)) == digest(night)


def test_what_is_not_known_is_not_stored() -> None:
    night = ElectionProjection()
    night.versions = {"national": {1}}  # type: ignore[dict-item]
    with pytest.raises(StateNotStored, match="set"):
        write_state(night)


@pytest.mark.parametrize(
    ("kind", "content"), [("struct os.system", b"{}"), ("set", []), ("ElectionState", [])]
)
def test_what_is_not_known_is_not_read(kind: str, content: object) -> None:
    data = msgspec.msgpack.encode([[], [[kind, content]]])
    with pytest.raises(StateNotStored, match="cannot be read"):
        read_state(data, lambda _: [], ListedEvents([]))
