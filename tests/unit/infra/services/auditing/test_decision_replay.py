"""What an auditor finds: nothing in an honest log, and every lie of whoever runs it."""

import base64
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregates.base import Envelope, Event
from aggregates.counting.count_events import CountOpened, TallyEvent, TallyFinalised
from aggregates.counting.declaration import OutcomeDeclared
from aggregates.election.election_events import ElectionDefined
from aggregates.election.key import KeyApproved, KeyEnrolled
from aggregates.reference.office_ids import NATION_OFFICE
from aggregates.rules import RECOMPUTABLE_RULES
from infra.services.auditing.decision_replay import replay_decisions
from infra.services.auditing.envelope_audit import collect_keys, verify_envelopes
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.time_bounds import TimeBounds
from tests.support.budgets import examples
from tests.support.signed_events import signed_entries, signed_events

replace = msgspec.structs.replace
Change = Callable[[list[Event]], object]


NIGHT = signed_events()
BOUNDS = TimeBounds(NIGHT[-1].timestamp)


def _first(kind: type[Event]) -> int:
    return next(place for place, event in enumerate(NIGHT) if type(event) is kind)


def difference(events: Sequence[Event]) -> AuditDifference | None:
    """What a verifier finds first in a log of these events."""
    entries = signed_entries(events)
    try:
        verify_envelopes(entries, collect_keys(entries))
        replay_decisions(entries, BOUNDS)
    except AuditDifference as found:
        return found
    return None


def found(change: Change) -> AuditDifference | None:
    """What is found after a change of the events."""
    events = list(NIGHT)
    change(events)
    return difference(events)


def test_every_decision_of_an_honest_night_is_made_again_with_the_same_bytes() -> None:
    replayed = replay_decisions(signed_entries(NIGHT), BOUNDS)

    assert replayed.events == list(NIGHT)
    assert (replayed.recomputed, replayed.unsigned, replayed.recorded) == (len(NIGHT), 0, 0)
    assert replayed.rules == tuple(sorted(RECOMPUTABLE_RULES))
    assert replayed.rules_signed


def _set(place: int, **changes: object) -> Change:
    def change(events: list[Event]) -> None:
        events[place] = replace(events[place], **changes)

    return change


def _envelope(place: int, **changes: object) -> Change:
    def change(events: list[Event]) -> None:
        came = events[place].provenance.envelope
        assert came is not None
        provenance = replace(events[place].provenance, envelope=replace(came, **changes))
        events[place] = replace(events[place], provenance=provenance)

    return change


def _provenance(place: int, **changes: object) -> Change:
    def change(events: list[Event]) -> None:
        provenance = replace(events[place].provenance, **changes)
        events[place] = replace(events[place], provenance=provenance)

    return change


TALLY = _first(TallyFinalised)
OPENED = _first(CountOpened)
APPROVED = _first(KeyApproved)
ENROLLED = _first(KeyEnrolled)
DECLARED = _first(OutcomeDeclared)


def _tally(place: int) -> TallyEvent:
    event = NIGHT[place]
    assert isinstance(event, TallyEvent)
    return event


def _envelope_of(place: int) -> Envelope:
    envelope = NIGHT[place].provenance.envelope
    assert envelope is not None
    return envelope


def _moved_votes() -> Change:
    """One vote from the first to the second."""
    tally = _tally(TALLY).tally
    first, second, *_ = tally.votes
    votes = {**tally.votes, first: tally.votes[first] - 1000, second: tally.votes[second] + 1000}
    return _set(TALLY, tally=replace(tally, votes=votes))


def _reworded() -> bytes:
    body = base64.b64decode(_envelope_of(TALLY).payload)
    return base64.b64encode(body.replace(b'"final":true', b'"final":false'))


def _drop_submission(events: list[Event], place: int) -> None:
    """Leave a posting out without a trace in its office's chain."""
    gone = events[place].provenance.submission
    events[:] = [event for event in events if event.provenance.submission != gone]


def _other_winner(events: list[Event]) -> None:
    event = events[DECLARED]
    assert isinstance(event, OutcomeDeclared)
    events[DECLARED] = replace(event, outcome=replace(event.outcome, elected=("somebody",)))


def _unsigned(events: list[Event]) -> None:
    first = events[0]
    assert isinstance(first, ElectionDefined)
    events[0] = replace(first, election=replace(first.election, unsigned=True))


def _backdated(events: list[Event]) -> None:
    at = NIGHT[0].timestamp.replace(year=2000)
    events[TALLY] = replace(events[TALLY], timestamp=at)


LIES: dict[str, tuple[str, Change]] = {
    "votes moved": ("decision", _moved_votes()),
    "another unit": ("decision", _set(TALLY, unit="elsewhere")),
    "another moment": ("decision", _set(TALLY, as_of=NIGHT[0].timestamp)),
    "left out": ("chain", lambda events: events.pop(TALLY)),
    "doubled": ("event", lambda events: events.insert(TALLY, events[TALLY])),
    "zero report left out": ("decision", lambda events: events.pop(OPENED)),
    "backdated": ("time", _backdated),
    "sent by another": ("decision", _provenance(TALLY, office=NATION_OFFICE)),
    "on behalf": ("decision", _provenance(TALLY, on_behalf=not NIGHT[TALLY].provenance.on_behalf)),
    "scan": ("decision", _provenance(TALLY, scan_sha256="ab" * 32)),
    "renamed": ("decision", _provenance(TALLY, submission="sent-renamed")),
    "unsigned": ("signature", _provenance(TALLY, envelope=None)),
    "no signature": ("signature", _envelope(TALLY, signatures=())),
    "signature of another": (
        "signature",
        _envelope(TALLY, signatures=_envelope_of(TALLY - 1).signatures),
    ),
    "body reworded": ("signature", _envelope(TALLY, payload=_reworded().decode())),
    "envelope of another": ("chain", _provenance(TALLY, envelope=_envelope_of(0))),
    # Its approver's chain has a hole before the key is ever used.
    "key never approved": ("chain", lambda events: _drop_submission(events, APPROVED)),
    "winner changed": ("decision", _other_winner),
    "made an unsigned election": ("decision", _unsigned),
}


@pytest.mark.parametrize(("rule", "change"), LIES.values(), ids=LIES.keys())
def test_a_lie_is_found_and_named(rule: str, change: Change) -> None:
    problem = found(change)

    assert problem is not None
    assert problem.rule == rule
    assert problem.where.startswith("entry ")


BY_OFFICE: dict[str, list[int]] = {}
for _place, _event in enumerate(NIGHT):
    BY_OFFICE.setdefault(_event.provenance.office, []).append(_place)
OFFICES = sorted(office for office, places in BY_OFFICE.items() if len(places) > 2)


@given(data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_nothing_of_an_office_can_be_left_out_doubled_or_moved(data: st.DataObject) -> None:
    """Short of its last posting, which only the tree holds in its place."""
    events: list[Event] = list(NIGHT)
    places = BY_OFFICE[data.draw(st.sampled_from(OFFICES))]
    place, other = data.draw(
        st.tuples(st.sampled_from(places[:-1]), st.sampled_from(places)).filter(
            lambda drawn: drawn[0] != drawn[1]
        )
    )
    last = events[places[-1]].provenance.submission
    match data.draw(st.sampled_from(["leave out", "double", "swap"])):
        case "leave out" if events[place].provenance.submission != last:
            _drop_submission(events, place)
        case "double":
            events.insert(place, events[place])
        case _:
            events[place], events[other] = events[other], events[place]

    with pytest.raises(AuditDifference):
        replay_decisions(signed_entries(events), BOUNDS)
