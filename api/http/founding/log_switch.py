"""One address, one log after another: none yet, a rehearsal, the live election that follows it.

A definition that brings the code of the server is decided before there is a log for it. Only then
is its log made and put in the place of the one before; the posting goes to it through the ordinary
door. Everything else goes to what is served now.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Final

from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregates.election.identifiers import Environment
from aggregates.errors import ElectionUnknown, Refusal
from api.http.limits.founding_guard import CODE_HEADER, FoundingGuard, FoundingOffer
from api.http.limits.held_bytes import HeldBytes
from api.http.problems import build_problem, http_problem, problem_response
from api.http.request_bodies import ENVELOPE_TYPE, SUBMISSIONS_ADDRESS, receive_bytes
from infra.adapters.postgres.schemas import LogName
from infra.services.founding.founding_trial import (
    admit_founding,
    founded_log,
    require_foundable,
)
from infra.services.signing.submission_auth import asks_for_founding

_CREATED: Final = 201
_CODE: Final = CODE_HEADER.lower().encode()
_ONCE: Final = (_CODE, b"content-type", b"content-length")
_NEXT: Final[dict[Environment | None, tuple[Environment, ...]]] = {
    None: ("rehearsal", "live"),
    "rehearsal": ("live",),
    "live": (),
}
"""What may be served after a log of an environment, or after none."""


class LogSwitch:
    """The application of an address, whose log is put in its place when an election is founded.

    Args:
        guard: Knows the code.
        begin: Makes a log and gives the application that serves it.
        leave: Ends what was served before, once nothing new comes to it.
        end: Called once an election was founded: its code has served.

    Attributes:
        guard: As it was given.
        refused: What was refused at this address, by the code of the rule, over all its logs.
    """

    def __init__(
        self,
        guard: FoundingGuard,
        begin: Callable[[LogName, "LogSwitch"], ASGIApp],
        leave: Callable[[], None],
        end: Callable[[LogName], None],
    ) -> None:
        self.guard = guard
        self._begin = begin
        self._leave = leave
        self._end = end
        self._served: LogName | None = None
        self._app: ASGIApp | None = None
        self._turn = asyncio.Lock()
        self._held = HeldBytes()
        self.refused: Counter[str] = Counter()

    def serve(self, app: ASGIApp, name: LogName | None) -> None:
        """Serve a log from now on, or the page that founds the first one."""
        self._app, self._served = app, name

    def offer(self) -> FoundingOffer:
        """What may be founded here now."""
        environments = _NEXT[self._served.environment if self._served is not None else None]
        return FoundingOffer(
            environments=environments,
            # A start finds one election in the database, or needs the name of the one it serves.
            election=self._served.election if self._served is not None and environments else "",
            needs_code=any(map(self.guard.asks, environments)),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Found what is to be founded here, or pass on."""
        if self._app is None:
            raise RuntimeError("Nothing is served yet.")
        if scope["type"] == "http" and scope["method"] == "POST":
            headers = dict(scope["headers"])
            address = SUBMISSIONS_ADDRESS.fullmatch(scope["path"])
            if address is not None and _CODE in headers and self.offer().environments:
                names = [name for name, _ in scope["headers"]]
                if any(names.count(name) > 1 for name in _ONCE):
                    # One reader of the request would take the first, another the last.
                    doubled = HTTPException(400, "A header is given twice.")
                    await http_problem(doubled)(scope, receive, send)
                    return
                await self._receive_founding(address[1], headers, (scope, receive, send))
                return
        await self._app(scope, receive, send)

    async def _receive_founding(
        self, election: str, headers: dict[bytes, bytes], request: tuple[Scope, Receive, Send]
    ) -> None:
        scope, receive, send = request
        try:
            declared = headers.get(b"content-length", b"0").decode("latin-1")
            body = await receive_bytes(receive, declared, self._held)
            async with self._turn:
                name = await self._begin_log(election, headers, body)
                if name is not None:
                    # In this turn still: until its code has served, no other founding may use it.
                    await self._pass_founding(name, body, request)
        except Refusal as refusal:
            self.refused[refusal.code] += 1
            await problem_response(build_problem(refusal))(scope, receive, send)
            return
        except HTTPException as error:
            await http_problem(error)(scope, receive, send)
            return
        if name is None and self._app is not None:
            await self._app(scope, _once(body, receive), send)

    async def _pass_founding(
        self, name: LogName, body: bytes, request: tuple[Scope, Receive, Send]
    ) -> None:
        """Have the new log record its definition, and end what was served before."""
        scope, receive, send = request
        app = await run_in_threadpool(self._begin, name, self)
        self.serve(app, name)

        async def watch(message: Message) -> None:
            if message.get("status") == _CREATED:
                self._end(name)
            await send(message)

        try:
            await app(scope, _once(body, receive), watch)
        finally:
            await run_in_threadpool(self._leave)

    async def _begin_log(
        self, election: str, headers: dict[bytes, bytes], body: bytes
    ) -> LogName | None:
        """The log that a definition begins; None for what is only to be passed on."""
        media_type = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip()
        code = headers[_CODE].decode("latin-1")

        def prepare() -> LogName | None:
            signed = media_type == ENVELOPE_TYPE
            if self._served is not None and not asks_for_founding(body, signed=signed):
                # Who imports an election sends the code with all of it: what follows the definition
                # is for the log that it began, which alone knows the keys.
                return None
            posting = admit_founding(body, election, signed=signed)
            name = founded_log(posting)
            offer = self.offer()
            if name == self._served or name.environment not in offer.environments:
                return None
            if offer.election not in {"", name.election}:
                raise ElectionUnknown(election=name.election)
            self.guard.require_meant(posting.submission, code, name)
            require_foundable(posting)
            return name

        return await run_in_threadpool(prepare)


def _once(body: bytes, receive: Receive) -> Receive:
    """A request whose body was read already."""
    left = [body]

    async def again() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return again
