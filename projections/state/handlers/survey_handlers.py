"""Events of surveys. Reports and the pages of offices read them; no public document does."""

import msgspec

from aggregates.surveys import survey as surveys
from projections.state.election_state import ElectionState
from projections.state.survey_records import AnswerRecord, SurveyRecord


def apply_published(state: ElectionState, event: surveys.SurveyPublished, position: int) -> None:
    asked = event.questionnaire
    state.surveys[asked.id] = SurveyRecord(asked, event.units, event.due)
    state.surveys[asked.id].position = position


def apply_reminded(state: ElectionState, event: surveys.SurveyReminded, position: int) -> None:
    survey = state.surveys[event.originator_id.removeprefix("survey/")]
    survey.position = position
    for unit in event.units:
        survey.reminders[unit] = survey.reminders.get(unit, 0) + 1
        survey.reminded[unit] = event


def apply_given(state: ElectionState, event: surveys.AnswerGiven, position: int) -> None:
    survey = state.surveys[event.survey]
    survey.position = position
    survey.answers[event.unit] = AnswerRecord(event, position)


def apply_returned(state: ElectionState, event: surveys.AnswerReturned, position: int) -> None:
    survey = state.surveys[event.survey]
    survey.position = position
    survey.answers[event.unit] = msgspec.structs.replace(
        survey.answers[event.unit], position=position, returned=event.reason
    )
