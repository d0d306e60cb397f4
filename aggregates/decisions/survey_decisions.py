"""What each command about surveys does: find, decide, leave the changed aggregates in the store."""

from aggregates.base import CommandContext
from aggregates.commands import survey_commands as c
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.election import Election
from aggregates.errors import SurveyAlreadyPublished, SurveyUnknown, UnitNotAsked
from aggregates.surveys.survey import Survey, SurveyAnswer, answer_stream, survey_stream

# Surveys are answered for weeks after the night: a closed election still takes them.


def publish_survey(
    repository: ElectionRepository,
    election: Election,
    command: c.PublishSurvey,
    context: CommandContext,
) -> None:
    """Send a questionnaire to units of the register."""
    survey = command.questionnaire.id
    if repository.store.find(Survey, survey_stream(survey)) is not None:
        raise SurveyAlreadyPublished(survey=survey)
    for unit in command.units:
        if unit not in election.units:
            raise UnitNotAsked(survey=survey, unit=unit)
    units = command.units or tuple(election.units)
    repository.store.put(Survey.publish(command.questionnaire, units, command.due, context))


def answer_survey(
    repository: ElectionRepository, _: Election, command: c.AnswerSurvey, context: CommandContext
) -> None:
    """Record what a unit answers."""
    survey = _survey(repository, command.survey)
    survey.require_asked(command.unit)
    survey.require_fits(command.unit, command.values)
    found = repository.store.find(SurveyAnswer, answer_stream(command.survey, command.unit))
    answer = (
        found if found is not None else SurveyAnswer.open(command.survey, command.unit, context)
    )
    answer.give(command.values, command.remark, context)
    repository.store.put(answer)


def return_answer(
    repository: ElectionRepository, _: Election, command: c.ReturnAnswer, context: CommandContext
) -> None:
    """Send an answer back."""
    _survey(repository, command.survey).require_asked(command.unit)
    found = repository.store.find(SurveyAnswer, answer_stream(command.survey, command.unit))
    answer = (
        found if found is not None else SurveyAnswer.open(command.survey, command.unit, context)
    )
    answer.send_back(command.reason, context)
    repository.store.put(answer)


def remind_survey(
    repository: ElectionRepository, _: Election, command: c.RemindSurvey, context: CommandContext
) -> None:
    """Remind units."""
    survey = _survey(repository, command.survey)
    survey.remind(command.units, command.note, context)
    repository.store.put(survey)


def _survey(repository: ElectionRepository, survey: str) -> Survey:
    found = repository.store.find(Survey, survey_stream(survey))
    if found is None:
        raise SurveyUnknown(survey=survey)
    return found
