"""Figures of the night: from when the sheets state, and only what was really sent."""

from collections.abc import Mapping

import msgspec
import pytest

from aggregates.base import Event
from aggregates.counting.checks import has_warning
from aggregates.counting.count_events import TallyCorrected, TallyEvent
from aggregates.counting.turnout import TurnoutCorrected, TurnoutEvent
from projections.documents.district_document import DistrictDocument
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.state.records import CountRecord
from projections.views.board_view import board
from projections.views.entry_history import contest_history, marks, unit_history
from projections.views.savings import RETYPINGS, course_from_documents, savings
from tests import builders as b
from tests.unit.projections.nights import Office
from tests.unit.projections.streams import random_night

SHEET = b.sheet({b.A: 350, b.B: 240}, invalid=10)


@pytest.fixture
def night() -> ElectionProjection:
    """One unit counted to the end at 01:00, after an interim report at 22:00."""
    interim = b.tally({**SHEET, "voters": None}, final=False)
    return Office(
        *b.DISTRICT,
        b.turnout(b.figures((500, 500), (300, 300))),
        interim,
        b.tally(SHEET, as_of=b.AT_01),
    ).night


def test_minutes_run_from_the_close_of_the_polls_to_the_final_sheet(
    night: ElectionProjection,
) -> None:
    (times,) = savings(night).course.times

    assert (times.units, times.first, times.last) == (1, 300, 300)
    assert times.by_hour == {5: 1}
    assert times.late == times.expected - 1


def test_a_poll_that_moved_is_measured_from_its_own_close() -> None:
    moved = b.contest(b.DISTRICT_1, [b.CHIYODA], polling_day="2024-10-30")
    night = Office(
        *b.REGISTER,
        moved,
        b.candidates(b.DISTRICT_1, b.A, b.B),
        b.OPEN,
        b.tally(SHEET, as_of="2024-10-30T23:00:00+09:00"),
    ).night
    document = msgspec.json.decode(render(night, f"districts/{b.CHIYODA}"), type=DistrictDocument)

    day = night.register().facts.polling_day
    for course in (savings(night).course, course_from_documents(day, [document], 0)):
        assert [(times.first, times.last) for times in course.times] == [(180, 180)]
    (contest,) = board(night).contests
    assert contest.polling_day.isoformat() == "2024-10-30"


def test_a_figure_is_counted_for_every_time_it_would_have_been_typed(
    night: ElectionProjection,
) -> None:
    found = savings(night)

    assert found.course.reports == 3
    assert found.figures == 4 + 8 + 8
    assert found.retypings == found.figures * RETYPINGS


@pytest.mark.parametrize("seed", range(8))
def test_the_published_documents_tell_the_same_course_as_the_log(seed: int) -> None:
    night = random_night(b.HOUSE, seed).night
    districts = [
        msgspec.json.decode(render(night, key), type=DistrictDocument)
        for key in night.versions
        if key.startswith("districts/")
    ]

    found = course_from_documents(
        night.register().facts.polling_day, districts, len(night.corrections)
    )

    live = savings(night).course
    assert {each.kind: each for each in found.times} == {each.kind: each for each in live.times}
    assert found._replace(times=[]) == live._replace(times=[])
    assert found.reports > 0


@pytest.mark.parametrize("seed", range(8))
def test_only_recorded_acts_are_counted(seed: int) -> None:
    office = random_night(b.HOUSE, seed)
    state = office.night
    reports = [
        each
        for each in office.events
        if (isinstance(each, TallyEvent) and _is_polled(state.counts, each))
        or (isinstance(each, TurnoutEvent) and _is_polled(state.turnouts, each))
    ]
    corrected = [e for e in office.events if isinstance(e, TallyCorrected | TurnoutCorrected)]

    course = savings(state).course

    assert course.reports == len(reports)
    assert course.corrections == len(corrected)
    assert course.warned == sum(bool(each.notices) for each in reports)
    assert course.on_behalf == sum(each.provenance.on_behalf for each in reports)


def test_that_one_person_typed_is_no_warning() -> None:
    assert not has_warning(("one-entry",))
    assert has_warning(("one-entry", "turnout-high"))


def _is_polled(records: Mapping[str, CountRecord], event: Event) -> bool:
    """Whether its contest is voted on."""
    return not records[event.originator_id].contest.uncontested


def test_history_has_every_report_and_marks_the_sheet_that_stands(
    night: ElectionProjection,
) -> None:
    rows = contest_history(night, b.DISTRICT_1)

    assert [row.topic for row in rows] == [
        "turnout.finalised", "count.tally-posted", "count.tally-finalised",
    ]  # fmt: skip
    assert [row.stands for row in rows] == [False, False, True]
    assert rows == unit_history(night, b.CHIYODA)
    with pytest.raises(KeyError):
        unit_history(night, "99999")


def test_marks_begin_with_the_counting_and_end_with_the_last_entry(
    night: ElectionProjection,
) -> None:
    found = marks(night, 24)

    assert found[-1].position == night.position
    assert found == sorted(found)
    assert len({mark.position for mark in found}) == len(found)
