"""What was asked before sending is recorded with the report, answered or not."""

from typing import Final, get_args

import pytest

from aggregates.counting.checks import Notice, QuestionCode
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from tests import builders as b
from tests.support.gwt import Command, Log

OF_TURNOUT: Final = "unlike-others-turnout"
EXCHANGE = {
    "code": "unlike-others-exchange",
    "option": b.A,
    "before": 40_000,
    "now": 60_000,
    "answer": " 束を数え直した ",
}
RECORDED = Notice(
    code="unlike-others-exchange",
    option=b.A,
    before=40_000,
    now=60_000,
    reason="束を数え直した",
)


def notices(*commands: Command) -> tuple[Notice, ...]:
    last = Log().given(*b.DISTRICT, *commands[:-1]).post(commands[-1])[-1]
    assert isinstance(last, TallyEvent | TurnoutEvent)
    return last.notices


def test_an_answer_is_recorded_with_the_sheet() -> None:
    assert notices(b.tally(b.sheet({b.A: 60, b.B: 40}), answers=[EXCHANGE])) == (RECORDED,)


@pytest.mark.parametrize("code", sorted({*get_args(QuestionCode)} - {OF_TURNOUT}))
def test_every_question_about_a_sheet_is_recorded_under_its_code(code: str) -> None:
    answered = {**EXCHANGE, "code": code}

    (notice,) = notices(b.tally(b.sheet({b.A: 60, b.B: 40}), answers=[answered]))
    assert (notice.code, notice.reason) == (code, RECORDED.reason)


def test_a_question_without_an_answer_blocks_nothing() -> None:
    asked = {"code": "unlike-others-zero", "option": b.B, "before": 40_000}

    assert notices(b.tally(b.sheet({b.A: 60, b.B: 0}), answers=[asked])) == (
        Notice(code="unlike-others-zero", option=b.B, before=40_000),
    )


def test_a_correction_answers_beside_its_reason() -> None:
    first = b.tally(b.sheet({b.A: 40, b.B: 60}))
    again = {**b.correction(b.sheet({b.A: 60, b.B: 40})), "answers": [EXCHANGE]}

    assert notices(first, again)[-1] == RECORDED


def test_turnout_is_answered_as_a_sheet_is() -> None:
    asked = {"code": OF_TURNOUT, "before": 5_000, "now": 9_000, "answer": "島部"}
    report = b.turnout(b.figures((1000, 1000), (500, 500)))

    assert notices({**report, "answers": [asked]})[-1] == Notice(
        code=OF_TURNOUT, before=5_000, now=9_000, reason="島部"
    )


def test_a_report_without_questions_says_nothing_of_them() -> None:
    assert notices(b.tally(b.sheet({b.A: 60, b.B: 40}))) == ()
