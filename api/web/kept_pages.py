"""Rendered pages, kept as documents are: made once per version, compressed once per coding.

A page that depends on nothing but its documents is answered here, in front of the routes.
"""

import threading
from collections.abc import Callable
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.encoded_responses import EncodedBody
from api.http.response_cache import ResponseCache
from infra.services.queries.live_read_model import LiveReadModel

KEPT_BYTES_MAX = 128_000_000
"""Pages kept in memory, counted uncompressed; apart from documents, which searches for anything
would push out otherwise."""

_HTML = "text/html; charset=utf-8"
_MAKING = 64
"""Pages that may be made at once; who waits for the same one finds it made."""


class EncodedPage(EncodedBody):
    """A rendered page.

    Args:
        body: Its bytes.
        cache: Cache rule.
        tag: What its entity tag begins with; a digest of the bytes follows, since what surrounds
            the figures of a version may differ from one rendering to the next.
        version: Position of its documents.
        documents: Documents whose change changes it; none when it stays as it is.
        standing: What it says of the server's own state; None when it says nothing of it.
        stamp: What else changes it, which its route alone knows, be it nothing at the moment; None
            where nothing ever does.
        more: Further headers.
    """

    __slots__ = ("stamp", "standing")

    def __init__(
        self,
        body: bytes,
        cache: str,
        *,
        tag: str,
        version: int = 0,
        documents: tuple[str, ...] = (),
        standing: str | None = None,
        stamp: str | None = None,
        more: dict[str, str],
    ) -> None:
        super().__init__(
            body, _HTML, cache, version=version, documents=documents, more=more,
            is_for_programs=False,
        )  # fmt: skip
        self.tag = f"{tag}-{self.tag}"
        self.standing = standing
        self.stamp = stamp

    def is_as(self, standing: str | None, stamp: str | None) -> bool:
        """Whether it says what holds beside its documents."""
        return self.stamp == stamp and self.standing in {None, standing}


class KeptPages:
    """Pages by address, as long as they are fresh.

    Args:
        live: Says the versions of documents.
        bytes_max: How much is kept.
    """

    def __init__(self, live: LiveReadModel, bytes_max: int = KEPT_BYTES_MAX) -> None:
        self._answers = ResponseCache(live, bytes_max)
        self._making = [threading.Lock() for _ in range(_MAKING)]

    def get(
        self, address: str, standing: str | None, stamp: str | None = None
    ) -> EncodedPage | None:
        """The page of an address, if it is still right."""
        found = self.find(address)
        return found if found is not None and found.is_as(standing, stamp) else None

    def find(self, address: str) -> EncodedPage | None:
        """The page of an address as its documents are, whatever else it says."""
        return cast("EncodedPage | None", self._answers.get(address))

    def get_or_make(
        self,
        address: str,
        make: Callable[[], EncodedPage | None],
        standing: str | None,
        stamp: str | None = None,
    ) -> EncodedPage | None:
        """The page of an address; made by one of those who ask for it at once.

        Args:
            address: Path and query, as far as the page reads it.
            make: Renders the page; None where there is none.
            standing: What it must say of the server's own state.
            stamp: What else it must show.
        """
        if (found := self.get(address, standing, stamp)) is not None:
            return found
        with self._making[hash(address) % _MAKING]:
            if (found := self.get(address, standing, stamp)) is not None:
                return found
            made = make()
            if made is not None:
                self._answers.put(address, made)
            return made


class KeptPagesMiddleware:
    """ASGI middleware in front of the routes of pages.

    Args:
        app: The routes.
        pages: Pages in memory.
        standing: What pages say of the server's own state, without waiting; None when that has to
            be looked at again.
    """

    def __init__(self, app: ASGIApp, pages: KeptPages, standing: Callable[[], str | None]) -> None:
        self._app = app
        self._pages = pages
        self._standing = standing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on."""
        kept = self._find(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if kept is None:
            await self._app(scope, receive, send)
            return
        accept_encoding = if_none_match = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accept_encoding = value
            elif name == b"if-none-match":
                if_none_match = value
        ready = kept.ready(accept_encoding, if_none_match)
        await send(ready.start)
        await send(ready.rest)

    def _find(self, scope: Scope) -> EncodedPage | None:
        path: str = scope["path"]
        query: bytes = scope["query_string"]
        kept = self._pages.find(f"{path}?{query.decode('latin-1')}" if query else path)
        if kept is None or kept.stamp is not None:
            return None
        # Asked for what says it only: who is sent to look again comes to a route that does.
        is_right = kept.standing is None or kept.standing == self._standing()
        return kept if is_right else None
