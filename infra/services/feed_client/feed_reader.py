"""A reader of the feed: pointer, documents, stream.

It resumes after any interruption, never takes what it has twice, and refuses to go back.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from infra.services.feed_client.sse_events import events_in
from projections.feeds.layout import CACHE_SECONDS, DISTRICTS_HEAD, HEAD, PARTS_HEAD, STREAM

SILENCE_SECONDS_MAX = 40.0
"""A heartbeat comes every 15 s: after so long without one the connection is dead."""

WAIT_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Before the first attempt to connect again, the second, …; the last one stays."""

RETRY_SECONDS_MAX = 60.0
"""How long a server may be away before a single file is given up."""

BEHIND_SECONDS_MAX = 5.0
"""How long servers of one election may differ; then the feed went back."""

_COME_BACK = frozenset({429, 500, 502, 503, 504})
"""Answers that do not last."""


class FeedWentBack(Exception):  # noqa: N818 - it says what is the case
    """The feed is older than what was read already; a restored backup, or another server."""


class FeedForked(Exception):  # noqa: N818 - it says what is the case
    """The feed is not the one that was read before: another election, or another course of it."""


class FeedBroken(Exception):  # noqa: N818 - it says what is the case
    """An event does not follow the last one: something would be missing."""


@dataclass(frozen=True)
class FeedUpdate:
    """What changed from one position to the next.

    Attributes:
        after: The position known before.
        position: The position known now.
        environment: `live`, or `rehearsal` for figures that are not real.
        documents: Document -> its version.
        root: Root of the log's tree of that size, hex; empty where none is given.
    """

    after: int
    position: int
    environment: str
    documents: dict[str, int]
    root: str = ""


