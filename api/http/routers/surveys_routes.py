"""Surveys for programs: what is asked, who has answered, forms and compiled tables.

Answers, returns and reminders are postings like every other one (`answer-survey`, `return-answer`,
`remind-survey`): signed, numbered and answered with a receipt at `/submissions`.
"""

import gzip
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from aggregates.surveys.survey import Questionnaire
from api.http.app_state import AppState, election_state, wait_until_read
from infra.adapters.event_log.event_log import Log
from infra.services.surveys.earlier_answers import EarlierAnswers
from projections.election_projection import ElectionProjection
from projections.views.surveys.survey_view import (
    SurveyDetail,
    SurveyForm,
    SurveySummary,
    UnitAnswer,
    survey_answers,
    survey_detail,
    survey_form,
    survey_list,
)

router = APIRouter(tags=["surveys"], default_response_class=Response)

BASE = "/v1/elections/{election}/surveys"
_CATCH_UP_SECONDS_MAX = 3.0
_UNITS_MAX = 3000
_COMPRESSION = 4
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

Prefecture = Annotated[
    str, Query(pattern="^([0-9]{2})?$", description="Only units of this prefecture.")
]
Units = Annotated[
    list[str], Query(alias="unit", max_length=_UNITS_MAX, description="Only these units.")
]


async def _services(
    election: str,
    request: Request,
    seen: Annotated[
        int, Query(ge=0, le=2**53, description="Answer no earlier than this position.")
    ] = 0,
) -> AppState:
    """The services, having read at least what the asker has seen recorded."""
    services = await run_in_threadpool(election_state, request, election)
    await wait_until_read(services, seen, _CATCH_UP_SECONDS_MAX)
    return services


CurrentAppState = Annotated[AppState, Depends(_services)]


class SurveyList(msgspec.Struct, frozen=True, kw_only=True):
    """Every survey at one position."""

    position: int
    surveys: list[SurveySummary]


class AnswerList(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of units to one survey at one position."""

    position: int
    answers: list[UnitAnswer]


@router.get(BASE, summary="Surveys and how far they are")
def surveys(services: CurrentAppState, prefecture: Prefecture = "", units: Units = []) -> Response:  # noqa: B006 - FastAPI copies it
    """Every survey with its due date, and how many of the units in view have answered."""
    return _json(
        services.live.read(
            lambda folded: SurveyList(
                position=folded.position,
                surveys=survey_list(folded, prefecture=prefecture, units=units),
            )
        )
    )


@router.get(f"{BASE}/{{survey}}", summary="A questionnaire and its progress by prefecture")
def survey(survey: str, services: CurrentAppState, prefecture: Prefecture = "") -> Response:
    """Items with kind, unit and limits; sums that must hold; who has answered, by prefecture."""
    return _json(services.live.read(lambda folded: build_survey_detail(folded, survey, prefecture)))


@router.get(f"{BASE}/{{survey}}/answers", summary="What every unit answered, and who owes it")
def answers(
    survey: str,
    *,
    services: CurrentAppState,
    request: Request,
    prefecture: Prefecture = "",
    units: Units = [],  # noqa: B006 - FastAPI copies it
    state: Annotated[str, Query(pattern="^(given|returned|missing)?$")] = "",
) -> Response:
    """One entry per unit: its state, its last answer, why it was returned, how often reminded."""

    def found(folded: ElectionProjection) -> AnswerList:
        build_survey_detail(folded, survey)
        every = survey_answers(folded, survey, prefecture=prefecture, units=units)
        chosen = [each for each in every if not state or each.state == state]
        return AnswerList(position=folded.position, answers=chosen)

    return _json(services.live.read(found), request.headers.get("accept-encoding", ""))


@router.get(f"{BASE}/{{survey}}/units/{{unit}}", summary="What one unit has to answer")
def unit(survey: str, unit: str, services: CurrentAppState, request: Request) -> Response:
    """Its last answer with its state; what the night's figures and the last election propose."""

    def asked(folded: ElectionProjection) -> tuple[SurveyForm, Questionnaire] | None:
        found = survey_form(folded, survey, unit)
        return None if found is None else (found, folded.surveys[survey].questionnaire)

    found = services.live.read(asked)
    if found is None:
        raise HTTPException(404, "No such survey, or it does not ask this unit.")
    form, questionnaire = found
    earlier = _earlier(request, services)
    if earlier is not None and form.answer.values is None:
        form = msgspec.structs.replace(form, earlier=earlier.find(questionnaire, unit))
    return _json(form)


def _earlier(request: Request, services: AppState) -> EarlierAnswers | None:
    """Answers of the election before; None on a read node, which has no database to ask."""
    if not isinstance(services.log, Log):
        return None
    found: EarlierAnswers | None = getattr(request.app.state, "earlier_answers", None)
    if found is None:
        found = request.app.state.earlier_answers = EarlierAnswers(services.log)
    return found


def build_survey_detail(
    folded: ElectionProjection, survey: str, prefecture: str = ""
) -> SurveyDetail:
    """A survey.

    Raises:
        HTTPException: 404, there is none of this id.
    """
    found = survey_detail(folded, survey, prefecture)
    if found is None:
        raise HTTPException(404, "No such survey.")
    return found


def _json(value: object, accept_encoding: str = "") -> Response:
    body, headers = msgspec.json.encode(value), dict(NO_STORE)
    if "gzip" in accept_encoding:
        # A nation's answers have a megabyte: a higher level costs more than it saves.
        body, headers["Content-Encoding"] = gzip.compress(body, _COMPRESSION, mtime=0), "gzip"
    return Response(body, headers=headers, media_type="application/json")
