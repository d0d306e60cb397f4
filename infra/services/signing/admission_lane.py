"""Postings on their way to the writer: all that wait are verified together, beside the server.

One thread takes what has come, verifies it, and hands it to the writer, which decides and records
what has gathered there meanwhile. One call of the event loop answers all senders of a group.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import structlog

from aggregates.errors import SignerUnknown
from infra.adapters.event_log.log_writer import BatchWorker, LogWriter, as_answer
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.event_log.submission_receipt import Receipt
from infra.services.signing.known_keys import KnownKeys
from infra.services.signing.submission_auth import admit

Answer = Receipt | Exception
Tell = Callable[[Answer], None]

GROUP_MAX: Final = 64
"""Postings verified before the writer gets them: less than 10 ms of work."""
_log = structlog.get_logger(__name__)


class KeyNotReadYet(Exception):  # noqa: N818 - it says what is the case
    """A key may be of a posting recorded a moment ago: who waits for it must not stop the rest."""


class Arrival(NamedTuple):
    """A posting as it came.

    Attributes:
        data: JSON of a submission, or of an envelope around one.
        is_signed: Whether the sender said that it is an envelope.
        election: Code of the election that it was sent to.
        tell: Takes the receipt, or what was wrong; called from another thread.
    """

    data: bytes
    is_signed: bool
    election: str
    tell: Tell


class AdmissionLane:
    """Verifies postings and hands them to the writer.

    Args:
        keys: Public keys of offices.
        writer: Gives the writer of the log; it begins with the first posting.
    """

    def __init__(self, keys: KnownKeys, writer: Callable[[], LogWriter]) -> None:
        self._keys = keys
        self._writer = writer
        self._starting = threading.Lock()
        self._thread: BatchWorker[Arrival, None] | None = None

    def take(self, arrival: Arrival) -> None:
        """Verify and record a posting; its sender is answered later.

        Raises:
            LogUnavailable: Closed, or too many are waiting.
        """
        thread = self._thread or self._start()
        thread.submit_all([(arrival, _NOBODY)])

    def close(self) -> None:
        """Hand on what waits, then end."""
        if self._thread is not None:
            self._thread.close()

    def _start(self) -> BatchWorker[Arrival, None]:
        with self._starting:
            if self._thread is None:
                self._thread = BatchWorker(self._admit_all, name="admission", group_max=GROUP_MAX)
            return self._thread

    def _admit_all(self, arrivals: list[Arrival]) -> Sequence[None]:
        admitted: list[tuple[PendingSubmission, _ToldSender]] = []
        for arrival in arrivals:
            try:
                admitted.append((self._admit(arrival), _ToldSender(arrival.tell)))
            except Exception as error:  # noqa: BLE001 - the sender hears of it
                arrival.tell(as_answer(error))
        # Together: a turn of the writer costs as much as deciding twenty postings.
        try:
            if admitted:
                self._writer().take_all(admitted)
        except Exception as error:  # noqa: BLE001 - the senders hear of it
            for _, sender in admitted:
                sender.set_exception(as_answer(error))
        return [None] * len(arrivals)

    def _admit(self, arrival: Arrival) -> PendingSubmission:
        try:
            return admit(
                arrival.data,
                self._keys.read_already,
                arrival.election,
                signed=arrival.is_signed,
            )
        except SignerUnknown:
            raise KeyNotReadYet from None


class _ToldSender:
    """A sender who is answered by a callback; a `Future` brings locks that nobody waits at."""

    __slots__ = ("_tell",)

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def set_running_or_notify_cancel(self) -> bool:
        """A posting that has come is not withdrawn."""
        return True

    def set_result(self, result: Receipt, /) -> None:
        """Tell the receipt."""
        self._call(result)

    def set_exception(self, exception: BaseException | None, /) -> None:
        """Tell what was wrong."""
        if isinstance(exception, Exception):
            self._call(exception)

    def _call(self, answer: Answer) -> None:
        # The thread that tells goes on with the others, whatever becomes of one of them.
        try:
            self._tell(answer)
        except Exception:  # noqa: BLE001 - no sender may stop the others
            _log.exception("admission.sender_not_told")


class _Nobody:
    """Arrivals are answered one by one; nobody hears of their group."""

    def set_running_or_notify_cancel(self) -> bool:
        """All stand."""
        return True

    def set_result(self, result: None, /) -> None:
        """Everybody is answered already."""

    def set_exception(self, exception: BaseException | None, /) -> None:
        """What fails here is a mistake in this module, which no sender can mend."""
        _log.error("admission.group_failed", error=repr(exception))


_NOBODY: Final = _Nobody()


class Outgoing:
    """Answers on their way back to a loop: one wake-up for all that are ready.

    Args:
        wake: Has `deliver` called by the loop, from any thread.
    """

    def __init__(self, wake: Callable[[Callable[[], None]], object]) -> None:
        self._wake = wake
        self._ready: deque[tuple[Tell, Answer]] = deque()
        self._is_woken = False

    def put(self, tell: Tell, answer: Answer) -> None:
        """Have an answer delivered by the event loop."""
        self._ready.append((tell, answer))
        if not self._is_woken:
            self._is_woken = True
            # A loop that has ended has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                self._wake(self.deliver)

    def deliver(self) -> None:
        """Tell all that is ready; called by the loop."""
        # First this, then looking: what comes between the two wakes the loop again.
        self._is_woken = False
        while self._ready:
            tell, answer = self._ready.popleft()
            tell(answer)