@dataclass
class Feed:
    """One election's feed.

    Attributes:
        url: `https://host/v1/elections/{election}`.
        position: What is known; continue from here after a restart.
        environment: Known after the first answer; a feed never changes it.
        http: The connection.
        known: Document -> version, as far as it was received.
        retry_seconds_max: How long to try again while a server is away or asks to wait.
        behind_seconds_max: How long a server may be behind what another one said.
        tell_cut: Called with the error when a line is lost that is tried again.
    """

    url: str
    position: int = 0
    environment: str = ""
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=SILENCE_SECONDS_MAX))
    known: dict[str, int] = field(default_factory=dict)
    retry_seconds_max: float = RETRY_SECONDS_MAX
    behind_seconds_max: float = BEHIND_SECONDS_MAX
    tell_cut: Callable[[httpx.HTTPError], None] = field(default=lambda _: None)

    def head(self) -> dict[str, Any]:
        """The pointer.

        Raises:
            FeedWentBack, FeedForked: See there.
            httpx.HTTPError: No answer, or an error.
        """
        head: dict[str, Any] = json.loads(self.read(HEAD))
        self._require(head["environment"], head["position"])
        return head

    def document(self, name: str, position: int | None = None, suffix: str = ".json") -> bytes:
        """The bytes of a document, the latest or as it was at a position."""
        version = "" if position is None else f"@{position}"
        return self.read(f"{name}{version}{suffix}")

    def read(self, path: str) -> bytes:
        """Any file below the election; asked for again while the server is away for a moment.

        Raises:
            httpx.HTTPStatusError: It is not there, or the server refuses.
            httpx.HTTPError: No answer for `retry_seconds_max`.
        """
        end = time.monotonic() + self.retry_seconds_max
        attempt = 0
        while True:
            try:
                return self.http.get(f"{self.url}/{path}").raise_for_status().content
            except httpx.HTTPError as error:
                wait = max(_pause(attempt), _retry_after_seconds(error))
                if time.monotonic() + wait > end or not _may_pass(error):
                    raise
            time.sleep(wait)
            attempt += 1

    def follow(self, *, for_ever: bool = True) -> Iterator[FeedUpdate]:
        """Everything that changed after `position`, then what changes, as it does.

        A lost connection is opened again. Where there is no stream (a mirror of files) the pointer
        is polled.

        Raises:
            FeedWentBack, FeedForked, FeedBroken: See there.
            httpx.HTTPStatusError: The server refuses for good.
        """
        attempt, is_mirror = 0, False
        while True:
            try:
                for news in self._poll(for_ever=for_ever) if is_mirror else self._follow_stream():
                    attempt = 0
                    yield news
            except httpx.HTTPStatusError as error:
                if error.response.status_code == httpx.codes.NOT_FOUND and not is_mirror:
                    is_mirror = True
                    continue
                if not _may_pass(error):
                    raise
                self._tell_first(error, attempt)
            except httpx.HTTPError as error:
                self._tell_first(error, attempt)  # a lost line: resume below
            if not for_ever:
                return
            time.sleep(_pause(attempt))
            attempt += 1

    def _tell_first(self, error: httpx.HTTPError, attempt: int) -> None:
        """A connection that stays lost is reported once."""
        if attempt == 0:
            self.tell_cut(error)

    def _follow_stream(self) -> Iterator[FeedUpdate]:
        if self.position:
            self._require_reached()
        with self.http.stream(
            "GET", f"{self.url}/{STREAM}", headers={"Last-Event-ID": str(self.position)}
        ) as answer:
            answer.raise_for_status()
            for event in events_in(answer.iter_lines()):
                told = json.loads(event.data)
                if told["position"] > self.position:
                    yield self._take(told)

    def _require_reached(self) -> None:
        """A stream that ends before what is known would stay silent, so the pointer is asked.

        One of several servers may be a moment behind the one that was read before.
        """
        end = time.monotonic() + self.behind_seconds_max
        while True:
            try:
                self.head()
            except FeedWentBack:
                if time.monotonic() > end:
                    raise
                time.sleep(WAIT_SECONDS[1])
            else:
                return

    def _take(self, told: dict[str, Any]) -> FeedUpdate:
        self._require(told["environment"], told["position"])
        if told["after"] != self.position:
            raise FeedBroken(f"after {self.position} comes one that follows {told['after']}")
        news = FeedUpdate(
            self.position,
            told["position"],
            told["environment"],
            told["documents"],
            told["root"] or "",
        )
        self.position = news.position
        self.known.update(news.documents)
        return news

    def _poll(self, *, for_ever: bool) -> Iterator[FeedUpdate]:
        while True:
            head = self.head()
            if head["position"] > self.position:
                versions = head["documents"]
                for name in (DISTRICTS_HEAD, PARTS_HEAD):
                    versions |= json.loads(self.read(name))["documents"]
                changed = {name: at for name, at in versions.items() if at > self.position}
                news = FeedUpdate(
                    self.position, head["position"], head["environment"], changed, head["root"]
                )
                self.position = head["position"]
                self.known.update(changed)
                yield news
            if not for_ever:
                return
            time.sleep(CACHE_SECONDS)

    def _require(self, environment: str, position: int) -> None:
        if self.environment not in {"", environment}:
            raise FeedForked(f"this feed was {self.environment} and is {environment} now")
        if position < self.position:
            raise FeedWentBack(f"position {self.position} was read, {position} is offered")
        self.environment = environment


def _pause(attempt: int) -> float:
    return WAIT_SECONDS[min(attempt, len(WAIT_SECONDS) - 1)]


def _may_pass(error: httpx.HTTPError) -> bool:
    """Whether asking again may help."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in _COME_BACK
    return isinstance(error, httpx.TransportError)


def _retry_after_seconds(error: httpx.HTTPError) -> float:
    """How long the server asks to wait."""
    if not isinstance(error, httpx.HTTPStatusError):
        return 0.0
    asked = error.response.headers.get("retry-after", "")
    return float(asked) if asked.isdigit() else 0.0
