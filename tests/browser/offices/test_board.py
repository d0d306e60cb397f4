"""Sixty units for one officer: what is late, what waits for whom, what is not answered."""

import re

import pytest
from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.control import counter, open_control, row
from tests.support.gwt import Command
from tests.support.posting import happen

UNITS = [f"13-{number:04d}" for number in range(60)]
CONTEST = "governor/13"
ASKED = {"code": "unlike-others-exchange", "option": "g1", "before": 90_000, "now": 10_000}


@pytest.fixture
def recorded() -> tuple[Command, ...]:
    """An election of a governor in sixty units: some final, one asked about without an answer."""
    facts = [
        {"code": code, "name": f"開票区{code}", "prefecture": "13", "kind": "counting-district"}
        for code in UNITS
    ]
    sheets = [b.tally(b.sheet({"g1": 90, "g2": 40}), CONTEST, unit) for unit in UNITS[:20]]
    asked = b.tally(b.sheet({"g1": 10, "g2": 90}), CONTEST, UNITS[20], answers=[ASKED])
    return (
        b.election(),
        {"command": "register-units", "units": facts},
        b.contest(CONTEST, UNITS, seats=1),
        b.candidates(CONTEST, "g1", "g2"),
        b.OPEN,
        *sheets,
        asked,
        b.give_back(CONTEST, UNITS[0]),
    )


def test_sixty_units_say_what_is_late_and_what_waits_for_whom(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    open_control(page, address)
    expect(counter(page, "unanswered")).to_have_text("1")
    expect(page.locator("#round")).to_contain_text("差戻しの訂正を待つもの 1")
    expect(row(page, CONTEST, UNITS[0])).to_contain_text("開票所：訂正")
    page.click('[data-counter="unanswered"]')
    expect(page.locator("tbody [data-row]")).to_have_count(1)
    expect(row(page, CONTEST, UNITS[20])).to_contain_text("未回答")
    page.click('[data-counter="unanswered"]')
    page.click('th[data-column="wait"] button')
    expect(page.locator("tbody [data-row]").first).to_contain_text("確定遅れ")
    pictures(page, "control-sixty")

    expect(page).to_have_title(re.compile("^確認待ち20、遅れ40、未回答1｜"))
    page.check("#sounds")
    happen(services, b.tally(b.sheet({"g1": 80, "g2": 30}), CONTEST, UNITS[30]))

    expect(page.locator("#last-alert")).to_contain_text(f"確定が届きました：開票区{UNITS[30]}")
    expect(page).to_have_title(re.compile("^確認待ち21、遅れ39、未回答1｜"))
