"""Surveys compiled: every unit's answer, sums per prefecture and nation, and who owes one."""

from collections.abc import Iterator

from aggregates.election.geography import PLACES
from aggregates.surveys.questions import QuestionItem
from projections.state.survey_records import SurveyRecord
from projections.statistics.ledger import Ledger
from projections.statistics.table import Cell, Column, Kind, Table, columns, keys

_STATES = {"missing": "未回答", "given": "回答済み", "returned": "差戻し中"}
_PLACE = keys(("election_id", "選挙"), ("prefecture", "都道府県"))


def tables(ledger: Ledger) -> Iterator[Table]:
    """Of every survey: the sums, the answers, and the state of answering."""
    for survey in ledger.state.surveys.values():
        yield from compile_survey(ledger, survey)
    if ledger.state.surveys:
        yield _states(ledger)


def compile_survey(ledger: Ledger, survey: SurveyRecord) -> tuple[Table, Table]:
    """Of one survey: the sums, and every unit's answer."""
    return _sums(ledger, survey), _answers(ledger, survey)


def _sums(ledger: Ledger, survey: SurveyRecord) -> Table:
    asked = survey.questionnaire
    numbers = [item for item in asked.items if item.is_number]
    rows = [_row(ledger, survey, numbers, [code]) for code in _prefectures(ledger, survey)]
    if len(rows) > 1:
        rows.append(_row(ledger, survey, numbers, None))
    return Table(
        id=f"survey_{asked.id}",
        number=asked.number,
        title=asked.title,
        columns=(
            *_PLACE,
            *columns("count", ("asked", "対象"), ("answered", "回答")),
            *(_column(item) for item in numbers),
        ),
        rows=tuple(rows),
        notes=_incomplete(survey),
    )


def _row(
    ledger: Ledger, survey: SurveyRecord, numbers: list[QuestionItem], codes: list[str] | None
) -> tuple[Cell, ...]:
    """Sums over prefectures; over all when none is named."""
    units = [u for u in survey.answers if codes is None or _prefecture(ledger, u) in codes]
    given = [answer.given for unit in units for answer in [survey.answers[unit]] if answer.given]
    sums = [sum(v for a in given if isinstance(v := a.values.get(i.id, 0), int)) for i in numbers]
    place = "合計" if codes is None else PLACES[codes[0]]
    return (ledger.election_id, place, len(units), len(given), *sums)


def _answers(ledger: Ledger, survey: SurveyRecord) -> Table:
    asked = survey.questionnaire
    rows: list[tuple[Cell, ...]] = []
    for unit, answer in survey.answers.items():
        if answer.given is not None:
            name = ledger.register.units[unit].name
            place = (ledger.election_id, PLACES[_prefecture(ledger, unit)], unit, name)
            values = (answer.given.values.get(item.id) for item in asked.items)
            rows.append((*place, *values, answer.given.remark))
    return Table(
        id=f"survey_{asked.id}_answers",
        number=asked.number,
        title=f"{asked.title}（市区町村別）",
        columns=(
            *_PLACE,
            *keys(("unit", "コード"), ("unit_name", "市区町村・開票区")),
            *(_column(item) for item in asked.items),
            Column("remark", "備考"),
        ),
        rows=tuple(rows),
    )


def _states(ledger: Ledger) -> Table:
    """Who owes an answer: what a prefecture and the nation remind by."""
    rows: list[tuple[Cell, ...]] = []
    for name, survey in ledger.state.surveys.items():
        for unit in survey.owing():
            place = (ledger.election_id, PLACES[_prefecture(ledger, unit)], name, unit)
            said = _STATES[survey.state(unit)]
            reason = survey.answers[unit].returned
            reminded = survey.reminders.get(unit, 0)
            rows.append((*place, ledger.register.units[unit].name, said, reason, reminded))
    return Table(
        id="survey_missing",
        number="99",
        title="調査の未回答・差戻し",
        columns=(
            *_PLACE,
            *keys(("survey", "調査"), ("unit", "コード")),
            *columns("text", ("unit_name", "名称"), ("state", "状態"), ("reason", "差戻しの理由")),
            Column("reminded", "督促", "count"),
        ),
        rows=tuple(rows),
    )


def _incomplete(survey: SurveyRecord) -> tuple[str, ...]:
    owing = len(survey.owing())
    return (f"未回答又は差戻し中が{owing:,}件あり、集計は途中です。",) if owing else ()


def _prefectures(ledger: Ledger, survey: SurveyRecord) -> list[str]:
    return sorted({_prefecture(ledger, unit) for unit in survey.answers})


def _prefecture(ledger: Ledger, unit: str) -> str:
    return ledger.register.units[unit].prefecture


def _column(item: QuestionItem) -> Column:
    kind: Kind = "count" if item.is_number else "text"
    unit = f"（{item.unit}）" if item.unit else ""
    return Column(item.id, f"{item.title}{unit}", kind)
