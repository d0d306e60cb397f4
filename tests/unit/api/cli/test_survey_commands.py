"""Commands about surveys, one after the other as a ministry and an office type them."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from infra.adapters.event_log import Log
from infra.services.surveys.questionnaires import find
from tests import builders as b
from tests.support.posting import record

DUE = "2024-11-15T17:00"
NOTHING = {
    "polling": 0, "early": 0, "counting": 0, "result": 0, "roll": 0, "other": 0, "total": 0,
    "affected": "なし",
}  # fmt: skip


def kaihyo(*arguments: object, ends: int = 0) -> Result:
    """Run a command in this process."""
    done = CliRunner().invoke(app, ["survey", *(str(each) for each in arguments)])
    assert done.exit_code == ends, done.output
    return done


@pytest.fixture
def published(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    """A log in which every unit is asked how its polling went."""
    monkeypatch.setenv("DATABASE_URL", log.conninfo)
    monkeypatch.setenv("KAIHYO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    record(log, *b.HOUSE, json.loads(kaihyo("publish", "problems", "--due", DUE).stdout))
    return log


def test_standard_questionnaires_are_listed() -> None:
    lines = kaihyo("list").stdout.splitlines()
    assert any(line.startswith("problems\t") for line in lines)
    assert len({line.split("\t")[0] for line in lines}) == len(lines)


def test_a_questionnaire_is_published_by_its_posting() -> None:
    posting = json.loads(kaihyo("publish", "problems", "--due", DUE).stdout)
    assert (posting["command"], posting["due"]) == ("publish-survey", f"{DUE}:00+09:00")
    assert posting["questionnaire"] == json.loads(msgspec.json.encode(find("problems")))


def test_a_due_date_or_a_name_that_cannot_be_read_is_refused() -> None:
    assert (
        "2024-11-15T17:00 の形で" in kaihyo("publish", "problems", "--due", "明日", ends=1).stderr
    )
    assert kaihyo("publish", "chairs", "--due", DUE, ends=1).stderr


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("form", ["form.csv", "form.xlsx"])
def test_a_form_has_a_row_for_each_unit_asked(tmp_path: Path, form: str) -> None:
    assert f"{form}：2行" in kaihyo("form", "house50", "problems", "--out", form).stdout
    assert (tmp_path / form).stat().st_size > 0
    elsewhere = kaihyo("form", "house50", "problems", "--out", form, "--prefecture", "12")
    assert f"{form}：0行" in elsewhere.stdout


def test_who_owes_an_answer_is_shown_and_reminded(published: Log) -> None:
    # Given two units of which one has answered
    told = kaihyo("status", "house50").stdout
    assert "回答 0/2" in told
    assert f"{b.CHUO} " in told
    answer = {"command": "answer-survey", "survey": "problems", "unit": b.CHIYODA}
    record(published, answer | {"values": NOTHING})

    # Then the other one is named and reminded, and nobody else
    told = kaihyo("status", "house50").stdout
    assert "回答 1/2" in told
    assert "未回答" in told
    assert f"  {b.CHIYODA} " not in told
    posting = json.loads(kaihyo("remind", "house50", "problems", "--note", "本日中に").stdout)
    assert (posting["command"], posting["units"]) == ("remind-survey", [b.CHUO])
    assert posting["note"] == "本日中に"

    # When it has answered too, then nobody is reminded
    record(published, answer | {"unit": b.CHUO, "values": NOTHING})
    assert kaihyo("remind", "house50", "problems").stdout == ""


@pytest.mark.usefixtures("published")
def test_an_answer_that_was_returned_says_why(log: Log) -> None:
    answer = {"command": "answer-survey", "survey": "problems", "unit": b.CHIYODA}
    back = {"command": "return-answer", "survey": "problems", "unit": b.CHIYODA}
    record(log, answer | {"values": NOTHING}, back | {"reason": "合計をご確認ください"})
    assert "差戻し中：合計をご確認ください" in kaihyo("status", "house50").stdout


@pytest.mark.usefixtures("published")
def test_a_survey_or_an_election_that_is_not_there_is_refused() -> None:
    assert "調査chairsは配布されていません" in kaihyo("remind", "house50", "chairs", ends=1).stderr
    assert kaihyo("status", "house99", ends=1).stderr
