"""A national rehearsal while brokers, relay, workers and read nodes are killed at random."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import Random

from kafka import KafkaConsumer, TopicPartition

from infra.kafka.node import KafkaNight
from infra.kafka.settings import KafkaSettings
from infra.log import Log
from infra.log.codec import decode
from infra.rehearsal.defining import ELECTION
from projections.documents.render import digest, render
from projections.night import Night
from tests.kafka.broker import Cluster, Node
from tests.kafka.nights import Script, folded
from tests.kafka.processes import Service, node_of, relay_of, worker_of
from tests.kafka.running import background, copies_in_sync, merging, publishing, reading, wait_until

SEED = 20251130
POSTING_SECONDS = 35.0
BETWEEN_SECONDS = 2.0
BASE = f"/v1/elections/{ELECTION}"


class Samples:
    """What readers were shown meanwhile: bytes of the national document by version."""

    def __init__(self, nodes: list[Service], steady: KafkaNight) -> None:
        self.shown: dict[int, bytes] = {}
        self._nodes = nodes
        self._steady = steady
        self._stopped = threading.Event()

    def run(self) -> None:
        """Ask every node, again and again."""
        while not self._stopped.wait(0.2):
            if self._steady.version("national"):
                body, version = self._steady.document("national")
                assert self.shown.setdefault(version, body) == body
            for node in self._nodes:
                answer = node.get(f"{BASE}/national.json")
                if answer is not None and answer.status_code == 200:
                    version = int(answer.json()["head"]["position"])
                    assert self.shown.setdefault(version, answer.content) == answer.content

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()


class Partner:
    """A partner's consumer, as the Kafka documentation shows one: every record, as it comes."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._stopped = threading.Event()
        self.versions: dict[str, int] = {}
        self.bodies: dict[str, bytes] = {}
        self.went_back: list[tuple[str, int, int]] = []

    def run(self) -> None:
        """Consume until `stop`."""
        consumer = KafkaConsumer(**self._settings.consuming())
        partition = TopicPartition(self._settings.results, 0)
        consumer.assign([partition])
        consumer.seek_to_beginning(partition)
        while not self._stopped.is_set():
            for record in consumer.poll(timeout_ms=200).get(partition, []):
                key, version = record.key.decode(), int(dict(record.headers)["position"])
                if version < self.versions.get(key, 0):
                    self.went_back.append((key, self.versions[key], version))
                self.versions[key], self.bodies[key] = version, record.value
        consumer.close()

    def stop(self) -> None:
        """End."""
        self._stopped.set()


def broker_blow(settings: KafkaSettings, node: Node) -> None:
    """kill -9 one broker of three, and start it again on its data."""
    wait_until(lambda: copies_in_sync(settings) == 3)
    node.kill()
    time.sleep(1.0)
    node.start()


@contextmanager
def started(services: list[Service]) -> Iterator[None]:
    try:
        for service in services:
            service.start()
        yield
    finally:
        for service in services:
            service.kill()


def posted_slowly(log: Log, night: Script, seconds: float) -> Callable[[], None]:
    """Post a night in parts over so many seconds."""
    parts = 40
    size = -(-len(night.submissions) // parts)

    def post() -> None:
        for start in range(0, len(night.submissions), size):
            began = time.monotonic()
            night.post(log, start, start + size)
            time.sleep(max(0.0, seconds / parts - (time.monotonic() - began)))

    return post


def test_everybody_ends_at_the_digest_of_the_writer(
    log: Log,
    cluster: Cluster,
    safe_settings: KafkaSettings,
    night: Script,
    tmp_path: Path,
) -> None:
    settings, source = safe_settings, Random(SEED)
    relay = relay_of(log, settings, tmp_path / "relay.log")
    nodes = [node_of(settings, tmp_path / f"node{n}.log") for n in range(2)]
    workers = [worker_of(settings, tmp_path / f"worker{n}.log") for n in range(3)]
    partner = Partner(settings)
    post = threading.Thread(target=posted_slowly(log, night, POSTING_SECONDS))
    with (
        started([relay, *nodes, *workers]),
        merging(settings) as merged,
        publishing(merged, settings),
        reading(settings) as steady,
        background(partner.run, partner.stop),
        ExitStack() as watching,
    ):
        samples = Samples(nodes, steady)
        watching.enter_context(background(samples.run, samples.stop))
        # given a night that is being posted to services that all work
        night.post(log, stop=1)
        for service in (relay, *nodes, *workers):
            wait_until(service.healthy)
        post.start()
        blows: list[Callable[[], None]] = [
            relay.restart,
            *(partial(broker_blow, settings, node) for node in cluster.nodes),
            *(service.restart for service in (*nodes, *workers)),
        ]
        # when one after the other is killed and started again, each of them at least once
        for blow in [*source.sample(blows, len(blows)), *source.choices(blows, k=2)]:
            time.sleep(BETWEEN_SECONDS)
            blow()
        post.join()
        last, single = log.reader.last_position(), folded(log)
        # then all of them have everything in the end, and say so
        assert merged.wait_for(last, 60), (merged.position, merged.known, last)
        assert merged.digest() == digest(single)
        for node in nodes:
            wait_until(partial(_shows, node, last))
            _require_same(node, single)
        wait_until(lambda: partner.versions == single.versions)
    # and nobody was shown a wrong figure on the way, nor an older one after a newer one
    assert partner.went_back == []
    assert {key: render(single, key) for key in partner.bodies} == partner.bodies
    assert len(samples.shown) > 10
    _require_true(log, samples.shown)


def _shows(node: Service, position: int) -> bool:
    answer = node.get("/health")
    return (
        answer is not None and answer.status_code == 200 and answer.json()["position"] == position
    )


def _require_same(node: Service, single: Night) -> None:
    for key in single.versions:
        answer = node.get(f"{BASE}/{key}.json")
        assert answer is not None
        assert answer.content == render(single, key)


def _require_true(log: Log, shown: dict[int, bytes]) -> None:
    night = Night()
    for row in log.reader.rows():
        night.apply(decode(row.topic, row.state), row.position)
        if row.position in shown:
            assert shown[row.position] == render(night, "national")
