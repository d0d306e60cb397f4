"""A worker of the divided projection: folds the partitions that its group gives it.

The group only says who has which partition. Nothing is stored of where a worker was: whoever gets
a partition anew reads it from the beginning, which takes a second or two, and publishes once it is
at the end. The transactional id of the partition shuts out the worker before.
"""

import threading
from collections.abc import Iterable
from time import monotonic
from typing import Self

import structlog
from kafka import ConsumerRebalanceListener, KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError

from infra.adapters.kafka.group_membership import Signs, Vigil, join_group
from infra.adapters.kafka.kafka_records import NATIONAL_KEY, Origin, record_entries
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.offsets import end_offsets
from infra.adapters.kafka.topics import topic_partitions
from infra.adapters.kafka.transactions import ToSend, Transactions
from infra.services.streaming.divided.partial_records import frame_records
from infra.services.streaming.divided.shard import NationalEntries, Shard

SILENT_SECONDS_MAX = 20.0
"""How long a worker may hear nothing of its own partitions while the first one goes on."""
_WATCH_SECONDS = 1.0
_CLOSE_MILLISECONDS = 3000
_POLL_MILLISECONDS = 500
_BACKOFF_SECONDS = 0.5
_log = structlog.get_logger(__name__)


class _Folding:
    """A shard and how far its partition has been read; kept while another worker has it."""

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.next_offset = 0

    def receive(self, records: list[ConsumerRecord]) -> None:
        """Take records of the partition."""
        for record in records:
            origin = Origin.of(record.headers)
            if origin.is_mark:
                self.shard.mark(origin.last)
            elif record.key != NATIONAL_KEY.encode():
                self.shard.add(record_entries(record.value))
            self.next_offset = record.offset + 1


class _Owned:
    """A partition that this worker folds and publishes."""

    def __init__(self, settings: KafkaSettings, folding: _Folding, number: int, end: int) -> None:
        self.folding = folding
        self._end = end
        self._pending = True
        self._transactions = Transactions(settings, settings.partials, f"project-{number}")

    def publish(self, position: int) -> None:
        """Fold to each mark and publish there, once the partition has been read to its end."""
        shard = self.folding.shard
        for _ in shard.cuts():
            # Of the cuts before the end that was there at first, only the last one is published.
            if not self._pending:
                self._write()
        if self._pending and position >= self._end and shard.cut:
            self._pending = False
            self._write()

    def close(self) -> None:
        """Let go of the partition."""
        self._transactions.close()

    def _write(self) -> None:
        frame = self.folding.shard.frame()
        self._transactions.write(ToSend(*record) for record in frame_records(frame))


class Worker:
    """Folds partitions until it is stopped.

    Args:
        settings: The brokers.

    Attributes:
        cuts: Partition -> the cut it was published at last, of those owned now.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._stopped = threading.Event()
        self.cuts: dict[int, int] = {}
        self.heard_at = 0.0

    def run(self) -> None:
        """Fold until `stop`; what fails is started again, from the beginning of the partitions."""
        while not self._stopped.is_set():
            try:
                with _Session(self._settings) as session:
                    while not self._stopped.is_set():
                        session.step()
                        self.cuts, self.heard_at = session.cuts(), session.heard_at
            except (KafkaError, TimeoutError, OSError) as error:
                _log.warning("kafka.worker.anew", error=repr(error))
                self._stopped.wait(_BACKOFF_SECONDS)
        self.cuts = {}

    def stop(self) -> None:
        """Leave the group; another worker takes over."""
        self._stopped.set()


class _Session(ConsumerRebalanceListener):  # type: ignore[misc]  # the library has no types
    """A membership in the group, and the shards that came with it."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._national = NationalEntries()
        self._owned: dict[TopicPartition, _Owned] = {}
        self._foldings: dict[TopicPartition, _Folding] = {}
        self._changed = False
        self._vigil = Vigil(monotonic())
        self._watch_at = 0.0
        self.heard_at = self._taken_up_at = self._nation_heard_at = 0.0
        self._reader = KafkaConsumer(**settings.consuming())
        first, *others = topic_partitions(self._reader, settings.events)
        self._partitions = 1 + len(others)
        self._reader.assign([first])
        self._reader.seek_to_beginning(first)
        self._member = join_group(settings, self)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Somebody else folds these from now on."""
        for partition in revoked:
            owned = self._owned.pop(partition, None)
            if owned is not None:
                owned.close()

    def on_partitions_assigned(self, _assigned: Iterable[TopicPartition]) -> None:
        """What came is taken up outside of the poll that said so."""
        self._changed = True

    def step(self) -> None:
        """Receive what there is, fold it, publish it.

        Raises:
            TimeoutError: The group has lost this member, and the client does not say so.
        """
        self._watch()
        self._receive_national()
        polled = self._member.poll(timeout_ms=_POLL_MILLISECONDS)
        if self._changed:
            # What was polled with the new assignment is read again, from the beginning.
            self._changed = False
            self._take_up()
            return
        for partition, records in polled.items():
            if partition in self._owned:
                self._receive(partition, records)
        for partition, owned in self._owned.items():
            owned.publish(self._member.position(partition))

    def _watch(self) -> None:
        now = monotonic()
        if now < self._watch_at:
            return
        self._watch_at = now + _WATCH_SECONDS
        self._vigil.watch(Signs.of(self._member), now)
        # Marks come to all partitions alike: where one goes on, silence is not a quiet night.
        heard_at = max(self.heard_at, self._taken_up_at)
        if self._owned and self._nation_heard_at - heard_at > SILENT_SECONDS_MAX:
            raise TimeoutError("nothing comes from the partitions of this worker")

    def cuts(self) -> dict[int, int]:
        """Partition -> cut of its shard."""
        return {p.partition: owned.folding.shard.cut for p, owned in self._owned.items()}

    def _take_up(self) -> None:
        self._taken_up_at = monotonic()
        for partition in self._member.assignment():
            former = self._owned.pop(partition, None)
            if former is not None:
                former.close()
            number = partition.partition
            end = end_offsets(self._member, [partition])[partition]
            folding = self._foldings.get(partition)
            if folding is None:
                folding = _Folding(Shard(number, self._partitions, self._national))
                self._foldings[partition] = folding
            self._owned[partition] = _Owned(self._settings, folding, number, end)
            self._member.seek(partition, folding.next_offset)

    def _receive(self, partition: TopicPartition, records: list[ConsumerRecord]) -> None:
        self.heard_at = monotonic()
        self._owned[partition].folding.receive(records)

    def _receive_national(self) -> None:
        for records in self._reader.poll(timeout_ms=0).values():
            self._nation_heard_at = monotonic()
            for record in records:
                origin = Origin.of(record.headers)
                if origin.is_mark:
                    self._national.mark(origin.last)
                elif record.key == NATIONAL_KEY.encode():
                    self._national.add(record_entries(record.value))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for owned in self._owned.values():
            owned.close()
        self._member.close(autocommit=False, timeout_ms=_CLOSE_MILLISECONDS)
        self._reader.close()
