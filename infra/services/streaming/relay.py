"""The relay: follows the log and carries every entry to `kaihyo.events`, at least once.

A batch is sent; only when every record of it is acknowledged is its position tracked, and may a
mark follow. A send that timed out may have arrived or not, so its outcome is unknown: the
relay takes a new producer and sends everything since the tracked position again. Readers drop what
they have, so repeats - and two relays at once - do no harm.
"""

import gc
import threading
from queue import Empty, Queue
from time import monotonic
from typing import NamedTuple

import psycopg
import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError
from kafka.producer.future import FutureRecordMetadata

from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.follower import Follower
from infra.adapters.event_log.log_reader import PAGE_ROWS
from infra.adapters.kafka.end_marks import complete_up_to
from infra.adapters.kafka.kafka_records import Record, mark, prefecture_partition
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.producer_close import abandon
from infra.adapters.kafka.prefetch import read_ahead
from infra.adapters.kafka.record_packing import Packing
from infra.adapters.kafka.topics import ensure_topics
from infra.runtime.gc_tuning import no_collection
from infra.services.streaming.relay_tracking import Tracking

HEARTBEAT_SECONDS = 2.0
"""A mark is sent at least so often, so that readers can tell silence from a quiet night."""
MARK_SECONDS = 0.2
"""Marks are at least so far apart; each one costs a record per partition."""
BACKOFF_SECONDS = 0.5
_AHEAD = 2
"""Batches sent and not yet acknowledged, at most."""

_log = structlog.get_logger(__name__)


class RelayProgress(NamedTuple):
    """How far a relay is.

    Attributes:
        sent: Position of the last entry given to Kafka in this session.
        acknowledged: Everything up to here is on the topic.
        acknowledged_at: When that was said last, by the monotonic clock; 0 for never.
        failures: How often it began again.
        began_at: When it was connected and began to send, by the monotonic clock.
    """

    sent: int = 0
    acknowledged: int = 0
    acknowledged_at: float = 0.0
    failures: int = 0
    began_at: float = 0.0


class _Batch(NamedTuple):
    last: int
    sends: list[FutureRecordMetadata]


class Relay:
    """Carries one log to one topic until it is stopped.

    Args:
        log: What to carry.
        settings: Where to.
        limit: Most entries in one batch.
    """

    def __init__(self, log: Log, settings: KafkaSettings, *, limit: int = PAGE_ROWS) -> None:
        self._log = log
        self._settings = settings
        self._limit = limit
        self._stopped = threading.Event()
        self._session: _Session | None = None
        self.progress = RelayProgress()

    def run(self) -> None:
        """Carry until `stop`; whatever fails on the way is started again from the tracked position.

        Raises:
            TopicUnfit: A topic is not as it has to be.
            TopicOfAnotherLog: The topic carries another log.
            LogBroken: The log contradicts itself.
        """
        while not self._stopped.is_set():
            try:
                self._carry()
            except (KafkaError, psycopg.Error, TimeoutError, OSError) as error:
                self.progress = self.progress._replace(failures=self.progress.failures + 1)
                _log.warning("kafka.relay.anew", error=repr(error), progress=self.progress)
                self._stopped.wait(BACKOFF_SECONDS)

    def stop(self) -> None:
        """End after what was sent is acknowledged; may be called from any thread."""
        self._stopped.set()
        session = self._session
        if session is not None:
            session.follower.stop()

    def lag(self) -> int:
        """How many entries of the log are not acknowledged on the topic."""
        return self._log.reader.last_position() - self.progress.acknowledged

    def _carry(self) -> None:
        ensure_topics(self._settings)
        tracking = Tracking(self._log, self._settings.events)
        try:
            after = min(tracking.position(), complete_up_to(self._settings, self._log.name))
            self.progress = self.progress._replace(sent=after, acknowledged=after)
            self._session = _Session(self, self._log, self._settings, tracking)
            if not self._stopped.is_set():
                self._session.carry(Packing(self._log.name.schema, self._limit), after)
        finally:
            self._session = None
            tracking.close()


