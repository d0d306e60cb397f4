"""Aggregates kept in memory: the aggregate store where no database is asked.

A verifier keeps what it has read from a log; a check of definitions keeps what it has decided so
far. Nothing of it is recorded anywhere.
"""

from typing import TypeVar

from aggregates.base import Aggregate

TAggregate = TypeVar("TAggregate", bound=Aggregate)


class InMemoryStore:
    """The port `aggregates.decisions.repository.AggregateStore` over what is kept.

    Attributes:
        kept: Every aggregate by its stream.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Aggregate] = {}

    def find(self, kind: type[TAggregate], stream: str) -> TAggregate | None:
        """The aggregate of a stream, or None when the stream is empty."""
        found = self.kept.get(stream)
        return found if isinstance(found, kind) else None

    def find_many(self, kind: type[TAggregate], streams: list[str]) -> list[TAggregate | None]:
        """Several at once, in order."""
        return [self.find(kind, stream) for stream in streams]

    def streams(self, prefix: str) -> list[str]:
        """Every stream that begins with the prefix, sorted."""
        return sorted(stream for stream in self.kept if stream.startswith(prefix))

    def put(self, aggregate: Aggregate) -> None:
        """Keep a new or changed aggregate; its events have been applied and are let go."""
        aggregate.collect_events()
        self.kept[aggregate.id] = aggregate
