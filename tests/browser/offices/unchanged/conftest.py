"""Tests that record nothing: one server for all of a file."""

from collections.abc import Iterator

import pytest

from api.cli.common.server import open_app_state
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from tests.browser.offices.conftest import COUNTING, at_the_port
from tests.support.posting import empty, record


@pytest.fixture(scope="module")
def services(conninfo: str) -> Iterator[AppState]:
    """A House election in two units of Tokyo, counting."""
    empty(conninfo)
    with Log(conninfo, LogName("house50", "rehearsal")) as log:
        record(log, *COUNTING)
        with open_app_state(log) as opened:
            yield opened


@pytest.fixture(scope="module")
def address(services: AppState, port: int) -> Iterator[str]:
    """Where the server is, without a slash."""
    with at_the_port(services, port) as found:
        yield found
