"""The topics: made as they have to be, and checked when somebody else made them."""

import contextlib
from collections.abc import Mapping
from time import monotonic, sleep
from typing import NamedTuple

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import TopicAlreadyExistsError

from infra.adapters.kafka.kafka_settings import KafkaSettings

_FOR_EVER = "-1"
_TEN_MINUTES = str(10 * 60 * 1000)
_RECORD_BYTES_MAX = str(4 * 1024 * 1024)
_HEARD_SECONDS_MAX = 30.0
_LOOK_SECONDS = 0.1


class TopicUnfit(RuntimeError):  # noqa: N818 - it says what is the case
    """A topic exists and would lose or reorder what is written to it; says how, and what to do."""


class Topic(NamedTuple):
    """A topic as it has to be.

    Attributes:
        name: Its name.
        partitions: How many, exactly: readers find a prefecture by them.
        replication: Copies, at least.
        configs: Settings of the topic, exactly.
    """

    name: str
    partitions: int
    replication: int
    configs: Mapping[str, str]


def build_topics(settings: KafkaSettings) -> tuple[Topic, Topic]:
    """The two topics.

    `events` keeps everything, because a read node begins at the beginning. `results` keeps
    the latest record of each key, after a time in which a slow reader still finds every one.
    """
    kept = {"cleanup.policy": "delete", "retention.ms": _FOR_EVER, "retention.bytes": _FOR_EVER}
    latest = {"cleanup.policy": "compact", "min.compaction.lag.ms": _TEN_MINUTES}
    return (
        _topic(settings, settings.events, settings.partitions, kept),
        _topic(settings, settings.results, 1, latest),
    )


def _topic(
    settings: KafkaSettings, name: str, partitions: int, configs: Mapping[str, str]
) -> Topic:
    # With three copies, two have to have a record before it counts as written.
    in_sync = str(max(1, settings.replication - 1))
    safe = {
        "min.insync.replicas": in_sync,
        "unclean.leader.election.enable": "false",
        "max.message.bytes": _RECORD_BYTES_MAX,
    }
    return Topic(name, partitions, settings.replication, {**configs, **safe})


def topic_partitions(consumer: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """The partitions of a topic, in order.

    Raises:
        TimeoutError: The brokers know no such topic; the consumer is closed.
    """
    numbers = consumer.partitions_for_topic(topic)
    if not numbers:
        consumer.close()
        raise TimeoutError(f"the brokers know no topic {topic}")
    return [TopicPartition(topic, number) for number in sorted(numbers)]


def ensure_topics(settings: KafkaSettings) -> None:
    """Make the topics that are missing and check the others.

    Raises:
        TopicUnfit: One that exists is not as it has to be.
    """
    admin = KafkaAdminClient(**settings.connection())
    try:
        wanted = build_topics(settings)
        _make_missing(admin, wanted)
        faults = [fault for topic in wanted for fault in _faults(admin, topic)]
    finally:
        admin.close()
    if faults:
        raise TopicUnfit("; ".join(faults))


def _make_missing(admin: KafkaAdminClient, wanted: tuple[Topic, ...]) -> None:
    there = set(admin.list_topics())
    missing = {
        topic.name: {
            "num_partitions": topic.partitions,
            "replication_factor": topic.replication,
            "configs": dict(topic.configs),
        }
        for topic in wanted
        if topic.name not in there
    }
    if not missing:
        return
    # Another process may make them at the same time; the check that follows says how.
    with contextlib.suppress(TopicAlreadyExistsError):
        admin.create_topics(missing)
    admin.wait_for_topics(list(missing), timeout_ms=30_000)


def _faults(admin: KafkaAdminClient, topic: Topic) -> list[str]:
    partitions = _partitions(admin, topic.name)
    copies = min(len(partition["replica_nodes"]) for partition in partitions)
    resource = ConfigResource(ConfigResourceType.TOPIC, topic.name)
    configs = admin.describe_configs([resource], config_filter="all")["topic"][topic.name]
    found = {key: str(configs[key]["value"]) for key in topic.configs}
    return topic_faults(topic, len(partitions), copies, found)


def _partitions(admin: KafkaAdminClient, name: str) -> list[dict[str, list[int]]]:
    """The partitions of a topic, each with its copies.

    Raises:
        TimeoutError: The broker that was asked has not heard of the topic yet; ask again later.
    """
    deadline = monotonic() + _HEARD_SECONDS_MAX
    while True:
        [described] = admin.describe_topics([name])
        found: list[dict[str, list[int]]] = described["partitions"]
        if found:
            return found
        if monotonic() > deadline:
            raise TimeoutError(f"the brokers made {name} and do not know its partitions")
        sleep(_LOOK_SECONDS)


def topic_faults(
    topic: Topic, partitions: int, copies: int, configs: Mapping[str, str]
) -> list[str]:
    """What is wrong with a topic as it was found, as sentences."""
    faults = []
    if partitions != topic.partitions:
        faults.append(
            f"{topic.name} has {partitions} partitions, not {topic.partitions}: set "
            "KAIHYO_KAFKA_PARTITIONS to what it has, or use another prefix"
        )
    if copies < topic.replication:
        faults.append(
            f"{topic.name} has {copies} copies, fewer than {topic.replication}: reassign it, or "
            "set KAIHYO_KAFKA_REPLICATION"
        )
    faults += [
        f"{topic.name} has {key}={configs.get(key)}, not {value}: alter the topic"
        for key, value in topic.configs.items()
        if configs.get(key) != value
    ]
    return faults
