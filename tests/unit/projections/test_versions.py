"""Versions say exactly which documents an event changed; a rebuild gives the same bytes."""

import pytest
from hypothesis import HealthCheck, given, settings

from aggregates.base import event_types
from aggregates.election.election_events import ElectionDefined
from infra.services.rehearsal import national_night
from infra.services.rehearsal import play as play_night
from infra.services.signing.simulated_offices import SimulatedOffices
from projections.documents.render import digest, render
from projections.election_projection import _APPLY, ElectionProjection, PositionSkipped
from tests import builders as b
from tests.support.budgets import examples
from tests.support.gwt import Command, Log
from tests.unit.infra.services.rehearsal.recording import Recording
from tests.unit.projections.nights import (
    TWO_PREFECTURES,
    Office,
    folded,
    rendered,
    shown,
)
from tests.unit.projections.streams import SEEDS, random_night

SLOW = settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
ELECTIONS = pytest.mark.parametrize(
    "defined",
    [b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE, TWO_PREFECTURES],
    ids=["house", "upper-list", "governor", "two-prefectures"],
)


def check(events: Office) -> None:
    """Walk through a night and compare every document before and after every event."""
    night = ElectionProjection()
    before: dict[str, bytes] = {}
    for position, event in enumerate(events.events, start=1):
        versions = dict(night.versions)
        night.apply(event, position)
        after = rendered(night)
        assert all(versions[each] <= night.versions[each] for each in versions)
        for document, body in after.items():
            moved = night.versions[document] == position
            assert moved or body == before[document], f"{document} changed at {position} unsaid"
        assert rendered(folded(events.events[:position])) == after, f"stale at {position}"
        before = after


@ELECTIONS
@SLOW
@given(seed=SEEDS)
def test_what_changes_moves_and_nothing_is_stale(defined: tuple[Command, ...], seed: int) -> None:
    check(random_night(defined, seed))


def test_a_whole_rehearsal_keeps_every_document_fresh() -> None:
    """Bytes kept by version, as a server keeps them, are always those of a fresh rendering."""
    recording = Recording()
    play_night(national_night(seed=4, scale=0.02, reports=2), recording.submit)
    night, kept = ElectionProjection(), dict[str, tuple[int, bytes]]()
    every = max(1, len(recording.events) // 40)
    for position, event in enumerate(recording.events, start=1):
        night.apply(event, position)
        if position % every == 0 or position == len(recording.events):
            for document, version in night.versions.items():
                body = render(night, document)
                if document in kept and kept[document][0] == version:
                    assert kept[document][1] == body, f"{document} changed by {position} unsaid"
                kept[document] = version, body

    assert digest(night) == digest(folded(recording.events))
    assert [c.facts.id for c in night.contests.values() if c.declared is None] == []


def test_events_come_in_order_without_gaps() -> None:
    # Given a night at position 1
    events = Office(*b.DISTRICT).events
    night = ElectionProjection()
    night.apply(events[0], 1)

    # When the next but one comes, or the same one again
    # Then it is refused and nothing has changed
    for position in (3, 1, 0):
        with pytest.raises(PositionSkipped, match=f"position {position} cannot follow 1"):
            night.apply(events[1], position)
    assert night.position == 1
    assert isinstance(events[0], ElectionDefined)


def test_the_same_events_twice_give_the_same_digest() -> None:
    office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, b.sheet({b.A: 3, b.B: 2})))

    assert digest(folded(office.events)) == digest(folded(office.events))
    assert digest(folded(office.events)) != digest(folded(office.events[:-1]))


def test_changes_are_told_oldest_first() -> None:
    office = Office(*b.DISTRICT)
    opened = office.night.position
    office.post(b.tally(b.sheet({b.A: 3, b.B: 2}), final=False))

    told = office.night.changed_since(opened)

    assert told == sorted(told)
    assert {version for version, _ in told} == {office.night.position}
    assert office.night.changed_since(office.night.position) == []


@pytest.mark.parametrize("document", ["blocks/tokyo", "contests/none", "elsewhere"])
def test_there_is_no_document_of_what_does_not_exist(document: str) -> None:
    night = Office(*b.DISTRICT).night

    with pytest.raises(KeyError):
        render(night, document)


def test_every_event_has_its_place_in_the_fold() -> None:
    """The log has no gaps, so an event that the fold does not know would stop it."""
    assert {topic for topic, kind in event_types().items() if kind not in _APPLY} == set()


def test_an_empty_log_has_no_register() -> None:
    with pytest.raises(LookupError, match="no election"):
        ElectionProjection().register()


class TestWhatAnEventTouches:
    def test_a_first_interim(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)

        changed = office.post(
            b.tally(b.sheet({"d1-ao": 3, "d1-aka": 2}), b.DISTRICT_1, final=False)
        )

        assert changed == [
            "candidates", f"contest-candidates/{b.DISTRICT_1}", f"contests/{b.DISTRICT_1}",
            "coverage", "districts/13101", "national", "prefecture-coverage/13", "prefectures/13",
            "results",
        ]  # fmt: skip

    def test_a_second_interim_leaves_the_coverage_alone(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)
        office.post(b.tally(b.sheet({"d1-ao": 3, "d1-aka": 2}), b.DISTRICT_1, final=False))

        changed = office.post(
            b.tally(b.sheet({"d1-ao": 5, "d1-aka": 2}), b.DISTRICT_1, final=False)
        )

        assert "coverage" not in changed

    def test_a_district_that_is_settled_changes_its_block(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)

        changed = office.post(*b.finals(b.DISTRICT_1, b.sheet({"d1-ao": 3, "d1-aka": 2})))

        assert {"blocks/tokyo", f"contests/{b.BLOCK}", "seats"} <= set(changed)

    def test_a_confirmation_shows_only_at_the_unit(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)
        office.post(*b.finals(b.DISTRICT_1, b.sheet({"d1-ao": 3, "d1-aka": 2})))

        assert office.post(b.confirm()) == [f"contests/{b.DISTRICT_1}", "districts/13101"]

    def test_a_pause_shows_on_the_national_page(self) -> None:
        sheet = b.sheet({b.A: 5, b.B: 4})
        decided = (*b.finals(b.DISTRICT_1, sheet, sheet), b.declare(b.DISTRICT_1, b.A))
        office = Office(*b.DISTRICT, *decided)

        assert office.post(b.PAUSE) == ["national"]
        assert office.document("national")["phase"] == "paused"
        assert office.post(b.RESUME, b.NOTE, b.CLOSE) == ["national"]
        course = office.document("national")["course"]
        assert [(each["topic"], each["text"]) for each in course] == [
            ("election.counting-opened", ""),
            ("election.reception-paused", "回線の障害"),
            ("election.reception-resumed", ""),
            ("election.change-noted", "集計機を交換"),
            ("election.closed", ""),
        ]
        assert office.document("national")["phase"] == "closed"


def test_every_document_says_that_it_is_a_rehearsal() -> None:
    night = Office(*b.HOUSE, b.OPEN).night

    for document in night.versions:
        head = shown(night, document)["head"]
        assert head["environment"] == "rehearsal"
        assert "REHEARSAL" in head["warning"]
        assert "訓練" in head["warning"]
        assert head["document"] == document
        assert head["position"] == night.versions[document]


def test_a_live_document_has_no_warning() -> None:
    recording, night = Recording(), ElectionProjection()
    live = b.election(environment="live", unsigned=False)
    SimulatedOffices(bytes(32), recording.take).post(Log(environment="live").submission(live))
    night.apply_all(enumerate(recording.events, start=1))

    for document in night.versions:
        assert shown(night, document)["head"]["warning"] == ""
