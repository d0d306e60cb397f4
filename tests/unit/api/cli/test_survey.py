"""Survey forms on the command line: whatever was filled in becomes postings."""

from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from aggregates.election.geography import Unit
from aggregates.surveys.survey import Values
from api.cli.offices.survey import app as survey
from infra.services.surveys.answer_form import Asked, form_workbook
from infra.services.surveys.questionnaires import find

UNITS = [
    Unit(code=code, name=name, prefecture="13", kind="municipality")
    for code, name in (("13101", "千代田区"), ("13102", "中央区"))
]
ANSWER: Values = {
    "polling": 1, "early": 0, "counting": 0, "result": 0, "roll": 0, "other": 0, "total": 1,
    "worst": "投票用紙の交付誤り", "affected": "なし",
}  # fmt: skip


@pytest.mark.parametrize("count", [1, 2])
def test_a_workbook_becomes_postings(tmp_path: Path, count: int) -> None:
    path = tmp_path / "form.xlsx"
    asked = [Asked(unit, ANSWER, "備考です") for unit in UNITS[:count]]
    path.write_bytes(form_workbook(find("problems"), asked, "選挙"))

    told = CliRunner().invoke(survey, ["answers", "problems", str(path)])

    assert told.exit_code == 0
    postings = [msgspec.json.decode(line) for line in told.stdout.splitlines()]
    assert [each["unit"] for each in postings] == ["13101", "13102"][:count]
    for each in postings:
        assert (each["values"], each["remark"]) == (ANSWER, "備考です")


def test_a_file_of_another_survey_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_workbook(find("problems"), [Asked(UNITS[0], ANSWER)], "選挙"))

    told = CliRunner().invoke(survey, ["answers", "counting-staff", str(path)])

    assert told.exit_code == 1
    assert "列が質問票と違います" in told.stderr

    path.write_bytes(b"nothing")
    assert CliRunner().invoke(survey, ["answers", "problems", str(path)]).exit_code == 1
