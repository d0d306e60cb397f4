"""Offices that post through the night, and repeat whatever was not answered."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
import msgspec

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Receipt

_RETRY_SECONDS = 0.2
_PAUSE_SECONDS = 0.03


class Offices:
    """Posts submissions one after the other until told to end.

    Args:
        client: The way in.
        path: The door.
        submissions: What to post.

    Attributes:
        receipts: Answers by submission id.
        failures: Why a posting was sent again, with the time by the monotonic clock.
        waits: Seconds from the first sending of a posting to its receipt.
    """

    def __init__(self, client: httpx.Client, path: str, submissions: Iterator[Submission]) -> None:
        self._client = client
        self._path = path
        self._submissions = submissions
        self._stopped = threading.Event()
        self._failed: Exception | None = None
        self.receipts: dict[str, Receipt] = {}
        self.failures: list[str] = []
        self.waits: list[float] = []

    @property
    def last_position(self) -> int:
        """The highest position that was acknowledged."""
        return max((receipt.position for receipt in self.receipts.values()), default=0)

    @contextmanager
    def posting(self) -> Iterator[None]:
        """Post while the block runs; the posting in hand is finished."""
        thread = threading.Thread(target=self._run, name="offices", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join(timeout=180)
        if self._failed is not None:
            raise self._failed
        assert not thread.is_alive()

    def post_all(self, submissions: Sequence[Submission]) -> None:
        """Post these, without a pause."""
        for submission in submissions:
            self._post(submission)

    def _run(self) -> None:
        try:
            for submission in self._submissions:
                if self._stopped.wait(_PAUSE_SECONDS):
                    return
                self._post(submission)
        except Exception as error:  # noqa: BLE001 - raised again by the thread that waits
            self._failed = error

    def _post(self, submission: Submission) -> None:
        body = msgspec.json.encode(submission)
        began = time.monotonic()
        while (answer := self._answer(body)) is None:
            time.sleep(_RETRY_SECONDS)
        self.waits.append(time.monotonic() - began)
        self.receipts[submission.submission_id] = answer

    def _answer(self, body: bytes) -> Receipt | None:
        headers = {"content-type": "application/json"}
        try:
            answer = self._client.post(self._path, content=body, headers=headers)
        except httpx.HTTPError as error:
            self.failures.append(repr(error))
            return None
        if answer.status_code in (429, 500, 502, 503, 504):
            self.failures.append(f"{answer.status_code} {answer.text[:80]}")
            return None
        assert answer.status_code == 201, answer.text
        return msgspec.json.decode(answer.content, type=Receipt)
