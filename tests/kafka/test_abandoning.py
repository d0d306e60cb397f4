"""A producer that is given up goes quietly and does not go on sending."""

import pytest
from kafka import KafkaProducer
from kafka.errors import KafkaTimeoutError

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.producer_close import abandon
from tests.kafka.broker import Cluster
from tests.support.waiting import wait_until


def test_records_on_a_cut_line_are_given_up_at_once(
    cluster: Cluster, settings: KafkaSettings
) -> None:
    by_proxy = settings.model_copy(update={"brokers": cluster.cuttable})
    producer = KafkaProducer(**by_proxy.producing())
    producer.send(settings.events, b"before", partition=0).get(timeout=60)
    for proxy in cluster.proxies:
        proxy.cut()
    sent = producer.send(settings.events, b"on the cut line", partition=0)
    with pytest.raises(KafkaTimeoutError):
        producer.flush(timeout=0)

    abandon(producer)

    wait_until(lambda: not producer._sender.is_alive())
    assert sent.failed()


def test_a_producer_without_anything_in_hand_is_closed(settings: KafkaSettings) -> None:
    producer = KafkaProducer(**settings.producing())
    producer.send(settings.events, b"arrived", partition=0).get(timeout=60)

    abandon(producer)

    assert producer._closed
