"""What Prometheus reads: position, lag, readers, answers."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from api.house import House
from infra.clock import SystemClock
from infra.sequencing.status import read_status


class HouseCollector(Collector):
    """Reads the figures of a house when they are asked for, and costs nothing otherwise."""

    def __init__(self, house: House) -> None:
        self._house = house

    @override
    def collect(self) -> Iterator[Metric]:
        """Every figure at this moment."""
        house = self._house
        labels = [house.election, house.environment]
        recorded, position = house.live.recorded, house.live.position
        broadcast = house.broadcast
        for name, help_text, value in (
            ("position", "Log position that is read here.", position),
            ("recorded", "Last position of the log.", recorded),
            ("lag", "Entries recorded but not read here yet.", recorded - position),
            ("following", "1 while this process follows the log.", house.live.fault() is None),
            ("stream_readers", "Readers of the stream.", broadcast.readers),
        ):
            gauge = GaugeMetricFamily(
                f"kaihyo_{name}", help_text, labels=["election", "environment"]
            )
            gauge.add_metric(labels, float(value))
            yield gauge
        yield from self._checkpoint()
        yield from self._answers()
        yield _counter("stream_dropped", "Readers too slow for the stream.", broadcast.dropped)
        yield _counter("rate_limited", "Requests told to wait.", house.counts.limited)

    def _checkpoint(self) -> Iterator[Metric]:
        """What the sequencer published last, where its folder is served."""
        status = None if self._house.public is None else read_status(self._house.public)
        if status is None:
            return
        age = (SystemClock().now() - status.published_at).total_seconds()
        for name, help_text, value in (
            ("checkpoint_size", "Entries that the last checkpoint vouches for.", status.size),
            ("checkpoint_age_seconds", "Since it was published, or published again.", age),
            ("checkpoint_degraded", "1 while it does not grow or witnesses miss.", status.degraded),
        ):
            gauge = GaugeMetricFamily(f"kaihyo_{name}", help_text)
            gauge.add_metric([], float(value))
            yield gauge

    def _answers(self) -> Iterator[Metric]:
        counts = self._house.counts
        answers = CounterMetricFamily(
            "kaihyo_answers", "Public reads answered.", labels=["status", "from"]
        )
        for source, found in (("memory", counts.from_memory), ("routes", counts.from_routes)):
            for status, number in sorted(found.items()):
                answers.add_metric([str(status), source], number)
        yield answers


def _counter(name: str, help_text: str, value: int) -> Metric:
    counter = CounterMetricFamily(f"kaihyo_{name}", help_text)
    counter.add_metric([], value)
    return counter


def registry_of(house: House) -> CollectorRegistry:
    """A registry of one house."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(HouseCollector(house))
    return registry
