"""Elections that a prefecture or the nation begins: several units, a device for each."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Pictures
from tests.browser.setup.conftest import device, first_run, pictures
from tests.browser.setup.keyboard_person import KeyboardPerson
from tests.browser.setup.person import ActionCount, Person
from tests.browser.setup.steps import (
    FOUNDERS,
    SHEET,
    TURNOUT,
    ask_and_send,
    decide,
    found_election,
    make_keys,
    new_pin,
    open_counting,
    polling_day,
    print_proceedings,
    report_count,
    report_turnout,
    sign,
)
from tests.support.first_run import FirstRunPlace

__all__ = ["device", "first_run", "pictures"]

OKAYAMA = "33"
UNITS = {"332020": "倉敷市", "332038": "津山市", "332046": "玉野市", "332054": "笠岡市"}
GOVERNOR = f"governor/{OKAYAMA}"
NAMES = ("青山 一郎", "赤井 花子")
BY_HAND = pytest.mark.parametrize("hands", [Person, KeyboardPerson])
ACTIONS_MAX = 260
"""Of six persons: four municipalities type two sheets of eight figures twice."""


def choose_units(clerk: Person, field: str = "#field-prefecture") -> None:
    """Four municipalities of a prefecture."""
    clerk.choose(field, OKAYAMA)
    for code in UNITS:
        clerk.press(f"#unit-{code}")
    clerk.sees("#units-chosen", "選んだ開票区：4")


def define_governor(clerk: Person, place: FirstRunPlace, day: date) -> None:
    """The form of an election that a prefecture manages."""
    clerk.open(f"{place.address}/setup#{place.code}")
    clerk.choose("#field-manager", "prefecture")
    choose_units(clerk)
    clerk.press("#kind-governor")
    clerk.fill("#field-day", day.isoformat())
    for number, name in enumerate(NAMES):
        clerk.fill(f"#field-name-governor-{number}", name)
    clerk.sees("#next", "直すところはありません")


def connect(above: Person, below: Person, office: str, *, is_alone: bool) -> None:
    """The device of an office opens its link and makes a key; who is above enrols it."""
    card = above.page.locator(f'[data-office="{office}"]')
    link = card.locator(".join-link")
    expect(link).to_be_attached()
    below.open(link.get_attribute("href") or "")
    new_pin(below, FOUNDERS[0])
    below.press("text=鍵を作って申請する")
    above.press(card.locator("text=番号を確かめて登録する"))
    sign(above, above.page.locator("dialog"))
    above.press("dialog [type=submit]")
    expect(above.page.locator("dialog")).to_have_count(0)
    if is_alone:
        below.press("#to-centre")


def sheet(contest: str) -> dict[str, str]:
    """Figures with the options of a contest."""
    own = contest.partition("/")[2]
    names = {"votes/14201-1": f"votes/{own}-1", "votes/14201-2": f"votes/{own}-2"}
    if contest.startswith("national-referendum"):
        names = {"votes/14201-1": "votes/yes", "votes/14201-2": "votes/no"}
    return {names.get(field, field): figure for field, figure in SHEET.items()}


def report(below: Person, contest: str) -> None:
    """The turnout and the count of a municipality."""
    report_turnout(below, contest, TURNOUT)
    report_count(below, contest, sheet(contest))


@BY_HAND
def test_a_governor_over_four_municipalities_rehearsal_and_live(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures, hands: type[Person]
) -> None:
    count = ActionCount()
    clerk = hands(device(), count)
    define_governor(clerk, first_run, polling_day(-1))
    pictures(clerk.page, "governor")
    found_election(clerk, pictures)
    run_governor(clerk, [hands(device(), count) for _ in UNITS], first_run, pictures)

    clerk.count.actions = 0
    clerk.open(f"{first_run.address}/setup#{first_run.code}")
    clerk.sees("h1", "本番を始める")
    clerk.sees("#next", "直すところはありません")
    make_keys(clerk)
    sign(clerk, clerk.page.locator("form.founding"))
    clerk.press("#field-sure")
    clerk.press("#begin")
    expect(clerk.page.locator("#centres")).to_be_visible()
    run_governor(clerk, [hands(device(), count) for _ in UNITS], first_run, pictures)


def run_governor(
    clerk: Person, municipalities: list[Person], place: FirstRunPlace, pictures: Pictures
) -> None:
    """From the founding to the printed minutes."""
    clerk.press("#centres")
    clerk.sees("h1", "市区町村の端末をつなぐ")
    for code, below in zip(UNITS, municipalities, strict=True):
        connect(clerk, below, f"city-{code[:5]}", is_alone=True)
    pictures(clerk.page, "municipalities")
    open_counting(clerk)
    for below in municipalities:
        report(below, GOVERNOR)
    decide(clerk, pictures, counts=len(UNITS))
    print_proceedings(clerk, place.address, pictures, ACTIONS_MAX)


def names_a_result(clerk: Person) -> None:
    """Nobody is elected, so nobody departs, moves up or is withdrawn."""
    clerk.sees('#menu a[href="#/decisions"]', "結果の決定")
    clerk.press('#menu a[href="#/decisions"]')
    clerk.sees("h1", "結果の決定")
    clerk.sees('[data-act="acts"]', "補正などの手続き")
    clerk.press('[data-act="acts"]')
    expect(clerk.page.locator("#page fieldset")).to_be_visible()
    expect(clerk.page.locator("#page")).not_to_contain_text("異動")
    expect(clerk.page.locator("#page")).not_to_contain_text("無投票")


@BY_HAND
def test_a_referendum_whose_second_founder_makes_a_key_on_a_device_of_its_own(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures, hands: type[Person]
) -> None:
    count = ActionCount()
    clerk, prefecture = hands(device(), count), hands(device(), count)
    municipalities = [hands(device(), count) for _ in UNITS]
    clerk.open(f"{first_run.address}/setup#{first_run.code}")
    clerk.choose("#field-manager", "nation")
    clerk.press("#kind-national-referendum")
    clerk.fill("#field-day", polling_day(7).isoformat())
    choose_units(clerk, "#field-shown-prefecture")
    clerk.sees("#next", "直すところはありません")
    pictures(clerk.page, "referendum")
    clerk.press("#go")
    for number, person in enumerate(FOUNDERS, start=1):
        new_pin(clerk, person)
        clerk.press("text=この人の鍵を作る")
        expect(clerk.page.locator("[data-keyid]")).to_have_count(number)

    founder = f"pref-{OKAYAMA}"
    link = clerk.page.locator(f'[data-founder="{founder}"] .join-link')
    expect(link).to_be_visible()
    pictures(clerk.page, "second-founder")
    prefecture.open(link.get_attribute("href") or "")
    prefecture.sees(".lead", "岡山県選挙管理委員会")
    new_pin(prefecture, FOUNDERS[0])
    prefecture.press("text=鍵を作って申請する")
    pictures(prefecture.page, "founder-key")
    clerk.press("text=番号を確かめて加える")
    sign(clerk, clerk.page.locator("form.founding"))
    clerk.press("#begin")
    expect(clerk.page.locator("#centres")).to_be_visible()

    prefecture.press("#to-join")
    prefecture.press("#to-centres")
    prefecture.sees("h1", "市区町村の端末をつなぐ")
    for code, below in zip(UNITS, municipalities, strict=True):
        connect(prefecture, below, f"city-{code[:5]}", is_alone=False)
    pictures(prefecture.page, "pending")
    clerk.press("#centres")
    clerk.press("text=管理室へ進む")
    clerk.press('#menu a:text-is("鍵")')
    pending = clerk.page.locator('[data-act="approve"]')
    for number in range(len(UNITS), 0, -1):
        expect(pending).to_have_count(number)
        ask_and_send(clerk, pending.first)
    clerk.press('#menu a:text-is("進行")')
    ask_and_send(clerk, '[data-act="open"]')
    contest = "national-referendum/1"
    for below in municipalities:
        below.press("#to-centre")
        report(below, contest)
    decide(clerk, pictures, counts=len(UNITS))
    names_a_result(clerk)
    print_proceedings(clerk, first_run.address, pictures, ACTIONS_MAX)
