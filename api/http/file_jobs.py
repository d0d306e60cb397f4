"""Files that take long to make: one at a time here, kept until what they show changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from fastapi.concurrency import run_in_threadpool

from api.http.problems import Unanswered

KEPT_BYTES_MAX = 64_000_000
WAITING_MAX = 16
"""With so many waiting, further requests are asked to come again: the queue stays short."""


class MadeFile(NamedTuple):
    """A file as it is sent.

    Attributes:
        body: Its bytes.
        media_type: Its type.
        name: What it is called where it is saved.
        headers: What it states.
    """

    body: bytes
    media_type: str
    name: str
    headers: dict[str, str]


class MadeFiles:
    """The files made last, by name; used from the event loop alone."""

    def __init__(self) -> None:
        self._lane = asyncio.Lock()
        self._files: OrderedDict[str, tuple[int, MadeFile]] = OrderedDict()
        self._waiting = 0

    async def get(self, name: str, version: int, make: Callable[[], MadeFile]) -> MadeFile:
        """The file of a version; made in a thread when it is not here.

        Raises:
            HTTPException: 503, too many wait for files.
        """
        found = self._find(name, version)
        if found is not None:
            return found
        if self._waiting >= WAITING_MAX:
            raise Unanswered(
                503,
                "Too many files are asked for.",
                "いまファイルの作成が混み合っています。5秒ほどして読み直してください。",
                {"Retry-After": "5"},
            )
        self._waiting += 1
        try:
            async with self._lane:
                found = self._find(name, version)
                if found is None:
                    found = await run_in_threadpool(make)
                    self._keep(name, version, found)
                return found
        finally:
            self._waiting -= 1

    def _find(self, name: str, version: int) -> MadeFile | None:
        made_at, found = self._files.get(name, (-1, None))
        return found if made_at >= version else None

    def _keep(self, name: str, version: int, made: MadeFile) -> None:
        self._files[name] = version, made
        self._files.move_to_end(name)
        while sum(len(each.body) for _, each in self._files.values()) > KEPT_BYTES_MAX:
            self._files.popitem(last=False)
