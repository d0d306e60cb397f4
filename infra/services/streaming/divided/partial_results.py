"""What the divided projection publishes on `kaihyo.partials`: a shard's part of the night.

A shard is one partition of `events`. At a cut - a position up to which a mark says that everything
is there - its worker publishes in one transaction what changed since the last one:

    count/{contest}/{unit}    the latest sheet and turnout of one count
    document/districts/{code} a document that this shard alone decides, as bytes
    shard/{partition}         the cut, versions of documents, corrections; the last of a transaction

The topic keeps the latest record of each key, which is all that a merger needs to begin.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Self, cast

import msgspec

from aggregates.counting.count import CountState, TallyEvent
from aggregates.counting.turnout import TurnoutFigures
from infra.adapters.event_log.event_codec import canonical, decode
from infra.adapters.kafka.kafka_records import RecordUnreadable
from projections.state.count_status import Status
from projections.state.election_state import Correction
from projections.state.records import CountRecord

COUNT, DOCUMENT, SHARD = "count/", "document/", "shard/"


class EventPartial(msgspec.Struct, frozen=True):
    """An event as recorded, without its position."""

    topic: str
    state: msgspec.Raw


class CountPartial(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One count as far as anything beyond its own unit shows it."""

    state: CountState
    status: Status
    position: int
    final: bool = False
    corrected: bool = False
    latest: EventPartial | None = None
    turnout: TurnoutFigures | None = None
    turnout_final: bool = False

    @classmethod
    def of(cls, count: CountRecord) -> Self:
        """The partial of a count."""
        latest = count.latest
        return cls(
            state=count.state,
            status=count.status,
            position=count.position,
            final=count.final,
            corrected=count.corrected,
            latest=None
            if latest is None
            else EventPartial(latest.TOPIC, msgspec.Raw(canonical(latest))),
            turnout=count.turnout.figures,
            turnout_final=count.turnout.final,
        )

    def pour(self, count: CountRecord) -> None:
        """Make a count what this says."""
        count.state = self.state
        count.status = self.status
        count.position = self.position
        count.final = self.final
        count.corrected = self.corrected
        if self.latest is not None:
            event = cast("TallyEvent", decode(self.latest.topic, bytes(self.latest.state)))
            count.latest, count.tally = event, event.tally
        count.turnout.figures = self.turnout
        count.turnout.final = self.turnout_final


class CorrectionPartial(msgspec.Struct, frozen=True):
    """A correction with the figures before and after it."""

    position: int
    replaces: int
    event: EventPartial
    before: dict[str, int]
    after: dict[str, int]

    @classmethod
    def of(cls, correction: Correction) -> Self:
        """The partial of a correction."""
        event = correction.event
        return cls(
            correction.position,
            correction.replaces,
            EventPartial(event.TOPIC, msgspec.Raw(canonical(event))),
            correction.before,
            correction.after,
        )

    def correction(self) -> Correction:
        """The correction."""
        event = decode(self.event.topic, bytes(self.event.state))
        return Correction(
            self.position,
            self.replaces,
            event,  # type: ignore[arg-type]  # only events of corrections become partials
            self.before,
            self.after,
        )


class Version(NamedTuple):
    """Version of a document, and when it was recorded."""

    position: int
    at: datetime


class ShardPartial(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard says about the whole.

    Attributes:
        partition: Which shard.
        partitions: Of how many.
        cut: Everything of this shard up to this position is in what it published, nothing beyond.
        last: The last position folded here, and when it was recorded; None before the first.
        versions: Documents whose latest version this shard knows of.
        corrections: Of the units of this shard, the oldest first.
    """

    partition: int
    partitions: int
    cut: int
    last: Version | None
    versions: dict[str, Version]
    corrections: list[CorrectionPartial]


class DocumentPartial(NamedTuple):
    """Bytes of a document at a version."""

    version: int
    body: bytes


class Frame(NamedTuple):
    """Everything a shard published up to one cut and not before the last one."""

    shard: ShardPartial
    counts: dict[str, CountPartial]
    documents: dict[str, DocumentPartial]

    def followed_by(self, later: "Frame") -> "Frame":
        """Two frames of one shard as one."""
        return Frame(
            later.shard, {**self.counts, **later.counts}, {**self.documents, **later.documents}
        )


class Gathering:
    """Frames out of records: those of one shard's transaction stand in order, its shard last."""

    def __init__(self) -> None:
        self._counts: dict[int, dict[str, CountPartial]] = {}
        self._documents: dict[int, dict[str, DocumentPartial]] = {}

    def take(
        self, key: str, value: bytes | None, headers: Sequence[tuple[str, bytes | None]]
    ) -> Frame | None:
        """Take the next record; a frame when it completes one.

        Raises:
            RecordUnreadable: It is none of those described here; nothing is ever deleted.
        """
        if value is None:
            raise RecordUnreadable(f"{key} is gone from the topic of partials; restart workers")
        try:
            return self._take(key, value, {name: int(raw or b"") for name, raw in headers})
        except (msgspec.MsgspecError, ValueError, KeyError) as error:
            raise RecordUnreadable(f"{key} on the topic of partials: {error}") from error

    def _take(self, key: str, value: bytes, headers: dict[str, int]) -> Frame | None:
        partition = headers["partition"]
        if key.startswith(COUNT):
            kept = self._counts.setdefault(partition, {})
            kept[key] = _COUNT.decode(value)
        elif key.startswith(DOCUMENT):
            documents = self._documents.setdefault(partition, {})
            document = DocumentPartial(headers["position"], value)
            documents[key.removeprefix(DOCUMENT)] = document
        elif key.startswith(SHARD):
            shard = _SHARD.decode(value)
            counts = self._counts.pop(partition, {})
            return Frame(shard, counts, self._documents.pop(partition, {}))
        else:
            raise ValueError("unknown key")
        return None


_COUNT = msgspec.json.Decoder(CountPartial)
_SHARD = msgspec.json.Decoder(ShardPartial)
