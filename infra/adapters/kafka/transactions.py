"""Writing several records at once, by one writer at a time.

A transactional id has one holder: anyone who opens it shuts out the holder before, whose later
records never become visible. So what the former owner of a partition has not finished cannot
come after what the new one wrote.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import NamedTuple, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.producer_close import abandon
from infra.adapters.kafka.patches.transaction_end import commit

_TRANSACTION_MILLISECONDS = 10_000
"""A transaction that its holder left open is ended after so long, and readers go on."""


class ToSend(NamedTuple):
    """A record to be written."""

    key: str
    value: bytes
    headers: list[tuple[str, bytes]]


class Transactions:
    """Writes to one topic under one transactional id.

    Args:
        settings: The brokers.
        topic: Where to.
        name: Of the writer; the transactional id is made of it.

    Raises:
        KafkaError: The brokers cannot be reached.
    """

    def __init__(self, settings: KafkaSettings, topic: str, name: str) -> None:
        self._topic = topic
        self._timeout_seconds = settings.delivery_seconds
        self._producer = KafkaProducer(
            **settings.producing(),
            batch_size=256 * 1024,
            transactional_id=f"{settings.prefix}-{name}",
            transaction_timeout_ms=_TRANSACTION_MILLISECONDS,
        )
        try:
            self._producer.init_transactions()
        except KafkaError:
            self.close()
            raise

    def write(self, records: Iterable[ToSend]) -> None:
        """Write all of these or none.

        Raises:
            KafkaError: Whether they were written is unknown, or another holder is there. Close
                this and open it again.
        """
        self._producer.begin_transaction()
        sends = [
            self._producer.send(
                self._topic, key=key.encode(), value=value, headers=headers, partition=0
            )
            for key, value, headers in records
        ]
        self._producer.flush(self._timeout_seconds)
        for send in sends:
            if not send.is_done:
                raise KafkaTimeoutError("a record of the transaction is not acknowledged")
            send.get(timeout=0)
        commit(self._producer, self._timeout_seconds)

    def close(self) -> None:
        """Let go; what was not committed is not written."""
        abandon(self._producer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()
