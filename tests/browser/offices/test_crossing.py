"""Answers of the server that overtake one another: what is shown belongs to the last question."""

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.chromium import wait_until
from tests.browser.offices.centre import selector, set_up
from tests.browser.offices.control import open_control, row, tab
from tests.support.posting import happen

INTERIM = b.sheet({"d1-ao": 100, "d1-aka": 90}, invalid=10)
FINAL = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)
A_MOMENT_MS = 500
READ_AGAIN = "dispatchEvent(new Event('online'))"


class FirstAnswer:
    """Keeps the first answer as the server makes it now; lets all others pass."""

    def __init__(self) -> None:
        self._kept: list[Route] = []
        self._made: list[APIResponse] = []

    def keep(self, route: Route) -> None:
        """Handle a question of a page."""
        if self._kept:
            route.continue_()
        else:
            self._kept.append(route)
            self._made.append(route.fetch())

    def wait(self, page: Page) -> None:
        """Wait until the server has made the answer that will be late."""
        wait_until(page, lambda: bool(self._made))

    def send(self) -> None:
        """Let it come."""
        self._kept[0].fulfill(response=self._made[0])


def wait_until_kept(page: Page, kept: list[Route]) -> None:
    """Wait until the question is kept whose answer will be late."""
    wait_until(page, lambda: bool(kept))


def test_offices_are_those_of_the_prefecture_that_is_chosen(page: Page, address: str) -> None:
    # Given a choice whose answer is late
    late: list[Route] = []
    page.route("**/offices.json?prefecture=12*", lambda route: late.append(route))  # noqa: PLW0108 - a method of C is refused
    page.goto(f"{address}/control")
    page.select_option(selector("prefecture"), "12")
    wait_until_kept(page, late)

    # When another is chosen, and the late answer comes last
    page.select_option(selector("prefecture"), "13")
    expect(page.locator('[data-office="pref-13"]')).to_be_visible()
    with page.expect_response("**/offices.json?prefecture=12*"):
        late[0].continue_()

    # Then the offices are still those of the one that is chosen
    page.wait_for_timeout(A_MOMENT_MS)
    expect(page.locator('[data-office="pref-13"]')).to_be_visible()
    expect(page.locator('[data-office="pref-12"]')).to_have_count(0)


def test_turnout_is_that_of_the_kind_that_is_chosen(page: Page, address: str) -> None:
    late: list[Route] = []
    page.route("**/turnout.json?kind=house-block*", lambda route: late.append(route))  # noqa: PLW0108 - a method of C is refused
    open_control(page, address)
    tab(page, "投票状況")
    expect(page.locator('[data-row^="house-district"]').first).to_be_visible()
    page.select_option(selector("turnout-kind"), "house-block")
    wait_until_kept(page, late)

    page.select_option(selector("turnout-kind"), "house-district")
    with page.expect_response("**/turnout.json?kind=house-block*"):
        late[0].continue_()

    page.wait_for_timeout(A_MOMENT_MS)
    expect(page.locator('[data-row^="house-district"]').first).to_be_visible()
    expect(page.locator('[data-row^="house-block"]')).to_have_count(0)


def test_the_board_never_goes_back(page: Page, address: str, services: AppState) -> None:
    # Given an answer that was made before the final report and is late
    late = FirstAnswer()
    open_control(page, address)
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.route("**/board.json?*after=*", late.keep)
    happen(services, b.tally(INTERIM, b.DISTRICT_1, b.CHIYODA, final=False))
    late.wait(page)

    # When the final report is recorded, and the late answer comes after that
    happen(services, b.tally(FINAL, b.DISTRICT_1, b.CHIYODA))
    page.wait_for_timeout(2 * A_MOMENT_MS)
    late.send()

    # Then the board shows the final report
    page.wait_for_timeout(A_MOMENT_MS)
    expect(row(page, b.DISTRICT_1, b.CHIYODA)).to_contain_text("600")
    expect(row(page, b.DISTRICT_1, b.CHIYODA)).not_to_contain_text("中間")


def test_the_list_of_a_centre_never_goes_back(page: Page, address: str, services: AppState) -> None:
    # Given an answer that was made before a report and is late
    late = FirstAnswer()
    set_up(page, address)
    expect(page.locator("#page")).to_contain_text("開票報告はまだありません")
    page.route("**/workbook.json*", late.keep)
    with page.expect_request("**/workbook.json*"):
        page.evaluate(READ_AGAIN)
    late.wait(page)

    # When the report is recorded and read, and the late answer comes after that
    happen(services, b.tally(FINAL, b.DISTRICT_1, b.CHIYODA))
    page.evaluate(READ_AGAIN)
    page.wait_for_timeout(A_MOMENT_MS)
    late.send()

    # Then the list shows the report
    page.wait_for_timeout(A_MOMENT_MS)
    expect(page.locator(f'[data-contest="{b.DISTRICT_1}"]')).to_contain_text("投票総数 600票")


@pytest.mark.parametrize("recorded", [(*b.HOUSE, b.unit("12100", "12"), b.OPEN)])
def test_the_board_is_that_of_the_office_that_is_chosen(page: Page, address: str) -> None:
    # Given the board of Tokyo, which is late
    late: list[Route] = []
    page.route("**/board.json?prefecture=13", lambda route: late.append(route))  # noqa: PLW0108 - a method of C is refused
    page.goto(f"{address}/control")
    page.select_option(selector("prefecture"), "13")
    with page.expect_request("**/board.json?prefecture=13"):
        page.click('[data-office="pref-13"]')
    wait_until_kept(page, late)

    # When another prefecture is chosen, and Tokyo's board comes last
    page.evaluate("confirm = () => true")
    page.click('#menu a:text-is("端末と鍵")')
    page.click("text=この端末の機関を変える")
    page.select_option(selector("prefecture"), "12")
    page.click('[data-office="pref-12"]')
    expect(page.locator("#shown-rows")).to_contain_text("0行を表示")
    for route in late:
        route.continue_()

    # Then no row of Tokyo is shown
    page.wait_for_timeout(A_MOMENT_MS)
    expect(page.locator("#shown-rows")).to_contain_text("全0行")
