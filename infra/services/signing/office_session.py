"""Short sessions for offices that read what is not public: a challenge, signed by a key.

Nothing is stored but in memory: a restart ends every session, and a revoked key ends its own.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Final

import msgspec

from aggregates.election.identifiers import key_stream
from aggregates.election.office import Role
from aggregates.errors import (
    ChallengeUnknown,
    CommandMalformed,
    ElectionUnknown,
    OfficeUnknown,
    SessionUnknown,
    SignerNotApproved,
    SignerOfAnotherOffice,
    SignerRevoked,
    WrongEnvironment,
)
from infra.runtime.clock import Clock
from infra.services.signing.envelope import payload_type
from infra.services.signing.submission_auth import KeyBook, verify_body
from projections.election_projection import ElectionProjection
from projections.state.election_state import KeyRecord, OfficeRecord

SESSION_TYPE: Final = payload_type("session")
CHALLENGE_SECONDS: Final = 60
SESSION_SECONDS: Final = 15 * 60
_WAITING_MAX: Final = 10_000
_TOKEN_BYTES: Final = 32


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """What a key has to sign, once, until it expires."""

    nonce: str
    expires_at: datetime


class OfficeSession(msgspec.Struct, frozen=True, kw_only=True):
    """An office that has shown its key.

    Attributes:
        token: Shown with every request: `Authorization: Bearer <token>`.
        office: Which office.
        role: Its role.
        keyid: By which of its keys.
        expires_at: When it ends.
    """

    token: str
    office: str
    role: Role
    keyid: str
    expires_at: datetime


class _Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    election: str
    environment: str
    office: str
    nonce: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


_ANSWER = msgspec.json.Decoder(_Answer)


class Sessions:
    """Challenges and sessions of one process.

    Args:
        book: Public keys by id.
        read: Asks the state at its present position.
        clock: The time.
    """

    def __init__(
        self,
        book: KeyBook,
        read: Callable[[Callable[[ElectionProjection], Role]], Role],
        clock: Clock,
    ) -> None:
        self._book = book
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._challenges: OrderedDict[str, datetime] = OrderedDict()
        self._sessions: OrderedDict[str, OfficeSession] = OrderedDict()

    def challenge(self) -> Challenge:
        """A new challenge for anybody who asks; the oldest make room."""
        made = Challenge(
            nonce=secrets.token_urlsafe(_TOKEN_BYTES),
            expires_at=self._clock.now() + timedelta(seconds=CHALLENGE_SECONDS),
        )
        with self._lock:
            self._challenges[made.nonce] = made.expires_at
            while len(self._challenges) > _WAITING_MAX:
                self._challenges.popitem(last=False)
        return made

    def open(self, envelope: bytes) -> OfficeSession:
        """A session for the office whose key signed a challenge.

        Args:
            envelope: DSSE of type `application/vnd.kaihyo.session+json` around election,
                environment, office and nonce.

        Raises:
            Refusal: Of the envelope, its signature, the key, or the challenge.
        """
        body, signers = verify_body(envelope, SESSION_TYPE, self._book)
        try:
            answer = _ANSWER.decode(body)
        except msgspec.MsgspecError as error:
            raise CommandMalformed(detail=str(error)) from None
        self._spend(answer.nonce)
        role = self._read(lambda state: _role(state, answer, signers))
        session = OfficeSession(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            office=answer.office,
            role=role,
            keyid=signers[0],
            expires_at=self._clock.now() + timedelta(seconds=SESSION_SECONDS),
        )
        with self._lock:
            self._sessions[_digest(session.token)] = session
            while len(self._sessions) > _WAITING_MAX:
                self._sessions.popitem(last=False)
        return session

    def find(self, token: str) -> OfficeSession:
        """The session of a token, while it lasts and its key is valid.

        Raises:
            SessionUnknown: There is none, or it has ended.
            SignerRevoked: Its key was revoked meanwhile.
        """
        with self._lock:
            session = self._sessions.get(_digest(token))
        if session is None or session.expires_at <= self._clock.now():
            raise SessionUnknown
        self._read(lambda state: _require_active(state, session.office, session.keyid))
        return session

    def close(self, token: str) -> None:
        """End a session, if it is there."""
        with self._lock:
            self._sessions.pop(_digest(token), None)

    def _spend(self, nonce: str) -> None:
        with self._lock:
            expires_at = self._challenges.pop(nonce, None)
        if expires_at is None or expires_at <= self._clock.now():
            raise ChallengeUnknown


def _digest(token: str) -> str:
    """Tokens are looked up by digest, so that the time of a look-up tells nothing of them."""
    return hashlib.sha256(token.encode()).hexdigest()


def _role(state: ElectionProjection, answer: _Answer, signers: tuple[str, ...]) -> Role:
    facts = state.register().facts
    if answer.election != facts.id:
        raise ElectionUnknown(election=answer.election)
    if answer.environment != facts.environment:
        raise WrongEnvironment(posted=answer.environment, here=facts.environment)
    first, *others = signers
    for keyid in others:
        _require_active(state, answer.office, keyid)
    return _require_active(state, answer.office, first)


def _require_active(state: ElectionProjection, office_id: str, keyid: str) -> Role:
    office: OfficeRecord | None = state.offices.get(office_id)
    if office is None:
        raise OfficeUnknown(office=office_id)
    key: KeyRecord | None = state.keys.get(key_stream(keyid))
    if key is None or key.office != office_id:
        raise SignerOfAnotherOffice(keyid=keyid, office=office_id)
    if key.state == "pending":
        raise SignerNotApproved(keyid=keyid)
    if key.state != "active":
        raise SignerRevoked(keyid=keyid)
    return office.facts.role
