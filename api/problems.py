"""Refusals as RFC 9457 problems: the one place where a rule's name becomes an HTTP answer."""

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from aggregates.errors import Category, Fact, Refusal
from infra.log.errors import LogUnavailable

PROBLEM_TYPE = "application/problem+json"

_STATUS: dict[Category, int] = {"invalid": 422, "conflict": 409, "forbidden": 403, "missing": 404}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer that says what was wrong, where, and what to do (RFC 9457).

    Attributes:
        type: Permanent name of the rule.
        title: The rule as a sentence, in English.
        status: HTTP status.
        detail: What is wrong here and what to do, in Japanese.
        facts: The figures of the sentence, for machines.
    """

    type: str
    title: str
    status: int
    detail: str
    facts: dict[str, Fact] = {}


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """A problem as an HTTP response."""
    return Response(
        msgspec.json.encode(problem), problem.status, headers=headers, media_type=PROBLEM_TYPE
    )


def problem_of(refusal: Refusal) -> Problem:
    """A refusal as a problem."""
    return Problem(
        type=f"urn:kaihyo:refusal:{refusal.code}",
        title=refusal.english,
        status=_STATUS[refusal.category],
        detail=str(refusal),
        facts=refusal.facts,
    )


def install(app: FastAPI) -> None:
    """Answer every refusal and error of the application with a problem."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(LogUnavailable, _unavailable)
    app.add_exception_handler(RequestValidationError, _malformed)


async def _refused(_: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    return problem_response(problem_of(refusal))


async def _http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    detail = _HTTP_JAPANESE.get(error.status_code, str(error.detail))
    return problem_response(
        Problem(
            type=f"urn:kaihyo:http:{error.status_code}",
            title=str(error.detail),
            status=error.status_code,
            detail=detail,
        ),
        dict(error.headers or {}),
    )


async def _malformed(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    wrong = {".".join(map(str, each["loc"])): str(each["msg"]) for each in error.errors()}
    return problem_response(
        Problem(
            type="urn:kaihyo:http:422",
            title="A parameter of the request is malformed.",
            status=422,
            detail=f"指定の形が違います: {'、'.join(wrong)}",
            facts=dict(wrong),
        )
    )


async def _unavailable(_: Request, error: Exception) -> Response:
    return problem_response(
        Problem(
            type="urn:kaihyo:log-unavailable",
            title="The log cannot be written now; whether this was recorded is unknown.",
            status=503,
            detail=(
                "ただいま記録できません。受け付けたかどうか確認できないため、"
                "同じ受付番号のまま、しばらくして送り直してください（二重には記録されません）。"
            ),
            facts={"cause": str(error)},
        ),
        {"Retry-After": "5"},
    )


_HTTP_JAPANESE = {
    404: "指定された文書はありません。アドレスを確かめてください。",
    405: "このアドレスではその操作はできません。",
    413: "送信内容が大きすぎます（上限1MB）。分けて送ってください。",
    415: "application/json で送ってください。",
    429: "読み取りの回数が多すぎます。しばらくして読み直してください。",
    503: "準備中です。しばらくして読み直してください。",
}
