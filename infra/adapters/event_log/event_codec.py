"""Events to bytes and back.

The state of a stored event is the canonical JSON (RFC 8785) of the event's struct. msgspec's
sorted encoder gives exactly that, because keys are ASCII and numbers are integers below 2**53; a
test compares it with the reference implementation.
"""

from typing import cast

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from typing_extensions import override

from aggregates.base import Event, event_types
from aggregates.errors import EntryTooLarge
from infra.adapters.event_log.log_errors import EventUnreadable

STATE_BYTES_MAX = 65_535 - 512
"""An entry of the public log has at most 65,535 bytes, and so much is kept for what surrounds the
event's state in it."""

_encoder = msgspec.json.Encoder(order="sorted")
_decoders: dict[str, msgspec.json.Decoder[Event]] = {}


def canonical(value: object) -> bytes:
    """The canonical JSON of a struct (RFC 8785)."""
    return _encoder.encode(value)


def encode(event: Event) -> StoredEvent:
    """The row of an event.

    Raises:
        EntryTooLarge: The entry would not fit into the public log.
    """
    state = _encoder.encode(event)
    if len(state) > STATE_BYTES_MAX:
        raise EntryTooLarge(size=len(state), limit=STATE_BYTES_MAX)
    return StoredEvent(event.originator_id, event.originator_version, event.TOPIC, state)


def decode(topic: str, state: bytes) -> Event:
    """The event of a row.

    Raises:
        EventUnreadable: Unknown topic, or the state is not that of its topic.
    """
    decoder = _decoders.get(topic)
    try:
        return (decoder or _decoder(topic)).decode(state)
    except msgspec.MsgspecError as error:
        raise EventUnreadable(f"the state of a {topic} cannot be read: {error}") from error


def _decoder(topic: str) -> msgspec.json.Decoder[Event]:
    kind = event_types().get(topic)
    if kind is None:
        raise EventUnreadable(f"unknown topic {topic!r}: written by a newer version?")
    return _decoders.setdefault(topic, msgspec.json.Decoder(kind))


class EventMapper(Mapper[str]):
    """The library's mapper with this encoding, so that its applications can read the log."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    @override
    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        return encode(cast("Event", domain_event))

    @override
    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        return decode(stored_event.topic, stored_event.state)
