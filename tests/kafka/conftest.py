"""Real brokers for this folder, topics of its own for each test, rehearsals in PostgreSQL."""

import os
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from kafka.errors import KafkaError
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.topics import ensure_topics
from infra.adapters.postgres.embedded import server
from tests.kafka.broker import Cluster, missing
from tests.kafka.nights import NAME, SCALE, Script, script
from tests.support.budgets import LONG
from tests.support.waiting import wait_until

collect_ignore = [] if LONG else ["test_chaos.py"]
"""What `make long` alone runs: blows at random, one beside the other."""

_HERE = Path(__file__).parent
_RUNNING = pytest.StashKey[Cluster]()
_numbers = count(1)
_SMALL_MB = max(64, round(2000 * SCALE))
"""Ten times what the third broker keeps of a night."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a broker."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.kafka)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that runs a second time has brokers, although they ended with it."""
    cluster = item.config.stash.get(_RUNNING, None)
    if cluster is not None and not all(node.alive for node in cluster.nodes):
        cluster.restore()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Brokers end with the last test of this folder: three idle ones use a fifth of a processor."""
    cluster = item.config.stash.get(_RUNNING, None)
    if cluster is not None and (nextitem is None or _HERE not in nextitem.path.parents):
        cluster.kill()


@pytest.fixture(scope="session")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """A file system just large enough for the third broker, where this process may make one."""
    folder = tmp_path_factory.mktemp("disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SMALL_MB}m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        yield None
        return
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="session")
def own_cluster(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    small_disk: Path | None,
) -> Iterator[Cluster]:
    """Three brokers that may be killed."""
    if missing():
        pytest.skip(missing())
    data = {} if small_disk is None else {3: small_disk / "data"}
    cluster = Cluster(tmp_path_factory.mktemp("kafka"), 3, data=data)
    try:
        cluster.start()
        pytestconfig.stash[_RUNNING] = cluster
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def cluster(own_cluster: Cluster) -> Iterator[Cluster]:
    """The three brokers, all alive before and after the test."""
    yield own_cluster
    own_cluster.restore()


@pytest.fixture(scope="session")
def bootstrap(request: pytest.FixtureRequest) -> str:
    """Addresses of brokers: those of the environment, or those started here."""
    given = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "")
    return given or str(request.getfixturevalue("own_cluster").bootstrap)


@pytest.fixture
def settings(bootstrap: str) -> KafkaSettings:
    """Settings with topics that no other test uses."""
    return fresh_topics(bootstrap, replication=1)


@pytest.fixture
def safe_settings(cluster: Cluster) -> KafkaSettings:
    """The same with three copies of everything, on brokers that may be killed."""
    return fresh_topics(cluster.bootstrap, replication=3)


def fresh_topics(brokers: str, replication: int) -> KafkaSettings:
    """Make topics under a name of their own."""
    made = KafkaSettings(
        brokers=brokers,
        prefix=f"test{os.getpid()}-{next(_numbers)}",
        replication=replication,
        timeout_seconds=3,
        delivery_seconds=8,
    )
    # As the relay does: brokers that have only just begun may not know each other yet.
    wait_until(lambda: _has_topics(made))
    return made


def _has_topics(settings: KafkaSettings) -> bool:
    try:
        ensure_topics(settings)
    except (KafkaError, TimeoutError):
        return False
    return True


@pytest.fixture(scope="session")
def conninfo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of this session."""
    with server(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture
def log(conninfo: str) -> Iterator[Log]:
    """An empty log, in a database that no other test has."""
    name = f"night{next(_numbers)}"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    with Log(make_conninfo(conninfo, dbname=name), NAME) as opened:
        yield opened


@pytest.fixture(scope="session")
def night() -> Script:
    """A small national night."""
    return script()
