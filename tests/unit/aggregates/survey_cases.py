"""Refusals of surveys and answers."""

from aggregates import errors as e
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.aggregates.refusal_case import Case


def _of(refusal: type[e.Refusal], name: str, when: Command, *given: Command) -> Case:
    return Case(refusal, (*b.DISTRICT, *given), when, name=name)


_ITEM = {"id": "x", "title": "数"}

SURVEYS: tuple[Case, ...] = (
    _of(e.SurveyUnknown, "answer", b.answer()),
    _of(e.SurveyUnknown, "remind", b.remind(b.CHUO)),
    _of(e.SurveyUnknown, "return", b.return_answer()),
    _of(e.SurveyAlreadyPublished, "again", b.survey(), b.survey()),
    _of(e.SurveyMalformed, "twice the same item", b.survey(items=[_ITEM, _ITEM], sums={})),
    _of(
        e.SurveyMalformed,
        "choices of a number",
        b.survey(items=[{**_ITEM, "choices": ["甲"]}], sums={}),
    ),
    _of(
        e.SurveyMalformed,
        "limits crossed",
        b.survey(items=[{**_ITEM, "minimum": 3, "maximum": 2}], sums={}),
    ),
    _of(e.SurveyMalformed, "a sum of no item", b.survey(sums={"places": ["nothing"]})),
    _of(e.UnitNotAsked, "publish", b.survey("99999")),
    _of(e.UnitNotAsked, "answer", b.answer(b.CHUO), b.survey(b.CHIYODA)),
    _of(e.UnitNotAsked, "remind", b.remind(b.CHUO), b.survey(b.CHIYODA)),
    _of(e.UnitNotAsked, "return", b.return_answer(b.CHUO), b.survey(b.CHIYODA)),
    _of(e.AnswerMalformed, "missing", b.answer(trouble=None), b.survey()),
    _of(e.AnswerMalformed, "not a number", b.answer(places="五"), b.survey()),
    _of(e.AnswerMalformed, "too small", b.answer(places=0, early=0, usual=0), b.survey()),
    _of(e.AnswerMalformed, "too large", b.answer(places=501, usual=499), b.survey()),
    _of(e.AnswerMalformed, "sum", b.answer(usual=4), b.survey()),
    _of(e.AnswerMalformed, "choice", b.answer(trouble="たぶん"), b.survey()),
    _of(e.AnswerMalformed, "time", b.answer(closed="夕方"), b.survey()),
    _of(e.AnswerMalformed, "number for words", b.answer(closed=18), b.survey()),
    _of(e.AnswerMalformed, "unknown item", b.answer(weather="晴"), b.survey()),
    _of(e.AnswerUnchanged, "again", b.answer(), b.survey(), b.answer()),
    _of(e.NothingAnswered, "none", b.return_answer(), b.survey()),
    _of(e.NothingAnswered, "twice", b.return_answer(), b.survey(), b.answer(), b.return_answer()),
)
