"""The national worker: puts the partials of all shards together and shows the night.

It reads the topic of partials and the nation's entries; at every cut that all shards published it
shows the same documents as the single fold at that position.
"""

import hashlib
import threading
from collections.abc import Callable
from time import time
from typing import Self, TypeVar

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError

from infra.adapters.kafka.kafka_records import NATIONAL_KEY, Origin, record_entries
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.offsets import end_offsets
from infra.adapters.kafka.topics import topic_partitions
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.live_read_model import Rendered
from infra.services.streaming.divided.merge import Merge
from infra.services.streaming.divided.partial_results import Gathering
from projections.election_projection import ElectionProjection

TAnswer = TypeVar("TAnswer")

STALE_SECONDS = 300.0
"""Records are kept apart for ten minutes before only the latest of a key remains; who is further
behind than half of that has to read to the end before showing anything."""
_POLL_MILLISECONDS = 50
_BACKOFF_SECONDS = 0.5
_log = structlog.get_logger(__name__)


class MergedReadModel:
    """The night put together from what workers publish.

    Args:
        settings: The brokers.

    Attributes:
        name: Which election and environment; None before the first record.
        failure: What ended it, if anything did.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._moved = threading.Condition()
        self._merge: Merge | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="merged-night", daemon=True)
        self.name: LogName | None = None
        self.failure: Exception | None = None

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading."""
        self._stopped.set()
        self._thread.join()

    @property
    def position(self) -> int:
        """The cut that is shown."""
        merge = self._merge
        return 0 if merge is None else merge.night.position

    @property
    def known(self) -> int:
        """The furthest position that a mark or a cut of any shard has named."""
        merge = self._merge
        return 0 if merge is None else max(merge.known, merge.national.complete_to)

    def read(self, question: Callable[[ElectionProjection], TAnswer]) -> TAnswer:
        """Ask the night a question at one position; histories of single units are not in it."""
        with self._moved:
            return question(self._shown().night)

    def document(self, key: str) -> Rendered:
        """The latest bytes of a document.

        Raises:
            KeyError: There is no such document.
        """
        with self._moved:
            merge = self._shown()
            return Rendered(merge.document(key), merge.night.versions[key])

    def digest(self) -> str:
        """SHA-256 over the address and bytes of every document, as of the single fold."""
        whole = hashlib.sha256()
        with self._moved:
            merge = self._shown()
            for key in sorted(merge.night.versions):
                body = merge.document(key)
                whole.update(f"{key} {len(body)}\n".encode())
                whole.update(body)
        return whole.hexdigest()

    def wait_for(self, position: int, seconds_max: float = 5.0) -> bool:
        """Wait until a position is shown; False when it takes longer."""
        with self._moved:
            return self._moved.wait_for(lambda: self.position >= position, seconds_max)

    def _shown(self) -> Merge:
        if self._merge is None:
            raise KeyError("nothing has been read yet")
        return self._merge

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with _Reading(self._settings) as reading:
                    self._follow(reading)
            except (KafkaError, TimeoutError, OSError) as error:
                _log.warning("kafka.nation.anew", error=repr(error), position=self.position)
                self._stopped.wait(_BACKOFF_SECONDS)
            except Exception as error:  # the health check reports it: what is shown stands still
                self.failure = error
                _log.exception("kafka.nation.failed")
                raise

    def _follow(self, reading: "_Reading") -> None:
        while not self._stopped.is_set():
            advanced = False
            with self._moved:
                if reading.receive():
                    advanced = reading.merge.advance()
                # A restarted reading is shown once it is as far as what is shown already.
                if reading.merge.night.position >= max(1, self.position):
                    self._merge = reading.merge
                    self.name = reading.name
                if advanced:
                    self._moved.notify_all()


class _Reading:
    """Both topics from the beginning, and the merge they are read into."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._consumer = KafkaConsumer(**settings.consuming())
        self._national, *others = topic_partitions(self._consumer, settings.events)
        self._partials = TopicPartition(settings.partials, 0)
        self._consumer.assign([self._national, self._partials])
        self._consumer.seek_to_beginning()
        self._gathering = Gathering()
        self._end = self._end_now()
        self.merge = Merge(1 + len(others))
        self.name: LogName | None = None

    def receive(self) -> bool:
        """Take what there is; True when the merge may advance.

        Raises:
            TimeoutError: So far behind that records in between may be gone.
        """
        polled = self._consumer.poll(timeout_ms=_POLL_MILLISECONDS)
        self._require_recent(polled.get(self._partials, []))
        self._take_national(polled.get(self._national, []))
        for record in polled.get(self._partials, []):
            frame = self._gathering.take((record.key or b"").decode(), record.value, record.headers)
            if frame is not None:
                self.merge.add(frame)
        if self._end is None:
            return True
        if self._consumer.position(self._partials) < self._end:
            return False
        # Of what was written before the beginning, only the latest of each key is sure to be here.
        self.merge.squash()
        self._end = None
        return True

    def _require_recent(self, records: list[ConsumerRecord]) -> None:
        if self._end is None and records:
            age = time() - records[0].timestamp / 1000
            if age > STALE_SECONDS:
                raise TimeoutError(f"{age:.0f} s behind on {self._partials.topic}")

    def _take_national(self, records: list[ConsumerRecord]) -> None:
        for record in records:
            origin = Origin.of(record.headers)
            self.name = origin.log
            if origin.is_mark:
                self.merge.national.mark(origin.last)
            elif record.key == NATIONAL_KEY.encode():
                self.merge.national.add(record_entries(record.value))

    def _end_now(self) -> int | None:
        return end_offsets(self._consumer, [self._partials])[self._partials] or None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()
