"""The divided projection with one, two and four workers."""

import multiprocessing
import os
from multiprocessing.queues import Queue
from time import perf_counter
from typing import NamedTuple, TypeAlias

from kafka import KafkaAdminClient

from infra.kafka.nation import MergedNight
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import ensure_topics
from infra.kafka.worker import Worker
from tests.benchmarks.kafka.setting import PATIENCE_SECONDS, Processors, show, wait_until

_spawn = multiprocessing.get_context("spawn")
Signal: TypeAlias = "Queue[int]"


def work(settings: KafkaSettings, ready: Signal, begin: Signal) -> None:
    """One worker process: ready when it has loaded, folding when told."""
    worker = Worker(settings)
    ready.put(1)
    begin.get()
    worker.run()


class Divided(NamedTuple):
    """One run.

    Attributes:
        seconds: From nothing to the present.
        joining: Of which until the first cut was shown: the group forms, partitions are read.
        busy_percent: Of all processors, meanwhile.
    """

    seconds: float
    joining: float
    busy_percent: int


def divided(settings: KafkaSettings, workers: int, last: int) -> Divided:
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

    processors, began = Processors(), perf_counter()
    for _ in started:
        begin.put(1)
    merged.start()
    wait_until(lambda: merged.position > 0)
    joined = perf_counter()
    wait_until(lambda: merged.position >= last)
    found = Divided(perf_counter() - began, joined - began, processors.busy_percent())
    merged.stop()
    for process in started:
        process.kill()
        process.join()
    return found


def show_divided(settings: KafkaSettings, last: int) -> None:
    """One, two, four workers; there is no bar, for the processors bound it."""
    for workers in (1, 2, 4):
        seconds, joining, busy_percent = divided(settings, workers, last)
        show(f"divided among {workers}, from nothing", last / seconds, "events/s")
        print(
            f"    {joining:.1f} s of {seconds:.1f} until the group has formed and published; "
            f"processors {busy_percent} % busy"
        )
        empty_partials(settings)
    print(
        f"    bound by {os.cpu_count()} processors, which workers, national worker and broker "
        "share, and by the time until the group has formed"
    )


def empty_partials(settings: KafkaSettings) -> None:
    """Forget what workers published, so that the next ones begin from nothing."""
    admin = KafkaAdminClient(**settings.connection())
    admin.delete_topics([settings.partials])
    wait_until(lambda: settings.partials not in admin.list_topics())
    admin.close()
    ensure_topics(settings)
