"""Asking the witnesses of a policy for cosignatures, without ever waiting long for one.

A checkpoint is published with the cosignatures there are. Too few of them is a state that the log
shows and the log file records, never a reason to stop: an election night goes on when a witness
does not.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec
import structlog

from infra.protocols.signed_note.note import SignatureLine, Verifier, join, split
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint
from infra.protocols.tlog.policy import Policy
from infra.protocols.tlog.tiles import TileReader
from infra.services.sequencing.cosigning import Cosigning
from infra.services.sequencing.witness import ADD_CHECKPOINT, WitnessAnswer

ASK_SECONDS_MAX: Final = 0.8
"""How long a checkpoint waits for a witness; one is due every second."""
REST_SECONDS: Final = 10.0
"""How long a witness that failed is left alone."""
_ANSWER_BYTES_MAX = 64 * 1024

QuorumState = Literal["none", "reached", "missing"]

_log = structlog.get_logger(__name__)


class WitnessQuorum(msgspec.Struct, frozen=True, kw_only=True):
    """Who has cosigned the last checkpoint.

    Attributes:
        state: `none` where no policy asks for witnesses.
        missing: Why a witness has not cosigned, by its name.
    """

    state: QuorumState = "none"
    missing: Mapping[str, str] = {}


class HttpWitness:
    """A witness behind a URL, asked as c2sp.org/tlog-witness says.

    Args:
        url: Its submission prefix.

    Raises:
        ValueError: Not a http or https URL.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"a witness is asked by http or https, not at {url!r}")
        self._connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host = parts.netloc
        self._path = parts.path.rstrip("/") + ADD_CHECKPOINT

    def __call__(self, body: bytes) -> WitnessAnswer:
        """Send `add-checkpoint`.

        Raises:
            OSError: It cannot be reached in time, or does not speak HTTP.
        """
        connection = self._connect(self._host, timeout=ASK_SECONDS_MAX)
        try:
            connection.request("POST", self._path, body, {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            return WitnessAnswer(answer.status, answer.read(_ANSWER_BYTES_MAX))
        except HTTPException as error:
            raise OSError(f"not an HTTP answer: {error!r}") from error
        finally:
            connection.close()


_Answer = tuple[Sequence[SignatureLine], str]
"""The cosignature of a witness, or why there is none."""


class _Asked:
    """One witness, with the time before which it is not asked again."""

    def __init__(self, name: str, verifier: Verifier, url: str, tiles: TileReader) -> None:
        self.name = name
        self._cosigning = Cosigning({name: (verifier, HttpWitness(url))}, tiles)
        self._rests_until = 0.0
        self._said = ""
        self._asking: Future[_Answer] | None = None

    def begin(self, checkpoint: Checkpoint, note: bytes) -> "list[Future[_Answer]]":
        """Ask it, unless it rests or has not come to the end of its last answer."""
        asking = self._asking
        if monotonic() < self._rests_until or (asking is not None and not asking.done()):
            return []
        self._asking = _beside(lambda: self._ask(checkpoint, note))
        return [self._asking]

    def await_answer(self, begun: "list[Future[_Answer]]") -> _Answer:
        """What it has answered by now."""
        if not begun:
            return (), self._said
        (asking,) = begun
        late = f"no answer within {ASK_SECONDS_MAX} s"
        found, self._said = asking.result() if asking.done() else ((), late)
        if self._said:
            self._rests_until = monotonic() + REST_SECONDS
        return found, self._said

    def _ask(self, checkpoint: Checkpoint, note: bytes) -> _Answer:
        collected = self._cosigning.collect(checkpoint, note)
        own = split(note)[1]
        return split(collected.note)[1][len(own) :], collected.missing.get(self.name, "")


def _beside(act: Callable[[], _Answer]) -> "Future[_Answer]":
    """Act in a thread of its own, which nobody waits for at the end: it may never return."""
    future: Future[_Answer] = Future()

    def run() -> None:
        try:
            future.set_result(act())
        except Exception as error:  # noqa: BLE001 - raised where the result is taken
            future.set_exception(error)

    threading.Thread(target=run, name="witness", daemon=True).start()
    return future


class Witnesses:
    """The witnesses of a policy, asked at once (the sequencer's `Cosign`).

    Args:
        policy: Names them, says where they are and how many must cosign.
        log: The key of the log.
        tiles: The published tiles.

    Raises:
        ValueError: The policy does not say where a witness is.
    """

    def __init__(self, policy: Policy, log: Verifier, tiles: TileReader) -> None:
        unknown = sorted(set(policy.witnesses) - set(policy.urls))
        if unknown:
            raise ValueError(f"the policy has no URL for {', '.join(unknown)}")
        self._policy = policy
        self._log_key = log
        self._asked = [
            _Asked(name, verifier, policy.urls[name], tiles)
            for name, verifier in policy.witnesses.items()
        ]
        self.quorum = WitnessQuorum(state="none" if policy.quorum == "none" else "missing")

    def __call__(self, checkpoint: Checkpoint, note: bytes) -> bytes:
        """The note with every cosignature that came in time."""
        text, lines = split(note)
        begun = [asked.begin(checkpoint, note) for asked in self._asked]
        wait((each for asking in begun for each in asking), timeout=ASK_SECONDS_MAX)
        answers = [
            asked.await_answer(asking) for asked, asking in zip(self._asked, begun, strict=True)
        ]
        found = [line for cosigned, _ in answers for line in cosigned]
        missing = {
            asked.name: said for asked, (_, said) in zip(self._asked, answers, strict=True) if said
        }
        whole = join(text, [*lines, *found])
        self._judge(whole, missing)
        return whole

    def _judge(self, note: bytes, missing: Mapping[str, str]) -> None:
        """Say whether enough have cosigned, and record when that changes."""
        if self._policy.quorum == "none":
            state: QuorumState = "none"
        else:
            _, opened = open_checkpoint(note, self._log_key, self._policy.witnesses.values())
            state = "reached" if self._policy.satisfied_by(opened) else "missing"
        if state != self.quorum.state or set(missing) != set(self.quorum.missing):
            say = _log.warning if state == "missing" else _log.info
            say("transparency.quorum", state=state, missing=dict(missing))
        self.quorum = WitnessQuorum(state=state, missing=missing)
