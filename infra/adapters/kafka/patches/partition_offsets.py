"""Where partitions begin and end, as the brokers say it now.

Upstream: none found; dpkp/kafka-python#2612 is the same for fetches, mended.
Goes with: an error that says to ask again.
"""

from collections.abc import Callable, Sequence

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import LeaderNotAvailableError

_Offsets = dict[TopicPartition, int]


def end_offsets(consumer: KafkaConsumer, partitions: Sequence[TopicPartition]) -> _Offsets:
    """The offset after the last record of each partition.

    Raises:
        KafkaError: The brokers cannot say it now; ask again.
    """
    return _ask_offsets(consumer.end_offsets, partitions)


def beginning_offsets(consumer: KafkaConsumer, partitions: Sequence[TopicPartition]) -> _Offsets:
    """The offset of the first record of each partition.

    Raises:
        KafkaError: The brokers cannot say it now; ask again.
    """
    return _ask_offsets(consumer.beginning_offsets, partitions)


def _ask_offsets(
    ask: Callable[[Sequence[TopicPartition]], _Offsets], partitions: Sequence[TopicPartition]
) -> _Offsets:
    try:
        return ask(partitions)
    except KeyError as left_out:
        # The library looks in its answer for a partition that a broker left out of it: while
        # leaders change, which is a reason to ask again and none to give up.
        raise LeaderNotAvailableError(f"no offset is given of {left_out}") from left_out
