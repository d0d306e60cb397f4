"""Every page that a reader can come to by links answers, in both languages, and is well-formed.

Every kind of rehearsal at four moments, and past elections as they were: the House of 2024 comes
with the project, an Upper House's tables do not (`KAIHYO_UPPER_HOUSE`, tests/support/official.py).
"""

import re
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from api.http.app_state import AppState
from api.http.limits.rate_limits import RateLimit
from api.mirror.site_mirror import SiteMirror
from infra.adapters.event_log import Log
from infra.services.publishing.publisher import Publisher
from infra.services.rehearsal.scenario.other_elections import SETTINGS
from tests.support.crawling import (
    NAMES_MAX,
    Crawl,
    documented_figures,
    play_until,
    replay_until,
)
from tests.support.lines import client_of
from tests.support.official import HOUSE50, require_upper_house
from tests.support.plain_site import serve_folder

pytestmark = pytest.mark.timeout(1800)

ELSEWHERE = re.compile(r"/log/(key|checkpoint)$|/receipts/\d+$")
"""What these small elections have not: a signed log."""

OK = 200

MOMENTS = pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])


@MOMENTS
@pytest.mark.parametrize("election", ["house", *SETTINGS])
def test_no_link_of_a_rehearsal_leads_nowhere(
    empty_client: httpx.Client, empty_services: AppState, election: str, share: float
) -> None:
    play_until(empty_services, election, share)

    assert "\n".join(_faults(empty_client, empty_services)) == ""


@MOMENTS
@pytest.mark.parametrize("house", ["lower", "upper"])
def test_no_link_of_a_past_election_leads_nowhere(
    empty_client: httpx.Client, empty_services: AppState, house: str, share: float
) -> None:
    folder = HOUSE50 if house == "lower" else require_upper_house()
    replay_until(empty_services, folder, share)

    assert "\n".join(_faults(empty_client, empty_services)) == ""


@pytest.mark.parametrize("election", ["house", *SETTINGS])
def test_a_mirror_of_a_rehearsal_is_a_whole_site(
    empty_services: AppState, log: Log, tmp_path: Path, election: str
) -> None:
    play_until(empty_services, election, 0.7)
    publisher = Publisher(log, tmp_path)
    publisher.catch_up()
    with closing(SiteMirror(log, publisher, tmp_path)) as mirror:
        assert mirror.write().missing == ()
        assert mirror.write().written == 0

    with serve_folder(tmp_path) as address, client_of(address) as client:
        crawl = Crawl(client, documented_figures(client))
        for start in ("/", "/en/", "/easy/"):
            crawl.follow(start, names_max=NAMES_MAX)
    assert {each: status for each, status in crawl.statuses.items() if status != OK} == {}
    assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""


def _faults(client: httpx.Client, services: AppState) -> list[str]:
    """What a reader of everything stumbles over: addresses, names, figures."""
    # Nobody reads this fast, and what is told to wait is not looked at.
    services.limit = RateLimit(0, 1)
    crawl = Crawl(client, documented_figures(client))
    for start in ("/", "/en/"):
        crawl.follow(start, names_max=NAMES_MAX)
    assert len(crawl.statuses) > 100
    # A moment may lie before what a page is about.
    failed = [
        f"{status} {address}"
        for address, status in sorted(crawl.statuses.items())
        if status >= 500
        or (status >= 400 and "at=" not in address and not ELSEWHERE.search(address))
    ]
    return [*failed, *crawl.wrong_names(), *crawl.faults]
