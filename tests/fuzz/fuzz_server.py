"""Generated requests against an application: what was answered, and what must never be."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Scope

from api.app import create_app
from api.http.app_state import AppState
from tests.fuzz.generated_requests import GeneratedRequest, RequestGenerator, route_paths

_UNAVAILABLE = 503
_FAULT = 500
_CREATED = 201
_DOCUMENTED = frozenset((_UNAVAILABLE, 507))
"""Statuses from 500 on that are an answer: come again later."""


@dataclass
class FuzzOutcome:
    """What became of generated requests.

    Attributes:
        statuses: How often each was answered.
        faults: What must not be, with the request.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def fuzz(services: AppState, seed: int, number: int) -> FuzzOutcome:
    """Answer generated requests one after the other, and check each answer.

    No answer is 500; 503 and 507 say when to come again; whatever is answered, only a receipt
    (201) is of something recorded.
    """
    app = create_app(services)
    generator = RequestGenerator(seed, route_paths(app))
    outcome = FuzzOutcome()

    async def all_of_them() -> None:
        position = services.log.reader.last_position()
        for _ in range(number):
            request = generator.next()
            status, headers, failure = await _ask(app, request)
            outcome.statuses[status] += 1
            after = services.log.reader.last_position() if request.method == "POST" else position
            fault = failure or _fault(status, headers, recorded=after > position)
            if fault:
                outcome.faults.append(f"{fault}: {request}"[:600])
            position = after

    asyncio.run(all_of_them())
    return outcome


def _fault(status: int, headers: dict[bytes, bytes], *, recorded: bool) -> str:
    if recorded and status != _CREATED:
        return f"{status} and something was recorded"
    if status >= _FAULT:
        if status not in _DOCUMENTED:
            return str(status)
        if b"retry-after" not in headers:
            return f"{status} without Retry-After"
    return ""


async def _ask(app: ASGIApp, request: GeneratedRequest) -> tuple[int, dict[bytes, bytes], str]:
    """Status, headers and, if the application raised something, what."""
    path, _, query = request.path.partition("?")
    started: list[Message] = []
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            await asyncio.sleep(3600)
        sent = True
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.append(message)

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": _unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    failure = ""
    try:
        await asyncio.wait_for(app(scope, receive, send), 60)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        failure = f"{type(error).__name__}: {error}"
    if not started:
        return 0, {}, failure or "no answer"
    return int(started[0]["status"]), dict(started[0]["headers"]), failure


def _unquote(path: str) -> str:
    """As the server of the application decodes a path."""
    return unquote(path)
