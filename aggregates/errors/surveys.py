"""Refusals of surveys and their answers."""

from aggregates.errors.base import Refusal


class SurveyUnknown(Refusal):
    """There is no such survey."""

    code = "survey-unknown"
    category = "missing"
    japanese = "調査{survey}はありません。コードを確かめてください。"


class SurveyAlreadyPublished(Refusal):
    """A survey of this id is published; a questionnaire never changes."""

    code = "survey-already-published"
    category = "conflict"
    japanese = "調査{survey}は既に配布されています。内容を変えるときは別のコードにしてください。"


class SurveyMalformed(Refusal):
    """The questionnaire contradicts itself."""

    code = "survey-malformed"
    japanese = "調査{survey}の質問票が正しくありません：{detail}。"


class UnitNotAsked(Refusal):
    """The survey does not ask this unit."""

    code = "unit-not-asked"
    category = "missing"
    japanese = "調査{survey}は{unit}を対象としていません。"


class AnswerMalformed(Refusal):
    """The answer does not fit the questionnaire."""

    code = "answer-malformed"
    japanese = "調査{survey}への{unit}の回答を直してください：{faults}。"


class AnswerUnchanged(Refusal):
    """The answer is the one that is recorded."""

    code = "answer-unchanged"
    category = "conflict"
    japanese = "調査{survey}への{unit}の回答は、既に同じ内容で受け付けています。"


class NothingAnswered(Refusal):
    """There is no answer to return."""

    code = "nothing-answered"
    category = "conflict"
    japanese = "調査{survey}に{unit}の回答がないか、既に差し戻しています。"
