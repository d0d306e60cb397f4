"""A real server in front of a log in which nothing is recorded yet."""

from collections.abc import Iterator

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from tests.support.lines import client_of
from tests.support.ports import free_port


@pytest.fixture
def empty_services(log: Log) -> Iterator[AppState]:
    """A server whose log is empty."""
    with open_app_state(log) as opened:
        yield opened


@pytest.fixture
def empty_client(empty_services: AppState) -> Iterator[httpx.Client]:
    """A client of it."""
    settings = settings_with(None, port=free_port())
    with serve_in_background(empty_services, settings) as address, client_of(address) as opened:
        yield opened
