"""A replay says 再現 and the polling day on every page, and claims nothing of a night."""

from collections.abc import Iterator

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.adapters.event_log import Log
from tests import builders as b
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record

PAGES = ("/", "/turnout", f"/contests/{b.DISTRICT_1}", "/districts/13101", "/savings")


@pytest.fixture
def replayed(log: Log) -> Iterator[httpx.Client]:
    """A server of an election that is recorded afterwards."""
    _, *rest = b.DISTRICT
    record(log, b.election(replay=True), *rest, b.tally(b.sheet({b.A: 60, b.B: 40})))
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        yield opened


def test_every_page_and_document_says_so(replayed: httpx.Client) -> None:
    for path in PAGES:
        page = replayed.get(path).text
        assert "再現" in page, path
        assert "2024-10-27" in page.partition('id="freshness"')[2], path
        assert "更新" not in page.partition('id="freshness"')[2], path
    assert replayed.get("/v1/elections/house50/national.json").json()["head"]["replay"] is True


def test_nothing_is_counted_as_saved(replayed: httpx.Client) -> None:
    page = replayed.get("/savings").text
    assert "効果は数えません" in page
    assert "省けた転記" not in page


def test_other_elections_are_no_replay(client: httpx.Client) -> None:
    page = client.get("/savings").text
    assert "再現" not in page
    assert "省けた転記" in page
    assert client.get("/v1/elections/house50/national.json").json()["head"]["replay"] is False
