"""JIS X 8341-3:2016 AA on the pages of offices; a policy without inline code; no cookies."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.axe import violations
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    fill_in,
    onward,
    open_sheet,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.browser.offices.control import open_control, row, tab
from tests.browser.offices.keys import make_key
from tests.support.lines import PLAIN
from tests.support.posting import happen


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page into which axe-core may put styles of its own."""
    return context.new_page()


SHEET = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)


def go(page: Page, word: str) -> None:
    """Go to another part of a centre's page, and wait until it is there."""
    page.click(f'#menu a:text-is("{word}")')
    expect(page.locator("h1")).to_have_text(word)


def test_axe_finds_nothing_at_a_centre(page: Page, address: str, services: AppState) -> None:
    page.goto(f"{address}/centre/")
    expect(page.locator("h1")).to_have_text("端末と鍵")
    assert violations(page) == []
    set_up(page, address)
    assert violations(page) == []
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    page.click("text=表計算から取り込む")
    page.click("text=無効投票の理由別")
    fill_in(page, FIGURES | {"valid": "1", "votes/d1-ao": "一"})
    onward(page)
    expect(page.locator("#errors")).to_be_focused()
    assert violations(page) == []
    fill_in(page, FIGURES)
    onward(page)
    step(page, "二人目の入力")
    assert violations(page) == []
    fill_in(page, FIGURES | {"votes/d1-ao": "349", "valid": "589", "ballots": "599"})
    fill_in(page, {"voters": "599"})
    onward(page)
    step(page, "照合")
    assert violations(page) == []
    for field in ("votes/d1-ao", "valid", "ballots", "voters"):
        page.fill(selector(f"second/{field}"), FIGURES[field])
    onward(page)
    onward(page)
    step(page, "確認と送信")
    assert violations(page) == []
    happen(services, b.PAUSE)
    onward(page)
    expect(page.locator("h1")).to_have_text("送信を待っています")
    assert violations(page) == []
    go(page, "送信箱")
    assert violations(page) == []
    happen(services, b.RESUME)
    page.evaluate('dispatchEvent(new Event("online"))')
    go(page, "受領証")
    page.click("tbody a")
    expect(page.locator("#proof")).to_be_visible()
    assert violations(page) == []
    page.emulate_media(media="print")
    assert violations(page) == []
    page.emulate_media(media="screen")
    go(page, "端末と鍵")
    make_key(page, "担当1")
    expect(page.locator(".keys .application")).to_be_visible()
    assert violations(page) == []
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Device and keys")
    assert violations(page) == []


def test_axe_finds_nothing_in_a_control_room(page: Page, address: str, services: AppState) -> None:
    tie = b.sheet({"d2-ao": 30, "d2-aka": 30})
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA))
    happen(services, b.tally(tie, b.DISTRICT_2, b.CHUO))
    open_control(page, address, "nation")
    page.click('[data-act="choose-all"]')
    expect(page.locator(".choose input:checked")).to_have_count(2)
    page.click(".timetable summary")
    page.fill(selector("interval"), "1")
    page.click(".timetable [type=submit]")
    expect(page.locator(f"{selector('interval')}-error")).not_to_be_empty()
    assert violations(page) == []
    page.click('[data-act="bulk-confirm"]')
    expect(page.locator("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="return"]').click()
    page.click("dialog [type=submit]")
    expect(page.locator(f"{selector('dialog-text')}-error")).not_to_be_empty()
    assert violations(page) == []
    page.keyboard.press("Escape")
    for word, there in (
        ("投票状況", ".board tbody [data-row]"),
        ("当選人の決定", ".lot"),
        ("進行", "#open-matters"),
        ("鍵", "#key-list p"),
        ("端末と鍵", "#keys"),
    ):
        tab(page, word)
        expect(page.locator(there).first).to_be_visible()
        assert violations(page) == []
        if word == "当選人の決定":
            page.click(".lot [type=submit]")
            expect(page.locator(".lot .error").first).not_to_be_empty()
            assert violations(page) == []


WIDTHS = (320, 640)
"""A phone in portrait (reflow, 1.4.10), and a desk of 1280 at 200 % (1.4.4)."""


def assert_nothing_is_cut_off(page: Page) -> None:
    """The page never scrolls sideways; what is wide scrolls in a place of its own."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 450})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, page.url
        hidden = page.evaluate(
            """() => [...document.querySelectorAll("main button, main a, main input, main select")]
              .filter((each) => each.offsetParent && !each.closest(".scroll, .board-scroll"))
              .filter((each) => { const box = each.getBoundingClientRect();
                return box.left < 0 || box.right > innerWidth + 1; })
              .map((each) => each.outerHTML.slice(0, 80))"""
        )
        assert hidden == [], (width, page.url)


def test_nothing_is_cut_off_when_enlarged(page: Page, address: str, services: AppState) -> None:
    happen(services, b.tally(b.sheet({"d2-ao": 9, "d2-aka": 9}), b.DISTRICT_2, b.CHUO))
    set_up(page, address)
    assert_nothing_is_cut_off(page)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    fill_in(page, FIGURES | {"valid": "1"})
    onward(page)
    expect(page.locator("#errors")).to_be_focused()
    assert_nothing_is_cut_off(page)
    through_both_entries(page, FIGURES)
    assert_nothing_is_cut_off(page)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")
    assert_nothing_is_cut_off(page)
    go(page, "端末と鍵")
    assert_nothing_is_cut_off(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=この端末の機関を変える")
    open_control(page, address, "nation")
    for word in ("開票状況", "投票状況", "当選人の決定", "進行", "鍵"):
        tab(page, word)
        assert_nothing_is_cut_off(page)


@pytest.mark.parametrize("path", ["/centre/", "/control"])
def test_pages_of_offices_have_a_strict_policy_and_no_cookie(address: str, path: str) -> None:
    answer = PLAIN.get(f"{address}{path}")

    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in answer.headers
    assert "訓練データです" in answer.text
    assert 'lang="ja"' in answer.text
