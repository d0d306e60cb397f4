"""Surveys as offices see them: what is asked, who has answered, who owes an answer.

A prefecture reads its own units, the ministry every one; both read the same figures.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from aggregates.election.geography import PREFECTURES
from aggregates.surveys.survey import Questionnaire, Values
from projections.state.election_state import ElectionState
from projections.state.survey_records import SurveyRecord, UnitState
from projections.views.surveys.survey_proposals import propose_answers


class SurveyCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How far the answering is, in one prefecture or in all.

    Attributes:
        prefecture: Its code; empty for all that were asked about.
        name: Its name.
        asked: Units that were asked.
        given: Units whose answer stands.
        returned: Units whose answer was sent back.
        missing: Units that never answered.
        reminded: Units that were reminded at least once and still owe an answer.
    """

    prefecture: str
    name: str
    asked: int
    given: int
    returned: int
    missing: int
    reminded: int


class UnitAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one unit answered.

    Attributes:
        unit: Its code.
        name: Its name.
        prefecture: Where it lies.
        state: Whether it owes an answer.
        position: Log position of the last event; 0 before the first.
        values: The last answer, also while it is returned.
        remark: What was written beside it.
        given_at: When the log took it.
        office: Who sent it.
        on_behalf: Whether for another office.
        returned: Why it was sent back, while it is.
        reminders: How often the unit was reminded.
        reminded_at: When last.
        reminded_note: With which words.
    """

    unit: str
    name: str
    prefecture: str
    state: UnitState
    position: int = 0
    values: Values | None = None
    remark: str = ""
    given_at: datetime | None = None
    office: str = ""
    on_behalf: bool = False
    returned: str = ""
    reminders: int = 0
    reminded_at: datetime | None = None
    reminded_note: str = ""


class SurveySummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One survey and how far it is.

    Attributes:
        id: Its id.
        title: What it is called.
        number: Where the report has it.
        note: For who answers.
        items: How many items it has.
        due: When answers are due.
        counts: Over the units in view.
        answers: What the units asked for answered; empty where none are named.
    """

    id: str
    title: str
    number: str
    note: str
    items: int
    due: datetime
    counts: SurveyCounts
    answers: tuple[UnitAnswer, ...] = ()


class SurveyDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One survey: what is asked and how far each prefecture is.

    Attributes:
        position: Log position this was read at.
        due: When answers are due.
        questionnaire: What is asked.
        total: Over all units in view.
        prefectures: Each apart, from north to south.
    """

    position: int
    due: datetime
    questionnaire: Questionnaire
    total: SurveyCounts
    prefectures: tuple[SurveyCounts, ...]


class SurveyForm(msgspec.Struct, frozen=True, kw_only=True):
    """What an office needs to answer for one unit.

    Attributes:
        answer: What the unit answered last, and its state.
        proposed: Item -> what the night's own figures already say.
        earlier: Item -> what the unit answered in the election before, where that is known.
    """

    answer: UnitAnswer
    proposed: Values
    earlier: Values = {}


def survey_list(
    state: ElectionState, *, prefecture: str = "", units: Collection[str] = ()
) -> list[SurveySummary]:
    """Every survey that asks somebody in view, in the order of publication."""
    found = []
    for survey in state.surveys.values():
        seen = tuple(_in_view(state, survey, prefecture, units))
        if seen:
            answers = tuple(_answer(state, survey, unit) for unit in seen) if units else ()
            found.append(_summary(survey, _counts(survey, prefecture, seen), answers))
    return found


def survey_detail(
    state: ElectionState, survey_id: str, prefecture: str = ""
) -> SurveyDetail | None:
    """One survey; None when there is none of this id."""
    survey = state.surveys.get(survey_id)
    if survey is None:
        return None
    seen = tuple(_in_view(state, survey, prefecture, ()))
    by_prefecture: dict[str, list[str]] = {}
    for unit in seen:
        by_prefecture.setdefault(_prefecture(state, unit), []).append(unit)
    return SurveyDetail(
        position=state.position,
        due=survey.due,
        questionnaire=survey.questionnaire,
        total=_counts(survey, prefecture, seen),
        prefectures=tuple(
            _counts(survey, code, units) for code, units in sorted(by_prefecture.items())
        ),
    )


def survey_answers(
    state: ElectionState, survey_id: str, *, prefecture: str = "", units: Collection[str] = ()
) -> list[UnitAnswer]:
    """What every unit in view answered, in the order of the survey."""
    survey = state.surveys.get(survey_id)
    if survey is None:
        return []
    return [_answer(state, survey, u) for u in _in_view(state, survey, prefecture, units)]


def survey_form(state: ElectionState, survey_id: str, unit: str) -> SurveyForm | None:
    """What an office needs to answer; None when the unit is not asked."""
    survey = state.surveys.get(survey_id)
    if survey is None or unit not in survey.answers:
        return None
    return SurveyForm(
        answer=_answer(state, survey, unit),
        proposed=propose_answers(state, survey.questionnaire, unit),
    )


def _in_view(
    state: ElectionState, survey: SurveyRecord, prefecture: str, units: Collection[str]
) -> Iterator[str]:
    for unit in survey.answers:
        if prefecture and _prefecture(state, unit) != prefecture:
            continue
        if units and unit not in units:
            continue
        yield unit


def _prefecture(state: ElectionState, unit: str) -> str:
    return state.register().units[unit].prefecture


def _counts(survey: SurveyRecord, prefecture: str, units: Collection[str]) -> SurveyCounts:
    states = [survey.state(unit) for unit in units]
    owing = (unit for unit in units if survey.state(unit) != "given")
    return SurveyCounts(
        prefecture=prefecture,
        name=PREFECTURES.get(prefecture, "全国"),
        asked=len(states),
        given=states.count("given"),
        returned=states.count("returned"),
        missing=states.count("missing"),
        reminded=sum(unit in survey.reminders for unit in owing),
    )


def _summary(
    survey: SurveyRecord, counts: SurveyCounts, answers: tuple[UnitAnswer, ...]
) -> SurveySummary:
    asked = survey.questionnaire
    return SurveySummary(
        id=asked.id,
        title=asked.title,
        number=asked.number,
        note=asked.note,
        items=len(asked.items),
        due=survey.due,
        counts=counts,
        answers=answers,
    )


def _answer(state: ElectionState, survey: SurveyRecord, unit: str) -> UnitAnswer:
    record, facts = survey.answers[unit], state.register().units[unit]
    given, reminder = record.given, survey.reminded.get(unit)
    return UnitAnswer(
        unit=unit,
        name=facts.name,
        prefecture=facts.prefecture,
        state=survey.state(unit),
        position=record.position,
        values=given.values if given else None,
        remark=given.remark if given else "",
        given_at=given.timestamp if given else None,
        office=given.provenance.office if given else "",
        on_behalf=given.provenance.on_behalf if given else False,
        returned=record.returned,
        reminders=survey.reminders.get(unit, 0),
        reminded_at=reminder.timestamp if reminder else None,
        reminded_note=reminder.note if reminder else "",
    )
