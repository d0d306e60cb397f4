"""Addresses that answer once there is an election: until then they say that there is none yet.

They are read from the table of a server that has one, so that none is forgotten. Any other address
is as unknown here as there.
"""

from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import RouteContext, iter_route_contexts

from api.http.problems import Problem, problem_response
from api.http.response_cache import PUBLIC
from api.web.page_request import PageRequest
from projections.feeds.layout import UNCACHED

_RETRY_SECONDS: Final = "60"


def add_awaited_routes(app: FastAPI, running: FastAPI) -> None:
    """Answer every address of a server that has an election.

    Args:
        app: The application of a server without one; its own addresses stand before these.
        running: The table of a server that has one; it is never called.
    """
    own = {(route.path, method) for route in _table(app) for method in route.methods or ()}
    for route in _table(running):
        path = str(route.path)
        if left := {each for each in route.methods or () if (path, each) not in own}:
            answer = _lead_to_founding if left == {"GET"} and _is_page(route) else _say_none_yet
            app.add_route(path, answer, sorted(left), include_in_schema=False)


def _table(app: FastAPI) -> list[RouteContext]:
    return [route for route in iter_route_contexts(app.routes) if route.methods]


def _is_page(route: RouteContext) -> bool:
    """Whether people read what is at an address: no file, and no data for a script."""
    path = str(route.path)
    last = path.rstrip("/").rpartition("/")[2]
    is_data = path.startswith(PUBLIC) or "/data/" in path or route.include_in_schema
    return not is_data and "." not in last and ":path" not in last


async def _lead_to_founding(request: Request) -> Response:
    """What founds an election, in the language of the page."""
    founding = PageRequest(request).link("/setup")
    return RedirectResponse(founding, 303, {"Cache-Control": UNCACHED})


async def _say_none_yet(_: Request) -> Response:
    return problem_response(
        Problem(
            type="urn:kaihyo:no-election-yet",
            title="No election is defined yet.",
            status=503,
            detail=(
                "このサーバにはまだ選挙がありません。何も記録していません。"
                "初めての選挙なら /setup のページから始めます。始まっているはずの選挙なら、"
                "サーバの担当者に確かめてから、同じ受付番号のまま送り直してください。"
            ),
        ),
        {"Retry-After": _RETRY_SECONDS},
    )
