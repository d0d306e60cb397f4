"""A real broker for the session, topics of its own for each test, rehearsals in PostgreSQL."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import ensure_topics
from infra.log import Log
from infra.postgres.embedded import server
from infra.postgres.schemas import log_names
from tests.kafka.broker import Cluster, missing
from tests.kafka.nights import NAME, Script, script

_HERE = Path(__file__).parent
_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a broker."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.kafka)


@pytest.fixture(scope="session")
def bootstrap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Addresses of a broker: the one of the environment, or one started here."""
    given = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "")
    if given:
        yield given
        return
    require_broker()
    cluster = Cluster(tmp_path_factory.mktemp("kafka"))
    try:
        cluster.start()
        yield cluster.bootstrap
    finally:
        cluster.stop()


def require_broker() -> None:
    """Skip where no broker can run, saying how to get one."""
    if missing():
        pytest.skip(missing())


@pytest.fixture
def settings(bootstrap: str) -> KafkaSettings:
    """Settings with topics that no other test uses."""
    prefix = f"test{os.getpid()}-{next(_numbers)}"
    made = KafkaSettings(
        brokers=bootstrap, prefix=prefix, replication=1, timeout_seconds=3, delivery_seconds=8
    )
    ensure_topics(made)
    return made


@pytest.fixture(scope="session")
def conninfo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of this session."""
    with server(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture
def log(conninfo: str) -> Iterator[Log]:
    """An empty log."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for name in log_names(conninfo):
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name.schema)))
    with Log(conninfo, NAME) as opened:
        yield opened


@pytest.fixture(scope="session")
def night() -> Script:
    """A small national night."""
    return script()
