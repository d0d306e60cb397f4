"""Elections that a city holds alone: live, with a council, by a poll, by mouse and by keyboard."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Pictures
from tests.browser.setup.conftest import device, first_run, pictures
from tests.browser.setup.keyboard_person import KeyboardPerson
from tests.browser.setup.person import ActionCount, Person
from tests.browser.setup.steps import (
    MAYOR,
    SHEET,
    TURNOUT,
    ask_and_send,
    connect_centre,
    decide,
    define_council,
    define_mayor,
    found_election,
    make_keys,
    open_counting,
    polling_day,
    print_proceedings,
    report_count,
    report_turnout,
    sign,
    sit_down,
)
from tests.support.first_run import FirstRunPlace
from tests.support.lines import client_of

__all__ = ["device", "first_run", "pictures"]

COUNCIL = "municipal-assembly/14201"
NAMES = [f"議員 {number:02d}" for number in range(1, 41)]
SEATS = 30
ACTIONS_OF_TWO_MAX = 180
"""Two contests: half as many again as for one, each signature with its PIN."""
BY_HAND = pytest.mark.parametrize("hands", [Person, KeyboardPerson])
POLL = "ordinance-poll/14201"


def health(address: str) -> dict[str, str]:
    """What is served at an address."""
    with client_of(address) as client:
        found: dict[str, str] = json.loads(client.get("/health").text)
    return found


@BY_HAND
def test_the_live_election_follows_its_rehearsal_by_one_step_with_fresh_keys(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures, hands: type[Person]
) -> None:
    clerk, centre = sit_down(device, hands)
    # Live figures are taken once the polls have closed.
    define_mayor(clerk, first_run.address, first_run.code, polling_day(-1))
    clerk.sees("#next", "直すところはありません")
    found_election(clerk, pictures)
    rehearsed = first_run.code

    clerk.count = centre.count = ActionCount()
    clerk.open(f"{first_run.address}/setup#{first_run.code}")
    clerk.sees("h1", "本番を始める")
    clerk.sees("#next", "直すところはありません")
    make_keys(clerk)
    pictures(clerk.page, "live")
    clerk.press("#begin")
    clerk.sees("#field-sure-error", "本番であること")
    clerk.press("#field-sure")
    sign(clerk, clerk.page.locator("form.founding"))
    clerk.press("#begin")
    expect(clerk.page.locator("#centres")).to_be_visible()
    assert health(first_run.address)["environment"] == "live"
    assert first_run.code != rehearsed
    connect_centre(clerk, centre, pictures)
    open_counting(clerk)
    report_turnout(centre, MAYOR, TURNOUT)
    report_count(centre, MAYOR, SHEET)
    decide(clerk, pictures, counts=1)
    print_proceedings(clerk, first_run.address, pictures)


@BY_HAND
def test_a_mayor_and_a_council_of_forty_for_thirty_seats_with_a_tie_for_the_last(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures, hands: type[Person]
) -> None:
    clerk, centre = sit_down(device, hands)
    define_mayor(clerk, first_run.address, first_run.code, polling_day(7))
    define_council(clerk, SEATS, NAMES)
    clerk.sees("#next", "定数30　候補者40人")
    pictures(clerk.page, "council")
    found_election(clerk, pictures)
    connect_centre(clerk, centre, pictures)
    open_counting(clerk)
    report_turnout(centre, MAYOR, TURNOUT)
    centre.press('#menu a:text-is("開票区")')
    report_turnout(centre, COUNCIL, TURNOUT)
    report_count(centre, MAYOR, SHEET)
    # The last seat lies between two who have equally many votes.
    own = [
        16 if place < SEATS - 1 else 13 if place < SEATS + 1 else 11 for place in range(len(NAMES))
    ]
    valid = sum(own)
    rest = [0, 0, valid, 610 - valid, 610, 0, 0, 610]
    votes = {f"votes/14201-{place + 1}": str(each) for place, each in enumerate(own)}
    # As the sheet has them: B and C, which only shared ballots fill, come before the sum.
    totals = ("cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters")
    figures = {**votes, **{name: str(each) for name, each in zip(totals, rest, strict=True)}}
    report_count(centre, COUNCIL, figures, pasted=True)

    clerk.press('#menu a:text-is("開票状況")')
    clerk.sees('[data-act="choose-all"]', "確認待ち 2行")
    clerk.press('[data-act="choose-all"]')
    ask_and_send(clerk, '[data-act="bulk-confirm"]')
    clerk.press('#menu a[href="#/decisions"]')
    ask_and_send(clerk, f'[data-contest="{MAYOR}"] [data-act="declare"]')
    lot = clerk.page.locator("form.lot")
    pictures(clerk.page, "lot")
    clerk.choose(lot.locator("select").nth(0), f"14201-{SEATS}")
    clerk.choose(lot.locator("select").nth(1), f"14201-{SEATS + 1}")
    ask_and_send(clerk, lot.locator("[type=submit]"))
    ask_and_send(clerk, f'[data-contest="{COUNCIL}"] [data-act="declare"]')
    clerk.sees(f'[data-contest="{COUNCIL}"]', NAMES[SEATS - 1])
    clerk.press('#menu a:text-is("進行")')
    ask_and_send(clerk, '[data-act="close"]')
    print_proceedings(clerk, first_run.address, pictures, ACTIONS_OF_TWO_MAX)


@BY_HAND
def test_a_poll_by_ordinance_and_a_by_election_of_the_council(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures, hands: type[Person]
) -> None:
    clerk, centre = sit_down(device, hands)
    clerk.open(f"{first_run.address}/setup#{first_run.code}")
    clerk.choose("#field-prefecture", "14")
    clerk.choose("#field-municipality", "142018")
    clerk.press("#kind-municipal-assembly")
    clerk.press(".polls summary")
    clerk.press("#kind-ordinance-poll")
    clerk.fill("#field-day", polling_day(7).isoformat())
    clerk.fill("#field-seats-municipal-assembly", "1")
    clerk.press(".contest[data-kind=municipal-assembly] summary")
    clerk.choose("#field-causes-municipal-assembly", "補欠選挙")
    clerk.fill("#field-full_seats-municipal-assembly", "40")
    for place, name in enumerate(NAMES[:3]):
        clerk.fill(f"#field-name-municipal-assembly-{place}", name)
    for place, name in enumerate(("賛成", "反対")):
        clerk.fill(f"#field-name-ordinance-poll-{place}", name)
    clerk.sees("#next", "直すところはありません")
    pictures(clerk.page, "poll")
    found_election(clerk, pictures)
    connect_centre(clerk, centre, pictures)
    open_counting(clerk)
    # One seat of forty: the law asks for a quarter of what forty would divide, not of all votes.
    for contest, votes in ((COUNCIL, (250, 200, 150)), (POLL, (400, 200))):
        report_turnout(centre, contest, TURNOUT)
        own = {f"votes/14201-{place}": str(each) for place, each in enumerate(votes, start=1)}
        totals = {name: figure for name, figure in SHEET.items() if not name.startswith("votes")}
        report_count(centre, contest, {**own, **totals})
        centre.press('#menu a:text-is("開票区")')
    decide(clerk, pictures, counts=2)
    print_proceedings(clerk, first_run.address, pictures, ACTIONS_OF_TWO_MAX)
