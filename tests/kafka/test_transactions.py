"""A transaction whose end is never acknowledged is given up, and what follows begins anew."""

import time

import pytest
from kafka.errors import KafkaTimeoutError

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.transaction_end import commit
from infra.adapters.kafka.transactions import ToSend, Transactions

WAIT_SECONDS = 2.0


def test_an_end_that_nobody_acknowledges_is_waited_for_no_longer_than_a_delivery(
    safe_settings: KafkaSettings,
) -> None:
    # Given a transaction whose records are all acknowledged
    holder = Transactions(safe_settings, safe_settings.results, "results")
    holder.write([ToSend("national", b"first", [])])
    holder._producer.begin_transaction()
    sent = holder._producer.send(safe_settings.results, b"second", b"national", partition=0)
    holder._producer.flush(safe_settings.delivery_seconds)
    sent.get(timeout=0)

    # When nothing is heard of its end, because nobody is left who could hear it
    holder._producer._sender.initiate_close()
    holder._producer._sender.join(timeout=60)
    began = time.monotonic()
    with pytest.raises(KafkaTimeoutError):
        commit(holder._producer, WAIT_SECONDS)
    waited = time.monotonic() - began
    holder.close()

    # Then it is given up in time, and another holder goes on
    assert waited < 10 * WAIT_SECONDS
    with Transactions(safe_settings, safe_settings.results, "results") as another:
        another.write([ToSend("national", b"third", [])])
