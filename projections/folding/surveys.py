"""Events of surveys. Reports read them; no public document does."""

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


def given(night: NightState, event: surveys.AnswerGiven, position: int) -> None:
    night.surveys[event.survey].answers[event.unit] = AnswerRecord(event, position)


def returned(night: NightState, event: surveys.AnswerReturned, position: int) -> None:
    answer = night.surveys[event.survey].answers[event.unit]
    answer.position = position
    answer.returned = event.reason
