"""A national rehearsal while brokers, relay, publisher and read nodes are killed at random."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random

import pytest
from kafka import KafkaConsumer, TopicPartition

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from projections.documents.render import digest, render
from projections.election_projection import ElectionProjection
from tests.kafka.broker import Cluster, Node
from tests.kafka.nights import PATIENCE_SECONDS, Script, folded
from tests.kafka.processes import Service, node_of, publisher_of, relay_of, started
from tests.kafka.running import background, copies_in_sync, reading
from tests.kafka.watching import Samples, served_by, shown_by
from tests.support.waiting import wait_until

SEED = 20251130
PARTS = 100
"""The night is posted in so many parts, one after the other while the blows fall."""
PART_SECONDS = 0.7
BETWEEN_SECONDS = 1.5
BASE = f"/v1/elections/{ELECTION}"

Blow = Callable[[], None]


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
    wait_until(lambda: copies_in_sync(settings) == 3, PATIENCE_SECONDS)
    node.kill()
    time.sleep(1.0)
    node.start()


def posted_while(busy: threading.Event, log: Log, night: Script) -> None:
    """Post a night in parts while something is busy, and then what is left of it."""
    size = -(-len(night.submissions) // PARTS)
    starts = iter(range(0, len(night.submissions), size))
    for start in starts:
        night.post(log, start, start + size)
        if not busy.wait(PART_SECONDS):
            continue
        night.post(log, start + size)
        return


def struck(blows: Sequence[Blow], source: Random) -> Blow:
    """Each of these at least once, in any order, one of them once more."""
    order = [*source.sample(blows, len(blows)), source.choice(blows)]

    def strike() -> None:
        for blow in order:
            time.sleep(BETWEEN_SECONDS * (0.5 + source.random()))
            blow()

    return strike


@pytest.mark.long
@pytest.mark.timeout(5 * PATIENCE_SECONDS)
def test_everybody_ends_at_the_digest_of_the_writer(
    log: Log,
    cluster: Cluster,
    safe_settings: KafkaSettings,
    night: Script,
    tmp_path: Path,
) -> None:
    settings = safe_settings
    print(f"seed {SEED}, {len(night.submissions):,} postings")
    relay = relay_of(log, settings, tmp_path / "relay.log")
    nodes = [node_of(settings, tmp_path / f"node{n}.log") for n in range(2)]
    publisher = publisher_of(settings, tmp_path / "publisher.log")
    services = [relay, *nodes, publisher]
    partner, over = Partner(settings), threading.Event()
    post = threading.Thread(target=posted_while, args=(over, log, night))
    with (
        started(services),
        reading(settings) as steady,
        background(partner.run, partner.stop),
        ExitStack() as watching,
    ):
        samples = Samples(*map(served_by, nodes), shown_by(steady))
        watching.enter_context(background(samples.run, samples.stop))
        # given a night that is being posted to services that all work
        night.post(log, stop=1)
        for service in services:
            wait_until(service.healthy, PATIENCE_SECONDS)
        post.start()
        # when brokers and services are killed and started again at random, beside each other
        brokers = [partial(broker_blow, settings, node) for node in cluster.nodes]
        strikes = (
            struck(brokers, Random(SEED)),
            struck([service.restart for service in services], Random(SEED + 1)),
        )
        with ThreadPoolExecutor() as together:
            for strike in [together.submit(strike) for strike in strikes]:
                strike.result()
        over.set()
        post.join()
        last, single = log.reader.last_position(), folded(log)
        print(f"{last:,} entries")
        # then all of them have everything in the end, and say so
        assert steady.wait_for(last, PATIENCE_SECONDS), (steady.position, last)
        assert steady.read(digest) == digest(single)
        for node in nodes:
            wait_until(partial(_shows, node, last), PATIENCE_SECONDS)
            _require_same(node, single)
        wait_until(lambda: partner.versions == single.versions, PATIENCE_SECONDS)
    # and nobody was shown a wrong figure on the way, nor an older one after a newer one
    assert partner.went_back == []
    assert {key: render(single, key) for key in partner.bodies} == partner.bodies
    assert min(samples.answers) > 0
    assert len(samples.shown) > 2
    samples.require_true(log)


def _shows(node: Service, position: int) -> bool:
    answer = node.get("/health")
    return (
        answer is not None and answer.status_code == 200 and answer.json()["position"] == position
    )


def _require_same(node: Service, single: ElectionProjection) -> None:
    for key in single.versions:
        answer = node.get(f"{BASE}/{key}.json")
        assert answer is not None
        assert answer.content == render(single, key)
