"""The end of a transaction, waited for no longer than its caller has time.

Upstream: none there; KAFKA-7763 is the same in the Java client, mended.
Goes with: a `commit_transaction` that takes a time limit.
"""

from kafka import KafkaProducer
from kafka.errors import KafkaTimeoutError


def commit(producer: KafkaProducer, seconds: float) -> None:
    """Commit what was begun.

    What the library's own `commit_transaction` does, but for the end of its wait: where the answer
    of a broker is lost it would never end, and partners with it.

    Raises:
        KafkaTimeoutError: It is not acknowledged in time; whether it was carried out is unknown.
    """
    result = producer._transaction_manager.begin_commit()  # noqa: SLF001
    producer._sender.wakeup()  # noqa: SLF001
    if not result.wait(seconds * 1000):
        raise KafkaTimeoutError("the end of a transaction is not acknowledged")
