"""Apache Kafka in KRaft mode for the tests: one node, or three, each a process of its own.

The broker comes from Maven into `.kafka/`, which git ignores. Every node is broker and controller
at once and listens on loopback only.
"""

import base64
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from tests.kafka.proxy import Proxy
from tests.support.ports import free_port

VERSION = "4.4.0"
HOME = Path(__file__).parents[2] / ".kafka"
HOW_TO_GET_IT = (
    "needs Java 17 and Maven to run Apache Kafka: install openjdk-17-jre-headless and maven "
    "(or name a broker in KAFKA_BOOTSTRAP_SERVERS)"
)
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kaihyo</groupId><artifactId>broker-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId>
      <version>{version}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId>
      <version>2.25.3</version></dependency>
  </dependencies>
</project>
"""
_CONFIG = """process.roles=broker,controller
node.id={id}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},RELAY://127.0.0.1:{relay},CONTROLLER://127.0.0.1:{control}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},RELAY://127.0.0.1:{advertised}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,RELAY:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.partitions=4
offsets.topic.num.partitions=4
offsets.topic.replication.factor={copies}
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr={in_sync}
share.coordinator.state.topic.replication.factor={copies}
share.coordinator.state.topic.min.isr={in_sync}
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
initial.broker.registration.timeout.ms=600000
controller.quorum.election.timeout.ms=500
controller.quorum.fetch.timeout.ms=1000
replica.lag.time.max.ms=3000
log.retention.check.interval.ms=1000
log.cleaner.backoff.ms=500
log.cleaner.dedupe.buffer.size=2097152
log.index.size.max.bytes=262144
log.segment.bytes=16777216
"""
LOGGING = """<Configuration><Appenders><Console name="out"/></Appenders>
<Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers></Configuration>
"""
_CLUSTER = "a2FpaHlvLXRlc3RzLTAwMQ"
_START_SECONDS_MAX = 400.0
"""Three machines for Java on a busy one: 155 s were seen beside thirty other processes."""


def missing() -> str:
    """What this machine lacks to run a broker; empty when it lacks nothing."""
    return "" if shutil.which("java") and shutil.which("mvn") else HOW_TO_GET_IT


def libraries() -> Path:
    """The broker's jars, fetched when they are not there."""
    jars = HOME / f"libs-{VERSION}"
    if not (jars / f"kafka_2.13-{VERSION}.jar").exists():
        HOME.mkdir(exist_ok=True)
        (HOME / "pom.xml").write_text(_POM.format(version=VERSION), encoding="utf-8")
        subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={jars}"],
            cwd=HOME,
            check=True,
            timeout=300,
        )
    return jars


