"""A reader of the feed: pointer, documents, stream.

It resumes after any interruption, never takes what it has twice, and refuses to go back.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from infra.client.events import events_in
from projections.feeds.layout import CACHE_SECONDS, DISTRICTS_HEAD, HEAD, STREAM

SILENCE_SECONDS_MAX = 40.0
"""A heartbeat comes every 15 s: after so long without one the line is dead."""

WAIT_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Before the first attempt to connect again, the second, …; the last one stays."""


class FeedWentBack(Exception):  # noqa: N818 - it says what is the case
    """The feed is older than what was read already; a restored backup, or another server."""


class FeedForked(Exception):  # noqa: N818 - it says what is the case
    """The feed is not the one that was read before: another election, or another course of it."""


class FeedBroken(Exception):  # noqa: N818 - it says what is the case
    """An event does not follow the last one: something would be missing."""


@dataclass(frozen=True)
class News:
    """What changed from one position to the next.

    Attributes:
        after: The position known before.
        position: The position known now.
        environment: `live`, or `rehearsal` for figures that are not real.
        documents: Document -> its version.
        root: Root of the log's tree of that size, hex; empty where none is told.
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
    """

    url: str
    position: int = 0
    environment: str = ""
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=SILENCE_SECONDS_MAX))
    known: dict[str, int] = field(default_factory=dict)

    def head(self) -> dict[str, Any]:
        """The pointer.

        Raises:
            FeedWentBack, FeedForked: See there.
            httpx.HTTPError: No answer, or an error.
        """
        head: dict[str, Any] = json.loads(self._get(HEAD))
        self._require(head["environment"], head["position"])
        return head

    def document(self, name: str, position: int | None = None, suffix: str = ".json") -> bytes:
        """The bytes of a document, the latest or as it was at a position."""
        version = "" if position is None else f"@{position}"
        return self._get(f"{name}{version}{suffix}")

    def follow(self, *, for_ever: bool = True) -> Iterator[News]:
        """Everything that changed after `position`, then what changes, as it does.

        A lost connection is opened again. Where there is no stream (a mirror of files) the pointer
        is polled.

        Raises:
            FeedWentBack, FeedForked, FeedBroken: See there.
        """
        attempt = 0
        while True:
            try:
                for news in self._streamed():
                    attempt = 0
                    yield news
            except httpx.HTTPStatusError as error:
                if error.response.status_code == httpx.codes.NOT_FOUND:
                    yield from self._polled(for_ever=for_ever)
            except httpx.HTTPError:
                pass  # a lost line: resume below
            if not for_ever:
                return
            time.sleep(WAIT_SECONDS[min(attempt, len(WAIT_SECONDS) - 1)])
            attempt += 1

    def _streamed(self) -> Iterator[News]:
        with self.http.stream(
            "GET", f"{self.url}/{STREAM}", headers={"Last-Event-ID": str(self.position)}
        ) as answer:
            answer.raise_for_status()
            for event in events_in(answer.iter_lines()):
                told = json.loads(event.data)
                if told["position"] > self.position:
                    yield self._take(told)

    def _take(self, told: dict[str, Any]) -> News:
        self._require(told["environment"], told["position"])
        if told["after"] != self.position:
            raise FeedBroken(f"after {self.position} comes one that follows {told['after']}")
        news = News(
            self.position,
            told["position"],
            told["environment"],
            told["documents"],
            told["root"] or "",
        )
        self.position = news.position
        self.known.update(news.documents)
        return news

    def _polled(self, *, for_ever: bool) -> Iterator[News]:
        while True:
            head = self.head()
            if head["position"] > self.position:
                versions = head["documents"] | json.loads(self._get(DISTRICTS_HEAD))["documents"]
                changed = {name: at for name, at in versions.items() if at > self.position}
                news = News(
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

    def _get(self, path: str) -> bytes:
        answer = self.http.get(f"{self.url}/{path}")
        answer.raise_for_status()
        return answer.content
