"""The divided projection with one, two and four workers."""

import multiprocessing
from multiprocessing.queues import Queue
from typing import TypeAlias

from kafka import KafkaAdminClient

from infra.kafka.nation import MergedNight
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import ensure_topics
from infra.kafka.worker import Worker
from tests.benchmarks.kafka.setting import PATIENCE_SECONDS, timed, wait_until

_spawn = multiprocessing.get_context("spawn")
Signal: TypeAlias = "Queue[int]"


def work(settings: KafkaSettings, ready: Signal, begin: Signal) -> None:
    """One worker process: ready when it has loaded, folding when told."""
    worker = Worker(settings)
    ready.put(1)
    begin.get()
    worker.run()


def divided_seconds(settings: KafkaSettings, workers: int, last: int) -> float:
    """Workers and the national worker, from nothing to the present."""
    ready, begin = _spawn.Queue(), _spawn.Queue()
    started = [
        _spawn.Process(target=work, args=(settings, ready, begin), daemon=True)
        for _ in range(workers)
    ]
    for process in started:
        process.start()
    for _ in started:
        ready.get(timeout=PATIENCE_SECONDS)
    merged = MergedNight(settings)

    def fold() -> None:
        for _ in started:
            begin.put(1)
        merged.start()
        wait_until(lambda: merged.position >= last)

    seconds = timed(fold)
    merged.stop()
    for process in started:
        process.kill()
        process.join()
    return seconds


def show_divided(settings: KafkaSettings, last: int) -> None:
    """One, two, four workers; the cores bound it, so there is no bar."""
    for workers in (1, 2, 4):
        seconds = divided_seconds(settings, workers, last)
        print(f"divided among {workers}, events/s                          {last / seconds:10,.0f}")
        empty_partials(settings)


def empty_partials(settings: KafkaSettings) -> None:
    """Forget what workers published, so that the next ones begin from nothing."""
    admin = KafkaAdminClient(**settings.connection())
    admin.delete_topics([settings.partials])
    wait_until(lambda: settings.partials not in admin.list_topics())
    admin.close()
    ensure_topics(settings)
