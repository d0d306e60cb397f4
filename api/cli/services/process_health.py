"""How the processes beside the server are, for their probes."""

from time import monotonic

from infra.adapters.event_log.log_errors import LogUnavailable
from infra.services.streaming.probe_server import ProbeStatus
from infra.services.streaming.read_node import KafkaReadModel
from infra.services.streaming.relay import Relay
from infra.services.streaming.results_publisher import ResultsPublisher

SILENCE_SECONDS_MAX = 15.0
"""How long a process may go without a word from the brokers."""


def relay_status(relay: Relay) -> ProbeStatus:
    """A relay: well while the brokers acknowledge what it sends."""
    progress = relay.progress
    silent = monotonic() - progress.acknowledged_at if progress.acknowledged_at else -1.0
    figures = {
        "sent": progress.sent,
        "acknowledged": progress.acknowledged,
        "failures": progress.failures,
        "silent_seconds": silent,
    }
    try:
        figures["lag"] = relay.lag()
    except (LogUnavailable, OSError) as error:
        return ProbeStatus(f"the log cannot be read: {error}", figures)
    return ProbeStatus(_silence(silent, "nothing was acknowledged yet"), figures)


def publisher_status(state: KafkaReadModel, publisher: ResultsPublisher) -> ProbeStatus:
    """A publisher with the whole fold."""
    fault = state.fault()
    figures = {
        "position": float(state.position),
        "published": float(publisher.published),
        "lag": float(max(0, state.recorded - state.position)),
    }
    return ProbeStatus("" if fault is None else str(fault), figures)


def _silence(seconds: float, never: str) -> str:
    if seconds < 0:
        return never
    return f"silent for {seconds:.0f} s" if seconds > SILENCE_SECONDS_MAX else ""
