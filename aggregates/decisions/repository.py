"""The repository: one command in, the events it causes out, or a refusal.

It finds what a command touches, lets the aggregates decide, and leaves the changed ones in the
store. It knows no database and no clock: the store is where aggregates come from, and the context
says who and when.
"""

from typing import Protocol, TypeVar

from aggregates.base import Aggregate, CommandContext
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.counting.turnout import Turnout
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import (
    ELECTION_STREAM,
    contest_stream,
    count_stream,
    declaration_stream,
    key_stream,
    office_stream,
    turnout_stream,
)
from aggregates.election.key import Key
from aggregates.election.office import Office
from aggregates.errors import (
    ContestUncontested,
    ContestUnknown,
    ElectionNotDefined,
    ElectionUnknown,
    KeyUnknown,
    OfficeUnknown,
    WrongEnvironment,
)

TAggregate = TypeVar("TAggregate", bound=Aggregate)


class AggregateStore(Protocol):
    """Where the repository finds aggregates and leaves the changed ones."""

    def find(self, kind: type[TAggregate], stream: str) -> TAggregate | None:
        """The aggregate of a stream, or None when the stream is empty."""

    def find_many(self, kind: type[TAggregate], streams: list[str]) -> list[TAggregate | None]:
        """Several at once, in order."""

    def streams(self, prefix: str) -> list[str]:
        """Every stream that begins with the prefix, sorted; not to be changed.

        The same list again as long as none of these streams is new or changed.
        """

    def put(self, aggregate: Aggregate) -> None:
        """Take a new or changed aggregate: its pending events are to be recorded."""


class ElectionRepository:
    """Finds the aggregates of one log, or refuses with what is missing."""

    def __init__(self, store: AggregateStore) -> None:
        self.store = store
        self._contest_streams: list[str] | None = None
        self._contests_by_unit: dict[str, list[str]] = {}
        self._turnouts_beside: dict[tuple[str, str], list[str]] = {}

    def election(self) -> Election:
        """The election of this log."""
        election = self.store.find(Election, ELECTION_STREAM)
        if election is None:
            raise ElectionNotDefined
        return election

    def election_for(self, election_id: str, environment: str) -> Election:
        """The election, when it is the one that the sender means."""
        election = self.election()
        if election_id != election.facts.id:
            raise ElectionUnknown(election=election_id)
        if environment != election.facts.environment:
            raise WrongEnvironment(posted=environment, here=election.facts.environment)
        return election

    def find_office(self, office_id: str) -> Office | None:
        """An office of the register, or None."""
        return self.store.find(Office, office_stream(office_id))

    def office(self, office_id: str) -> Office:
        """An office of the register."""
        office = self.find_office(office_id)
        if office is None:
            raise OfficeUnknown(office=office_id)
        return office

    def find_key(self, keyid: str) -> Key | None:
        """A key of the register, or None."""
        return self.store.find(Key, key_stream(keyid))

    def key(self, office_id: str, keyid: str) -> Key:
        """A key of an office."""
        key = self.find_key(keyid)
        if key is None or key.office != office_id:
            raise KeyUnknown(office=office_id, keyid=keyid)
        return key

    def find_contest(self, contest_id: str) -> Contest | None:
        """A contest of this election, or None."""
        return self.store.find(Contest, contest_stream(contest_id))

    def contest(self, contest_id: str) -> Contest:
        """A contest of this election."""
        contest = self.find_contest(contest_id)
        if contest is None:
            raise ContestUnknown(contest=contest_id)
        return contest

    def contests_with(self, unit: str) -> list[str]:
        """Ids of the contests on which a unit reports."""
        self._index_contests()
        return self._contests_by_unit.get(unit, [])

    def _index_contests(self) -> None:
        streams = self.store.streams(contest_stream(""))
        # The same list says that no contest was added or amended, so the index still holds.
        if streams is not self._contest_streams:
            self._contest_streams = streams
            self._contests_by_unit = {}
            self._turnouts_beside = {}
            found = self.store.find_many(Contest, streams)
            for contest in (each for each in found if each is not None):
                for each in contest.facts.units:
                    self._contests_by_unit.setdefault(each, []).append(contest.facts.id)

    def turnouts_beside(self, contest: Contest, unit: str) -> list[str]:
        """Streams of the turnout that a unit reports in its other contests; not to be changed."""
        self._index_contests()
        found = self._turnouts_beside.get((contest.facts.id, unit))
        if found is None:
            others = (each for each in self.contests_with(unit) if each != contest.facts.id)
            found = [turnout_stream(each, unit) for each in others]
            self._turnouts_beside[contest.facts.id, unit] = found
        return found

    def count(self, contest: Contest, unit: str) -> Count:
        """The count of a unit, opened with the zero report; asked for once counting is open."""
        contest.require_unit(unit)
        count = self.store.find(Count, count_stream(contest.facts.id, unit))
        if count is None:
            raise ContestUncontested(contest=contest.facts.id)
        return count

    def turnout(self, contest: Contest, unit: str) -> Turnout | None:
        """The turnout of a unit, or None before its first report."""
        contest.require_unit(unit)
        return self.store.find(Turnout, turnout_stream(contest.facts.id, unit))

    def declaration(self, contest: Contest, context: CommandContext) -> Declaration:
        """The declaration of a contest, begun if nobody has yet; put it back when it changed."""
        stream = declaration_stream(contest.facts.id)
        found = self.store.find(Declaration, stream)
        return found if found is not None else Declaration.open(contest.facts.id, context)
