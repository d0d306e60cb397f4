"""The divided projection: however the parts come, the whole is the single fold, to the byte."""

import hashlib
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.log_reader import LogRow
from infra.adapters.kafka.kafka_records import (
    NATIONAL_KEY,
    Record,
    prefecture_partition,
    record_entries,
)
from infra.services.streaming.divided.merge import Merge, NotDivisible
from infra.services.streaming.divided.shard import Shard
from projections.documents.render import digest
from projections.election_projection import ElectionProjection
from tests.unit.infra.adapters.kafka.divided import PARTITIONS, carried, recorded_rows
from tests.unit.infra.adapters.kafka.packing import packed_rows, prefectures_of

Mark = int
Delivery = list[list[Record | Mark]]


@pytest.fixture(scope="module")
def rows() -> list[LogRow]:
    return recorded_rows()


@pytest.fixture(scope="module")
def digests(rows: list[LogRow]) -> dict[int, str]:
    """Digest by the single fold at some positions, the last among them."""
    night, found = ElectionProjection(), {}
    for row in rows:
        night.apply(decode(row.topic, row.state), row.position)
        if row.position % 211 == 0 or row.position == len(rows):
            found[row.position] = digest(night)
    return found


def digest_of(merge: Merge) -> str:
    whole = hashlib.sha256()
    for document in sorted(merge.night.versions):
        body = merge.document(document)
        whole.update(f"{document} {len(body)}\n".encode())
        whole.update(body)
    return whole.hexdigest()


def relayed(rows: list[LogRow], size: int, start: int = 0) -> Delivery:
    """What a relay puts on each partition: records of batches, and a mark after each."""
    prefectures = prefectures_of(rows)
    partitions: Delivery = [[] for _ in range(PARTITIONS)]
    for begin in range(start, len(rows), size):
        batch = rows[begin : begin + size]
        for record in packed_rows(batch, prefectures):
            partitions[prefecture_partition(record.key, PARTITIONS)].append(record)
        for partition in partitions:
            partition.append(batch[-1].position)
    return partitions


class Workers:
    """Every shard and the merger, fed by hand."""

    def __init__(self) -> None:
        self.merge = Merge(PARTITIONS)
        self.national = self.merge.national
        self.shards = [self.shard(number) for number in range(PARTITIONS)]

    def shard(self, number: int) -> Shard:
        return Shard(number, PARTITIONS, self.national)

    def deliver(self, number: int, item: Record | Mark) -> None:
        shard = self.shards[number]
        if isinstance(item, Mark):
            shard.mark(item)
            if number == 0:
                self.national.mark(item)
            return
        entries = record_entries(item.value)
        if item.key == NATIONAL_KEY:
            self.national.add(entries)
        else:
            shard.add(entries)

    def replace(self, number: int, past: Delivery) -> None:
        """Kill a worker; the next one begins at the beginning of its partition."""
        self.shards[number] = self.shard(number)
        for item in past[number]:
            self.deliver(number, item)

    def publish(self) -> None:
        for shard in self.shards:
            for _ in shard.cuts():
                self.merge.add(carried(shard.frame()))


def test_the_whole_is_the_single_fold_at_every_common_cut(
    rows: list[LogRow], digests: dict[int, str]
) -> None:
    workers, checked = Workers(), 0
    parts = [iter(partition) for partition in relayed(rows, 211)]
    for _ in range(2 * len(rows)):
        for number, part in enumerate(parts):
            if (item := next(part, None)) is not None:
                workers.deliver(number, item)
        workers.publish()
        while workers.merge.advance():
            position = workers.merge.night.position
            assert digest_of(workers.merge) == digests[position]
            checked += 1
    assert workers.merge.night.position == len(rows)
    assert checked > 5


class Bursts:
    """Two relays whose items interleave differently in every partition, in bursts."""

    def __init__(self, rows: list[LogRow], source: Random) -> None:
        first = relayed(rows, 211 * source.randint(1, 4))
        second = relayed(rows, 211 * source.randint(1, 4))
        self._source = source
        self._queues = [[a[::-1], b[::-1]] for a, b in zip(first, second, strict=True)]
        self.past: Delivery = [[] for _ in range(PARTITIONS)]

    def __iter__(self) -> Iterator[list[tuple[int, Record | Mark]]]:
        while any(queue for queues in self._queues for queue in queues):
            yield [
                (number, item)
                for number, queues in enumerate(self._queues)
                for item in self._burst(number, queues)
            ]

    def _burst(self, number: int, queues: Delivery) -> list[Record | Mark]:
        taken = [
            queue.pop()
            for queue in self._source.sample(queues, 2)
            for _ in range(min(len(queue), self._source.randint(0, 20)))
        ]
        self.past[number] += taken
        return taken


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_two_relays_and_killed_workers_change_nothing(
    rows: list[LogRow], digests: dict[int, str], seed: int
) -> None:
    source, workers = Random(seed), Workers()
    # given two relays at once
    bursts = Bursts(rows, source)
    for burst in bursts:
        for number, item in burst:
            workers.deliver(number, item)
        # and workers that are killed: another one reads the partition from the beginning
        if source.random() < 0.2:
            workers.replace(source.randrange(PARTITIONS), bursts.past)
        workers.publish()
        # then whatever is shown on the way is right
        if workers.merge.advance():
            assert digest_of(workers.merge) == digests[workers.merge.night.position]
    # and the end is the end of the single fold
    assert workers.merge.night.position == len(rows)
    assert digest_of(workers.merge) == digests[len(rows)]


def test_a_merger_that_starts_late_needs_the_latest_records_only(
    rows: list[LogRow], digests: dict[int, str]
) -> None:
    workers = Workers()
    for number, partition in enumerate(relayed(rows, 400)):
        for item in partition:
            workers.deliver(number, item)
    workers.publish()
    late = Merge(PARTITIONS)
    late.national = workers.national
    for frames in workers.merge._frames.values():
        for frame in frames:
            late.add(frame)
    late.squash()
    assert late.advance()
    assert late.night.position == len(rows)
    assert digest_of(late) == digests[len(rows)]


def test_nothing_is_shown_while_a_shard_is_behind(rows: list[LogRow]) -> None:
    workers = Workers()
    for number, partition in enumerate(relayed(rows, 400)[:-1]):
        for item in partition:
            workers.deliver(number, item)
    workers.publish()
    assert not workers.merge.advance()
    assert workers.merge.night.position == 0
    assert workers.merge.known == len(rows)


def test_another_number_of_shards_is_refused(rows: list[LogRow]) -> None:
    shard = Shard(0, 3, Workers().national)
    with pytest.raises(NotDivisible, match="3"):
        Merge(PARTITIONS).add(shard.frame())
    assert rows
