"""Files that take long to make: one at a time, once for everybody, and no endless queue."""

import asyncio
import threading

import pytest
from starlette.exceptions import HTTPException

from api.http.file_jobs import WAITING_MAX, MadeFile, MadeFiles
from tests.support.loops import run


def test_many_readers_cost_one_making() -> None:
    made: list[int] = []
    busy = threading.Semaphore(1)

    def make() -> MadeFile:
        assert busy.acquire(blocking=False), "two were made at once"
        made.append(len(made))
        busy.release()
        return MadeFile(b"x", "text/plain", "x", {})

    async def ask() -> None:
        files = MadeFiles()
        await asyncio.gather(*(files.get("a", 1, make) for _ in range(WAITING_MAX)))
        await files.get("a", 1, make)
        await files.get("a", 2, make)
        await asyncio.gather(files.get("b", 2, make), files.get("c", 2, make))

    run(ask())

    assert len(made) == 4


def test_who_comes_when_too_many_wait_is_asked_to_come_again() -> None:
    gate = threading.Event()

    def make() -> MadeFile:
        gate.wait(10)
        return MadeFile(b"x", "text/plain", "x", {})

    async def ask() -> None:
        files = MadeFiles()
        waiting = [
            asyncio.create_task(files.get(str(number), 1, make)) for number in range(WAITING_MAX)
        ]
        await asyncio.sleep(0)
        with pytest.raises(HTTPException) as refused:
            await files.get("one more", 1, make)
        gate.set()
        await asyncio.gather(*waiting)
        assert refused.value.status_code == 503

    run(ask())
