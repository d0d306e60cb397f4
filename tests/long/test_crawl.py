"""Every page that a reader can come to by links answers, in both languages, and is well-formed."""

import re

import httpx
import pytest

from api.http.app_state import AppState
from api.http.limits.rate_limits import RateLimit
from infra.services.rehearsal.scenario.other_elections import SETTINGS
from tests.support.crawling import Crawl, documented_figures, play_until

pytestmark = pytest.mark.timeout(1500)

ELSEWHERE = re.compile(r"/log/(key|checkpoint)$|/receipts/\d+$")
"""What these small elections have not: a signed log."""


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("election", ["house", *SETTINGS])
def test_no_link_leads_nowhere(
    empty_client: httpx.Client, empty_services: AppState, election: str, share: float
) -> None:
    play_until(empty_services, election, share)
    # Nobody reads this fast, and what is told to wait is not looked at.
    empty_services.limit = RateLimit(0, 1)
    crawl = Crawl(empty_client, documented_figures(empty_client))

    for start in ("/", "/en/"):
        crawl.follow(start)

    assert len(crawl.statuses) > 100
    failed = sorted(address for address, status in crawl.statuses.items() if status >= 500)
    assert failed == []
    # A moment may lie before what a page is about.
    missing = {address for address, status in crawl.statuses.items() if 400 <= status < 500}
    left_out = {each for each in missing if "at=" not in each and not ELSEWHERE.search(each)}
    assert sorted(left_out) == []
    assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""
