"""Every link of every page leads somewhere, and a person's link to that person."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.adapters.event_log import Log
from tests import builders as b
from tests.builders.mixed import mixed
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record

_LINK = re.compile(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_OF_THE_TREE = re.compile(r"/v1/elections/[^/]+/(receipts/\d+|log/(checkpoints?|key|status\.json))")
"""Files of a sequencer, which does not run beside this server."""
_PERSON = re.compile(r"(?:/en)?/candidates/([^/]+/[^/]+)/([^/?#]+)")

HOUSE: tuple[Command, ...] = (
    *b.HOUSE,
    b.OPEN,
    b.tally(b.sheet({"d1-ao": 60, "d1-aka": 40}), b.DISTRICT_1),
    b.declare(b.DISTRICT_1, "d1-ao"),
    b.correction(b.sheet({"d1-ao": 61, "d1-aka": 40}), b.DISTRICT_1),
    b.tally(b.sheet({"ao": 60, "aka": 30}), b.BLOCK, b.CHIYODA, final=False),
)
LOCAL: tuple[Command, ...] = (
    # The ids of candidates are the same in both contests.
    *mixed([("mayor", ("31",)), ("municipal-assembly", ("31",)), ("governor", ("13",))]),
    b.OPEN,
)
GOVERNOR: tuple[Command, ...] = (*b.GOVERNOR_RACE, b.OPEN)


@pytest.fixture(params=[HOUSE, LOCAL, GOVERNOR], ids=["house", "local", "governor"])
def site(log: Log, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A server of one of three elections."""
    record(log, *request.param)
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        yield opened


def links(page: str, at: str) -> Iterator[tuple[str, str]]:
    """Address and text of every link to the same site, without its fragment."""
    for href, label in _LINK.findall(page):
        there = urlsplit(urljoin(at, unescape(href)))
        if not there.netloc and not _OF_THE_TREE.fullmatch(there.path):
            address = there.path + (f"?{there.query}" if there.query else "")
            yield address, unescape(_TAG.sub("", label)).strip()


def test_every_link_answers_and_a_person_is_who_the_link_says(site: httpx.Client) -> None:
    waiting, known = deque(["/", "/en/"]), {"/", "/en/"}
    people = 0
    while waiting:
        at = waiting.popleft()
        answer = site.get(at)
        assert answer.status_code == 200, at
        is_page = answer.headers["content-type"].startswith("text/html")
        # Pages of the past have the same links again, into the past.
        if not is_page or "at=" in at:
            continue
        for address, label in links(answer.text, at):
            people += _require_person(site, address, label, at)
            if address not in known:
                known.add(address)
                waiting.append(address)
    assert people > 0
    assert len(known) > 40


def _require_person(site: httpx.Client, address: str, label: str, at: str) -> int:
    person = _PERSON.fullmatch(address)
    is_same_page = address.removeprefix("/en") == urlsplit(at).path.removeprefix("/en")
    if person is None or is_same_page:
        return 0
    page = site.get(address).text
    heading = page.partition("<h1")[2].partition("</h1>")[0]
    assert label in heading, f"{at}: {label} leads to {address}"
    assert f"/contests/{person.group(1)}" in page, address
    return 1


class TestAddressesWithoutAContest:
    @pytest.mark.parametrize("site", [HOUSE], indirect=True, ids=["house"])
    def test_of_one_person_leads_to_them(self, site: httpx.Client) -> None:
        answer = site.get("/candidates/d1-ao")
        assert answer.status_code == 302
        assert answer.headers["location"] == f"/candidates/{b.DISTRICT_1}/d1-ao"
        assert site.get("/en/candidates/d1-ao").headers["location"].startswith("/en/candidates/")

    @pytest.mark.parametrize("site", [LOCAL], indirect=True, ids=["local"])
    def test_of_several_people_offers_the_choice(self, site: httpx.Client) -> None:
        page = site.get("/candidates/p1")
        assert page.status_code == 200
        for contest in ("mayor/x0", "municipal-assembly/x1", "governor/x2"):
            assert f'href="/candidates/{contest}/p1"' in page.text

    @pytest.mark.parametrize("site", [LOCAL], indirect=True, ids=["local"])
    def test_a_front_page_without_a_review_has_no_link_to_it(self, site: httpx.Client) -> None:
        front = site.get("/").text
        assert "国民審査" not in front
        assert "P1" in front
