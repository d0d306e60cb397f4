"""A filled-in answer form is read for the page, and nothing of it is kept."""

import httpx
import pytest

from aggregates.election.geography import Unit
from aggregates.surveys.survey import Values
from api.http.app_state import AppState
from infra.services.surveys.answer_form import Asked, form_workbook
from infra.services.surveys.questionnaires import find
from tests import builders as b
from tests.support.posting import happen
from tests.unit.api.reading import require_problem

READ = "/surveys/data/read?survey=problems"
ANSWER: Values = {
    "polling": 1, "early": 0, "counting": 0, "result": 0, "roll": 0, "other": 0, "total": 1,
    "affected": "なし",
}  # fmt: skip
UNIT = Unit(code=b.CHIYODA, name="千代田区", prefecture="13", kind="municipality")


@pytest.fixture
def asked(client: httpx.Client, services: AppState) -> httpx.Client:
    """A server whose ministry asks what went wrong."""
    [survey] = [
        each
        for each in client.get("/surveys/data/standard.json").json()
        if each["id"] == "problems"
    ]
    happen(services, b.survey(**survey))
    return client


def test_a_form_is_read_row_by_row_as_text(asked: httpx.Client, services: AppState) -> None:
    position = services.live.position
    answer = asked.post(
        READ, content=form_workbook(find("problems"), [Asked(UNIT, ANSWER)], "選挙")
    )
    assert answer.status_code == 200
    [row] = answer.json()["answers"]
    assert row["unit"] == b.CHIYODA
    assert row["texts"]["polling"] == "1"
    assert services.live.position == position


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 nothing", form_workbook(find("problems"), [Asked(UNIT, {})], "選挙")],
    ids=["no workbook", "nothing filled in"],
)
def test_a_form_that_says_nothing_is_refused(asked: httpx.Client, content: bytes) -> None:
    answer = asked.post(READ, content=content)
    require_problem(answer, 422)
    assert "回答票として読めません" in answer.json()["detail"]


def test_a_form_too_large_is_refused_with_what_to_do(asked: httpx.Client) -> None:
    answer = asked.post(READ, content=b"x" * 5_000_000)
    require_problem(answer, 422)
    assert "大き" in answer.json()["detail"]


def test_a_form_of_a_survey_that_nobody_asked_is_not_there(client: httpx.Client) -> None:
    assert client.post(READ, content=b"x").status_code == 404
