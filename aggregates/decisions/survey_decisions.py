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
    act: CommandContext,
) -> None:
    """Send a questionnaire to units of the register."""
    survey = command.questionnaire.id
    if repository.shelf.find(Survey, survey_stream(survey)) is not None:
        raise SurveyAlreadyPublished(survey=survey)
    for unit in command.units:
        if unit not in election.units:
            raise UnitNotAsked(survey=survey, unit=unit)
    units = command.units or tuple(election.units)
    repository.shelf.put(Survey.publish(command.questionnaire, units, command.due, act))


def answer_survey(
    repository: ElectionRepository, _: Election, command: c.AnswerSurvey, act: CommandContext
) -> None:
    """Record what a unit answers."""
    survey = _survey(repository, command.survey)
    survey.require_asked(command.unit)
    survey.require_fits(command.unit, command.values)
    found = repository.shelf.find(SurveyAnswer, answer_stream(command.survey, command.unit))
    answer = found if found is not None else SurveyAnswer.open(command.survey, command.unit, act)
    answer.give(command.values, command.remark, act)
    repository.shelf.put(answer)


def return_answer(
    repository: ElectionRepository, _: Election, command: c.ReturnAnswer, act: CommandContext
) -> None:
    """Send an answer back."""
    _survey(repository, command.survey).require_asked(command.unit)
    found = repository.shelf.find(SurveyAnswer, answer_stream(command.survey, command.unit))
    answer = found if found is not None else SurveyAnswer.open(command.survey, command.unit, act)
    answer.send_back(command.reason, act)
    repository.shelf.put(answer)


def remind_survey(
    repository: ElectionRepository, _: Election, command: c.RemindSurvey, act: CommandContext
) -> None:
    """Remind units."""
    survey = _survey(repository, command.survey)
    survey.remind(command.units, command.note, act)
    repository.shelf.put(survey)


def _survey(repository: ElectionRepository, survey: str) -> Survey:
    found = repository.shelf.find(Survey, survey_stream(survey))
    if found is None:
        raise SurveyUnknown(survey=survey)
    return found
