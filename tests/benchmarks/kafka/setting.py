"""What every benchmark of Kafka needs: a recorded nation, fresh topics, time."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic, perf_counter, sleep

from aggregates.commands.election_commands import Submission
from infra.adapters.event_log import Log, Receipt
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.topics import ensure_topics
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal import national_night
from infra.services.streaming.relay import Relay
from tests.support.posting import body_sha256

NAME = LogName("rehearsal", "rehearsal")
PATIENCE_SECONDS = 300
_AHEAD = 500
_numbers = count(1)


def postings() -> list[Submission]:
    """The whole nation."""
    night = national_night()
    return [*night.definitions(), *(moment.submission for moment in night.timeline())]


def record(log: Log, submissions: list[Submission]) -> None:
    """Post as fast as the log takes them."""
    waiting: deque[Future[Receipt]] = deque()
    for submission in submissions:
        waiting.append(log.writer.submit(submission, body_sha256(submission)))
        if len(waiting) >= _AHEAD:
            waiting.popleft().result()
    for future in waiting:
        future.result()


def topics(brokers: str) -> KafkaSettings:
    """Fresh topics."""
    settings = KafkaSettings(
        brokers=brokers, prefix=f"bench{next(_numbers)}", replication=1, delivery_seconds=60
    )
    ensure_topics(settings)
    return settings


def timed(run: Callable[[], None]) -> float:
    """Seconds."""
    started = perf_counter()
    run()
    return perf_counter() - started


class Processors:
    """How busy the processors of this machine are, whoever uses them; Linux tells."""

    def __init__(self) -> None:
        self._before = self._ticks()

    def busy_percent(self) -> int:
        """Since this was made."""
        (busy, whole), (busy_before, whole_before) = self._ticks(), self._before
        return round(100 * (busy - busy_before) / max(1, whole - whole_before))

    @staticmethod
    def _ticks() -> tuple[int, int]:
        line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
        ticks = [int(each) for each in line.split()[1:9]]
        idle = ticks[3] + ticks[4]
        return sum(ticks) - idle, sum(ticks)


def show(what: str, value: float, unit: str = "") -> None:
    """One figure on one line."""
    print(f"{what:<58}{value:>12,.0f} {unit}".rstrip(), flush=True)


def show_ratio(what: str, own: float, other: float, bar: float) -> bool:
    """A ratio and its bar; whether it is reached."""
    ratio = own / other
    verdict = "reached" if ratio >= bar else "MISSED"
    print(f"{what:<58}{ratio:>12.2f} (at least {bar}: {verdict})", flush=True)
    return ratio >= bar


def wait_until(question: Callable[[], bool]) -> None:
    """Wait; a benchmark that hangs has failed."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not question():
        if monotonic() > deadline:
            raise TimeoutError("the benchmark hangs")
        sleep(0.002)


@contextmanager
def relaying(log: Log, settings: KafkaSettings) -> Iterator[None]:
    """A relay beside."""
    relay = Relay(log, settings)
    thread = threading.Thread(target=relay.run)
    thread.start()
    try:
        wait_until(lambda: relay.progress.acknowledged_at > 0)
        yield
    finally:
        relay.stop()
        thread.join()
