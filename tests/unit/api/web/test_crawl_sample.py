"""A sample of the crawl that `make long` makes whole: addresses, names and figures of nights."""

import re
from pathlib import Path
from random import Random

import httpx
import pytest

from api.http.app_state import AppState
from infra.services.official_results.table_files import read_upper_folder
from projections.official.upper.upper_plan import plan_upper_replay
from tests.support.crawling import Crawl, documented_figures, form, play_all, play_until
from tests.support.empty_server import empty_client, empty_services
from tests.unit.infra.services.official_results.small_upper import write_small_upper

__all__ = ["empty_client", "empty_services"]

PAGES = 30

NOT_HERE = re.compile(r"at=|/log/|/receipts/")


@pytest.mark.parametrize(
    ("election", "share", "seed"),
    [
        ("city", 1.0, 1),
        ("upper", 0.6, 2),
        ("ordinance-poll", 1.0, 3),
        ("house", 0.3, 4),
    ],
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
    if election == "upper":
        # Half of the chamber is not up: its majority is one of both halves.
        front = empty_client.get("/").text
        assert "非改選との合計" in front
        assert "しま模様は非改選" in front
    for start in ("/", "/en/"):
        waiting |= crawl.visit(str(empty_client.base_url.join(start)))

    # One address of each form that the front pages lead to, then some of those further on
    source = Random(seed)
    by_form = {form(each): each for each in source.sample(sorted(waiting), len(waiting))}
    further = {each for address in by_form.values() for each in crawl.visit(address)}
    for address in source.sample(sorted(further - crawl.statuses.keys()), PAGES):
        crawl.visit(address)

    wrong = {each: status for each, status in crawl.statuses.items() if status >= 400}
    # Nothing was yet at that moment, and no sequencer runs here: neither is there, nothing fails.
    absent = {each for each, status in wrong.items() if status == 404 and NOT_HERE.search(each)}
    assert wrong.keys() - absent == set()
    assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""


WHOLE_NATION = (
    "/", "/coverage?status=final", "/districts/p00", "/contests/upper-list/national",
    "/contests/upper-district/31-32", "/prefectures/31", "/turnout", "/races", "/seats",
    "/search?q=全国", "/sitemap.xml", "/downloads",
)  # fmt: skip


def test_the_nation_as_one_unit_is_on_pages(
    empty_client: httpx.Client, empty_services: AppState, tmp_path: Path
) -> None:
    plan = plan_upper_replay(read_upper_folder(write_small_upper(tmp_path)), "rehearsal")
    play_all(empty_services, (each for stage in plan.stages for each in stage.submissions))
    crawl = Crawl(empty_client, documented_figures(empty_client))

    for path in WHOLE_NATION:
        for language in ("", "/en"):
            crawl.visit(str(empty_client.base_url.join(f"{language}{path}")))

    assert {each: status for each, status in crawl.statuses.items() if status != 200} == {}
    unit = empty_client.get("/districts/p00").text
    assert "得票の小数の一部は" in unit
    assert "/prefectures/00" not in unit
    assert "/prefectures/00" not in empty_client.get("/sitemap.xml").text
    assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""
