"""A replay says 再現 and the polling day on every page, and claims nothing of a night."""

import re
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
SPREAD = b.sheet(
    {b.A: 60, b.B: 40},
    cut=500,
    nobody=1_500,
    valid=102,
    invalid=3,
    ballots=105,
    taken_away=4,
    rejected=2,
    voters=111,
    pools_unstated="公表からは分からない。",
    estimated=["cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters"],
)
"""A sheet of which only the votes were published."""


@pytest.fixture
def replayed(log: Log) -> Iterator[httpx.Client]:
    """A server of an election that is recorded afterwards."""
    _, *rest = b.DISTRICT
    record(
        log,
        b.election(replay=True),
        *rest,
        b.tally(b.sheet({b.A: 60, b.B: 40})),
        b.turnout(b.figures((300, 300), (51, 60), estimated=True), unit_code=b.CHUO),
        b.tally(SPREAD, unit_code=b.CHUO),
    )
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


def test_every_estimate_is_marked(replayed: httpx.Client) -> None:
    sheet = replayed.get("/districts/13102").text.partition('class="figures-list"')[2]
    figures = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", sheet.partition("</dl>")[0], re.DOTALL)
    assert len(figures) == 8
    assert [name for name, shown in figures if "推計" not in shown] == []
    row = replayed.get(f"/contests/{b.DISTRICT_1}").text.partition('data-key="13102"')[2]
    assert re.findall(r">(\d+)<?[^\d]*?推計", row.partition("</tr>")[0]) == ["102", "3"]
    counted = replayed.get("/districts/13101").text
    assert "推計" not in counted.partition('class="figures-list"')[2].partition("</dl>")[0]
    for path in ("/turnout", f"/contests/{b.DISTRICT_1}", "/districts/13102"):
        assert 'class="estimate"' in replayed.get(path).text, path


def test_nothing_is_counted_as_saved(replayed: httpx.Client) -> None:
    page = replayed.get("/savings").text
    assert "効果は数えません" in page
    assert "省けた転記" not in page


def test_other_elections_are_no_replay(client: httpx.Client) -> None:
    page = client.get("/savings").text
    assert "再現" not in page
    assert "省けた転記" in page
    assert client.get("/v1/elections/house50/national.json").json()["head"]["replay"] is False
