"""Aggregates kept in memory: the aggregate store where no database is asked.

A verifier keeps what it has read from a log; a check of definitions keeps what it has decided so
far. Nothing of it is recorded anywhere.
"""

from itertools import islice
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
        self._listed: dict[str, tuple[list[str], int]] = {}

    def find(self, kind: type[TAggregate], stream: str) -> TAggregate | None:
        """The aggregate of a stream, or None when the stream is empty."""
        found = self.kept.get(stream)
        # An abstract class is slow to say that nothing is no instance of it.
        return found if found is not None and isinstance(found, kind) else None

    def find_many(self, kind: type[TAggregate], streams: list[str]) -> list[TAggregate | None]:
        """Several at once, in order."""
        return [
            found if found is not None and isinstance(found, kind) else None
            for found in map(self.kept.get, streams)
        ]

    def streams(self, prefix: str) -> list[str]:
        """Every stream that begins with the prefix, sorted; the same list until one changes."""
        # Nothing is ever removed, so what is new stands at the end.
        listed, seen = self._listed.get(prefix, ([], 0))
        if seen == len(self.kept):
            return listed
        later = islice(reversed(self.kept), len(self.kept) - seen)
        if new := [stream for stream in later if stream.startswith(prefix)]:
            listed = sorted([*listed, *new])
        self._listed[prefix] = listed, len(self.kept)
        return listed

    def put(self, aggregate: Aggregate) -> None:
        """Keep a new or changed aggregate; its events have been applied and are let go."""
        aggregate.collect_events()
        self._keep(aggregate)

    def _keep(self, aggregate: Aggregate) -> None:
        self.kept[aggregate.id] = aggregate
        for prefix, (listed, seen) in self._listed.items():
            if aggregate.id.startswith(prefix):
                self._listed[prefix] = list(listed), seen
