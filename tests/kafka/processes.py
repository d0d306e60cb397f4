"""The services as processes of their own, which can be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from tests.support.ports import free_port

_ROOT = Path(__file__).parents[2]


class Service:
    """One `kaihyo` command with its settings.

    Args:
        arguments: After `kaihyo`; `{port}` becomes a free port.
        environment: Settings.
        output: Where its output goes.
    """

    def __init__(self, arguments: list[str], environment: Mapping[str, str], output: Path) -> None:
        self._arguments = arguments
        self._environment = {**os.environ, **environment, "PYTHONPATH": str(_ROOT)}
        self._output = output
        self._process: subprocess.Popen[bytes] | None = None
        self._http = httpx.Client(timeout=30, verify=False)  # noqa: S501 - plain HTTP
        self.port = 0

    def start(self) -> "Service":
        """Start it; it needs a moment before it answers."""
        self.port = free_port()
        arguments = [argument.format(port=self.port) for argument in self._arguments]
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from api.cli.main import main; main()", *arguments],
                env=self._environment,
                cwd=_ROOT,
                stdout=output,
                stderr=output,
            )
        return self

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Kill it and start it anew."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """Stop it in its tracks, as a machine that swaps or a paused virtual one does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if nothing had happened."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """End it as an operator does; gives its exit code."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            return self._process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._process = None

    def get(self, path: str) -> httpx.Response | None:
        """Ask it; None while it does not answer."""
        try:
            return self._http.get(f"http://127.0.0.1:{self.port}{path}")
        except httpx.HTTPError:
            return None

    def healthy(self) -> bool:
        """Whether it says that it is well."""
        answer = self.get("/health")
        return answer is not None and answer.status_code == 200


@contextmanager
def started(services: Sequence[Service]) -> Iterator[None]:
    """All of them while the block runs."""
    try:
        for service in services:
            service.start()
        yield
    finally:
        for service in services:
            service.kill()


def environment_of(settings: KafkaSettings, log: Log | None = None) -> dict[str, str]:
    """The settings as environment variables; with the database only for who needs it."""
    found = {
        "KAFKA_BOOTSTRAP_SERVERS": settings.brokers,
        "KAIHYO_KAFKA_PREFIX": settings.prefix,
        "KAIHYO_KAFKA_REPLICATION": str(settings.replication),
        "KAIHYO_KAFKA_TIMEOUT_SECONDS": str(settings.timeout_seconds),
        "KAIHYO_KAFKA_DELIVERY_SECONDS": str(settings.delivery_seconds),
        "KAIHYO_READS_PER_SECOND": "0",
    }
    if log is not None:
        found["DATABASE_URL"] = log.conninfo
        found["KAIHYO_ELECTION"] = log.name.election
        found["KAIHYO_ENVIRONMENT"] = log.name.environment
    return found


def relay_of(log: Log, settings: KafkaSettings, output: Path) -> Service:
    """`kaihyo relay`."""
    return Service(["relay", "--probe", "{port}"], environment_of(settings, log), output)


def node_of(settings: KafkaSettings, output: Path) -> Service:
    """`kaihyo serve --from-kafka`."""
    arguments = ["serve", "--from-kafka", settings.brokers, "--port", "{port}"]
    return Service(arguments, environment_of(settings), output)


def publisher_of(settings: KafkaSettings, output: Path) -> Service:
    """`kaihyo project`: documents published for partners."""
    arguments = ["project", "--probe", "{port}"]
    return Service(arguments, environment_of(settings), output)
