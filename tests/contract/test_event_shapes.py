"""The shape of every event is for ever: rows written years ago must be read.

`tests/golden/events.jsonl` has one event of each topic, from real decisions. It changes only on
purpose: `KAIHYO_WRITE_GOLDEN=1 pytest tests/contract/test_event_shapes.py`.
"""

import os
from pathlib import Path

import msgspec
import pytest
import rfc8785

from aggregates.base import Event, event_types
from aggregates.rules import CURRENT_RULES, FIRST_RULES
from infra.adapters.event_log.event_codec import EventMapper, canonical, decode
from tests import builders as b
from tests.builders.later_rules import LATER_NIGHTS
from tests.support import offices as o
from tests.support.gwt import Log as MemoryLog

GOLDEN = Path(__file__).parents[1] / "golden" / "events.jsonl"

_DISTRICT_NIGHT = (
    *b.DISTRICT,
    b.tally(b.sheet({b.A: 6, b.B: 4}), final=False),
    b.PAUSE,
    b.RESUME,
    b.NOTE,
    b.turnout(b.figures((60, 60), (10, 12)), final=False),
    b.turnout(b.figures((60, 60), (50, 52)), as_of=b.AT_23),
    b.turnout_correction(b.figures((60, 60), (51, 52)), supersedes=3, as_of=b.AT_01),
    b.tally(b.sheet({b.A: 50, b.B: 50}, 2, taken_away=1, voters=103), as_of=b.AT_23),
    b.tally(b.sheet({b.A: 50, b.B: 50}), unit_code=b.CHUO, as_of=b.AT_23),
    b.give_back(),
    b.correction(
        b.sheet({b.A: 51, b.B: 49}, 2, taken_away=1, voters=103), supersedes=3, as_of=b.AT_01
    ),
    b.correction(b.sheet({b.A: 49, b.B: 51}), unit_code=b.CHUO, supersedes=2, as_of=b.AT_01),
    b.confirm(),
    b.lot(b.DISTRICT_1, b.B, b.A),
    b.declare(b.DISTRICT_1, b.B),
    b.correction(b.sheet({b.A: 60, b.B: 40}), unit_code=b.CHUO, supersedes=3, as_of=b.AT_01),
    b.declare(b.DISTRICT_1, b.A, reason="訂正のため"),
    b.CLOSE,
)


_FACTS_FOR_REPORTS = (
    *b.DISTRICT,
    b.PREVIOUS,
    b.particulars(b.DISTRICT_1, {"option": b.A, "sex": "female", "inferred": ["sex"]}),
    b.survey(),
    b.remind(b.CHUO),
    b.answer(),
    b.return_answer(),
)


def _events() -> dict[str, Event]:
    """The first event of each topic, from several elections."""
    withdrawal = (*b.DISTRICT[:-1], b.withdraw(b.DISTRICT_1, b.A))
    nights = (_DISTRICT_NIGHT, b.HOUSE, withdrawal, _FACTS_FOR_REPORTS, *LATER_NIGHTS)
    found: dict[str, Event] = {}
    for night in nights:
        for entry in MemoryLog(rules=FIRST_RULES).given(*night).store.entries:
            found.setdefault(entry.topic, entry.event())
    for entry in o.course_of_keys().store.entries:
        found.setdefault(entry.topic, entry.event())
    return dict(sorted(found.items()))


def _line(event: Event) -> str:
    whole = {"topic": event.TOPIC, "data": msgspec.Raw(canonical(event))}
    return canonical(whole).decode() + "\n"


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return _events()


def test_real_decisions_cause_every_event_there_is(events: dict[str, Event]) -> None:
    assert set(events) == set(event_types())


def test_every_event_is_stored_and_read_back_as_it_was(events: dict[str, Event]) -> None:
    mapper = EventMapper()
    for event in events.values():
        stored = mapper.to_stored_event(event)
        assert mapper.to_domain_event(stored) == event
        assert stored.state == rfc8785.dumps(msgspec.json.decode(stored.state))


def test_the_first_entry_names_its_rules_unless_they_are_the_first() -> None:
    first = MemoryLog(rules=FIRST_RULES).given(b.election()).store.entries[0].event()
    current = MemoryLog().given(b.election()).store.entries[0].event()

    assert b"rules" not in canonical(first)
    assert msgspec.json.decode(canonical(current))["rules"] == CURRENT_RULES
    assert decode(current.TOPIC, canonical(current)) == current


def test_no_event_changes_its_shape(events: dict[str, Event]) -> None:
    lines = [_line(event) for event in events.values()]
    if os.environ.get("KAIHYO_WRITE_GOLDEN") == "1":
        GOLDEN.write_text("".join(lines), encoding="utf-8")
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines(keepends=True)


def test_what_was_written_before_is_still_read() -> None:
    for line in GOLDEN.read_bytes().splitlines():
        written = msgspec.json.decode(line)
        event = decode(written["topic"], msgspec.json.encode(written["data"]))
        assert _line(event).encode() == line + b"\n"
