"""A real PostgreSQL for the tests: one server for the session, an empty log for each test."""

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from typing_extensions import override
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from infra.adapters.event_log import Log
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from tests.browser.chromium import launched
from tests.support.budgets import LONG, examples
from tests.support.posting import empty

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says nothing where several tests share two processors.
settings.register_profile("kaihyo", deadline=None, max_examples=examples(100))
settings.load_profile("kaihyo")

collect_ignore = [] if LONG else ["long"]
"""What `make long` alone runs."""

_TOGETHER = {
    "tests/kafka": "brokers",
    "tests/deployment": "brokers",
    "tests/acceptance/official": "official",
    "tests/unit/infra/services/rehearsal": "rehearsal",
    "tests/browser/test_": "night",
    "tests/acceptance/test_audit.py": "demo",
    "tests/acceptance/test_demo.py": "demo",
    "tests/acceptance/test_readme.py": "demo",
}
"""Where tests share what is costly, and so run in one process, one after the other."""


_WAITING = ("tests/kafka/", "tests/deployment/", "tests/browser/")
"""Folders whose tests wait for brokers or browsers: they may run a second time within a run. Each
that needed it is named at the end, and `.ci/run` fails unless `.ci/retried.txt` has its cause."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what needed a second run."""
    for each in dict.fromkeys(report.nodeid for report in terminalreporter.stats.get("rerun", [])):
        terminalreporter.write_line(f"RETRIED {each}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark servers, properties and what may run twice; begin with what lasts longest."""
    for item in items:
        if item.nodeid.startswith(_WAITING):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if item.nodeid.startswith("tests/long/"):
            item.add_marker(pytest.mark.long)
        if hasattr(getattr(item, "function", None), "hypothesis"):
            item.add_marker(pytest.mark.property)
        if "conninfo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.server)
    order = list(dict.fromkeys(_TOGETHER.values()))
    items.sort(
        key=lambda item: order.index(found) if (found := _shared(item.nodeid)) else len(order)
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Say how tests are divided among processes."""
    return _Together(config, log)


class _Together(LoadScopeScheduling):  # type: ignore[misc]  # the library has no types
    """What is set up for a file, or for such folders, is set up once."""

    @override
    def _split_scope(self, nodeid: str) -> str:
        return _shared(nodeid) or nodeid.partition("::")[0]


def _shared(nodeid: str) -> str:
    """What a test shares with those of other files; empty for nothing."""
    return next((what for folder, what in _TOGETHER.items() if nodeid.startswith(folder)), "")


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


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One browser for all tests of a process, which can have one alone."""
    with launched() as opened:
        yield opened


@pytest.fixture
def log_name(conninfo: str) -> LogName:
    """The log of `tests.builders.election`, in a database that holds no log yet."""
    empty(conninfo)
    return LogName("house50", "rehearsal")


@pytest.fixture
def log(conninfo: str, log_name: LogName) -> Iterator[Log]:
    """An empty log."""
    with Log(conninfo, log_name) as opened:
        yield opened
