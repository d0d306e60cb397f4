"""A city alone: from a server without an election to a declared mayor, in the browser only."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.device import Pictures
from tests.browser.setup.steps import (
    MAYOR,
    SHEET,
    TURNOUT,
    connect_centre,
    decide,
    define_mayor,
    found_election,
    open_counting,
    polling_day,
    print_proceedings,
    report_count,
    report_turnout,
    sit_down,
)
from tests.support.first_run import FirstRunPlace


def test_a_mayor_is_declared_from_a_server_without_an_election(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures
) -> None:
    clerk, centre = sit_down(device)
    define_mayor(clerk, first_run.address, first_run.code, polling_day(7))
    clerk.sees("#next", "直すところはありません")
    pictures(clerk.page, "setup")
    assert violations(clerk.page) == []
    found_election(clerk, pictures)
    assert violations(clerk.page) == []
    connect_centre(clerk, centre, pictures)
    assert violations(clerk.page) == []
    open_counting(clerk)

    report_turnout(centre, MAYOR, TURNOUT)
    report_count(centre, MAYOR, SHEET)
    decide(clerk, pictures, counts=1)
    print_proceedings(clerk, first_run.address, pictures)
