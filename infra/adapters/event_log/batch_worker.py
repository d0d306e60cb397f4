"""Many threads ask, one thread answers everybody who waits at once.

This is what makes commits cheap: while one group is being committed the next one gathers, so the
groups grow with the load and nobody waits for a timer.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from infra.adapters.event_log.log_errors import LogClosed, LogUnavailable

GROUP_MAX = 500
"""Requests answered together at most; keeps one transaction well below a second."""
WAITING_MAX = 50_000
"""Requests that may wait; more are turned away at once, so that memory stays bounded."""

TRequest = TypeVar("TRequest")
TAnswer = TypeVar("TAnswer")
_Waiting = tuple[TRequest, Future[TAnswer]]


class BatchWorker(Generic[TRequest, TAnswer]):
    """One thread that answers requests in groups, in the order in which they came.

    Args:
        answer: Answers a group: for each request its answer, or the exception it gets. What it
            raises itself goes to everyone in the group.
        name: Of the thread.
        group_max: Most requests in one group.
    """

    def __init__(
        self,
        answer: Callable[[list[TRequest]], Sequence[TAnswer | Exception]],
        *,
        name: str,
        group_max: int = GROUP_MAX,
    ) -> None:
        self._answer = answer
        self._group_max = group_max
        self._queue: SimpleQueue[_Waiting[TRequest, TAnswer] | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, request: TRequest) -> Future[TAnswer]:
        """Let a request wait for its group.

        Raises:
            LogClosed: After `close`.
            LogUnavailable: Too many wait already.
        """
        future: Future[TAnswer] = Future()
        if self._queue.qsize() >= WAITING_MAX:
            raise LogUnavailable(f"{WAITING_MAX} requests are waiting")
        with self._gate:
            if self._closed:
                raise LogClosed("the log is closed")
            self._queue.put((request, future))
        return future

    def close(self) -> None:
        """Answer everybody who waits, then end the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._gather()
            # A request whose sender has gone is left out; from here on it cannot be withdrawn.
            group = [(r, future) for r, future in group if future.set_running_or_notify_cancel()]
            if group:
                self._settle(group)

    def _gather(self) -> tuple[list[_Waiting[TRequest, TAnswer]], bool]:
        group: list[_Waiting[TRequest, TAnswer]] = []
        waiting = self._queue.get()
        while waiting is not None:
            group.append(waiting)
            if len(group) >= self._group_max:
                return group, True
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _settle(self, group: list[_Waiting[TRequest, TAnswer]]) -> None:
        answers: Sequence[TAnswer | Exception]
        try:
            answers = self._answer([request for request, _ in group])
        except Exception as error:  # noqa: BLE001 - every sender hears of it
            answers = [error] * len(group)
        for (_, future), answer in zip(group, answers, strict=True):
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
