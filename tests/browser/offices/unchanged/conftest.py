"""Tests that record nothing: one house and one server for all of a file."""

from collections.abc import Iterator

import pytest

from api.commands.running import lived_in
from api.house import House
from infra.log import Log
from infra.postgres.schemas import LogName
from tests.browser.offices.conftest import COUNTING, at_the_port
from tests.posting import empty, record


@pytest.fixture(scope="module")
def house(conninfo: str) -> Iterator[House]:
    """A House election in two units of Tokyo, counting."""
    empty(conninfo)
    with Log(conninfo, LogName("house50", "rehearsal")) as log:
        record(log, *COUNTING)
        with lived_in(log) as opened:
            yield opened


@pytest.fixture(scope="module")
def address(house: House, port: int) -> Iterator[str]:
    """Where the server is, without a slash."""
    with at_the_port(house, port) as found:
        yield found
