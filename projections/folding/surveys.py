"""Events of surveys. Reports and the pages of offices read them; no public document does."""

import msgspec

from aggregates import survey as surveys
from projections.state import NightState
from projections.surveys import AnswerRecord, SurveyRecord


def published(night: NightState, event: surveys.SurveyPublished, _position: int) -> None:
    asked = event.questionnaire
    night.surveys[asked.id] = SurveyRecord(asked, event.units, event.due)


def reminded(night: NightState, event: surveys.SurveyReminded, _position: int) -> None:
    survey = night.surveys[event.originator_id.removeprefix("survey/")]
    for unit in event.units:
        survey.reminders[unit] = survey.reminders.get(unit, 0) + 1
        survey.reminded[unit] = event


def given(night: NightState, event: surveys.AnswerGiven, position: int) -> None:
    night.surveys[event.survey].answers[event.unit] = AnswerRecord(event, position)


def returned(night: NightState, event: surveys.AnswerReturned, position: int) -> None:
    answers = night.surveys[event.survey].answers
    answers[event.unit] = msgspec.structs.replace(
        answers[event.unit], position=position, returned=event.reason
    )