class _Session:
    """One producer and what it was given, from its first send to its last acknowledgement."""

    def __init__(self, relay: Relay, log: Log, settings: KafkaSettings, tracking: Tracking) -> None:
        self.follower: Follower = log.follower()
        self._relay = relay
        self._name = log.name
        self._topic = settings.events
        self._tracking = tracking
        self._timeout_seconds = settings.delivery_seconds + settings.timeout_seconds
        self._producer = KafkaProducer(**settings.producing(), batch_size=1024 * 1024)
        self._partitions = len(self._producer.partitions_for(self._topic))
        self._batches: Queue[_Batch | None] = Queue(maxsize=_AHEAD)
        self._failure: BaseException | None = None
        self._unmarked = False
        self._marked_at = 0.0

    def carry(self, packing: Packing, after: int) -> None:
        """Send every batch; a thread beside waits for acknowledgements."""
        settling = threading.Thread(target=self._settle, name="relay-settling", daemon=True)
        settling.start()
        self._relay.progress = self._relay.progress._replace(began_at=monotonic())
        try:
            # Records make no cycles; what else does is collected whenever there is a pause.
            with no_collection(), read_ahead(self.follower.pages(packing.read, after)) as pages:
                try:
                    for last, records in pages:
                        self._put(_Batch(last, [self._send(record) for record in records]))
                        self._relay.progress = self._relay.progress._replace(sent=last)
                finally:
                    self.follower.stop()
        finally:
            self._put(None)
            settling.join()
            self._let_go()
        if self._failure is not None:
            raise self._failure

    def _let_go(self) -> None:
        if self._failure is not None:
            abandon(self._producer)
        else:
            self._producer.close(timeout=self._timeout_seconds)

    def _put(self, batch: _Batch | None) -> None:
        # The settling thread empties the queue even after a failure, so this always ends.
        self._batches.put(batch)

    def _send(self, record: Record) -> FutureRecordMetadata:
        return self._send_to(record, prefecture_partition(record.key, self._partitions))

    def _send_to(self, record: Record, partition: int) -> FutureRecordMetadata:
        return self._producer.send(
            self._topic,
            key=record.key.encode(),
            value=record.value,
            headers=record.headers(self._name),
            partition=partition,
        )

    def _settle(self) -> None:
        while True:
            try:
                wait = MARK_SECONDS if self._unmarked else HEARTBEAT_SECONDS
                batch = self._batches.get(timeout=wait)
                if batch is None:
                    break
                if self._failure is None:
                    self._acknowledge(batch)
            except Empty:
                self._beat()
            except Exception as error:  # noqa: BLE001 - raised again by the thread that carries
                self._fail(error)
        if self._unmarked:
            self._beat()

    def _acknowledge(self, batch: _Batch) -> None:
        for send in batch.sends:
            send.get(timeout=self._timeout_seconds)
        self._tracking.reach(batch.last)
        self._relay.progress = self._relay.progress._replace(
            acknowledged=batch.last, acknowledged_at=monotonic()
        )
        self._unmarked = True
        if monotonic() - self._marked_at >= MARK_SECONDS:
            self._mark(batch.last)

    def _beat(self) -> None:
        """Nothing to do: say that the relay lives, and learn whether the brokers do."""
        if self._failure is not None:
            return
        gc.collect()
        try:
            for send in self._mark(self._relay.progress.acknowledged):
                send.get(timeout=self._timeout_seconds)
            self._relay.progress = self._relay.progress._replace(acknowledged_at=monotonic())
        except KafkaError as error:
            self._fail(error)

    def _mark(self, position: int) -> list[FutureRecordMetadata]:
        self._unmarked, self._marked_at = False, monotonic()
        return [self._send_to(mark(position), number) for number in range(self._partitions)]

    def _fail(self, error: BaseException) -> None:
        self._failure = self._failure or error
        self.follower.stop()
