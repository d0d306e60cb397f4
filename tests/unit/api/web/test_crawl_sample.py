"""A sample of the crawl that `make long` makes whole: addresses, names and figures of nights."""

from random import Random

import httpx
import pytest

from api.http.app_state import AppState
from tests.support.crawling import Crawl, documented_figures, form, play_until
from tests.support.empty_server import empty_client, empty_services

__all__ = ["empty_client", "empty_services"]

PAGES = 30


@pytest.mark.parametrize(
    ("election", "share", "seed"), [("city", 1.0, 1), ("upper", 0.6, 2), ("ordinance-poll", 1.0, 3)]
)
def test_a_sample_of_links_leads_to_what_they_name(
    empty_client: httpx.Client,
    empty_services: AppState,
    election: str,
    share: float,
    seed: int,
) -> None:
    play_until(empty_services, election, share, scale=0.01)
    crawl = Crawl(empty_client, documented_figures(empty_client))
    waiting = set[str]()
    if election == "ordinance-poll":
        front = empty_client.get("/").text
        assert "現在地で建て替えるが最多" in front
        assert "成立しませんでした" in front
    for start in ("/", "/en/"):
        waiting |= crawl.visit(str(empty_client.base_url.join(start)))

    # One address of each form that the front pages lead to, then some of those further on
    source = Random(seed)
    by_form = {form(each): each for each in source.sample(sorted(waiting), len(waiting))}
    further = {each for address in by_form.values() for each in crawl.visit(address)}
    for address in source.sample(sorted(further - crawl.statuses.keys()), PAGES):
        crawl.visit(address)

    wrong = {each: status for each, status in crawl.statuses.items() if status >= 400}
    assert {each for each in wrong if "at=" not in each and "/log/" not in each} == set()
    assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""
