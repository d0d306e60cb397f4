"""What an auditor finds: nothing in an honest log, and every lie of whoever runs it."""

import base64
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregates.base import Envelope, Event
from aggregates.commands.election_commands import COMMANDS
from aggregates.counting.count import CountOpened, TallyEvent, TallyFinalised
from aggregates.counting.declaration import OutcomeDeclared
from aggregates.election.election import ElectionDefined
from aggregates.election.key import KeyApproved, KeyEnrolled
from infra.adapters.event_log.event_codec import canonical, decode
from infra.services.rehearsal import national_night, play
from infra.services.signing.expected_events import _EXPECTING
from infra.services.signing.simulated_offices import MINISTRY, NATION, SimulatedOffices
from infra.services.signing.submission_audit import AuditProblem, KeyHistory, check_entries
from tests.unit.infra.services.rehearsal.recording import Recording

replace = msgspec.structs.replace
Change = Callable[[list[Event]], object]


def _signed_night() -> tuple[Event, ...]:
    """A small rehearsal night with every posting signed, read back from its bytes."""
    recording = Recording()
    play(national_night(scale=0.02), SimulatedOffices(bytes(32), recording.take).post)
    return tuple(decode(event.TOPIC, canonical(event)) for event in recording.events)


NIGHT = _signed_night()


def _first(kind: type[Event]) -> int:
    return next(place for place, event in enumerate(NIGHT) if type(event) is kind)


def found(change: Change, *, signatures: bool = True) -> AuditProblem | None:
    """What is found after a change of the events."""
    events = list(NIGHT)
    change(events)
    return check_entries(events, signatures=signatures)


def test_for_every_command_it_is_known_what_it_causes() -> None:
    assert set(_EXPECTING) == set(COMMANDS.values())


def test_an_honest_night_has_no_problem() -> None:
    assert check_entries(NIGHT) is None
    assert check_entries(NIGHT, signatures=False) is None


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
    return base64.b64encode(body.replace(b'"final":true', b'"final":true,"remark":"x"'))


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


LIES: dict[str, tuple[str, Change]] = {
    "votes moved": ("event", _moved_votes()),
    "another unit": ("event", _set(TALLY, unit="elsewhere")),
    "another moment": ("event", _set(TALLY, as_of=_tally(TALLY - 1).timestamp)),
    "left out": ("event", lambda events: events.pop(TALLY)),
    "doubled": ("event", lambda events: events.insert(TALLY, events[TALLY])),
    "zero report left out": ("event", lambda events: events.pop(OPENED)),
    "backdated": ("event", _set(TALLY, timestamp=NIGHT[0].timestamp.replace(year=2000))),
    "sent by another": ("event", _provenance(TALLY, office=NATION)),
    "on behalf": ("event", _provenance(TALLY, on_behalf=not NIGHT[TALLY].provenance.on_behalf)),
    "scan": ("event", _provenance(TALLY, scan_sha256="ab" * 32)),
    "renamed": ("event", _provenance(TALLY, submission="rehearsal-renamed")),
    "unsigned": ("signature", _provenance(TALLY, envelope=None)),
    "no signature": ("signature", _envelope(TALLY, signatures=())),
    "signature of another": (
        "signature",
        _envelope(TALLY, signatures=_envelope_of(TALLY - 1).signatures),
    ),
    "body reworded": ("signature", _envelope(TALLY, payload=_reworded().decode())),
    "envelope of another": ("event", _provenance(TALLY, envelope=_envelope_of(0))),
    "key never approved": ("permission", lambda events: _drop_submission(events, APPROVED)),
    "winner changed": ("event", _other_winner),
    "made an unsigned election": ("event", _unsigned),
}


@pytest.mark.parametrize(("rule", "change"), LIES.values(), ids=LIES.keys())
def test_a_lie_is_found_and_named(rule: str, change: Change) -> None:
    problem = found(change)

    assert problem is not None
    if rule == "permission":
        # Its approver's chain has a hole before the key is ever used.
        assert problem.rule in ("permission", "chain")
    else:
        assert problem.rule in (rule, "signature", "chain")


BY_OFFICE: dict[str, list[int]] = {}
for _place, _event in enumerate(NIGHT):
    BY_OFFICE.setdefault(_event.provenance.office, []).append(_place)
OFFICES = sorted(office for office, places in BY_OFFICE.items() if len(places) > 2)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
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

    assert check_entries(events, signatures=False) is not None


class TestKeysByIndex:
    def history(self, events: Sequence[Event]) -> KeyHistory:
        history = KeyHistory()
        for position, event in enumerate(events, start=1):
            history.apply(event, position)
        return history

    def test_a_key_is_valid_from_the_entry_after_its_approval(self) -> None:
        keyid = NIGHT[APPROVED].originator_id.removeprefix("key/")
        event = next(e for e in NIGHT if isinstance(e, KeyEnrolled) and e.keyid == keyid)

        assert not self.history(NIGHT[:APPROVED]).valid(keyid, event.office)
        assert self.history(NIGHT[: APPROVED + 1]).valid(keyid, event.office)
        assert not self.history(NIGHT[: APPROVED + 1]).valid(keyid, MINISTRY)

    def test_founding_keys_are_valid_with_the_election(self) -> None:
        event = NIGHT[ENROLLED]
        assert isinstance(event, KeyEnrolled)

        assert self.history(NIGHT[: ENROLLED + 2]).valid(event.keyid, event.office)
