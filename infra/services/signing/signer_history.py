"""What decided who might sign, as it was at each position: election, contests, offices, keys.

The same aggregates that decide at the door are rebuilt from the entries, so that a verifier asks
the very rules that were asked then.
"""

from typing_extensions import override

from aggregates.base import Aggregate, Event
from aggregates.decisions.office_chain import Link
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import (
    ELECTION_STREAM,
    contest_stream,
    key_stream,
    office_stream,
)
from aggregates.election.key import Key
from infra.adapters.memory.in_memory_store import InMemoryStore

_KEPT = (contest_stream(""), office_stream(""), key_stream(""))


class ReadOnly(TypeError):  # noqa: N818 - it says what is the case
    """A history is read; nothing can be decided in it."""


class _RegisterStore(InMemoryStore):
    """What has been read; nothing is decided on it."""

    @override
    def put(self, aggregate: Aggregate) -> None:
        raise ReadOnly(f"{aggregate.id} cannot be changed here")


class KeyHistory:
    """Offices and keys up to a position, and what their rights depend on."""

    def __init__(self) -> None:
        self._store = _RegisterStore()
        self._links: dict[str, Link] = {}
        self._ballots: dict[str, str] = {}
        self.repository = ElectionRepository(self._store)
        self.position = 0

    def apply(self, event: Event, position: int) -> None:
        """Take the next event.

        Raises:
            ValueError: It does not follow in its stream.
        """
        stream = event.originator_id
        if stream == ELECTION_STREAM or stream.startswith(_KEPT):
            made = event.mutate(self._store.kept.get(stream))
            if made is not None:
                self._store.kept[stream] = made
            self._ballots.pop(stream, None)
        self.position = position

    def valid(self, keyid: str, office: str) -> bool:
        """Whether a key may sign for an office at the next position."""
        key = self._store.find(Key, key_stream(keyid))
        return key is not None and key.office == office and key.state == "active"

    def election(self) -> Election | None:
        """The election, once it is defined."""
        return self._store.find(Election, ELECTION_STREAM)

    def contests(self) -> list[Contest]:
        """Every contest, in the order of their streams."""
        found = self._store.find_many(Contest, self._store.streams(contest_stream("")))
        return [contest for contest in found if contest is not None]

    def ballot_sha256(self, contest_id: str) -> str | None:
        """Digest of the ballot of a contest now; None when there is no such contest."""
        stream = contest_stream(contest_id)
        if stream not in self._ballots:
            contest = self._store.find(Contest, stream)
            if contest is None:
                return None
            self._ballots[stream] = contest.ballot_sha256
        return self._ballots[stream]

    def last(self, office: str) -> Link:
        """The last signed posting of an office."""
        return self._links.get(office, Link())

    def move(self, office: str, link: Link) -> None:
        """The office has posted: this is its last posting now."""
        self._links[office] = link
