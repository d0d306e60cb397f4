"""The front of the feed: answers from memory what was answered before at the same version.

Everything else goes on to the routes. Here is also what holds for every public address: the rate
limit, HEAD as GET, any origin, no cookies.
"""

import threading
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.encoded_responses import EncodedBody, EncodedResponse
from api.http.limits.client_address import TrustedProxies
from api.http.limits.rate_limits import RateLimit
from api.http.problems import Problem, problem_response
from infra.services.queries.live_read_model import LiveReadModel

KEPT_BYTES_MAX = 256_000_000
"""Bodies kept in memory, counted uncompressed; the one kept for longest goes first."""

PUBLIC = "/v1/"
HEAD_POINTER = ("head",)
"""What pointers are kept as: they are fresh only at the very last position."""

IS_HEAD = "kaihyo.head"
"""Key in the scope of a GET that was asked for as HEAD."""

STRAIGHT = "kaihyo.straight"
"""Key in the scope of the server's own `send`: what follows the beginning of an answer may go
there, past every layer between. To thousands of readers of a stream that is a fifth of the work."""

_MEANT = (b"as_of=", b"encoding=", b"after=", b"limit=")
"""Parameters that some public address reads; all others do not defeat the cache."""

_READS = frozenset({"GET", "HEAD"})

_PREFLIGHT = EncodedResponse(
    204,
    [
        (b"access-control-allow-origin", b"*"),
        (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
        (b"access-control-allow-headers", b"If-None-Match, Last-Event-ID"),
        (b"access-control-max-age", b"86400"),
    ],
    b"",
)
_NO_BODY: Message = {"type": "http.response.body", "body": b""}


class ResponseCache:
    """Answers by path, as long as they are fresh."""

    def __init__(self, live: LiveReadModel, bytes_max: int = KEPT_BYTES_MAX) -> None:
        self._live = live
        self._bytes_max = bytes_max
        self._bytes = 0
        self._answers: dict[str, EncodedBody] = {}
        self._putting = threading.Lock()

    def get(self, path: str) -> EncodedBody | None:
        """The answer for a path, if it is still right."""
        found = self._answers.get(path)
        if found is None or not found.documents:
            return found
        if found.documents is HEAD_POINTER:
            return found if found.version == self._live.position else None
        return found if found.version == max(map(self._live.version, found.documents)) else None

    def put(self, path: str, answer: EncodedBody) -> EncodedBody:
        """Keep an answer; gives the one that is kept.

        When a version is asked for by many at once, the first answer serves all of them, so that it
        is compressed once.
        """
        with self._putting:
            old = self._answers.get(path)
            if old is not None and old.is_same(answer):
                return old
            self._answers.pop(path, None)
            self._bytes += answer.size - (old.size if old is not None else 0)
            self._answers[path] = answer
            while self._bytes > self._bytes_max:
                self._bytes -= self._answers.pop(next(iter(self._answers))).size
        return answer


class CacheMiddleware:
    """ASGI middleware in front of the routes.

    Args:
        app: The routes.
        kept: Answers in memory.
        limit: The rate limit of readers.
        proxies: Whose word on the reader's address is taken.
        counts: Where to count.
    """

    def __init__(
        self,
        app: ASGIApp,
        kept: ResponseCache,
        limit: RateLimit,
        proxies: TrustedProxies,
        counts: "RequestCounters",
    ) -> None:
        self._app = app
        self._kept = kept
        self._limit = limit
        self._proxies = proxies
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on."""
        if scope["type"] != "http" or not scope["path"].startswith(PUBLIC):
            await self._app(scope, receive, send)
            return
        method = scope["method"]
        if method not in _READS:
            await self._other(scope, receive, send)
            return
        accept_encoding = if_none_match = forwarded = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accept_encoding = value
            elif name == b"if-none-match":
                if_none_match = value
            elif name == b"x-forwarded-for":
                forwarded = forwarded + b"," + value if forwarded else value
        if forwarded:
            scope["client"] = self._client(scope, forwarded)
        if self._limit.is_on and (seconds := self._limit.seconds_to_wait(_host(scope))):
            self._counts.limited += 1
            await _too_many(seconds)(scope, receive, send)
            return
        query = scope["query_string"]
        prepared = None if query and _means(query) else self._kept.get(scope["path"])
        if prepared is None:
            scope[STRAIGHT] = send
            await self._app(_as_get(scope), receive, self._open_to_all(send, method))
            return
        ready = prepared.ready(accept_encoding, if_none_match)
        self._counts.from_memory[ready.status] += 1
        await send(ready.start)
        await send(_NO_BODY if method == "HEAD" else ready.rest)

    def _client(self, scope: Scope, forwarded: bytes) -> tuple[str, int]:
        peer = _host(scope)
        found = self._proxies.client(peer, forwarded)
        return (found, 0) if found != peer else scope["client"]

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["method"] == "OPTIONS" and any(
            name == b"access-control-request-method" and value in {b"GET", b"HEAD"}
            for name, value in scope["headers"]
        )
        if asks:
            await send(_PREFLIGHT.start)
            await send(_PREFLIGHT.rest)
            return
        await self._app(scope, receive, send)

    def _open_to_all(self, send: Send, method: str) -> Send:
        """Count what the routes answer, let every origin read it, and cut bodies off for HEAD."""

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts.from_routes[message["status"]] += 1
                headers = message["headers"]
                if all(name != b"access-control-allow-origin" for name, _ in headers):
                    message["headers"] = [*headers, (b"access-control-allow-origin", b"*")]
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        return send_and_count


class HeadRequests:
    """ASGI middleware: HEAD is GET without a body, on every address (RFC 9110, 9.3.2).

    Args:
        app: The routes; those below the public prefix are asked so by `CacheMiddleware` already.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, HEAD as GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            is_body = message["type"] == "http.response.body"
            await send({**message, "body": b""} if is_body else message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class RequestCounters:
    """What the front counts, for the metrics.

    Attributes:
        from_memory: Answers from memory by status.
        from_routes: Answers of the routes by status.
        limited: Requests refused by the rate limit.
        refused: What was refused, by the code of the rule.
    """

    def __init__(self) -> None:
        self.from_memory: Counter[int] = Counter()
        self.from_routes: Counter[int] = Counter()
        self.limited = 0
        self.refused: Counter[str] = Counter()


def _means(query: bytes) -> bool:
    """Whether a query says something that some address reads."""
    return any(meant in query for meant in _MEANT)


def _as_get(scope: Scope) -> Scope:
    return scope if scope["method"] == "GET" else {**scope, "method": "GET", IS_HEAD: True}


def _host(scope: Scope) -> str:
    client: tuple[str, int] | None = scope["client"]
    return client[0] if client is not None else ""


def _too_many(seconds: int) -> ASGIApp:
    problem = Problem(
        type="urn:kaihyo:http:429",
        title="Too many requests from this address.",
        status=429,
        detail=f"読み取りの回数が多すぎます。{seconds}秒後に読み直してください。",
        facts={"seconds": str(seconds)},
    )
    allowed = {"Access-Control-Allow-Origin": "*"}
    return problem_response(problem, {"Retry-After": str(seconds), **allowed})
