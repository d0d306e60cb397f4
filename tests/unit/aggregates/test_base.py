"""Events and aggregates: permanent names, canonical bytes, and replay."""

import json
import re

import pytest

from aggregates.base import FirstEvent, event_types
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import ELECTION_STREAM, contest_stream
from aggregates.rules import FIRST_RULES
from tests import builders as b
from tests.builders.later_rules import LATER_NIGHTS
from tests.support import offices as o
from tests.support.gwt import Log

EVERY_KIND_OF_EVENT = (
    *b.DISTRICT[:-1],
    b.contest(b.BLOCK, seats=1, block="tokyo"),
    b.party_list(b.BLOCK, "ao", b.member("ao-1", 1), party="ao"),
    b.contest(b.JUSTICES, seats=0),
    b.justices(b.JUSTICES, "j1"),
    b.OPEN,
    b.PAUSE,
    b.RESUME,
    b.NOTE,
    b.turnout(b.figures((9, 9), (1, 1)), final=False),
    b.turnout(b.figures((9, 9), (3, 3)), as_of=b.AT_23),
    b.turnout_correction(b.figures((9, 9), (2, 4)), supersedes=3, as_of=b.AT_01),
    b.tally(b.sheet({b.A: 1, b.B: 1}), final=False),
    b.tally(b.sheet({b.A: 2, b.B: 2})),
    b.give_back(),
    b.correction(b.sheet({b.A: 3, b.B: 2}), supersedes=3),
    b.confirm(),
    b.tally(b.sheet({b.A: 2, b.B: 3}), unit_code=b.CHUO),
    b.lot(b.DISTRICT_1, b.A, b.B),
    b.declare(b.DISTRICT_1, b.A),
    b.correction(b.sheet({b.A: 2, b.B: 4}), unit_code=b.CHUO),
    b.declare(b.DISTRICT_1, b.B, reason="訂正のため"),
    b.withdraw(b.DISTRICT_1, b.A, day=b.EVE),
    b.particulars(b.DISTRICT_1, {"option": b.B, "sex": "female"}),
    b.PREVIOUS,
    b.survey(b.CHIYODA),
    b.remind(b.CHIYODA),
    b.answer(),
    b.return_answer(),
)


@pytest.fixture
def log() -> Log:
    return b.log_of(*EVERY_KIND_OF_EVENT)


def test_every_event_there_is_was_recorded_and_read_back(log: Log) -> None:
    offices = o.course_of_keys()
    later = [b.log_of(*night, rules=FIRST_RULES) for night in LATER_NIGHTS]
    entries = [e for each in (log, offices, *later) for e in each.store.entries]

    assert {entry.topic for entry in entries} == set(event_types())
    for entry in entries:
        assert type(entry.event()) is event_types()[entry.topic]


def test_topics_name_the_aggregate_and_what_happened() -> None:
    for topic, event_type in event_types().items():
        assert re.fullmatch(
            r"(election|contest|count|turnout|declaration|office|key|survey|answer)\.[a-z-]+", topic
        )
        assert topic == event_type.TOPIC


def test_events_are_canonical_json_with_ascii_keys_and_no_floats(log: Log) -> None:
    for entry in log.store.entries:
        read = json.loads(entry.data, parse_float=_no_float)
        canonical = json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert canonical.encode() == entry.data
        assert all(key.isascii() for key in _keys(read))


def _no_float(text: str) -> float:
    pytest.fail(f"a float in the log: {text}")


def _keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for each in value.values() for key in _keys(each))]
    if isinstance(value, list):
        return [key for each in value for key in _keys(each)]
    return []


def test_events_say_who_when_and_where_in_the_stream(log: Log) -> None:
    first = json.loads(log.store.entries[0].data)

    assert first["provenance"] == {"office": "nation", "submission": "submission-000001"}
    assert first["recorded_at"] == "2024-10-27T11:00:01Z"
    assert (first["stream"], first["stream_version"]) == ("election", 1)


def test_an_aggregate_is_what_its_events_make_it(log: Log) -> None:
    election = log.find(Election, ELECTION_STREAM)
    contest = log.find(Contest, contest_stream(b.DISTRICT_1))

    assert election.phase == "counting"
    assert set(election.units) == {b.CHIYODA, b.CHUO}
    assert set(election.parties) == {"ao", "aka"}
    assert contest.withdrawn == {b.A: "died"}
    assert contest.votable() == {b.B}


def test_a_first_event_begins_a_stream_and_follows_nothing(log: Log) -> None:
    first = log.store.entries[0].event()
    assert isinstance(first, FirstEvent)
    election = first.mutate(None)

    with pytest.raises(TypeError, match=r"election\.defined begins a stream"):
        first.mutate(election)
