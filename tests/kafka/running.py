"""Running relays and read nodes in the background of a test."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.streaming.read_node import KafkaReadModel
from infra.services.streaming.relay import Relay
from infra.services.streaming.results_publisher import PublishedState, ResultsPublisher
from projections.documents.render import digest
from tests.support.waiting import SECONDS_MAX


@contextmanager
def relaying(log: Log, settings: KafkaSettings, *, limit: int = 500) -> Iterator[Relay]:
    """A relay that runs while the block does."""
    relay = Relay(log, settings, limit=limit)
    with background(relay.run, relay.stop):
        yield relay


@contextmanager
def reading(settings: KafkaSettings) -> Iterator[KafkaReadModel]:
    """A read node that runs while the block does."""
    node = KafkaReadModel(settings)
    node.start()
    try:
        yield node
    finally:
        node.stop()


def digest_at(node: KafkaReadModel, position: int, seconds_max: float = SECONDS_MAX) -> str:
    """Digest of a node's documents once it is at a position."""
    assert node.wait_for(position, seconds_max), f"{node.position} of {position}: {node.state()}"
    return node.read(digest)


@contextmanager
def publishing(night: PublishedState, settings: KafkaSettings) -> Iterator[ResultsPublisher]:
    """A publisher of documents that runs while the block does."""
    publisher = ResultsPublisher(night, settings)
    with background(publisher.run, publisher.stop):
        yield publisher


@contextmanager
def background(run: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    """Something that runs in a thread until it is told to stop; it has to end well."""
    failures: list[Exception] = []

    def guarded() -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - raised by the assertion below
            failures.append(error)

    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(timeout=SECONDS_MAX)
        assert not thread.is_alive()
    assert failures == []


def copies_in_sync(settings: KafkaSettings) -> int:
    """How many copies of every partition of the log's topic are up to date; 0 when nobody says."""
    try:
        admin = KafkaAdminClient(**settings.connection(), bootstrap_timeout_ms=3000)
    except KafkaError:
        return 0
    try:
        [topic] = admin.describe_topics([settings.events])
        return min(len(partition["isr_nodes"]) for partition in topic["partitions"])
    except KafkaError:
        return 0
    finally:
        admin.close()
