"""Submissions with ids from their content: put into the outbox once, and sent in order.

What waits there or is recorded already is passed over. What the log has under the same id counts as
recorded when the digest of its content says that it is this content; else it is refused. At the
first refusal the rest stays out of the outbox: what follows a refused definition would be refused
as well.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import msgspec

from aggregates.base import SubmissionKey
from aggregates.commands.election_commands import Submission
from infra.adapters.event_log.submission_receipt import Receipt
from infra.services.outbox.forwarding import Forwarded, Forwarder
from infra.services.outbox.outbox_queue import Outbox

_ALREADY: Final = "already-registered"


class ServerProblem(msgspec.Struct, frozen=True):
    """What a server says of a refusal (RFC 9457)."""

    detail: str = ""
    type: str = ""

    @property
    def code(self) -> str:
        """The code of the refusal."""
        return self.type.rpartition(":")[2]


def problem_in(answer: bytes) -> ServerProblem:
    """The problem that an answer is; an empty one when it is none."""
    try:
        return msgspec.json.decode(answer, type=ServerProblem)
    except msgspec.MsgspecError:
        return ServerProblem()


@dataclass(slots=True)
class Delivered:
    """What became of submissions.

    Attributes:
        recorded: Recorded now.
        known: Recorded or waiting before.
        waiting: In the outbox, because there is no line.
        refused: What was refused, with what the server said.
        receipts: Of what was recorded now.
    """

    recorded: list[SubmissionKey] = field(default_factory=list)
    known: list[SubmissionKey] = field(default_factory=list)
    waiting: list[SubmissionKey] = field(default_factory=list)
    refused: list[tuple[Submission, ServerProblem]] = field(default_factory=list)
    receipts: dict[SubmissionKey, Receipt] = field(default_factory=dict)


class Delivery:
    """Sends through one outbox. Once there is no line, it does not try again.

    Args:
        outbox: Where it waits.
        forwarder: Sends what waits there.
        stop_at_refusal: Whether what follows a refusal is not even tried.
    """

    def __init__(self, outbox: Outbox, forwarder: Forwarder, *, stop_at_refusal: bool) -> None:
        self._outbox = outbox
        self._forwarder = forwarder
        self._stop_at_refusal = stop_at_refusal
        self._taken = outbox.taken()
        self._waiting = {each.submission.key for each in outbox.waiting()}
        self._cut = False
        self._done = Delivered()

    def has(self, submission: SubmissionKey) -> bool:
        """Whether it waits or is recorded."""
        return submission in self._taken

    def waits(self, submission: SubmissionKey) -> bool:
        """Whether it waits still."""
        return submission in self._waiting

    def send(
        self,
        submissions: Iterable[Submission],
        report_sent: Callable[[], None] = lambda: None,
    ) -> Delivered:
        """Send what waits, then these; `report_sent` is called after each.

        Raises:
            OutboxBusy: Another process sends.
            OutboxDamaged: A file cannot be read.
        """
        self._done = Delivered()
        if not self._cut:
            self._forwarder.forward(self._take_answer)
        for submission in submissions:
            self._send(submission)
            report_sent()
            if self._stop_at_refusal and self._is_stopped():
                break
        self._done.waiting = sorted(self._waiting)
        self._done.known = [each for each in self._done.known if each not in self._waiting]
        return self._done

    def _is_stopped(self) -> bool:
        # What is registered already stands in nobody's way.
        return any(_ALREADY not in problem.code for _, problem in self._done.refused)

    def _send(self, submission: Submission) -> None:
        name = submission.key
        if name in self._taken:
            self._done.known.append(name)
            return
        self._outbox.add(submission)
        self._taken.add(name)
        self._waiting.add(name)
        if not self._cut:
            self._forwarder.forward(self._take_answer)

    def _take_answer(self, each: Forwarded) -> None:
        submission = each.waiting.submission
        name = submission.key
        if each.state != "waiting":
            self._waiting.discard(name)
        match each.state:
            case "waiting":
                self._cut = True
            case "recorded":
                receipt = msgspec.json.decode(each.answer, type=Receipt)
                (self._done.known if receipt.repeated else self._done.recorded).append(name)
                self._done.receipts[name] = receipt
            case "known":
                self._done.known.append(name)
            case "refused":
                problem = problem_in(each.answer)
                self._taken.discard(name)
                self._done.refused.append((submission, problem))
