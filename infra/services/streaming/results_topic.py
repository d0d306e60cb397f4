"""`kaihyo.results`: every changed document, for partners.

One record per version: the key is the document's address (`prefectures/13`), the value its bytes
as the feed has them, the header `position` its version. The topic keeps the latest record of each
key. A version never follows a later one: there is one writer at a time, and it reads what is there
before it writes.
"""

from collections.abc import Iterable
from itertools import islice
from time import monotonic
from typing import NamedTuple

from kafka import KafkaConsumer, TopicPartition

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.partition_offsets import end_offsets
from infra.adapters.kafka.transactions import ToSend, Transactions
from infra.adapters.postgres.schemas import LogName
from infra.services.queries.live_read_model import Rendered

DOCUMENTS_MAX = 200
"""Documents in one transaction at most, so that the first reader does not wait for the last."""
_READ_SECONDS_MAX = 60.0


class Document(NamedTuple):
    """A document and its address."""

    key: str
    rendered: Rendered


class ResultsTopic:
    """The topic as its one writer sees it.

    Args:
        settings: The brokers.
        log: Which election and environment the documents are of.

    Attributes:
        versions: Document -> version that is on the topic.
    """

    def __init__(self, settings: KafkaSettings, log: LogName) -> None:
        self._log = log
        # First shut out the writer before, then look: nothing can be added after the look.
        self._transactions = Transactions(settings, settings.results, "results")
        self.versions = _read_versions(settings)

    def publish(self, documents: Iterable[Document]) -> int:
        """Write the documents whose version is new; returns how many.

        Raises:
            KafkaError: Whether they were written is unknown; open the topic again.
        """
        fresh = iter([d for d in documents if d.rendered.version > self.versions.get(d.key, 0)])
        written = 0
        while part := list(islice(fresh, DOCUMENTS_MAX)):
            self._transactions.write([self._record(document) for document in part])
            self.versions |= {document.key: document.rendered.version for document in part}
            written += len(part)
        return written

    def close(self) -> None:
        """Let go of the topic."""
        self._transactions.close()

    def _record(self, document: Document) -> ToSend:
        headers = [
            ("position", str(document.rendered.version).encode()),
            ("election", self._log.election.encode()),
            ("environment", self._log.environment.encode()),
            ("content-type", b"application/json"),
        ]
        return ToSend(document.key, document.rendered.body, headers)


def _read_versions(settings: KafkaSettings) -> dict[str, int]:
    """The version of every document on the topic."""
    consumer = KafkaConsumer(**settings.consuming())
    try:
        partition = TopicPartition(settings.results, 0)
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        end = end_offsets(consumer, [partition])[partition]
        deadline = monotonic() + _READ_SECONDS_MAX
        found: dict[str, int] = {}
        while consumer.position(partition) < end:
            for records in consumer.poll(timeout_ms=200).values():
                for record in records:
                    position = int(dict(record.headers)["position"])
                    key = record.key.decode()
                    found[key] = max(position, found.get(key, 0))
            if monotonic() > deadline:
                raise TimeoutError(f"{settings.results} cannot be read to its end")
        return found
    finally:
        consumer.close()
