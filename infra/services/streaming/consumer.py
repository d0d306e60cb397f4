"""Taking the log in from `kaihyo.events`: all partitions, from the beginning, in one order.

No consumer group and no offsets kept: what was received is in memory, so a node that starts reads
everything, and one that lost its connection goes on where its consumer stands.
"""

import threading
from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError

from infra.adapters.kafka.kafka_records import Origin, RecordEntry, record_entries
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.partition_offsets import end_offsets
from infra.adapters.kafka.reorder import Reorder
from infra.adapters.kafka.topics import topic_partitions
from infra.adapters.postgres.schemas import LogName
from infra.services.streaming.received_log import ReceivedLog

SILENCE_SECONDS_MAX = 15.0
"""A relay sends marks every other second; after so long without any, nobody knows the end."""
BEHIND_SECONDS_MAX = 10.0
"""How long something may be known and not shown."""

_POLL_SECONDS = 0.2
_BACKOFF_SECONDS = 0.5
_log = structlog.get_logger(__name__)


class RecordOfAnotherLog(RuntimeError):  # noqa: N818 - it says what is the case
    """A record of another election or environment came; nothing of it is shown."""


class IntakeState(NamedTuple):
    """How the intake stands.

    Attributes:
        position: Last position received in order.
        known: Highest position that anything on the topic named.
        held: Entries that wait for one before them.
        missing: The position they wait for.
        heard_seconds: Since anything was received; None before the first record.
        behind_seconds: For how long something has been known and not received in order.
        caught_up: Whether everything that was there at the start has been received.
    """

    position: int
    known: int
    held: int
    missing: int | None
    heard_seconds: float | None
    behind_seconds: float
    caught_up: bool

    def fault(self) -> str:
        """Why readers should go elsewhere; empty when they need not."""
        if not self.caught_up:
            return f"still reading the beginning: {self.position} of {self.known}"
        if self.heard_seconds is None or self.heard_seconds > SILENCE_SECONDS_MAX:
            return "nothing is heard from the relay"
        if self.behind_seconds > BEHIND_SECONDS_MAX:
            return f"behind by {self.known - self.position}, waiting for position {self.missing}"
        return ""


class Intake:
    """Receives one log in a thread of its own.

    Args:
        settings: Where from.
        log: Where to.
        expected: The log that has to come; None for whichever comes first.
        on_first: Called, in the thread that receives, whenever something of what was there at the
            start has come.
    """

    def __init__(
        self,
        settings: KafkaSettings,
        log: ReceivedLog,
        expected: LogName | None = None,
        on_first: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._log = log
        log.name = expected
        self._on_first = on_first
        self._reorder: Reorder[RecordEntry] = Reorder()
        self._known = 0
        self._heard_at: float | None = None
        self._behind: tuple[int, float] | None = None
        self._caught_up = threading.Event()
        self._settled = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kafka-intake", daemon=True)
        self.failure: Exception | None = None

    def start(self) -> None:
        """Begin to receive."""
        self._thread.start()

    def stop(self) -> None:
        """Stop receiving."""
        self._stopped.set()
        self._thread.join()

    def wait_settled(self, seconds_max: float) -> bool:
        """Wait until everything that was there at the start is received, or it has failed."""
        return self._settled.wait(seconds_max)

    def state(self) -> IntakeState:
        """How it stands now."""
        now, behind = monotonic(), self._behind
        return IntakeState(
            position=self._reorder.given,
            known=self._known,
            held=self._reorder.held,
            missing=self._reorder.missing,
            heard_seconds=None if self._heard_at is None else now - self._heard_at,
            behind_seconds=0.0 if behind is None else now - behind[1],
            caught_up=self._caught_up.is_set(),
        )

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._consume()
            except (KafkaError, OSError, TimeoutError) as error:
                _log.warning("kafka.intake.anew", error=repr(error), position=self._reorder.given)
                self._stopped.wait(_BACKOFF_SECONDS)
            except Exception as error:  # the health check reports it: what is shown stands still
                self.failure = error
                self._settled.set()
                _log.exception("kafka.intake.failed")
                raise

    def _consume(self) -> None:
        consumer = KafkaConsumer(**self._settings.consuming())
        try:
            ends = self._assign(consumer)
            while not self._stopped.is_set():
                polled = consumer.poll(timeout_ms=int(_POLL_SECONDS * 1000))
                for records in polled.values():
                    self._take(records)
                self._note_progress()
                if not self._caught_up.is_set():
                    self._note_caught_up(consumer, ends)
        finally:
            consumer.close()

    def _assign(self, consumer: KafkaConsumer) -> dict[TopicPartition, int]:
        partitions = topic_partitions(consumer, self._settings.events)
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        return end_offsets(consumer, partitions)

    def _take(self, records: list[ConsumerRecord]) -> None:
        for record in records:
            origin = Origin.of(record.headers)
            self._require_same_log(origin.log)
            self._heard_at = monotonic()
            self._known = max(self._known, origin.last)
            if not origin.is_mark:
                self._take_entries(record.value)
        ready = self._reorder.take()
        if ready:
            self._log.reader.add(ready)
            if not self._caught_up.is_set():
                self._on_first()

    def _take_entries(self, value: bytes) -> None:
        received = [(entry.position, entry) for entry in record_entries(value)]
        for _, entry in self._reorder.put_all(received):
            self._log.reader.compare(entry)

    def _require_same_log(self, name: LogName) -> None:
        if self._log.name is None:
            self._log.name = name
        elif self._log.name != name:
            raise RecordOfAnotherLog(
                f"{self._settings.events} brought {name.election} ({name.environment}) to a node "
                f"of {self._log.name.election} ({self._log.name.environment})"
            )

    def _note_progress(self) -> None:
        """Remember since when something is known and not received in order."""
        given = self._reorder.given
        if given >= self._known:
            self._behind = None
        elif self._behind is None or given >= self._behind[0]:
            self._behind = self._known, monotonic()

    def _note_caught_up(self, consumer: KafkaConsumer, ends: dict[TopicPartition, int]) -> None:
        if all(consumer.position(partition) >= end for partition, end in ends.items()):
            self._caught_up.set()
            self._settled.set()
