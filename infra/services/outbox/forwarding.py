"""Forwarding: what waits is signed, sent in order, and never recorded twice.

A posting becomes a link of its office's chain when it is about to be sent, not when it is written:
one that is refused would otherwise break the chain of everything behind it.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple, Self

import msgspec

from aggregates.commands.election_commands import Submission
from aggregates.decisions.office_chain import Link
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.event_log.submission_receipt import Receipt, content_sha256
from infra.protocols.signed_note.encoding import from_base64
from infra.protocols.signed_note.keys import PrivateKey
from infra.services.outbox.outbox_queue import Outbox, Waiting
from infra.services.outbox.server_connection import (
    ENVELOPE_TYPE,
    NoAnswer,
    ServerAnswer,
    ServerConnection,
)
from infra.services.signing.chain_builder import link_submission, sign_submission
from infra.services.signing.envelope import decode_envelope, encode_envelope

_CREATED: Final = 201
_TOO_MANY: Final = 429
_SERVER_TROUBLE: Final = 500
_TRIES_MAX: Final = 3
_OURS: Final = "urn:kaihyo:"
_REUSED: Final = "urn:kaihyo:refusal:submission-reused"
_CHAIN_CODES: Final = ("sequence-wrong", "chain-forked")

State = Literal["recorded", "known", "refused", "waiting"]


class Forwarded(NamedTuple):
    """What became of one posting.

    Attributes:
        waiting: The posting.
        state: Recorded; known to the log, which has this content at another place of the chain;
            refused and put aside; or still waiting, and everything behind it.
        answer: What the server said; without an answer, why there is none.
    """

    waiting: Waiting
    state: State
    answer: bytes


class _ReusedFacts(msgspec.Struct, frozen=True):
    content_sha256: str = ""


class _Problem(msgspec.Struct, frozen=True):
    type: str = ""
    facts: _ReusedFacts = _ReusedFacts()


class ForeignReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """The problem (RFC 9457) of a receipt that is not about what was sent.

    Attributes:
        type: Permanent name.
        title: The problem as a sentence, in English.
        status: HTTP status of its kind.
        detail: What is wrong and what to do, in Japanese.
    """

    type: str = "urn:kaihyo:outbox:foreign-receipt"
    title: str = "The log has another content under this submission id."
    status: int = 409
    detail: str

    @classmethod
    def of(cls, submission: Submission, receipt: Receipt) -> Self:
        """What the sender of a submission reads about a receipt of something else."""
        name, position = submission.submission_id, receipt.position
        return cls(
            detail=f"受付番号「{name}」は別の内容で記録されています（位置 {position}）。"
            "送った内容は記録されていません。新しい番号で送り直してください。"
        )


class Forwarder:
    """Sends what waits in an outbox.

    Args:
        outbox: Where it waits.
        server: Where it goes.
        keys: Keys that sign; none for an unsigned rehearsal.
    """

    def __init__(
        self, outbox: Outbox, server: ServerConnection, keys: Sequence[PrivateKey]
    ) -> None:
        self._outbox = outbox
        self._server = server
        self._keys = keys

    def forward(self, report: Callable[[Forwarded], None]) -> bool:
        """Send what waits, the oldest first; False when something still waits.

        Raises:
            OutboxBusy: Another process sends.
            OutboxDamaged: A file cannot be read.
        """
        with self._outbox.sending():
            for waiting in self._outbox.waiting():
                try:
                    found = self._forward(waiting)
                except NoAnswer as down:
                    found = Forwarded(waiting, "waiting", str(down).encode())
                report(found)
                if found.state == "waiting":
                    return False
        return True

    def _forward(self, waiting: Waiting) -> Forwarded:
        answer = ServerAnswer(0, b"")
        for _ in range(_TRIES_MAX):
            answer, body_sha256 = self._send(waiting)
            receipt = _receipt(answer)
            if receipt is not None:
                return self._settle(waiting, receipt, answer.body, body_sha256)
            if _is_own_content(answer, waiting.submission):
                # Signed before at another place of the chain, which our memory lost.
                self._relink(waiting.submission)
                self._outbox.keep_receipt(waiting.number, answer.body)
                return Forwarded(waiting, "known", answer.body)
            if not _is_refusal(answer):
                return Forwarded(waiting, "waiting", answer.body)
            if not (self._keys and _code(answer.body) in _CHAIN_CODES):
                break
            # Another device of this office has posted, or our memory is of before a restore.
            # The log has not recorded this one: had it, it would have answered with the receipt.
            waiting = self._relink_waiting(waiting)
        self._outbox.keep_refusal(waiting.number, answer.body)
        return Forwarded(waiting, "refused", answer.body)

    def _settle(
        self, waiting: Waiting, receipt: Receipt, answer: bytes, body_sha256: str
    ) -> Forwarded:
        """It is recorded when the log has the very body that was sent, and only then."""
        if receipt.body_sha256 == body_sha256:
            self._outbox.keep_receipt(waiting.number, answer)
            return Forwarded(waiting, "recorded", answer)
        answer = msgspec.json.encode(ForeignReceipt.of(waiting.submission, receipt))
        self._outbox.keep_refusal(waiting.number, answer)
        return Forwarded(waiting, "refused", answer)

    def _send(self, waiting: Waiting) -> tuple[ServerAnswer, str]:
        """Send a posting; gives the answer, and the digest of the body that was sent."""
        election, office = waiting.submission.election, waiting.submission.office
        if not self._keys:
            body = canonical(waiting.submission)
            answer = self._server.post(election, body, "application/json")
            return answer, hashlib.sha256(body).hexdigest()
        envelope = waiting.envelope or self._seal(waiting)
        link = _envelope_link(envelope)
        answer = self._server.post(election, envelope, ENVELOPE_TYPE)
        receipt = _receipt(answer)
        if receipt is not None and receipt.body_sha256 == link.sha256:
            self._outbox.keep_link(office, link)
        return answer, link.sha256 or ""

    def _seal(self, waiting: Waiting) -> bytes:
        link = self._outbox.link(waiting.submission.office)
        envelope, _ = sign_submission(link_submission(waiting.submission, link), self._keys)
        data = encode_envelope(envelope)
        self._outbox.keep_envelope(waiting.number, data)
        return data

    def _relink_waiting(self, waiting: Waiting) -> Waiting:
        self._relink(waiting.submission)
        self._outbox.keep_envelope(waiting.number, None)
        return msgspec.structs.replace(waiting, envelope=None)

    def _relink(self, submission: Submission) -> None:
        """Go on with the chain where the log says that it ends."""
        if self._keys:
            chain = self._server.chain(submission.election, submission.office)
            self._outbox.keep_link(submission.office, chain)


def _envelope_link(envelope: bytes) -> Link:
    """The link that a recorded envelope is: its number and the digest of its body."""
    body = from_base64(decode_envelope(envelope).payload)
    submission = msgspec.json.decode(body, type=Submission)
    return Link(submission.sequence or 0, hashlib.sha256(body).hexdigest())


def _receipt(answer: ServerAnswer) -> Receipt | None:
    """The receipt that an answer is, if it was said to the end."""
    if answer.status != _CREATED:
        return None
    try:
        return msgspec.json.decode(answer.body, type=Receipt)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _is_own_content(answer: ServerAnswer, submission: Submission) -> bool:
    """Whether the id is taken by this very content."""
    problem = _problem(answer.body)
    return problem.type == _REUSED and problem.facts.content_sha256 == content_sha256(submission)


def _is_refusal(answer: ServerAnswer) -> bool:
    """Whether the log does not want it, rather than somebody on the way who knows nothing of it."""
    if answer.status == _TOO_MANY or answer.status >= _SERVER_TROUBLE:
        return False
    return _problem(answer.body).type.startswith(_OURS)


def _code(body: bytes) -> str:
    return _problem(body).type.rpartition(":")[2]


def _problem(body: bytes) -> _Problem:
    try:
        return msgspec.json.decode(body, type=_Problem)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Problem()
