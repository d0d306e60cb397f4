"""A real PostgreSQL for the tests: one server for the session, an empty log for each test."""

import gc
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from infra.log import Log
from infra.postgres.embedded import server
from infra.postgres.schemas import LogName, log_names

_BROKERS = ("kafka", "deployment")
"""Folders whose tests fill the machine: never beside each other, and first, because they last."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests stay together in one process, when there are several."""
    groups = {item.nodeid: _group(item) for item in items}
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[item.nodeid]))
    items.sort(key=lambda item: groups[item.nodeid] != _BROKERS[0])


def _group(item: pytest.Item) -> str:
    """What is set up for a file is set up once; brokers are started once."""
    folder, *_ = item.path.relative_to(Path(__file__).parent).parts
    return _BROKERS[0] if folder in _BROKERS else item.nodeid.partition("::")[0]


@pytest.fixture(autouse=True)
def nothing_lasts() -> Iterator[None]:
    """A live night keeps what it read for the whole process; here a process has many of them."""
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def conninfo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of this test session."""
    with server(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture
def log_name(conninfo: str) -> LogName:
    """The log of `tests.builders.election`, in a database that holds no log yet."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '10s'")
        for name in log_names(conninfo):
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name.schema)))
    return LogName("house50", "rehearsal")


@pytest.fixture
def log(conninfo: str, log_name: LogName) -> Iterator[Log]:
    """An empty log."""
    with Log(conninfo, log_name) as opened:
        yield opened
