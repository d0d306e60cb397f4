"""Spreadsheets that anybody may have read here: in lanes of their own, so that no posting waits.

Reading one takes seconds of a core. So one is read at a time, in a thread that nothing else needs;
a few more wait, and anyone who comes then is asked to come again. Offices that have shown a key
have a lane of their own: strangers cannot fill it.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final, NamedTuple, TypeVar

from api.http.limits.rate_limits import RateLimit, count_client
from api.http.problems import Unanswered

WAITING_MAX: Final = 8
"""Uploads that one lane holds at once, the one being read included."""
PER_CLIENT_MAX: Final = 2
"""Of these, uploads of one client."""
UPLOADS_PER_SECOND: Final = 0.5
UPLOADS_AT_ONCE: Final = 20
RETRY_SECONDS: Final = 5

TResult = TypeVar("TResult")


class LaneUse(NamedTuple):
    """What is done in a lane, in the words in which a refusal speaks of it.

    Attributes:
        english: In the plural.
        japanese: What there is too much of.
        again: What to do after a while.
    """

    english: str
    japanese: str
    again: str


TABLES: Final = LaneUse(
    "spreadsheets", "表の読み取り", "もう一度選ぶか、表からコピーして貼り付けてください"
)
WORKBOOKS: Final = LaneUse("workbooks", "表の読み取り", "もう一度選んでください")
DEFINITIONS: Final = LaneUse("checks of definitions", "内容の確認", "もう一度確かめてください")
REPORTS: Final = LaneUse(
    "comparisons of reports", "送信前の照会", "もう一度確かめるか、そのまま送ってください"
)


class UploadLane:
    """One upload after the other; used from the event loop alone.

    Args:
        limit: How many uploads a client may make.
        is_per_client: Whether clients are distinguished; not where a proxy is the only one.

    Attributes:
        refused: Uploads that found no room.
    """

    def __init__(self, limit: RateLimit, *, is_per_client: bool) -> None:
        self._limit = limit
        self._is_per_client = is_per_client
        self._clients: Counter[str] = Counter()
        self._executor = ThreadPoolExecutor(1, "uploads")
        self.refused = 0

    @asynccontextmanager
    async def place(self, client: str, use: LaneUse = TABLES) -> AsyncIterator[None]:
        """A place in the lane, from before the first byte is read until the answer.

        Args:
            client: Who asks.
            use: What for.

        Raises:
            Unanswered: 429, this client has sent enough for now; 503, the lane is full.
        """
        self._require_room(client, use)
        with count_client(self._clients, client):
            yield

    async def run(self, work: Callable[[], TResult]) -> TResult:
        """Do work when its turn comes."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """Begin nothing more."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _require_room(self, client: str, use: LaneUse) -> None:
        if self._clients.total() >= WAITING_MAX:
            raise self._refuse(use, 503, "wait here", "が重なっています", RETRY_SECONDS)
        if not self._is_per_client:
            return
        if self._clients[client] >= PER_CLIENT_MAX:
            told = f"がこの接続元から{PER_CLIENT_MAX}件、進行中です"
            raise self._refuse(use, 429, "of this sender are under way", told, RETRY_SECONDS)
        if seconds := self._limit.seconds_to_wait(client):
            told = "がこの接続元から多すぎます"
            raise self._refuse(use, 429, "come from this sender", told, seconds)

    def _refuse(
        self, use: LaneUse, status: int, english: str, japanese: str, seconds: int
    ) -> Unanswered:
        self.refused += 1
        return Unanswered(
            status,
            f"Too many {use.english} {english}.",
            f"{use.japanese}{japanese}。{seconds}秒ほどして{use.again}。",
            {"Retry-After": str(seconds)},
            seconds=seconds,
        )


class UploadLanes:
    """The lane of strangers, and that of offices that have shown a key.

    Args:
        is_per_client: Whether clients are distinguished by their addresses.
    """

    def __init__(self, *, is_per_client: bool) -> None:
        self.strangers = _lane(is_per_client=is_per_client)
        self.offices = _lane(is_per_client=True)

    def close(self) -> None:
        """Begin nothing more."""
        self.strangers.close()
        self.offices.close()


def _lane(*, is_per_client: bool) -> UploadLane:
    limit = RateLimit(UPLOADS_PER_SECOND, UPLOADS_AT_ONCE)
    return UploadLane(limit, is_per_client=is_per_client)
