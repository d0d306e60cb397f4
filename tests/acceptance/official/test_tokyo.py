"""Served as `live`, every counting district of Tokyo shows the sheet that Tokyo published."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.bootstrap import open_log
from infra.runtime.settings import Settings
from projections.official.tables.published_sheets import district_label
from tests.support.lines import client_of
from tests.support.official import HOUSE50
from tests.support.ports import free_port

pytestmark = pytest.mark.official

BASE = "/v1/elections/house50"
FIGURES = ("valid", "invalid", "ballots", "taken_away", "rejected", "voters")
_PUBLISHED = ("valid", "invalid", "ballots_total", "taken_away", "not_accepted", "voters")
DISTRICTS = 30


def table(name: str) -> list[dict[str, str]]:
    with (HOUSE50 / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sheets() -> dict[str, dict[str, str]]:
    """The published sheets by label, without their sums."""
    found = table("tokyo-district-tally-sheets.csv")
    return {
        district_label(row["level_label"]): row
        for row in found
        if row["level_label"].strip()[0] not in "★☆"
    }


@pytest.fixture(scope="module")
def served(data: Path) -> Iterator[httpx.Client]:
    with (
        open_log(Settings(data=data)) as log,
        open_app_state(log) as services,
        serve_in_background(services, settings_with(data, port=free_port())) as address,
        client_of(address) as opened,
    ):
        assert services.live.wait_for(log.reader.last_position(), 120)
        yield opened


@pytest.fixture(scope="module")
def units(served: httpx.Client) -> dict[str, tuple[str, str]]:
    """Code of each counting district of Tokyo -> its name and its contest."""
    found = {}
    for number in range(1, DISTRICTS + 1):
        contest = f"house-district/13-{number:02d}"
        for each in served.get(f"{BASE}/contests/{contest}.json").json()["units"]:
            assert "estimated" not in each, each["name"]
            found[each["unit"]] = each["name"], contest
    return found


def test_the_sheet_of_every_counting_district_is_the_published_one(
    served: httpx.Client, units: dict[str, tuple[str, str]], sheets: dict[str, dict[str, str]]
) -> None:
    assert len(units) == 70
    for code, (name, contest) in units.items():
        published = [int(sheets[district_label(name)][field]) for field in _PUBLISHED]

        document = served.get(f"{BASE}/districts/{code}.json").json()
        (tally,) = (e["tally"] for e in document["contests"] if e["contest"] == contest)
        assert [tally.get(field, 0) for field in FIGURES] == published, name
        assert "estimated" not in tally, name

        rows = _csv(served.get(f"{BASE}/districts/{code}.csv"))
        own = [row for row in rows if row["contest"] == contest]
        assert {(row["valid"], row["invalid"]) for row in own} == {
            (str(published[0]), str(published[1]))
        }
        assert {row["tally_estimated"] for row in own} == {""}

        shown = _facts(served.get(f"/districts/{code}").text, contest)
        assert [int(shown[word]) for word in _WORDS] == published, name


def test_votes_of_every_counting_district_are_the_published_ones(
    served: httpx.Client, units: dict[str, tuple[str, str]]
) -> None:
    published: dict[str, list[Decimal]] = defaultdict(list)
    for row in table("district-votes-by-counting-district.csv"):
        if row["pref"] == "東京都":
            published[district_label(row["kaihyoku_label"])].append(Decimal(row["votes"]))
    for code, (name, contest) in units.items():
        rows = _csv(served.get(f"{BASE}/districts/{code}.csv"))
        ours = sorted(Decimal(row["votes"]) for row in rows if row["contest"] == contest)
        assert ours == sorted(published[district_label(name)]), name


_WORDS = ("有効投票", "無効投票", "投票総数", "持ち帰りと思われる票", "不受理", "投票者数")


def _facts(page: str, contest: str) -> dict[str, str]:
    """Figures of the sheet of a contest on the page of a unit; none may be an estimate."""
    tree: Any = html.document_fromstring(page)
    (section,) = tree.xpath(f"//section[.//h2//a[contains(@href, '/contests/{contest}')]]")
    found = {
        fact.findtext("dt"): fact.find("dd").text_content().strip()
        for fact in section.xpath(".//dl[@class='figures-list']/div")
    }
    return {
        word: re.sub("[,−]", lambda m: "-" if m[0] == "−" else "", v) for word, v in found.items()
    }


def _csv(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
