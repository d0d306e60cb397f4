"""Where applications for keys lie between the device that made them and who enrols them.

Both know a word that no one else knows: it is in the link that the office hands out. What lies here
is a public key with its proof; it counts for nothing before the office has compared its number by
telephone, signed it and posted it. It is kept in memory alone; without it the text is handed over
by hand.
"""

import threading
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Path, Request, Response

from aggregates.election.identifiers import ElectionId, Environment, OfficeId
from aggregates.election.key import NewKey
from aggregates.errors import KeyInvalid
from api.http.limits.client_address import sender_address
from api.http.problems import Unanswered
from api.http.request_bodies import receive_body
from api.web.pages.centre.office_responses import data

mailbox_router = APIRouter(include_in_schema=False)

WORDS_MAX: Final = 2_000
"""Words with applications; beyond, the oldest of the address that began most of them makes room:
who fills the box pushes out nobody else's."""
APPLICATIONS_MAX: Final = 10
"""Applications under one word."""
_BYTES_MAX: Final = 2_000
_Hex = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_Base64 = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9+/=]{1,120}$")]


class KeyApplication(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An application for a key, as the device of an office makes it.

    Attributes:
        kaihyo: Says what it is.
        election: Id of the election.
        environment: `live` or `rehearsal`.
        office: Whose key it is to be.
        keyid: Its number.
        public_key: The key.
        proof: That the device has its private half.
    """

    kaihyo: str
    election: ElectionId
    environment: Environment
    office: OfficeId
    keyid: _Hex
    public_key: _Base64
    proof: _Base64

    @property
    def is_keyid_right(self) -> bool:
        """Whether its number is that of its key."""
        try:
            return NewKey(public_key=self.public_key, proof=self.proof).keyid == self.keyid
        except (KeyInvalid, ValueError):
            return False


class KeyMailbox:
    """Applications by their word."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, KeyApplication]] = {}
        self._senders: dict[str, str] = {}
        self._words: dict[str, dict[str, None]] = {}
        self._lock = threading.Lock()

    def put(self, word: str, application: KeyApplication, sender: str) -> bool:
        """Keep an application; False where there are too many under this word.

        Args:
            word: Under which it lies.
            application: What is to be kept.
            sender: The address that it comes from.
        """
        with self._lock:
            kept = self._kept.get(word)
            if kept is None:
                kept = self._begin(word, sender)
            if application.keyid not in kept and len(kept) >= APPLICATIONS_MAX:
                return False
            kept[application.keyid] = application
        return True

    def _begin(self, word: str, sender: str) -> dict[str, KeyApplication]:
        self._senders[word] = sender
        self._words.setdefault(sender, {})[word] = None
        kept = self._kept[word] = {}
        if len(self._kept) > WORDS_MAX:
            fullest = max(self._words, key=lambda each: len(self._words[each]))
            self._remove(next(iter(self._words[fullest])))
        return kept

    def _remove(self, word: str) -> None:
        sender = self._senders.pop(word)
        del self._kept[word], self._words[sender][word]
        if not self._words[sender]:
            del self._words[sender]

    def find(self, word: str) -> list[KeyApplication]:
        """What lies under a word."""
        with self._lock:
            return list(self._kept.get(word, {}).values())


_Word = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@mailbox_router.post("/setup/data/applications/{word}", status_code=201)
async def leave(request: Request, word: _Word) -> Response:
    """Leave an application for the office that made the link."""
    body = await receive_body(request, _BYTES_MAX)
    try:
        application = msgspec.json.decode(body, type=KeyApplication)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unanswered(
            422,
            "This is no application for a key.",
            "鍵の申請として読めません。作り直してください。",
        ) from error
    if not application.is_keyid_right:
        raise Unanswered(
            422,
            "The number is not that of the key.",
            "鍵の番号が鍵と合いません。作り直してください。",
        )
    mailbox: KeyMailbox = request.app.state.key_mailbox
    sender = sender_address(request, request.app.state.services.proxies)
    if not mailbox.put(word, application, sender):
        raise Unanswered(
            429,
            "Too many applications under this link.",
            f"このリンクへの鍵の申請が{APPLICATIONS_MAX}件を超えました。"
            "申請の文を写して、選挙管理委員会に直接渡してください。",
        )
    return data(request, {"keyid": application.keyid})


@mailbox_router.get("/setup/data/applications/{word}")
def fetch(request: Request, word: _Word) -> Response:
    """What was left under a word."""
    mailbox: KeyMailbox = request.app.state.key_mailbox
    return data(request, mailbox.find(word))
