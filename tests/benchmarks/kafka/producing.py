"""The relay beside producers that are given finished records and do nothing else."""

import threading
from collections.abc import Iterable
from statistics import median

from kafka import KafkaProducer

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_records import (
    MARK_KEY,
    Record,
    prefecture_partition,
    record_entries,
)
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.record_packing import Packing
from infra.services.streaming.relay import Relay
from tests.benchmarks.kafka.setting import (
    NAME,
    PATIENCE_SECONDS,
    show,
    show_ratio,
    timed,
    topics,
    wait_until,
)

REPEATS = 5
RELAY_BAR, SINGLES_BAR = 0.7, 3.0
SINGLES = 15_000


def relay_seconds(log: Log, settings: KafkaSettings, last: int) -> float:
    """The relay, connected, to the last acknowledgement; reading and packing the log included."""
    relay = Relay(log, settings)
    thread = threading.Thread(target=relay.run)
    thread.start()
    wait_until(lambda: relay.progress.acknowledged >= last)
    seconds = relay.progress.acknowledged_at - relay.progress.began_at
    relay.stop()
    thread.join()
    return seconds


def pages(log: Log) -> list[tuple[int, list[Record]]]:
    """The records a relay makes of a log, page by page, with the last position of each."""
    packing, made = Packing(log.name.schema), list[tuple[int, list[Record]]]()
    after = 0
    while page := packing.read(log.reader, after):
        after, _ = page
        made.append(page)
    return made


def singles(records: list[Record]) -> list[Record]:
    """The last of the entries, each in a record of its own."""
    alone = (
        Record(record.key, entry.position, entry.position, 1, line)
        for record in records
        for entry, line in zip(record_entries(record.value), record.value.split(b"\n"), strict=True)
    )
    return sorted(alone, key=lambda record: record.first)[-SINGLES:]


def bare_seconds(settings: KafkaSettings, records: list[Record], batch_size: int) -> float:
    """A producer that is given finished records and does nothing else."""
    producer = KafkaProducer(**settings.producing(), batch_size=batch_size)
    seconds = timed(lambda: deliver(producer, settings, records))
    producer.close()
    return seconds


def deliver(producer: KafkaProducer, settings: KafkaSettings, records: list[Record]) -> None:
    """Send finished records, and wait until all of them are acknowledged."""
    partitions = len(producer.partitions_for(settings.events))
    sends = [
        producer.send(
            settings.events,
            key=each.key.encode(),
            value=each.value,
            headers=each.headers(NAME),
            partition=place,
        )
        for each in records
        for place in places_of(each, partitions)
    ]
    for sent in sends:
        sent.get(timeout=PATIENCE_SECONDS)


def places_of(record: Record, partitions: int) -> Iterable[int]:
    """The partitions a record goes to: a mark to all of them."""
    if record.key == MARK_KEY:
        return range(partitions)
    return (prefecture_partition(record.key, partitions),)


def compare_relay(log: Log, brokers: str, last: int) -> tuple[KafkaSettings, bool]:
    """Relay beside bare producers; gives topics that hold the night."""
    records = [record for _, page in pages(log) for record in page]
    alone = singles(records)
    relayed, bare, single = [], [], []
    for _ in range(REPEATS):
        settings = topics(brokers)
        relayed.append(last / relay_seconds(log, settings, last))
        bare.append(last / bare_seconds(topics(brokers), records, 1024 * 1024))
        single.append(SINGLES / bare_seconds(topics(brokers), alone, 64 * 1024))
    own, other, each = median(relayed), median(bare), median(single)
    show("entries", last)
    show("records of them, each of one prefecture", len(records))
    show("relay, from the log to the acknowledgement", own, "events/s")
    show("bare kafka-python producer of the same finished records", other, "events/s")
    show("the same producer, one event per record", each, "events/s")
    kept_up = show_ratio("relay / bare producer", own, other, RELAY_BAR)
    worth_it = show_ratio("relay / one event per record", own, each, SINGLES_BAR)
    return settings, kept_up and worth_it
