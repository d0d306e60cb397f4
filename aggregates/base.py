"""What every aggregate and every event share.

An event is a frozen struct with a permanent topic. Its canonical JSON (RFC 8785: sorted ASCII
keys, integers only) is what the log stores and what the public entry contains, so nothing has to
be converted and nothing can differ.
"""

from datetime import datetime
from typing import ClassVar, NamedTuple, Self, TypeAlias, TypeVar, cast

import msgspec
from eventsourcing.domain import BaseAggregate, CanMutateAggregate
from eventsourcing.utils import register_topic

from aggregates.rules import CURRENT_RULES


class Signature(msgspec.Struct, frozen=True):
    """One signature of a submission envelope (DSSE 1.0): key id and base64 of the bytes."""

    keyid: str
    sig: str


class Envelope(msgspec.Struct, frozen=True, rename="camel"):
    """The signed envelope as it came in (DSSE 1.0): base64 of the body, its type, signatures."""

    payload: str
    payload_type: str
    signatures: tuple[Signature, ...]


class SubmissionKey(NamedTuple):
    """Identifies a submission: the office, and the id that the office chose.

    The same id of another office is another submission, so nobody can take an office's id first.

    Attributes:
        office: The office that sends it.
        submission: The id the office gave.
    """

    office: str
    submission: str


class Provenance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who sent it, in which submission, and whether for somebody else.

    Attributes:
        office: The office that sent it.
        submission: The id the sender gave; of one office the same id is never recorded twice.
        on_behalf: True when the office posted for a unit that is not its own.
        scan_sha256: Digest of the scanned sheet that the figures were read from.
        envelope: The signed envelope as received; None for what was not signed.
    """

    office: str
    submission: str
    on_behalf: bool = False
    scan_sha256: str | None = None
    envelope: Envelope | None = None

    @property
    def key(self) -> SubmissionKey:
        """Identifies the submission."""
        return SubmissionKey(self.office, self.submission)

    @property
    def keyids(self) -> frozenset[str]:
        """Ids of the keys that signed it; empty for what was not signed."""
        if self.envelope is None:
            return frozenset()
        return frozenset(signature.keyid for signature in self.envelope.signatures)


class CommandContext(msgspec.Struct, frozen=True, kw_only=True):
    """The circumstances of one command.

    Attributes:
        provenance: Who sent it.
        at: The moment it is recorded.
        signers: Ids of the keys whose signatures fit; empty for what was not signed. Whether
            they may sign now is for the aggregates to say.
        proven: Ids of keys in the command whose proof of possession fits.
        rules: Number of the rules under which a new log begins; a log that has begun names its
            own.
    """

    provenance: Provenance
    at: datetime
    signers: tuple[str, ...] = ()
    proven: frozenset[str] = frozenset()
    rules: int = CURRENT_RULES


class Event(
    CanMutateAggregate[str],
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={
        "originator_id": "stream",
        "originator_version": "stream_version",
        "timestamp": "recorded_at",
    },
):
    """Something that was recorded. It never refuses and never changes its shape.

    Attributes:
        originator_id: Stream the event belongs to.
        originator_version: Its number in that stream, from 1.
        timestamp: When the log recorded it (UTC).
        provenance: Who sent it.
    """

    TOPIC: ClassVar[str] = ""

    originator_id: str
    originator_version: int
    timestamp: datetime
    provenance: Provenance

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "TOPIC" in cls.__dict__:
            register_topic(cls.TOPIC, cls)
            _EVENTS[cls.TOPIC] = cls


TAggregate = TypeVar("TAggregate")


class FirstEvent(Event, frozen=True, kw_only=True):
    """The event that begins a stream: mutating nothing, it makes the aggregate."""

    def mutate(self, aggregate: TAggregate | None) -> TAggregate | None:
        """Make the aggregate that this event begins."""
        if aggregate is not None:
            raise TypeError(f"{self.TOPIC} begins a stream; it cannot follow another event")
        made = _BEGUN_BY[type(self)].blank(self)
        self.apply(made)
        return cast("TAggregate", made)


_EVENTS: dict[str, type[Event]] = {}
_BEGUN_BY: dict[type[FirstEvent], "type[Aggregate]"] = {}


def event_types() -> dict[str, type[Event]]:
    """Every event there is, by its permanent topic."""
    return dict(_EVENTS)


_AnyEvent: TypeAlias = Event


class Aggregate(BaseAggregate[str]):
    """A consistent thing of the domain, rebuilt from its events.

    Commands decide, and raise a refusal or record one event; `apply` of the event only changes
    state, so that history replays whatever tomorrow's rules are.
    """

    Event = Event
    first_event: ClassVar[type[FirstEvent]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _BEGUN_BY[cls.first_event] = cls

    @classmethod
    def blank(cls, first: _AnyEvent) -> Self:
        """An aggregate that has only its identity, before the first event is applied."""
        aggregate = cls.__new__(cls)
        aggregate.__base_init__(first.originator_id, first.originator_version, first.timestamp)
        return aggregate

    @classmethod
    def begin(cls, stream: str, context: CommandContext, **facts: object) -> Self:
        """Record the first event of a stream and return the aggregate it makes."""
        event = cls.first_event(
            originator_id=stream,
            originator_version=1,
            timestamp=context.at,
            provenance=context.provenance,
            **facts,
        )
        aggregate = cast("Self", event.mutate(None))
        aggregate.pending_events.append(event)
        return aggregate

    def record(self, event_type: type[_AnyEvent], context: CommandContext, **facts: object) -> None:
        """Record the next event of this stream.

        What `trigger_event` does, for events whose facts are complete: nearly all that a decision
        costs beside its checks.
        """
        event = event_type(
            originator_id=self._id,
            originator_version=self._version + 1,
            timestamp=context.at,
            provenance=context.provenance,
            **facts,
        )
        # It is of this aggregate and the next one: `mutate` has nothing to ask.
        event.apply(self)
        self._version = event.originator_version
        self._modified_on = event.timestamp
        self._pending_events.append(event)
