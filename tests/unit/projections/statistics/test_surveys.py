"""Surveys compiled into tables, and who owes an answer."""

from hypothesis import given
from hypothesis import strategies as st

from projections.election_projection import ElectionProjection
from projections.snapshots import copy_projection
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.unit.projections.nights import Office
from tests.unit.projections.statistics.reading import report, row, rows


def test_answers_are_summed_and_the_missing_named() -> None:
    made = report(*b.DISTRICT, b.survey(), b.answer(closed="18:00"), b.remind(b.CHUO))

    tokyo = row(made.table("survey_places"))
    assert (tokyo["asked"], tokyo["answered"], tokyo["places"]) == (2, 1, 5)
    assert "未回答又は差戻し中が1件" in made.table("survey_places").notes[0]
    assert row(made.table("survey_places_answers"))["closed"] == "18:00"
    owing = row(made.table("survey_missing"))
    assert (owing["unit"], owing["state"], owing["reminded"]) == (b.CHUO, "未回答", 1)


def test_a_returned_answer_stands_until_it_is_answered_again() -> None:
    office = Office(*b.DISTRICT, b.survey(), b.answer(), b.return_answer())
    owing = row(build_report(office.night).table("survey_missing"), unit=b.CHIYODA)
    assert (owing["state"], owing["reason"]) == ("差戻し中", "前回と差が大きい")

    office.post(b.answer(places=6, usual=4), b.answer(b.CHUO))

    made = build_report(office.night)
    assert rows(made.table("survey_missing")) == []
    assert row(made.table("survey_places"))["places"] == 11
    assert made.table("survey_places").notes == ()


def test_the_same_answer_counts_again_after_it_was_returned() -> None:
    made = report(*b.DISTRICT, b.survey(), b.answer(), b.return_answer(), b.answer())

    assert rows(made.table("survey_missing"), unit=b.CHIYODA) == []


def test_a_closed_election_still_takes_answers() -> None:
    sheets = (b.sheet({b.A: 5, b.B: 4}), b.sheet({b.A: 5, b.B: 4}))
    decided = (*b.finals(b.DISTRICT_1, *sheets), b.declare(b.DISTRICT_1, b.A))
    made = report(*b.DISTRICT, b.survey(), *decided, b.CLOSE, b.answer())

    assert row(made.table("survey_places"))["answered"] == 1


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 200)), min_size=1, max_size=6))
def test_only_the_latest_answer_counts(given_numbers: list[tuple[int, int]]) -> None:
    office = Office(*b.DISTRICT, b.survey(b.CHIYODA))
    for early, usual in given_numbers:
        office.tries(b.answer(places=early + usual, early=early, usual=usual))

    summed = row(build_report(office.night).table("survey_places"))
    assert summed["places"] == sum(given_numbers[-1])


def test_a_copy_of_the_night_goes_its_own_way_in_surveys_too() -> None:
    office = Office(*b.DISTRICT, b.survey(), b.answer(), b.remind(b.CHUO))
    copy = copy_projection(office.night)

    office.post(b.return_answer(), b.answer(b.CHUO), b.remind(b.CHIYODA))

    found = copy.surveys["places"]
    assert found.owing() == (b.CHUO,)
    assert (found.state(b.CHIYODA), found.reminders) == ("given", {b.CHUO: 1})
    assert office.night.surveys["places"].owing() == (b.CHIYODA,)


def test_the_whole_report_is_the_same_when_the_log_is_read_again() -> None:
    office = Office(
        *b.DISTRICT, b.survey(), b.answer(), b.return_answer(), b.remind(b.CHUO), b.answer(b.CHUO)
    )
    again = ElectionProjection()
    again.apply_all(enumerate(office.events, start=1))

    assert build_report(again) == build_report(office.night)
