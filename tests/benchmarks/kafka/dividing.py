"""The divided projection with one, two and four workers."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from time import perf_counter
from typing import NamedTuple, TypeAlias

from kafka import KafkaProducer

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_records import Record, mark
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.streaming.divided.merger import MergedReadModel
from infra.services.streaming.divided.shard_worker import Worker
from tests.benchmarks.kafka.producing import deliver, pages
from tests.benchmarks.kafka.setting import (
    PATIENCE_SECONDS,
    Processors,
    show,
    timed,
    topics,
    wait_until,
)

MARK_PAGES = 10
"""What the relay carries between two marks, which are at least a fifth of a second apart."""
_spawn = multiprocessing.get_context("spawn")
Signal: TypeAlias = "Queue[int]"


class Night(NamedTuple):
    """A night as the relay sends it when it has all of it: records, and marks in between.

    Attributes:
        beginning: The first page: the group forms while it is there.
        rest: All other pages.
        first: Last position of the beginning.
        last: Last position of all.
    """

    beginning: list[Record]
    rest: list[Record]
    first: int
    last: int

    @classmethod
    def of(cls, log: Log) -> "Night":
        """The night that a log holds."""
        (first, beginning), *others = pages(log)
        rest = list[Record]()
        for number, (last, records) in enumerate(others, start=1):
            rest += records
            if number % MARK_PAGES == 0 or number == len(others):
                rest.append(mark(last))
        return cls([*beginning, mark(first)], rest, first, last)


class Divided(NamedTuple):
    """One run.

    Attributes:
        forming: Seconds until the group has formed and shows the beginning.
        seconds: From there to the end of the night.
        busy_percent: Of all processors, meanwhile.
    """

    forming: float
    seconds: float
    busy_percent: int


def work(settings: KafkaSettings, ready: Signal, begin: Signal) -> None:
    """One worker process: ready when it has loaded, folding when told."""
    worker = Worker(settings)
    ready.put(1)
    begin.get()
    worker.run()


@contextmanager
def working(settings: KafkaSettings, workers: int) -> Iterator[None]:
    """So many workers, begun together."""
    ready, begin = _spawn.Queue(), _spawn.Queue()
    started = [
        _spawn.Process(target=work, args=(settings, ready, begin), daemon=True)
        for _ in range(workers)
    ]
    for process in started:
        process.start()
    for _ in started:
        ready.get(timeout=PATIENCE_SECONDS)
    for _ in started:
        begin.put(1)
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.join()


def divided(settings: KafkaSettings, night: Night, workers: int) -> Divided:
    """Workers and the national worker: the group forms, then the night comes at once."""
    producer = KafkaProducer(**settings.producing(), batch_size=1024 * 1024)
    deliver(producer, settings, night.beginning)
    with working(settings, workers):
        merged = MergedReadModel(settings)
        began = perf_counter()
        merged.start()
        wait_until(lambda: merged.position >= night.first)
        formed, processors = perf_counter(), Processors()
        seconds = timed(lambda: _carried(producer, settings, night, merged))
        found = Divided(formed - began, seconds, processors.busy_percent())
        merged.stop()
    producer.close()
    return found


def _carried(
    producer: KafkaProducer, settings: KafkaSettings, night: Night, merged: MergedReadModel
) -> None:
    deliver(producer, settings, night.rest)
    wait_until(lambda: merged.position >= night.last)


def show_divided(log: Log, brokers: str) -> None:
    """One, two, four workers; there is no bar, for the processors bound it."""
    night = Night.of(log)
    for workers in (1, 2, 4):
        found = divided(topics(brokers), night, workers)
        show(f"divided among {workers}", (night.last - night.first) / found.seconds, "events/s")
        print(
            f"    processors {found.busy_percent} % busy; before that {found.forming:.1f} s "
            "until the group had formed and shown the beginning"
        )
    print(
        f"    bound by {os.cpu_count()} processors, which workers, national worker, producer and "
        "broker share"
    )
