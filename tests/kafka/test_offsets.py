"""Where partitions end: what brokers cannot say now is asked again, and is no reason to stop."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.patches.partition_offsets import beginning_offsets, end_offsets

Ask = Callable[[KafkaConsumer, Sequence[TopicPartition]], dict[TopicPartition, int]]


@pytest.fixture
def consumer(settings: KafkaSettings) -> Iterator[KafkaConsumer]:
    made = KafkaConsumer(**settings.consuming())
    yield made
    made.close()


def test_ends_and_beginnings_are_those_of_the_topic(
    settings: KafkaSettings, consumer: KafkaConsumer
) -> None:
    producer = KafkaProducer(**settings.producing())
    producer.send(settings.events, b"one", partition=0).get(timeout=60)
    producer.close()
    filled, empty = (TopicPartition(settings.events, number) for number in (0, 1))

    assert end_offsets(consumer, [filled, empty]) == {filled: 1, empty: 0}
    assert beginning_offsets(consumer, [filled, empty]) == {filled: 0, empty: 0}


@pytest.mark.parametrize("ask", [end_offsets, beginning_offsets])
def test_a_partition_that_is_left_out_of_the_answer_is_asked_for_again(
    settings: KafkaSettings, consumer: KafkaConsumer, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    # Given an answer as brokers give it while leaders change
    async def left_out(*_: object) -> dict[TopicPartition, object]:
        return {}

    monkeypatch.setattr(consumer._fetcher, "_fetch_offsets_by_times_async", left_out)

    # Then it is one of the errors after which every reader begins anew
    with pytest.raises(KafkaError, match="no offset is given"):
        ask(consumer, [TopicPartition(settings.events, 0)])
