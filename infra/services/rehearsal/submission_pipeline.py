"""Many postings under way at once, in one order: how rehearsals and replays fill the log.

The writer takes postings in the order in which they were handed over, so a posting is decided
after those before it although nobody waited for their receipts.
"""

from collections import deque
from concurrent.futures import Future
from typing import Self

from infra.adapters.event_log.log_writer import LogWriter
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.event_log.submission_receipt import Receipt


class Pipeline:
    """Posts in order without waiting for each receipt.

    A refusal is raised by a later call, when its turn to be looked at has come.

    Args:
        writer: Of the log.
        ahead_max: Most postings without a receipt yet.
        at_once: So many are handed over together, as when so many centres post in one moment. The
            writer commits what it finds waiting, so few at a time mean many small commits.
    """

    def __init__(self, writer: LogWriter, ahead_max: int, at_once: int = 1) -> None:
        self._writer = writer
        self._ahead_max = ahead_max
        self._at_once = at_once
        self._gathered: list[PendingSubmission] = []
        self._waiting: deque[Future[Receipt]] = deque()

    def take(self, posting: PendingSubmission) -> None:
        """Hand a posting over.

        Raises:
            Refusal: An earlier one was refused.
            LogUnavailable: The log cannot be written.
        """
        self._gathered.append(posting)
        if len(self._gathered) >= self._at_once:
            self._hand_over()
            self._await(self._ahead_max - 1)

    def drain(self) -> None:
        """Hand over what is gathered and wait for every receipt; raises as `take` does."""
        self._hand_over()
        self._await(0)

    def _hand_over(self) -> None:
        self._waiting.extend(map(self._writer.take, self._gathered))
        self._gathered.clear()

    def _await(self, still_waiting_max: int) -> None:
        while len(self._waiting) > still_waiting_max:
            self._waiting.popleft().result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drain()
