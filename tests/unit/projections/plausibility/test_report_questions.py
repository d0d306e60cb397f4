"""What the sender of final figures is asked, from what is recorded so far."""

from typing import Any

import msgspec
import pytest

from projections.plausibility.report_questions import (
    FinalReport,
    QuestionList,
    recorded_figures,
    report_questions,
)
from tests import builders as b
from tests.unit.projections.nights import Office

SHARES = {b.A: 7_000, b.B: 3_000}


@pytest.fixture
def office() -> Office:
    """One contest in two units, counting; one of them is final."""
    return Office(*b.DISTRICT, b.tally(b.sheet(SHARES), unit_code=b.CHUO))


def ask(office: Office, *reports: dict[str, Any]) -> QuestionList:
    recorded = recorded_figures(office.night, b.DISTRICT_1)
    return report_questions(recorded, msgspec.convert(reports, tuple[FinalReport, ...]))


def report(votes: dict[str, int], unit: str = b.CHIYODA) -> dict[str, Any]:
    return {"unit": unit, "tally": b.sheet(votes)}


def test_a_sheet_like_the_others_is_not_asked_about(office: Office) -> None:
    found = ask(office, report({b.A: 700, b.B: 300}))

    assert (found.questions, found.compared) == ([], {b.CHIYODA: 1})


def test_figures_are_in_thousandths_and_name_their_lines(office: Office) -> None:
    (asked,) = ask(office, report({b.A: 1_000, b.B: 9_000})).questions

    assert (asked.unit, asked.code) == (b.CHIYODA, "unlike-others-exchange")
    assert asked.options == (b.A, b.B)
    assert (asked.now, asked.before) == (1_000_000, 9_000_000)


def test_of_a_zero_the_expected_votes_are_said(office: Office) -> None:
    (asked,) = ask(office, report({b.A: 1_000, b.B: 0})).questions

    assert (asked.code, asked.options, asked.now) == ("unlike-others-zero", (b.B,), 0)
    assert asked.before == 300_000


def test_sheets_sent_together_are_compared_with_each_other() -> None:
    office = Office(*b.DISTRICT)
    alone = ask(office, report({b.A: 1_000, b.B: 9_000}))
    both = ask(office, report({b.A: 1_000, b.B: 9_000}), report(SHARES, b.CHUO))

    assert (alone.questions, alone.compared) == ([], {b.CHIYODA: 0})
    assert {each.code for each in both.questions} == {"unlike-others-exchange"}


def test_interim_and_returned_sheets_are_no_measure(office: Office) -> None:
    office.post(b.give_back(b.DISTRICT_1, b.CHUO))

    assert ask(office, report({b.A: 1_000, b.B: 9_000})).compared == {b.CHIYODA: 0}


def test_a_corrected_sheet_is_not_compared_with_itself(office: Office) -> None:
    found = ask(office, report({b.A: 1_000, b.B: 9_000}, b.CHUO))

    assert (found.questions, found.compared) == ([], {b.CHUO: 0})


def test_an_unknown_contest_is_an_error(office: Office) -> None:
    with pytest.raises(KeyError):
        recorded_figures(office.night, "nowhere")
