"""Read nodes: catching up beside the fold from PostgreSQL, and the lag of one that follows."""

import multiprocessing
import threading
from concurrent.futures import Future
from multiprocessing.queues import Queue
from statistics import median
from time import monotonic, sleep
from typing import TypeAlias

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log, Receipt
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.streaming.read_node import KafkaReadModel
from tests.benchmarks.kafka.setting import (
    PATIENCE_SECONDS,
    relaying,
    show,
    show_ratio,
    timed,
    wait_until,
)
from tests.support.posting import body_sha256

REPEATS = 5
CATCH_UP_BAR = 0.8
PACED_PER_SECOND = 1000
_spawn = multiprocessing.get_context("spawn")
Seen: TypeAlias = "Queue[tuple[int, float]]"


def direct_seconds(log: Log) -> float:
    """A live night from PostgreSQL, from nothing to the present."""
    live = LiveReadModel(log)
    seconds = timed(live.start)
    live.stop()
    return seconds


def catch_up_seconds(settings: KafkaSettings, last: int) -> float:
    """A live night from Kafka, from nothing to the present."""
    node = KafkaReadModel(settings)
    seconds = timed(node.start)
    if node.position != last:
        raise RuntimeError(f"{node.position} of {last}")
    node.stop()
    return seconds


def listen(settings: KafkaSettings, seen: Seen) -> None:
    """A read node in a process of its own: tells when it knew each position."""
    node = KafkaReadModel(settings)
    node.on_change(lambda position: seen.put((position, monotonic())))
    node.start()
    seen.put((node.position, monotonic()))
    threading.Event().wait()


def lags(log: Log, settings: KafkaSettings, submissions: list[Submission]) -> list[float]:
    """Seconds from each receipt to the read node, at so many postings a second."""
    seen = _spawn.Queue()
    node = _spawn.Process(target=listen, args=(settings, seen), daemon=True)
    node.start()
    seen.get(timeout=PATIENCE_SECONDS)
    acknowledged: list[tuple[int, float]] = []

    def note(future: Future[Receipt]) -> None:
        acknowledged.append((future.result().position, monotonic()))

    with relaying(log, settings):
        begun = monotonic()
        for number, submission in enumerate(submissions):
            sleep(max(0.0, begun + number / PACED_PER_SECOND - monotonic()))
            future = log.writer.submit(submission, body_sha256(submission))
            future.add_done_callback(note)
        future.result()
        found = _delays(seen, acknowledged, len(submissions))
    node.kill()
    node.join()
    return found


def _delays(seen: Seen, acknowledged: list[tuple[int, float]], number: int) -> list[float]:
    wait_until(lambda: len(acknowledged) == number)
    found: list[float] = []
    known, at = seen.get(timeout=PATIENCE_SECONDS)
    for position, receipt in sorted(acknowledged):
        while known < position:
            known, at = seen.get(timeout=PATIENCE_SECONDS)
        found.append(max(0.0, at - receipt))
    return found


def compare_catch_up(log: Log, settings: KafkaSettings, last: int) -> bool:
    """Read node beside the direct fold."""
    direct, node = [], []
    for _ in range(REPEATS):
        direct.append(last / direct_seconds(log))
        node.append(last / catch_up_seconds(settings, last))
    own, other = median(node), median(direct)
    show("live night from PostgreSQL, from nothing", other, "events/s")
    show("read node from Kafka, from nothing", own, "events/s")
    return show_ratio("read node / PostgreSQL", own, other, CATCH_UP_BAR)


def show_lag(log: Log, settings: KafkaSettings, paced: list[Submission]) -> None:
    """Lag at a thousand postings a second."""
    found = sorted(lags(log, settings, paced))
    for percent in (50, 90, 99):
        value = 1000 * found[percent * (len(found) - 1) // 100]
        what = f"acknowledgement to read node at {PACED_PER_SECOND:,}/s, p{percent}"
        show(what, value, "ms")
