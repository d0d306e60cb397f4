"""Surveys as the fold remembers them: who was asked, who answered what, who owes an answer."""

from datetime import datetime
from typing import Literal

import msgspec

from aggregates.surveys.survey import AnswerGiven, Questionnaire, SurveyReminded

UnitState = Literal["missing", "given", "returned"]


class AnswerRecord(msgspec.Struct, frozen=True):
    """What one unit answered last.

    Attributes:
        given: The answer; None before the first.
        position: Position of the last event.
        returned: Why it was sent back; empty when it stands.
    """

    given: AnswerGiven | None = None
    position: int = 0
    returned: str = ""


class SurveyRecord:
    """One survey.

    Attributes:
        answers: By unit, those who were asked, in order.
        reminders: Unit -> how often it was reminded.
        reminded: Unit -> the last reminder.
        position: Position of the last event about it: what is made of it stands until then.
    """

    def __init__(self, questionnaire: Questionnaire, units: tuple[str, ...], due: datetime) -> None:
        self.questionnaire = questionnaire
        self.due = due
        self.position = 0
        self.answers: dict[str, AnswerRecord] = {unit: AnswerRecord() for unit in units}
        self.reminders: dict[str, int] = {}
        self.reminded: dict[str, SurveyReminded] = {}

    def state(self, unit: str) -> UnitState:
        """Whether the unit has answered."""
        answer = self.answers[unit]
        if answer.returned:
            return "returned"
        return "given" if answer.given is not None else "missing"

    def owing(self) -> tuple[str, ...]:
        """Units that owe an answer: none given, or returned."""
        return tuple(unit for unit in self.answers if self.state(unit) != "given")
