"""Surveys of the ministry and what units answer."""

from tests.builders.naming import CHIYODA
from tests.support.gwt import Command

QUESTIONNAIRE: dict[str, object] = {
    "id": "places",
    "title": "投票所数調",
    "number": "4(1)",
    "items": [
        {"id": "places", "title": "投票所数", "unit": "箇所", "minimum": 1, "maximum": 500},
        {"id": "early", "title": "うち繰上げ", "unit": "箇所"},
        {"id": "usual", "title": "その他", "unit": "箇所"},
        {"id": "closed", "title": "最も早い閉鎖", "kind": "time", "required": False},
        {"id": "trouble", "title": "問題", "kind": "choice", "choices": ["なし", "あり"]},
    ],
    "sums": {"places": ["early", "usual"]},
}


def survey(*units: str, **facts: object) -> Command:
    """Publish the survey of polling places; to every unit when none is named."""
    return {
        "command": "publish-survey",
        "questionnaire": QUESTIONNAIRE | facts,
        "due": "2024-11-15T17:00:00+09:00",
        "units": list(units),
    }


def answer(unit_code: str = CHIYODA, survey_id: str = "places", **values: object) -> Command:
    """An answer; `values` replace the usual ones, None leaves one out."""
    usual: dict[str, object] = {"places": 5, "early": 2, "usual": 3, "trouble": "なし"}
    said = {name: value for name, value in (usual | values).items() if value is not None}
    return {"command": "answer-survey", "survey": survey_id, "unit": unit_code, "values": said}


def return_answer(unit_code: str = CHIYODA) -> Command:
    named = {"survey": "places", "unit": unit_code}
    return {"command": "return-answer", **named, "reason": "前回と差が大きい"}


def remind(*units: str) -> Command:
    return {"command": "remind-survey", "survey": "places", "units": list(units)}
