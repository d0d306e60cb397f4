"""A log in memory that keeps living aggregates: fast enough for a whole night."""

from datetime import UTC, datetime
from typing import TypeVar, cast

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event
from aggregates.commands.election_commands import Submission
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.memory.in_memory_store import InMemoryStore
from infra.services.signing.submission_auth import admit_unsigned

TAggregate = TypeVar("TAggregate", bound=Aggregate)

_CANONICAL = msgspec.json.Encoder(order="sorted")
_AT = datetime(2025, 11, 30, 11, 0, tzinfo=UTC)


class Recording(InMemoryStore):
    """A store, and what was recorded through it."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self._repository = ElectionRepository(self)

    @override
    def put(self, aggregate: Aggregate) -> None:
        self.kept[aggregate.id] = aggregate
        self.events += [cast("Event", event) for event in aggregate.collect_events()]

    def submit(self, submission: Submission) -> None:
        """Take a submission in its strict form, as it would come in from the wire."""
        read = msgspec.json.decode(msgspec.json.encode(submission), type=Submission)
        self.take(admit_unsigned(read))

    def take(self, posting: PendingSubmission) -> None:
        """Take what has passed the door."""
        context = CommandContext(
            provenance=posting.provenance(),
            at=_AT,
            signers=posting.signers,
            proven=posting.proven,
        )
        decide(self._repository, posting.submission, context)

    def get(self, kind: type[TAggregate], stream: str) -> TAggregate:
        """An aggregate that must be there."""
        found = self.find(kind, stream)
        assert found is not None, f"{stream} is empty"
        return found

    def bytes_max(self) -> int:
        """Size of the largest event as it is stored."""
        return max(len(_CANONICAL.encode(event)) for event in self.events)
