"""The divided projection on a real broker: workers come and go, the whole stays the single fold."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kafka import KafkaAdminClient

from api.cli.services.process_health import of_nation
from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.streaming.divided.merger import MergedReadModel
from tests.kafka.broker import Cluster
from tests.kafka.nights import Script, digest_of
from tests.kafka.processes import Service, started, worker_of
from tests.kafka.running import background, merging, publishing, relaying, working
from tests.kafka.watching import Samples, shown_by
from tests.support.waiting import wait_until

FAR_BEHIND = 300
"""Entries; who follows is never so far behind."""


@contextmanager
def true_all_along(merged: MergedReadModel, log: Log) -> Iterator[None]:
    """Whatever the merged night shows at any moment is the single fold at that position."""
    samples = Samples(shown_by(merged))
    with background(samples.run, samples.stop):
        yield
    assert len(samples.shown) > 1
    assert samples.went_back == []
    samples.require_true(log)


def test_workers_of_one_group_make_the_single_fold(
    log: Log, settings: KafkaSettings, night: Script
) -> None:
    third = len(night.submissions) // 3
    with (
        relaying(log, settings, limit=200),
        merging(settings) as merged,
        working(settings) as one,
        true_all_along(merged, log),
    ):
        # given two workers and a part of the night
        with working(settings) as two:
            night.post(log, stop=third)
            wait_until(lambda: len(one.cuts) == len(two.cuts) == 2)
            night.post(log, third, 2 * third)
            assert merged.wait_for(log.reader.last_position(), 60)
            assert merged.digest() == digest_of(log)
            # when one of them goes in the middle of a burst
            rest = threading.Thread(target=night.post, args=(log, 2 * third))
            rest.start()
        rest.join()
        last = log.reader.last_position()
        # then the other one takes over, and nothing is missing
        assert merged.wait_for(last, 60), (merged.position, merged.known, one.cuts)
        assert merged.digest() == digest_of(log)
    # and a national worker that starts afterwards finds the same
    with merging(settings) as late:
        assert late.wait_for(last, 60)
        assert late.digest() == digest_of(log)


def test_a_frozen_worker_and_a_frozen_coordinator_hold_nothing_up(
    log: Log, safe_settings: KafkaSettings, cluster: Cluster, night: Script, tmp_path: Path
) -> None:
    settings, third = safe_settings, len(night.submissions) // 3
    workers = [worker_of(settings, tmp_path / f"worker{number}.log") for number in (1, 2)]
    with (
        relaying(log, settings, limit=200),
        merging(settings) as merged,
        publishing(merged, settings) as publisher,
        true_all_along(merged, log),
        started(workers),
    ):
        # given two workers that share the partitions, and a night that shows what they sum up
        night.post(log, stop=third)
        wait_until(lambda: [partitions_of(worker) for worker in workers] == [2, 2])
        assert merged.wait_for(log.reader.last_position(), 60), (merged.position, merged.known)
        # when one of them freezes without letting go of anything
        workers[0].freeze()
        rest = threading.Thread(target=night.post, args=(log, third, 2 * third))
        rest.start()
        # then the lag is seen, and the other one gets its partitions
        wait_until(lambda: of_nation(merged, publisher).figures["lag"] > FAR_BEHIND)
        rest.join()
        assert merged.wait_for(log.reader.last_position(), 60), (merged.position, merged.known)
        assert merged.digest() == digest_of(log)
        # when it goes on as if nothing had happened, and the group's coordinator freezes
        coordinator = cluster.nodes[coordinator_of(settings) - 1]
        coordinator.freeze()
        workers[0].thaw()
        night.post(log, 2 * third)
        assert merged.wait_for(log.reader.last_position(), 60), (merged.position, merged.known)
        assert merged.digest() == digest_of(log)
        # then both have their share again, and what the frozen one still had in hand is not seen
        coordinator.thaw()
        wait_until(lambda: [partitions_of(worker) for worker in workers] == [2, 2])


def partitions_of(worker: Service) -> int:
    """How many partitions a worker says it has; -1 when it does not answer."""
    answer = worker.get("/health")
    return -1 if answer is None else int(answer.json()["partitions"])


def coordinator_of(settings: KafkaSettings) -> int:
    """The broker that looks after the group of workers: by the hash that Java gives its name."""
    code = 0
    for letter in f"{settings.prefix}-project":
        code = (31 * code + ord(letter)) & 0xFFFFFFFF
    admin = KafkaAdminClient(**settings.connection())
    try:
        [topic] = admin.describe_topics(["__consumer_offsets"])
    finally:
        admin.close()
    place = (code & 0x7FFFFFFF) % len(topic["partitions"])
    [found] = [each for each in topic["partitions"] if each["partition_index"] == place]
    return int(found["leader_id"])
