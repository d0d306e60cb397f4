"""Aggregates in memory while a log is replayed: decided again, or taken as they were recorded."""

from typing import cast

from typing_extensions import override

from aggregates.base import Aggregate, Event
from infra.adapters.memory.in_memory_store import InMemoryStore


class ReplayStore(InMemoryStore):
    """The port `aggregates.decisions.repository.AggregateStore` for decisions made again.

    Nothing is undone: anyone who replays a log stops at the first decision that is not as recorded.
    """

    def __init__(self) -> None:
        super().__init__()
        self._decided: list[Event] = []

    @override
    def put(self, aggregate: Aggregate) -> None:
        """Keep a new or changed aggregate, and what was decided on it."""
        self._decided += cast("list[Event]", aggregate.collect_events())
        self._keep(aggregate)

    def take_decided(self) -> list[Event]:
        """The events of the decision, in the order in which a log records them."""
        decided, self._decided = self._decided, []
        return decided

    def apply(self, event: Event) -> None:
        """Take an event as it was recorded, without asking whether it was rightly decided.

        Raises:
            OriginatorVersionError, OriginatorIDError, TypeError: It does not follow in its stream.
        """
        changed = event.mutate(self.kept.get(event.originator_id))
        if changed is not None:
            self._keep(changed)
