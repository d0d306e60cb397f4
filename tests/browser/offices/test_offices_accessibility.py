"""JIS X 8341-3:2016 AA on the pages of offices; a policy without inline code; no cookies."""

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from api.house import House
from tests import builders as b
from tests.browser.axe import violations
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    fill_in,
    onward,
    open_sheet,
    set_up,
    through_both_entries,
)
from tests.browser.offices.control import open_control, row, tab
from tests.posting import record


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page into which axe-core may put styles of its own."""
    return context.new_page()


SHEET = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)


def test_axe_finds_nothing_at_a_centre(page: Page, address: str) -> None:
    page.goto(f"{address}/centre/")
    expect(page.locator("h1")).to_have_text("端末と鍵")
    assert violations(page) == []
    set_up(page, address)
    assert violations(page) == []
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    fill_in(page, FIGURES | {"valid": "1"})
    onward(page)
    assert violations(page) == []
    through_both_entries(page, FIGURES)
    assert violations(page) == []
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")
    assert violations(page) == []
    for word in ("送信箱", "受領証", "端末と鍵"):
        page.click(f'#menu a:text-is("{word}")')
        expect(page.locator("h1")).to_have_text(word)
        assert violations(page) == []


@pytest.mark.parametrize("word", ["開票状況", "投票状況", "当選人の決定", "進行", "鍵", "端末と鍵"])
def test_axe_finds_nothing_in_a_control_room(
    page: Page, address: str, house: House, word: str
) -> None:
    record(house.log, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address, "nation")
    tab(page, word)
    expect(page.locator("h1")).to_have_text(word)
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_axe_finds_nothing_in_a_dialog(page: Page, address: str, house: House) -> None:
    record(house.log, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    open_control(page, address)
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="return"]').click()
    page.click("dialog [type=submit]")
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_when_enlarged(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)

    wide = page.evaluate("document.documentElement.scrollWidth")

    assert wide <= width


@pytest.mark.parametrize("path", ["/centre/", "/control"])
def test_pages_of_offices_have_a_strict_policy_and_no_cookie(address: str, path: str) -> None:
    answer = httpx.get(f"{address}{path}")

    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in answer.headers
    assert "訓練データです" in answer.text
    assert 'lang="ja"' in answer.text
