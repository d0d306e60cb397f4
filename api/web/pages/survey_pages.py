"""The page of surveys: its shell, the questionnaires that come along, and reading answer forms."""

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from aggregates.surveys.survey import Questionnaire
from api.http.problems import Problem, problem_response
from api.http.routers.uploads import read_upload
from api.web.page_request import AVisit
from api.web.pages.centre.office_responses import data, shell
from infra.adapters.spreadsheets.pasted_spreadsheet import first_sheet
from infra.adapters.spreadsheets.spreadsheet_errors import SpreadsheetUnreadable
from infra.services.surveys.answer_sheets import AnswersUnusable, read_filled_in
from infra.services.surveys.questionnaires import standard

router = APIRouter(include_in_schema=False)
data_router = APIRouter(include_in_schema=False)
"""Addresses that have no language."""

_TOO_LARGE_STATUS = 413
_TOO_LARGE = "ファイルが大きすぎます（上限2MB）。回答票だけを選んでください。"


@router.get("/surveys")
def without_slash(visit: AVisit) -> Response:
    """The page has one address."""
    return RedirectResponse(visit.link("/surveys/"), 308)


@router.get("/surveys/")
def surveys(visit: AVisit) -> Response:
    """The page of surveys, of the office whose device it is."""
    return shell(visit, "surveys.html", "shared", "survey")


@data_router.get("/surveys/data/standard.json")
def questionnaires(request: Request) -> Response:
    """The questionnaires of the publication."""
    return data(request, list(standard()))


@data_router.post("/surveys/data/read")
async def read(request: Request, visit: AVisit, survey: str = Query(max_length=64)) -> Response:
    """What a filled-in form says, unit by unit, as text. Nothing is kept or recorded."""
    record = visit.services.live.read(lambda state: state.surveys.get(survey))
    if record is None:
        raise HTTPException(404, "No such survey.")
    try:
        return await read_upload(
            request, lambda body: data(request, {"answers": _answers(body, record.questionnaire)})
        )
    except (SpreadsheetUnreadable, AnswersUnusable) as error:
        return _unreadable(f"回答票として読めません。{error}")
    except HTTPException as error:
        if error.status_code == _TOO_LARGE_STATUS:
            return _unreadable(_TOO_LARGE)
        raise


def _answers(content: bytes, questionnaire: Questionnaire) -> list[dict[str, object]]:
    lines = first_sheet(content).lines()
    found = [each._asdict() for each in read_filled_in(lines, questionnaire)]
    if not found:
        raise AnswersUnusable("回答が一つも記入されていません")
    return found


def _unreadable(sentence: str) -> Response:
    return problem_response(
        Problem(
            type="urn:kaihyo:spreadsheet-unreadable",
            title="The file cannot be read as an answer form.",
            status=422,
            detail=sentence,
        )
    )
