"""A city alone: from a server without an election to a declared mayor, in the browser only."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.setup.person import ActionCount, Person, Pictures
from tests.browser.setup.steps import (
    MAYOR,
    SHEET,
    TURNOUT,
    ask_and_send,
    connect_centre,
    decide,
    define_mayor,
    found_election,
    polling_day,
    print_proceedings,
    report_count,
    report_turnout,
)
from tests.support.first_run import FirstRunPlace

ACTIONS_MAX = 120


def test_a_mayor_is_declared_from_a_server_without_an_election(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures
) -> None:
    count = ActionCount()
    clerk, centre = Person(device(), count), Person(device(), count)
    define_mayor(clerk, first_run.address, first_run.code, polling_day(7))
    clerk.sees("#next", "直すところはありません")
    pictures(clerk.page, "setup")
    assert violations(clerk.page) == []
    found_election(clerk, pictures)
    assert violations(clerk.page) == []
    connect_centre(clerk, centre, pictures)
    assert violations(clerk.page) == []
    clerk.press("text=管理室へ進む")
    ask_and_send(clerk, '[data-act="open"]')

    report_turnout(centre, MAYOR, TURNOUT)
    report_count(centre, MAYOR, SHEET)
    decide(clerk, pictures)
    printed = print_proceedings(clerk, first_run.address, pictures)

    assert printed.startswith(b"%PDF-")
    assert count.actions <= ACTIONS_MAX, "\n".join(count.course)
