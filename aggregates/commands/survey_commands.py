"""What offices can ask for about surveys."""

from typing import Annotated

import msgspec

from aggregates.commands.command import AsOf, CommandBase
from aggregates.election.identifiers import Reason, UnitCode
from aggregates.surveys.survey import Questionnaire, SurveyId, Values

_Remark = Annotated[str, msgspec.Meta(max_length=2000)]


class PublishSurvey(CommandBase, frozen=True, kw_only=True, tag="publish-survey"):
    """Send a questionnaire to units; to every unit of the register when none is named."""

    questionnaire: Questionnaire
    due: AsOf
    units: Annotated[tuple[UnitCode, ...], msgspec.Meta(max_length=3000)] = ()


class AnswerSurvey(CommandBase, frozen=True, kw_only=True, tag="answer-survey"):
    """Answer for a unit, or answer again; whole, never in part."""

    survey: SurveyId
    unit: UnitCode
    values: Values
    remark: _Remark = ""


class ReturnAnswer(CommandBase, frozen=True, kw_only=True, tag="return-answer"):
    """Send an answer back for correction."""

    survey: SurveyId
    unit: UnitCode
    reason: Reason


class RemindSurvey(CommandBase, frozen=True, kw_only=True, tag="remind-survey"):
    """Remind units that owe an answer."""

    survey: SurveyId
    units: Annotated[tuple[UnitCode, ...], msgspec.Meta(min_length=1, max_length=3000)]
    note: _Remark = ""


SurveyCommand = PublishSurvey | AnswerSurvey | ReturnAnswer | RemindSurvey
