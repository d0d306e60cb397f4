"""Where the topic itself says it ends: the last marks of its partitions."""

from kafka import KafkaConsumer, TopicPartition

from infra.adapters.kafka.kafka_records import Origin
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.partition_offsets import beginning_offsets, end_offsets
from infra.adapters.postgres.schemas import LogName

_LOOK_BACK = 200
"""Records from the end among which a mark is sought; a relay leaves one per batch."""
_POLL_SECONDS_MAX = 30.0


class TopicOfAnotherLog(RuntimeError):  # noqa: N818 - it says what is the case
    """The topic carries another election or environment; it must not carry this one as well."""


def complete_up_to(settings: KafkaSettings, log: LogName) -> int:
    """The position up to which every partition of `events` has everything, by its marks.

    Raises:
        TopicOfAnotherLog: Records of another log are there.
    """
    consumer = KafkaConsumer(**settings.consuming())
    try:
        found = consumer.partitions_for_topic(settings.events) or set()
        partitions = [TopicPartition(settings.events, number) for number in sorted(found)]
        return min((_last_mark(consumer, partition, log) for partition in partitions), default=0)
    finally:
        consumer.close()


def _last_mark(consumer: KafkaConsumer, partition: TopicPartition, log: LogName) -> int:
    consumer.assign([partition])
    begin = beginning_offsets(consumer, [partition])[partition]
    end = end_offsets(consumer, [partition])[partition]
    consumer.seek(partition, max(begin, end - _LOOK_BACK))
    reached = 0
    while consumer.position(partition) < end:
        polled = consumer.poll(timeout_ms=int(_POLL_SECONDS_MAX * 1000))
        if not polled:
            raise TimeoutError(f"{partition.topic} partition {partition.partition} does not answer")
        for record in polled[partition]:
            origin = Origin.of(record.headers)
            if origin.log != log:
                raise TopicOfAnotherLog(
                    f"{partition.topic} carries {origin.log.election} ({origin.log.environment}), "
                    f"not {log.election} ({log.environment}): set another KAIHYO_KAFKA_PREFIX"
                )
            if origin.is_mark:
                reached = max(reached, origin.last)
    return reached
