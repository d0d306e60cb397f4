"""A replay says 再現 and the polling day on every page, and claims nothing of a night."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from lxml import html

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.builders.estimates import spread_night
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import SetClock, empty, happen, record

COUNTED_AT = datetime(2024, 10, 27, 15, tzinfo=UTC)
_BOXES = "//*[self::tr or self::dd or self::li or self::p or self::text][not(ancestor::script)]"
SPREAD_PAGES = (
    "/", "/screen", "/turnout", "/races", "/corrections", "/prefectures/13",
    *(f"{top}/contests/{each}" for top in ("", "/audit") for each in (b.DISTRICT_1, b.DISTRICT_2)),
    *(f"{top}/districts/{each}" for top in ("", "/audit") for each in (b.CHIYODA, b.CHUO)),
    *(f"/audit/diff?document=districts/{b.CHIYODA}&old={at}&new={at + 1}" for at in (21, 22, 27)),
)  # fmt: skip
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


def test_whatever_differs_when_figures_are_spread_otherwise_is_marked(conninfo: str) -> None:
    one, other = (_pages_of_spread_night(conninfo, more) for more in (0, 1))
    found = [
        f"{path}: {box.text_content().split()}"
        for path, page in one.items()
        for box in _differing(page, other[path])
        if "推計" not in box.text_content()
    ]
    assert found == []
    same = {path for path, page in one.items() if not list(_differing(page, other[path]))}
    assert same <= {"/races"}


def _pages_of_spread_night(conninfo: str, more: int) -> dict[str, html.HtmlElement]:
    empty(conninfo)
    name = LogName("house50", "rehearsal")
    with (
        Log(conninfo, name, clock=SetClock(COUNTED_AT)) as log,
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        happen(services, *b.HOUSE, b.OPEN, *spread_night(more))
        return {path: html.document_fromstring(opened.get(path).text) for path in SPREAD_PAGES}


def _differing(one: html.HtmlElement, other: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The smallest rows, facts and paragraphs of the first page that differ from the other's."""
    pairs = zip(one.xpath(_BOXES), other.xpath(_BOXES), strict=True)
    for box, other_box in pairs:
        if box.text_content() != other_box.text_content() and not box.xpath(f".{_BOXES}"):
            yield box


def test_nothing_is_counted_as_saved(replayed: httpx.Client) -> None:
    page = replayed.get("/savings").text
    assert "効果は数えません" in page
    assert "省けた転記" not in page


def test_other_elections_are_no_replay(client: httpx.Client) -> None:
    page = client.get("/savings").text
    assert "再現" not in page
    assert "省けた転記" in page
    assert client.get("/v1/elections/house50/national.json").json()["head"]["replay"] is False