class Node:
    """One broker process; can be killed and started again on its data."""

    def __init__(self, folder: Path, number: int, settings: str, data: Path) -> None:
        self.number = number
        self._folder = folder
        self._data = data
        self._config = folder / "server.properties"
        self._logging = folder / "log4j2.xml"
        folder.mkdir(parents=True, exist_ok=True)
        self._config.write_text(settings, encoding="utf-8")
        self._logging.write_text(LOGGING, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def format(self) -> None:
        """Prepare an empty data folder."""
        command = self._java("kafka.tools.StorageTool", "format", "-t", _CLUSTER)
        command += ["-c", str(self._config)]
        with (self._folder / "format.log").open("ab") as output:
            subprocess.run(command, stdout=output, stderr=output, timeout=180, check=True)

    def format_as(self, other: "Node") -> None:
        """Prepare an empty data folder as the other's is: a machine for Java takes seconds."""
        shutil.rmtree(self._data, ignore_errors=True)
        shutil.copytree(other._data, self._data)
        properties = self._data / "meta.properties"
        folder = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        own = {"node.id": str(self.number), "directory.id": folder}
        lines = [line.partition("=") for line in properties.read_text("utf-8").splitlines()]
        assert own.keys() <= {name for name, _, _ in lines}, lines
        text = "\n".join(f"{name}{sign}{own.get(name, value)}" for name, sign, value in lines)
        properties.write_text(f"{text}\n", encoding="utf-8")

    def start(self) -> None:
        """Start the process; `Cluster.wait` says when it answers."""
        with (self._folder / "server.log").open("ab") as output:
            self._process = subprocess.Popen(
                self._java("kafka.Kafka", str(self._config)), stdout=output, stderr=output
            )

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Stop it in its tracks: connections stay open, nothing is answered."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if nothing had happened."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _java(self, main: str, *arguments: str) -> list[str]:
        return [
            "java",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            f"-Dlog4j2.configurationFile={self._logging}",
            "-cp",
            f"{libraries()}/*",
            main,
            *arguments,
        ]


class Cluster:
    """One or three nodes.

    Args:
        folder: For their data.
        size: How many.
        data: Data folders by node number; others have theirs beside their settings.

    Attributes:
        ports: Where each node listens.
        proxies: A way to each node that can be cut; who comes through it is told it again.
    """

    def __init__(
        self,
        folder: Path,
        size: int = 1,
        *,
        data: Mapping[int, Path] | None = None,
    ) -> None:
        found = [free_port() for _ in range(3 * size)]
        self.ports, behind, controls = found[:size], found[size : 2 * size], found[2 * size :]
        self.proxies = [Proxy(port) for port in behind]
        voters = ",".join(f"{n}@127.0.0.1:{port}" for n, port in enumerate(controls, start=1))
        folders = {n: folder / f"node{n}" / "data" for n in range(1, size + 1)} | dict(data or {})
        self.nodes = [
            Node(
                folder / f"node{number}",
                number,
                _CONFIG.format(
                    id=number,
                    voters=voters,
                    port=self.ports[number - 1],
                    relay=behind[number - 1],
                    control=controls[number - 1],
                    advertised=self.proxies[number - 1].port,
                    data=folders[number],
                    copies=min(size, 3),
                    in_sync=max(1, min(size, 3) - 1),
                ),
                folders[number],
            )
            for number in range(1, size + 1)
        ]

    @property
    def bootstrap(self) -> str:
        """Addresses to begin with."""
        return ",".join(f"127.0.0.1:{port}" for port in self.ports)

    @property
    def cuttable(self) -> str:
        """The same brokers, by the ways that can be cut."""
        return ",".join(f"127.0.0.1:{proxy.port}" for proxy in self.proxies)

    def start(self) -> None:
        """Format, start, and wait until every node answers."""
        libraries()
        first, *others = self.nodes
        first.format()
        for node in others:
            node.format_as(first)
        for node in self.nodes:
            node.start()
        self.wait()

    def kill(self) -> None:
        """End every node; `restore` brings them back."""
        for node in self.nodes:
            node.kill()

    def restore(self) -> None:
        """Let every node run again and every line pass."""
        for proxy in self.proxies:
            proxy.mend()
        for node in self.nodes:
            node.thaw()
            if not node.alive:
                node.start()
        self.wait()

    def stop(self) -> None:
        """End every node; what they hold is not needed any more."""
        self.kill()
        for proxy in self.proxies:
            proxy.close()

    def wait(self) -> None:
        """Wait until every broker that is alive knows all others: clients ask any of them."""
        deadline = time.monotonic() + _START_SECONDS_MAX
        alive = [port for port, node in zip(self.ports, self.nodes, strict=True) if node.alive]
        while any(_known(port) < len(alive) for port in alive):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the brokers do not answer; see {self.nodes[0]._folder}")
            time.sleep(0.2)


def _known(port: int) -> int:
    """How many brokers the one behind a port knows."""
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=[f"127.0.0.1:{port}"],
            bootstrap_timeout_ms=2000,
            request_timeout_ms=2000,
        )
    except KafkaError:
        return 0
    try:
        return len(admin.describe_cluster()["brokers"])
    except KafkaError:
        return 0
    finally:
        admin.close()
