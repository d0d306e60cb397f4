"""Aggregates in memory, as they are in the log at the moment of a decision.

They stay between transactions. Before each one, those whose streams other processes have extended
are dropped, so what is in the store is always the true state while the lock is held.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import TypeVar

from psycopg import Connection
from psycopg.rows import TupleRow

from aggregates.base import Aggregate, Event
from infra.adapters.event_log.event_codec import decode
from infra.adapters.postgres.statements import Statements

AGGREGATES_MAX = 50_000
"""A national night has about 20,000 of them."""

TAggregate = TypeVar("TAggregate", bound=Aggregate)


class EventLogStore:
    """The aggregate store, filled from the log.

    Args:
        sql: The statements of the log.
        aggregates_max: How many to keep between transactions, the last used ones.
    """

    def __init__(self, sql: Statements, aggregates_max: int = AGGREGATES_MAX) -> None:
        self._sql = sql
        self._aggregates_max = aggregates_max
        self._kept: OrderedDict[str, Aggregate | None] = OrderedDict()
        self._listed: dict[str, list[str]] = {}
        self._uncommitted: dict[str, list[Event]] = {}
        self._touched: list[Aggregate] = []
        self._events: list[Event] = []
        self._connection: Connection[TupleRow] | None = None

    # --- one transaction --------------------------------------------------------------------

    def begin(self, connection: Connection[TupleRow], changed: Iterable[str]) -> None:
        """Begin a transaction: drop what others have changed, and what is too much."""
        self._connection = connection
        self._uncommitted = {}
        for stream in changed:
            self._kept.pop(stream, None)
            self._list(stream)
        while len(self._kept) > self._aggregates_max:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything: the last transaction may not have been committed."""
        self._kept.clear()
        self._listed.clear()
        self._uncommitted = {}
        self._connection = None

    def fetch(self, streams: Iterable[str]) -> None:
        """Bring what is missing of these streams, in one question to the database."""
        missing = [stream for stream in dict.fromkeys(streams) if stream not in self._kept]
        if not missing:
            return
        found: dict[str, Aggregate | None] = dict.fromkeys(missing)
        for topic, state in self._require_connection().execute(
            self._sql["load_streams"], (missing,)
        ):
            event = decode(topic, state)
            found[event.originator_id] = event.mutate(found[event.originator_id])
        for stream in missing:
            for event in self._uncommitted.get(stream, ()):
                found[stream] = event.mutate(found[stream])
        self._kept.update(found)

    # --- one decision -----------------------------------------------------------------------

    def open_decision(self) -> None:
        """Begin one decision."""
        self._touched = []
        self._events = []

    @property
    def decided(self) -> list[Event]:
        """The events of the decision so far, in the order in which they were put."""
        return self._events

    def accept(self) -> list[Event]:
        """The decision stands: its events are part of this transaction."""
        for event in self._events:
            self._uncommitted.setdefault(event.originator_id, []).append(event)
            if event.originator_version == 1:
                self._list(event.originator_id)
        return self._events

    def refuse(self) -> None:
        """The decision does not stand: forget whatever it may have changed."""
        for event in self._events:
            self._kept.pop(event.originator_id, None)
            self._renew(event.originator_id)
        for aggregate in self._touched:
            if aggregate.pending_events:
                self._kept.pop(aggregate.id, None)

    # --- what the repository sees -----------------------------------------------------------------

    def find(self, kind: type[TAggregate], stream: str) -> TAggregate | None:
        """The aggregate of a stream, or None when the stream is empty."""
        # Asked several times in each decision, nearly always of what is here.
        if stream not in self._kept:
            self.fetch((stream,))
        return self._take(kind, stream)

    def find_many(self, kind: type[TAggregate], streams: list[str]) -> list[TAggregate | None]:
        """Several at once, in order."""
        self.fetch(streams)
        return [self._take(kind, stream) for stream in streams]

    def streams(self, prefix: str) -> list[str]:
        """Every stream that begins with the prefix, sorted; the same list until one changes."""
        if prefix not in self._listed:
            rows = self._require_connection().execute(self._sql["list_streams"], (prefix,))
            here = (stream for stream in self._uncommitted if stream.startswith(prefix))
            self._listed[prefix] = sorted({stream for (stream,) in rows}.union(here))
        return self._listed[prefix]

    def put(self, aggregate: Aggregate) -> None:
        """Take a new or changed aggregate: its pending events are to be recorded."""
        for event in aggregate.collect_events():
            if not isinstance(event, Event):
                raise TypeError(f"{type(event).__name__} is not an event of this project")
            self._events.append(event)
        self._kept[aggregate.id] = aggregate
        self._renew(aggregate.id)

    def _list(self, stream: str) -> None:
        """Rebuild the lists that a new or changed stream belongs to."""
        for prefix, listed in self._listed.items():
            if stream.startswith(prefix):
                self._listed[prefix] = sorted({*listed, stream})

    def _renew(self, stream: str) -> None:
        """Note for callers that cache by a list that one of its streams has changed."""
        for prefix, listed in self._listed.items():
            if stream.startswith(prefix):
                self._listed[prefix] = list(listed)

    def _take(self, kind: type[TAggregate], stream: str) -> TAggregate | None:
        found = self._kept[stream]
        if found is None:
            return None
        if not isinstance(found, kind):
            raise TypeError(f"{stream} is a {type(found).__name__}, not a {kind.__name__}")
        self._kept.move_to_end(stream)
        self._touched.append(found)
        return found

    def _require_connection(self) -> Connection[TupleRow]:
        if self._connection is None:
            raise RuntimeError("the store is read inside a transaction only")
        return self._connection
