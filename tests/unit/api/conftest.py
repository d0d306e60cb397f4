"""A real server on loopback in front of a real log with one small election."""

from collections.abc import Iterator

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from tests import builders as b
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    """A server whose election is defined and counting, with turnout reported."""
    record(log, *b.DISTRICT, b.turnout(b.figures((500, 500), (300, 300))))
    with open_app_state(log) as opened:
        yield opened


@pytest.fixture
def client(services: AppState) -> Iterator[httpx.Client]:
    """A client of the running server."""
    with (
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        yield opened
