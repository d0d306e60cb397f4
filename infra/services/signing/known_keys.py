"""Public keys by id, as the fold of the log knows them."""

import threading
from collections.abc import Iterable, Mapping

from aggregates.election.identifiers import key_stream
from infra.adapters.event_log.event_log import Log
from infra.protocols.signed_note.keys import PublicKey
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.signing.proof_of_possession import parse_public_key
from projections.election_projection import ElectionProjection

_BEHIND_SECONDS_MAX = 2.0


class KnownKeys:
    """The port `submission_auth.KeyBook` over a live read model.

    An id is the digest of its key, so what was found once is always true. An id that is not
    known yet may be of a key recorded a moment ago: the fold is waited for, once.

    Args:
        live: The read model that follows the log.
        log: The log.
    """

    def __init__(self, live: LiveReadModel, log: Log) -> None:
        self._live = live
        self._log = log
        self._found: dict[str, PublicKey] = {}
        self._lock = threading.Lock()

    @property
    def read_already(self) -> "KeysReadAlready":
        """The same keys for who does not wait for the fold."""
        return KeysReadAlready(self)

    def keys(self, keyids: Iterable[str]) -> Mapping[str, PublicKey]:
        """Those of the ids that are known."""
        wanted = list(keyids)
        if not self._learn(wanted):
            self._live.wait_for(self._log.reader.last_position(), _BEHIND_SECONDS_MAX)
        return self.find(wanted)

    def find(self, wanted: list[str]) -> Mapping[str, PublicKey]:
        """Those of the ids that are known now."""
        found = self._found
        if any(keyid not in found for keyid in wanted):
            self._learn(wanted)
        return {keyid: found[keyid] for keyid in wanted if keyid in found}

    def _learn(self, keyids: list[str]) -> bool:
        """Look up what is not known yet; whether all of them are now."""
        with self._lock:
            missing = [keyid for keyid in keyids if keyid not in self._found]
            if missing:
                texts = self._live.read(lambda state: _texts(state, missing))
                # Only ever added to: who looks without the lock finds a key or none.
                for keyid, text in texts.items():
                    self._found[keyid] = parse_public_key(text)
            return all(keyid in self._found for keyid in keyids)


class KeysReadAlready:
    """The port `submission_auth.KeyBook` over what is known now, without waiting for the fold."""

    def __init__(self, known: KnownKeys) -> None:
        self._known = known

    def keys(self, keyids: Iterable[str]) -> Mapping[str, PublicKey]:
        """Those of the ids that are known now."""
        return self._known.find(list(keyids))


def _texts(state: ElectionProjection, keyids: list[str]) -> dict[str, str]:
    streams = {keyid: key_stream(keyid) for keyid in keyids}
    return {
        keyid: state.keys[stream].public_key
        for keyid, stream in streams.items()
        if stream in state.keys
    }
