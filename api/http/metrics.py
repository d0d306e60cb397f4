"""What Prometheus reads: position, lag, readers, answers, refused signatures."""

from collections.abc import Iterator

import psycopg
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from aggregates import errors as e
from api.http.app_state import AppState
from api.http.health import health_status
from api.http.log_signing_status import SigningStatus
from infra.adapters.event_log.log_errors import LogUnavailable

_SIGNATURE_REFUSALS = (
    e.SignatureRequired,
    e.SignatureWrong,
    e.SignedTwice,
    e.SignerNotApproved,
    e.SignerOfAnotherOffice,
    e.SignerRevoked,
    e.SignerUnknown,
)
"""Refusals that may mean that somebody sends in the name of an office."""


class ServerCollector(Collector):
    """Reads the figures of a server when they are asked for, and costs nothing otherwise."""

    def __init__(self, services: AppState) -> None:
        self._services = services

    @override
    def collect(self) -> Iterator[Metric]:
        """Every figure at this moment."""
        services = self._services
        labels = [services.election, services.environment]
        found = health_status(services)
        broadcast = services.broadcast
        for name, help_text, value in (
            ("position", "Log position that is read here.", found.position),
            ("recorded", "Last position of the log.", found.recorded or 0),
            ("lag", "Entries recorded but not read here yet.", found.lag),
            ("behind_seconds", "Age of the first entry not read here.", found.behind_seconds),
            ("following", "1 while readers may read here.", found.status == "following"),
            ("write_fault", "1 while nothing can be recorded here.", bool(found.write_fault)),
            ("stream_readers", "Readers of the stream.", broadcast.readers),
            *_signing_samples(found.transparency),
            *_copies(services),
        ):
            gauge = GaugeMetricFamily(
                f"kaihyo_{name}", help_text, labels=["election", "environment"]
            )
            gauge.add_metric(labels, float(value))
            yield gauge
        yield from self._answers()
        yield self._signatures()
        yield _counter("stream_dropped", "Readers too slow for the stream.", broadcast.dropped)
        refused = services.streams.refused
        yield _counter("stream_refused", "Streams that found no room.", refused)
        yield _counter("rate_limited", "Requests that were asked to wait.", services.counts.limited)

    def _answers(self) -> Iterator[Metric]:
        counts = self._services.counts
        answers = CounterMetricFamily(
            "kaihyo_answers", "Public reads answered.", labels=["status", "from"]
        )
        for source, found in (("memory", counts.from_memory), ("routes", counts.from_routes)):
            for status, number in sorted(found.items()):
                answers.add_metric([str(status), source], number)
        yield answers

    def _signatures(self) -> Metric:
        refused = CounterMetricFamily(
            "kaihyo_signatures_refused",
            "Postings and logins refused for who signed them.",
            labels=["code"],
        )
        for refusal in _SIGNATURE_REFUSALS:
            # Shown from zero on: the first one is a rise, too.
            refused.add_metric([refusal.code], self._services.counts.refused[refusal.code])
        return refused


def _signing_samples(found: SigningStatus | None) -> Iterator[tuple[str, str, float]]:
    """The last checkpoint of the transparency log, where this process serves one."""
    if found is None:
        return
    yield "checkpoint_size", "Entries that the last checkpoint signs.", found.size
    yield "checkpoint_lag", "Entries that no checkpoint signs yet.", found.lag
    yield "checkpoint_degraded", "1 while less is signed than should be.", found.degraded
    yield "roots_differ", "1 while the entries read here have another root.", found.roots_differ
    yield "checkpoint_witnesses", "Cosignatures on the last checkpoint.", found.witnesses
    if found.age_seconds is not None:
        yield "checkpoint_age_seconds", "Seconds since the last checkpoint.", found.age_seconds


def _copies(services: AppState) -> Iterator[tuple[str, str, float]]:
    """Where the log is copied to, answered by processes that have a database that answers."""
    try:
        found = services.log.reader.copies()
    except (LogUnavailable, psycopg.Error, OSError):
        return
    yield "database_standby_wanted", "1 while commits wait for a standby.", found.wanted
    if found.standbys is not None:
        yield "database_standbys", "Standbys that commits wait for and that follow.", found.standbys
    yield (
        "database_held_bytes",
        "Write-ahead log kept for the slot furthest behind.",
        found.held_bytes,
    )


def _counter(name: str, help_text: str, value: int) -> Metric:
    counter = CounterMetricFamily(f"kaihyo_{name}", help_text)
    counter.add_metric([], value)
    return counter


def build_registry(services: AppState) -> CollectorRegistry:
    """A registry of one server process."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(ServerCollector(services))
    return registry
