"""Given / when / then over a log in memory: the given is always rebuilt from events.

The store keeps what a database would: streams of encoded events, and nothing else. Whatever a
decision asks for is decoded and mutated anew, so what a live aggregate knows and its events do not
cannot survive from one command to the next.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

import msgspec
import pytest

from aggregates.base import (
    Aggregate,
    CommandContext,
    Envelope,
    Event,
    Provenance,
    Signature,
    event_types,
)
from aggregates.commands import election_commands as c
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from aggregates.errors import Refusal
from aggregates.rules import CURRENT_RULES

TAggregate = TypeVar("TAggregate", bound=Aggregate)
TRefusal = TypeVar("TRefusal", bound=Refusal)

Command = Mapping[str, object]
"""A command as an office sends it: JSON, before its form has been checked."""

POLLS_CLOSED = datetime(2024, 10, 27, 11, 0, tzinfo=UTC)

_CANONICAL = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True)
class Entry:
    """One event as it is stored."""

    stream: str
    topic: str
    data: bytes

    def event(self) -> Event:
        """Read it back."""
        return msgspec.json.decode(self.data, type=event_types()[self.topic])


def rebuilt(entries: list[Entry]) -> Aggregate | None:
    """The aggregate that these events of one stream make."""
    aggregate: Aggregate | None = None
    for entry in entries:
        aggregate = entry.event().mutate(aggregate)
    return aggregate


def known(aggregate: Aggregate) -> dict[str, object]:
    """Everything an aggregate knows that its events must know as well."""
    return {name: value for name, value in vars(aggregate).items() if name != "_pending_events"}


@dataclass
class MemoryStore:
    """The port `aggregates.decisions.repository.AggregateStore` over lists of encoded events."""

    entries: list[Entry] = field(default_factory=list)
    lent: list[Aggregate] = field(default_factory=list)

    def find(self, kind: type[TAggregate], stream: str) -> TAggregate | None:
        found = rebuilt(self._of(stream))
        if found is None:
            return None
        assert isinstance(found, kind)
        self.lent.append(found)
        return found

    def find_many(self, kind: type[TAggregate], streams: list[str]) -> list[TAggregate | None]:
        return [self.find(kind, stream) for stream in streams]

    def streams(self, prefix: str) -> list[str]:
        return sorted({e.stream for e in self.entries if e.stream.startswith(prefix)})

    def put(self, aggregate: Aggregate) -> None:
        for pending in aggregate.collect_events():
            event = cast("Event", pending)
            data = _CANONICAL.encode(event)
            self.entries.append(Entry(event.originator_id, event.TOPIC, data))
        again = rebuilt(self._of(aggregate.id))
        assert again is not None
        assert known(again) == known(aggregate), "its events do not tell all that it knows"

    def untouched(self) -> bool:
        """Whether every aggregate lent out is still what its events make of it."""
        return all(self._is_untouched(aggregate) for aggregate in self.lent)

    def _is_untouched(self, aggregate: Aggregate) -> bool:
        again = rebuilt(self._of(aggregate.id))
        as_stored = again is not None and known(again) == known(aggregate)
        return as_stored and not aggregate.pending_events

    def _of(self, stream: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.stream == stream]


class Log:
    """One election's log, driven by the commands that offices send.

    `given` sets the scene, `post` is the when, and `refuses` is a when whose then is a refusal
    that left nothing behind.
    """

    def __init__(
        self,
        election: str = "house50",
        environment: str = "rehearsal",
        *,
        rules: int = CURRENT_RULES,
    ) -> None:
        self.election = election
        self.rules = rules
        self.environment = environment
        self.store = MemoryStore()
        self.repository = ElectionRepository(self.store)
        self._sent = 0

    def given(self, *commands: Command) -> "Log":
        """Post what happened before; return the log."""
        for command in commands:
            self.post(command)
        return self

    def post(
        self,
        command: Command,
        *,
        signers: tuple[str, ...] = (),
        proven: frozenset[str] | None = None,
        **circumstances: object,
    ) -> list[Event]:
        """Post one command in its strict form; return the events it caused.

        Args:
            command: As an office sends it.
            signers: Ids of keys whose signatures are said to fit.
            proven: Ids of new keys whose proof is said to fit; None: every one of the command.
            circumstances: What the submission says besides.

        Raises:
            Refusal: Against a rule.
            msgspec.ValidationError: Not of the form of a submission.
        """
        submission = self.submission(command, **circumstances)
        provenance = Provenance(
            office=submission.office,
            submission=submission.submission_id,
            on_behalf=submission.on_behalf,
            scan_sha256=submission.scan_sha256,
            envelope=_envelope(signers),
        )
        before = len(self.store.entries)
        self.store.lent.clear()
        at = POLLS_CLOSED + timedelta(seconds=self._sent)
        shown = keyids_in(command) if proven is None else proven
        decide(
            self.repository,
            submission,
            CommandContext(
                provenance=provenance, at=at, signers=signers, proven=shown, rules=self.rules
            ),
        )
        return [entry.event() for entry in self.store.entries[before:]]

    def refuses(self, refusal: type[TRefusal], command: Command, **circumstances: Any) -> TRefusal:  # noqa: ANN401
        """Post a command that is refused; check that nothing was recorded or changed."""
        before = list(self.store.entries)
        with pytest.raises(refusal) as caught:
            self.post(command, **circumstances)
        assert self.store.entries == before, "a refusal recorded something"
        assert self.store.untouched(), "a refusal changed an aggregate"
        return caught.value

    def submission(self, command: Command, **circumstances: object) -> c.Submission:
        """The submission as it is read from the wire."""
        self._sent += 1
        sent = {
            "election": self.election,
            "environment": self.environment,
            "office": "nation",
            "submission_id": f"submission-{self._sent:06d}",
            "command": command,
            **circumstances,
        }
        return msgspec.json.decode(msgspec.json.encode(sent), type=c.Submission)

    def find(self, kind: type[TAggregate], stream: str) -> TAggregate:
        """An aggregate rebuilt from its events."""
        found = self.store.find(kind, stream)
        assert found is not None, f"{stream} is empty"
        return found

    def topics(self) -> list[str]:
        """What was recorded, in order."""
        return [entry.topic for entry in self.store.entries]


def _envelope(signers: tuple[str, ...]) -> Envelope | None:
    """What is recorded of signatures that are said to fit."""
    if not signers:
        return None
    return Envelope("", "", tuple(Signature(keyid=keyid, sig="") for keyid in signers))


def keyids_in(value: object) -> frozenset[str]:
    """Ids of every new key anywhere in a command."""
    if isinstance(value, Mapping):
        named = value.get("public_key")
        if isinstance(named, str):
            return frozenset({hashlib.sha256(base64.b64decode(named)).hexdigest()})
        return frozenset[str]().union(*map(keyids_in, value.values()))
    if isinstance(value, list | tuple):
        return frozenset[str]().union(*map(keyids_in, value))
    return frozenset()
