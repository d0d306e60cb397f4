"""Forwarding: what waits is signed, sent in order, and never recorded twice.

A posting becomes a link of its office's chain when it is about to be sent, not when it is written:
one that is refused would otherwise break the chain of everything behind it.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from aggregates.commands.election_commands import Submission
from aggregates.decisions.office_chain import Link
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.event_log.submission_receipt import Receipt
from infra.protocols.signed_note.encoding import from_base64
from infra.protocols.signed_note.keys import PrivateKey
from infra.services.outbox.outbox_queue import Outbox, Waiting
from infra.services.outbox.server_connection import (
    ENVELOPE_TYPE,
    LineDown,
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
_CHAIN_CODES: Final = ("sequence-wrong", "chain-forked")

State = Literal["recorded", "refused", "waiting"]


class Forwarded(NamedTuple):
    """What became of one posting.

    Attributes:
        waiting: The posting.
        state: Recorded; refused and put aside; or still waiting, and everything behind it.
        answer: What the server said; without an answer, why there is none.
    """

    waiting: Waiting
    state: State
    answer: bytes


class _Problem(msgspec.Struct, frozen=True):
    type: str = ""


class Forwarder:
    """Sends what waits in an outbox.

    Args:
        outbox: Where it waits.
        line: Where it goes.
        keys: Keys that sign; none for an unsigned rehearsal.
    """

    def __init__(self, outbox: Outbox, line: ServerConnection, keys: Sequence[PrivateKey]) -> None:
        self._outbox = outbox
        self._line = line
        self._keys = keys

    def forward(self, told: Callable[[Forwarded], None]) -> bool:
        """Send what waits, the oldest first; False when something still waits.

        Raises:
            OutboxBusy: Another process sends.
            OutboxDamaged: A file cannot be read.
        """
        with self._outbox.sending():
            for waiting in self._outbox.waiting():
                try:
                    found = self._forwarded(waiting)
                except LineDown as down:
                    found = Forwarded(waiting, "waiting", str(down).encode())
                told(found)
                if found.state == "waiting":
                    return False
        return True

    def _forwarded(self, waiting: Waiting) -> Forwarded:
        answer = ServerAnswer(0, b"")
        for _ in range(_TRIES_MAX):
            answer = self._sent(waiting)
            if _is_receipt(answer):
                self._outbox.recorded(waiting.number, answer.body)
                return Forwarded(waiting, "recorded", answer.body)
            if not _is_refusal(answer):
                return Forwarded(waiting, "waiting", answer.body)
            if not (self._keys and _code(answer.body) in _CHAIN_CODES):
                break
            # Another device of this office has posted, or our memory is of before a restore.
            # The log has not recorded this one: had it, it would have answered with the receipt.
            waiting = self._relinked(waiting)
        self._outbox.refused(waiting.number, answer.body)
        return Forwarded(waiting, "refused", answer.body)

    def _sent(self, waiting: Waiting) -> ServerAnswer:
        election, office = waiting.submission.election, waiting.submission.office
        if not self._keys:
            return self._line.post(election, canonical(waiting.submission), "application/json")
        envelope = waiting.envelope or self._sealed(waiting)
        answer = self._line.post(election, envelope, ENVELOPE_TYPE)
        if _is_receipt(answer):
            self._outbox.keep_link(office, _envelope_link(envelope))
        return answer

    def _sealed(self, waiting: Waiting) -> bytes:
        link = self._outbox.link(waiting.submission.office)
        envelope, _ = sign_submission(link_submission(waiting.submission, link), self._keys)
        data = encode_envelope(envelope)
        self._outbox.keep_envelope(waiting.number, data)
        return data

    def _relinked(self, waiting: Waiting) -> Waiting:
        office = waiting.submission.office
        self._outbox.keep_link(office, self._line.chain(waiting.submission.election, office))
        self._outbox.keep_envelope(waiting.number, None)
        return msgspec.structs.replace(waiting, envelope=None)


def _envelope_link(envelope: bytes) -> Link:
    """The link that a recorded envelope is: its number and the digest of its body."""
    body = from_base64(decode_envelope(envelope).payload)
    submission = msgspec.json.decode(body, type=Submission)
    return Link(submission.sequence or 0, hashlib.sha256(body).hexdigest())


def _is_receipt(answer: ServerAnswer) -> bool:
    """Whether the log has the posting, and said so to the end."""
    if answer.status != _CREATED:
        return False
    try:
        msgspec.json.decode(answer.body, type=Receipt)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def _is_refusal(answer: ServerAnswer) -> bool:
    """Whether the log does not want it, rather than somebody on the way who knows nothing of it."""
    if answer.status == _TOO_MANY or answer.status >= _SERVER_TROUBLE:
        return False
    return _type(answer.body).startswith(_OURS)


def _code(body: bytes) -> str:
    return _type(body).rpartition(":")[2]


def _type(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=_Problem).type
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""
