"""Questionnaires that come along, and answers by spreadsheet."""

import csv
from pathlib import Path

import pytest

from aggregates.election.geography import Unit
from aggregates.surveys.questions import QuestionItem, faults_in
from aggregates.surveys.survey import Questionnaire, answer_faults, questionnaire_fault
from infra.services.surveys.answer_sheets import AnswersUnusable, read_answers, write_form
from infra.services.surveys.questionnaires import QuestionnaireUnusable, find, read, standard
from tests.unit.infra.adapters.spreadsheets.table_files import FORMATS

UNITS = [Unit(code="13101", name="千代田区", prefecture="13", kind="municipality"),
         Unit(code="13102", name="中央区", prefecture="13", kind="municipality")]  # fmt: skip


def test_every_survey_of_the_publication_is_there_and_sound() -> None:
    found = {each.id: each for each in standard()}

    assert set(found) == {
        "polling-places", "early-voting-places", "counting-staff", "invalid-districts",
        "invalid-lists", "problems", "voters-by-age", "young-voters",
    }  # fmt: skip
    assert all(questionnaire_fault(each) == "" for each in found.values())
    assert len(found["invalid-districts"].items) == 13


@pytest.mark.parametrize("each", list(standard()), ids=lambda each: each.id)
def test_a_standard_questionnaire_can_be_answered(each: object) -> None:
    questionnaire = find(str(getattr(each, "id", "")))
    words = {"text": "なし", "time": "21:30"}
    values: dict[str, int | str] = {}
    for item in questionnaire.items:
        first = item.choices[0] if item.choices else words.get(item.kind, "")
        values[item.id] = item.minimum if item.is_number else first
    for whole, parts in reversed(list(questionnaire.sums.items())):
        least = next(item.minimum for item in questionnaire.items if item.id == whole)
        values[parts[0]] = least
        values |= dict.fromkeys(parts[1:], 0)
        values[whole] = least

    assert list(answer_faults(questionnaire, values)) == []
    assert list(faults_in(questionnaire.items, {}))


def test_a_form_filled_in_becomes_answers(tmp_path: Path) -> None:
    questionnaire = find("polling-places")
    path = tmp_path / "form.csv"
    write_form(path, questionnaire, UNITS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines[2:]] == [f"unit:{unit.code}" for unit in UNITS]
    lines[2][2] = "1,005"
    lines[2][-1] = "分庁舎を含む"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)

    (only,) = read_answers(path, questionnaire)

    assert (only.unit, only.values, only.remark) == ("13101", {"places": 1005}, "分庁舎を含む")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("unit,", "units,", "列が質問票と違います"),
        ("13101,千代田区,", "13101,千代田区,五", "3行目"),
    ],
)
def test_a_form_that_is_none_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "form.csv"
    write_form(path, find("polling-places"), UNITS)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(AnswersUnusable, match=said):
        list(read_answers(path, find("polling-places")))


def test_a_questionnaire_of_ones_own_is_checked() -> None:
    with pytest.raises(QuestionnaireUnusable, match="質問票として読めません"):
        read(b'{"id": "x"}', "own.json")
    with pytest.raises(QuestionnaireUnusable, match="が二つあります"):
        read(b'{"id":"x","title":"x","items":[{"id":"a","title":"a"},{"id":"a","title":"b"}]}'
, "own.json")  # fmt: skip
    with pytest.raises(QuestionnaireUnusable, match="ありません"):
        find("no-such-survey")


@pytest.mark.parametrize("name", FORMATS)
def test_answers_are_read_from_every_format(name: str, tmp_path: Path) -> None:
    rows = [["unit", "name", "electors", "voters"], ["13101", "千代田区", "1,000", "９００"]]
    path = tmp_path / name
    path.write_bytes(FORMATS[name](rows))

    (answer,) = read_answers(path, find("voters-by-age"))

    assert answer.unit == "13101"
    assert answer.values == {"electors": 1000, "voters": 900}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["13101", "1000", "2000"]], r"2行目 voters-a18：.*2,000.*1,000.*超えています"),
        ([["13101", "1000", "#N/A"]], r"2行目C列.*#N/A"),
        ([["13101", "1000", "多数"]], r"2行目 .*voters-a18.*「多数」"),
        ([["13101", "1", "1"], ["13101", "2", "2"]], "3行目 開票区 13101 は2行目にも"),
    ],
)
def test_an_answer_that_cannot_be_is_named_by_row_and_item(
    rows: list[list[str]], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(FORMATS["cp932.csv"]([["unit", "electors-a18", "voters-a18"], *rows]))

    with pytest.raises(AnswersUnusable, match=said):
        list(read_answers(path, find("voters-by-age")))


def test_what_stays_within_another_is_a_number_of_the_questionnaire() -> None:
    item = QuestionItem(id="voters", title="投票者数")
    asked = Questionnaire(id="q", title="調査", items=(item,), within={"electors": ("voters",)})

    assert "electors" in questionnaire_fault(asked)
