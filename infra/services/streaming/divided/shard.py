"""One shard of the divided projection: the prefectures of one partition, and the nation's events.

Pure: entries and marks go in, frames come out. The fold is the same as everywhere; it only sees
fewer events. A frame is made at a cut, which is a position that marks name: then the shard holds
everything up to it and nothing beyond, and shards can be put together again.
"""

from bisect import insort
from collections.abc import Iterable, Iterator
from itertools import repeat

from aggregates.base import Event
from infra.adapters.kafka.kafka_records import NATIONAL_KEY, RecordEntry, partition_keys
from infra.services.streaming.divided.partial_results import (
    CorrectionPartial,
    CountPartial,
    DocumentPartial,
    Frame,
    ShardPartial,
    Version,
)
from projections.documents.render import render
from projections.election_projection import ElectionProjection

_DISTRICTS = "districts/"


def apply_sparse(night: ElectionProjection, event: Event, position: int) -> None:
    """Apply an event to a night that sees some positions only.

    Positions in between belong to other shards; no document here has them as its version.
    """
    night.times.extend(repeat(event.timestamp, position - 1 - len(night.times)))
    night.position = position - 1
    night.apply(event, position)


class NationalEntries:
    """The entries with the key `00`, which every shard and the merger fold as well."""

    def __init__(self) -> None:
        self._entries: dict[int, RecordEntry] = {}
        self.complete_to = 0

    def add(self, entries: Iterable[RecordEntry]) -> None:
        """Take entries; repeats are dropped."""
        for entry in entries:
            self._entries.setdefault(entry.position, entry)

    def mark(self, position: int) -> None:
        """Everything up to this position is here."""
        self.complete_to = max(self.complete_to, position)

    def between(self, after: int, last: int) -> list[RecordEntry]:
        """Entries following a position up to another, in no order."""
        return [entry for at, entry in self._entries.items() if after < at <= last]


class Shard:
    """The fold of one partition.

    Args:
        partition: Which.
        partitions: Of how many.
        national: The entries of the nation, shared by all shards of a process.
    """

    def __init__(self, partition: int, partitions: int, national: NationalEntries) -> None:
        self._partition = partition
        self._partitions = partitions
        self._keys = partition_keys(partition, partitions) - {NATIONAL_KEY}
        self._national = national
        self._night = ElectionProjection()
        self._waiting: dict[int, RecordEntry] = {}
        self._marks: list[int] = []
        self._dirty: set[str] = set()
        self._published = 0
        self.cut = 0

    def add(self, entries: Iterable[RecordEntry]) -> None:
        """Take entries of this partition; repeats are dropped."""
        for entry in entries:
            if entry.position > self.cut:
                self._waiting.setdefault(entry.position, entry)

    def mark(self, position: int) -> None:
        """Everything of this partition up to this position has been added."""
        if position > self.cut and position not in self._marks:
            insort(self._marks, position)

    def cuts(self) -> Iterator[int]:
        """Fold up to each mark that the nation's entries reach as well, one after the other."""
        while self._marks and self._marks[0] <= self._national.complete_to:
            cut = self._marks.pop(0)
            self._fold(cut)
            yield cut

    def frame(self) -> Frame:
        """What changed since the last frame, at the present cut."""
        night, after = self._night, self._published
        changed = [key for key in self._own_documents() if night.versions[key] > after]
        self._published = self.cut
        dirty, self._dirty = self._dirty, set()
        return Frame(
            shard=self._shard(),
            counts={stream: CountPartial.of(night.counts[stream]) for stream in sorted(dirty)},
            documents={
                key: DocumentPartial(night.versions[key], render(night, key)) for key in changed
            },
        )

    def _fold(self, cut: int) -> None:
        own = [entry for at, entry in self._waiting.items() if at <= cut]
        ready = {entry.position: entry for entry in self._national.between(self.cut, cut)}
        # Partition 0 carries the nation's entries too; they are the same.
        ready |= {entry.position: entry for entry in own}
        for position in sorted(ready):
            event = ready[position].decoded()
            apply_sparse(self._night, event, position)
            self._note(event.originator_id)
        for entry in own:
            del self._waiting[entry.position]
        self.cut = cut

    def _note(self, stream: str) -> None:
        """Which count an event changed."""
        night = self._night
        count = night.counts.get(stream)
        if count is not None:
            self._dirty.add(stream)
        elif stream in night.turnouts:
            self._dirty.add("count/" + stream.removeprefix("turnout/"))

    def _own_documents(self) -> list[str]:
        night = self._night
        if night.election is None:
            return []
        units = night.register().units.values()
        keys = (_DISTRICTS + unit.code for unit in units if unit.prefecture in self._keys)
        return [key for key in keys if key in night.versions]

    def _shard(self) -> ShardPartial:
        night = self._night
        return ShardPartial(
            partition=self._partition,
            partitions=self._partitions,
            cut=self.cut,
            last=self._version(night.position) if night.position else None,
            versions={
                key: self._version(position)
                for key, position in night.versions.items()
                if not key.startswith(_DISTRICTS)
            },
            corrections=[CorrectionPartial.of(correction) for correction in night.corrections],
        )

    def _version(self, position: int) -> Version:
        return Version(position, self._night.times[position - 1])
