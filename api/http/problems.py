"""Refusals as RFC 9457 problems: the one place where a rule's name becomes an HTTP answer."""

import errno

import msgspec
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from aggregates.errors import Category, Fact, Refusal
from api.http.parameters.parameter_faults import parameter_facts, parameter_sentences
from infra.adapters.event_log.log_errors import ClockRefused, LogFull, LogUnavailable
from projections.feeds.layout import UNCACHED

PROBLEM_TYPE = "application/problem+json"
_NOT_ALLOWED = 405
_UNAVAILABLE = 503
_RETRY_SECONDS = "5"
_log = structlog.get_logger(__name__)

_STATUS: dict[Category, int] = {"invalid": 422, "conflict": 409, "forbidden": 403, "missing": 404}


class Unanswered(HTTPException):
    """A request that cannot be answered, with a sentence for people.

    Args:
        status: HTTP status.
        english: The rule, in English.
        japanese: What is wrong here and what to do.
        headers: Further headers.
        facts: The figures of the sentence, for machines.
    """

    def __init__(
        self,
        status: int,
        english: str,
        japanese: str,
        headers: dict[str, str] | None = None,
        **facts: Fact,
    ) -> None:
        super().__init__(status, english, headers)
        self.japanese = japanese
        self.facts = facts


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
    """A problem as an HTTP response; nobody keeps it, for the next answer may be another one."""
    return Response(
        msgspec.json.encode(problem),
        problem.status,
        headers={"Cache-Control": UNCACHED, **(headers or {})},
        media_type=PROBLEM_TYPE,
    )


def build_problem(refusal: Refusal) -> Problem:
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
    app.add_exception_handler(Refusal, _handle_refusal)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(LogUnavailable, _unavailable)
    app.add_exception_handler(ClockRefused, _handle_clock)
    app.add_exception_handler(LogFull, _handle_full)
    app.add_exception_handler(OSError, _handle_system)
    app.add_exception_handler(ClientDisconnect, _handle_disconnect)
    app.add_exception_handler(RequestValidationError, _handle_malformed_body)
    app.add_exception_handler(Exception, _handle_failure)


async def _handle_refusal(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    request.app.state.services.counts.refused[refusal.code] += 1
    return problem_response(build_problem(refusal))


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == _NOT_ALLOWED:
        error.headers = {**(error.headers or {}), "Allow": ", ".join(_allowed_methods(request))}
    return http_problem(error)


def _allowed_methods(request: Request) -> list[str]:
    """Every method that the address of a request answers; the first route knows its own alone."""
    found: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            found |= set(route.methods or ())
    return sorted(found | {"HEAD"} if "GET" in found else found)


def http_problem(error: HTTPException) -> Response:
    """What stands before every rule, such as the size of a body, as a problem.

    Args:
        error: What cannot be answered; a 405 has its `Allow`.
    """
    headers = dict(error.headers or {})
    if isinstance(error, Unanswered):
        detail, facts = error.japanese, error.facts
    else:
        detail, facts = _HTTP_JAPANESE.get(error.status_code, str(error.detail)), {}
    if error.status_code == _UNAVAILABLE:
        headers.setdefault("Retry-After", _RETRY_SECONDS)
    if error.status_code == _NOT_ALLOWED:
        detail = f"このアドレスでできるのは {headers['Allow']} だけです。"
    return problem_response(
        Problem(
            type=f"urn:kaihyo:http:{error.status_code}",
            title=str(error.detail),
            status=error.status_code,
            detail=detail,
            facts=facts,
        ),
        headers,
    )


async def _handle_malformed_body(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return problem_response(
        Problem(
            type="urn:kaihyo:http:422",
            title="A parameter of the request is malformed.",
            status=422,
            detail=parameter_sentences(error.errors()),
            facts={**parameter_facts(error.errors())},
        )
    )


async def _handle_failure(_: Request, error: Exception) -> Response:
    _log.error("http.failed", error=repr(error))
    return problem_response(
        Problem(
            type="urn:kaihyo:http:500",
            title="This server failed to answer.",
            status=500,
            detail="サーバの側の誤りで答えられませんでした。しばらくして読み直してください。",
        ),
        {"Retry-After": "5"},
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


async def _handle_clock(_: Request, error: Exception) -> Response:
    _log.error("http.clock-refused", error=str(error))
    return problem_response(
        Problem(
            type="urn:kaihyo:clock-refused",
            title="The clock of the server contradicts its log; nothing was recorded.",
            status=503,
            detail=(
                "サーバの時計が記録の時刻と合わないため、何も記録していません。サーバの担当者が時計を"
                "直すまで待ち、同じ受付番号のまま送り直してください（二重には記録されません）。"
            ),
            facts={"cause": str(error)},
        ),
        {"Retry-After": "60"},
    )


async def _handle_full(_: Request, error: Exception) -> Response:
    _log.error("http.disk-full", error=str(error))
    return problem_response(
        Problem(
            type="urn:kaihyo:log-full",
            title="The disk of the server is full; nothing was recorded.",
            status=507,
            detail=(
                "サーバの記憶装置が一杯で、記録できませんでした。"
                "同じ受付番号のまま、しばらくして送り直してください（二重には記録されません）。"
            ),
        ),
        {"Retry-After": "60"},
    )


async def _handle_system(request: Request, error: Exception) -> Response:
    """A disk of this machine that is full is said; any other error of the system is a failure."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return await _handle_full(request, error)
    return await _handle_failure(request, error)


async def _handle_disconnect(_: Request, __: Exception) -> Response:
    """Nobody is there to read an answer; it is no failure of this server."""
    return Response(status_code=400)


_HTTP_JAPANESE = {
    404: (
        "このアドレスには何もありません。文書は national.json のように形式まで書きます。"
        "一覧は /docs にあります。"
    ),
    400: "送信が途中で切れました。もう一度送ってください（二重には記録されません）。",
    408: "送信が途中で止まりました。もう一度送ってください（二重には記録されません）。",
    413: "送信内容が大きすぎます。分けて送ってください。",
    415: "application/json で送ってください。",
    429: "読み取りの回数が多すぎます。しばらくして読み直してください。",
    503: "準備中です。しばらくして読み直してください。",
}
