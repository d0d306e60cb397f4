"""Health and metrics of a process that serves nothing else: `/health` and `/metrics`."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override


class ProbeStatus(NamedTuple):
    """How a process is.

    Attributes:
        fault: What is wrong; empty when nothing is.
        figures: Named figures; a name ends in its unit where it has one.
    """

    fault: str
    figures: Mapping[str, float]


class _Figures(Collector):
    def __init__(self, service: str, ask: Callable[[], ProbeStatus]) -> None:
        self._service = service
        self._ask = ask

    @override
    def collect(self) -> Iterator[Metric]:
        status = self._ask()
        figures = {**status.figures, "well": float(not status.fault)}
        for name, value in figures.items():
            text = f"{name} of kaihyo {self._service}; see docs/deployment."
            gauge = GaugeMetricFamily(f"kaihyo_{self._service}_{name}", text)
            gauge.add_metric([], value)
            yield gauge


@contextmanager
def serve_probe(
    host: str, port: int, service: str, ask: Callable[[], ProbeStatus]
) -> Iterator[int]:
    """Answer while the block runs; gives the port.

    Args:
        host: Address to listen on.
        port: Its port; 0 for any that is free.
        service: Name of the process in the metrics.
        ask: How it is.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(service, ask))

    class Handler(BaseHTTPRequestHandler):
        """Two addresses, read only."""

        def do_GET(self) -> None:
            """Answer."""
            match self.path:
                case "/health":
                    self._answer_health(ask())
                case "/metrics":
                    self._answer(200, CONTENT_TYPE_LATEST, generate_latest(registry))
                case _:
                    self._answer(404, "text/plain", b"/health or /metrics\n")

        def _answer_health(self, status: ProbeStatus) -> None:
            word = "stopped" if status.fault else "following"
            body = {"status": word, "fault": status.fault, **status.figures}
            code = 503 if status.fault else 200
            self._answer(code, "application/json", msgspec.json.encode(body))

        def _answer(self, code: int, kind: str, body: bytes) -> None:
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of every look."""

    server = ThreadingHTTPServer((host, port), Handler)
    thread = threading.Thread(target=server.serve_forever, name="probe", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
