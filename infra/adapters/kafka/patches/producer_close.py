"""Letting go of a producer whose records have an unknown fate.

Upstream: dpkp/kafka-python#1052, mended in part by #3108.
Goes with: a `close(timeout=0)` that always ends the thread.
"""

from kafka import KafkaProducer
from kafka.errors import KafkaTimeoutError


def abandon(producer: KafkaProducer) -> None:
    """Close a producer without waiting for records that are not sent yet.

    The library's `close` flushes first and, when that is not done in time, raises before it stops
    its thread: the first error would be hidden, and the thread would go on sending what its owner
    takes for given up.
    """
    try:
        producer.close(timeout=0)
    except KafkaTimeoutError:
        producer._sender.force_close()  # noqa: SLF001 - nothing public stops it from here
