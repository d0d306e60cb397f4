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
<<<<<<< HEAD
=======
CANDIDATES = (("青山 一郎", "あおやま いちろう", "青空党"), ("赤井 花子", "あかい はなこ", ""))
MAYOR = "mayor/14201"
TURNOUT = {
    "electors/male": "500",
    "electors/female": "520",
    "voters/male": "300",
    "voters/female": "310",
}
SHEET = {
    "votes/14201-1": "350",
    "votes/14201-2": "250",
    "valid": "600",
    "invalid": "10",
    "ballots": "610",
    "taken_away": "0",
    "rejected": "0",
    "voters": "610",
}


def polling_day(days: int) -> date:
    """A day from today on, in Japan."""
    return (datetime.now(JAPAN_TIME) + timedelta(days=days)).date()


def define_mayor(clerk: Person, address: str, code: str, day: date) -> None:
    """Fill in the form of a mayor's election."""
    clerk.open(f"{address}/setup#{code}")
    clerk.choose("#field-prefecture", "14")
    clerk.choose("#field-municipality", "142018")
    clerk.press("#kind-mayor")
    clerk.fill("#field-day", day.isoformat())
    for place, (name, kana, party) in enumerate(CANDIDATES):
        clerk.fill(f"#field-name-mayor-{place}", name)
        clerk.fill(f"#field-kana-mayor-{place}", kana)
        if party:
            clerk.fill(f"#field-party-mayor-{place}", party)


def found_election(clerk: Person, pictures: Pictures) -> None:
    """Two persons make their keys and sign the founding."""
    clerk.press("#go")
    clerk.press("text=この人の鍵を作る")
    expect(clerk.page.locator("[data-keyid]")).to_have_count(1)
    clerk.press("text=この人の鍵を作る")
    expect(clerk.page.locator("#begin")).to_be_visible()
    pictures(clerk.page, "found")
    clerk.press("#begin")
    expect(clerk.page.locator("#centres")).to_be_visible()
    pictures(clerk.page, "founded")


def connect_centre(clerk: Person, centre: Person, pictures: Pictures) -> None:
    """The centre's device opens its link and makes a key, which the commission enrols."""
    clerk.press("#centres")
    link = clerk.page.locator(".join-link")
    expect(link).to_be_visible()
    pictures(clerk.page, "centres")
    centre.open(link.get_attribute("href") or "")
    pictures(centre.page, "join")
    centre.press("text=鍵を作って申請する")
    clerk.press("text=番号を確かめて登録する")
    pictures(clerk.page, "enrol")
    sign(clerk)
    centre.press("#to-centre")


def sign(clerk: Person) -> None:
    """Two persons choose their keys in the dialog, in which nobody is put forward."""
    expect(clerk.page.locator("dialog [type=submit]")).to_be_visible()
    signers = clerk.page.locator("dialog select")
    for place in range(signers.count()):
        expect(signers.nth(place)).to_have_value("")
        key = signers.nth(place).locator("option").nth(place + 1).get_attribute("value")
        clerk.choose(signers.nth(place), key or "")
    clerk.press("dialog [type=submit]")


def ask_and_send(clerk: Person, button: str) -> None:
    """A button of the control room, and the dialog that two persons sign."""
    clerk.press(button)
    sign(clerk)
    expect(clerk.page.locator("dialog")).to_have_count(0)


def report_turnout(centre: Person, contest: str, figures: Mapping[str, str]) -> None:
    """The final turnout."""
    centre.press(f'[data-contest="{contest}"] a[href*="/sheet/turnout/"]')
    centre.press('input[value="final"]')
    for field, figure in figures.items():
        centre.fill(selector(field), figure)
    centre.press("[data-next]")
    centre.press("[data-next]")
    centre.sees("h1", "受領証")


def report_count(centre: Person, contest: str, figures: Mapping[str, str]) -> None:
    """The final sheet, which two persons type."""
    centre.press('#menu a:text-is("開票区")')
    centre.press(f'[data-contest="{contest}"] a[href*="/sheet/tally/"]')
    centre.press('input[value="final"]')
    for _ in range(2):
        for field, figure in figures.items():
            centre.fill(selector(field), figure)
        centre.press("[data-next]")
    centre.press("[data-next]")
    step(centre.page, "確認と送信")
    centre.press("[data-next]")
    centre.sees("h1", "受領証")


def decide(clerk: Person, pictures: Pictures) -> None:
    """Confirm every count, declare, close."""
    clerk.press('#menu a:text-is("開票状況")')
    clerk.press('[data-act="choose-all"]')
    pictures(clerk.page, "board")
    ask_and_send(clerk, '[data-act="bulk-confirm"]')
    clerk.press('#menu a:text-is("当選人の決定")')
    ask_and_send(clerk, '[data-act="declare"]')
    pictures(clerk.page, "declared")
    clerk.press('#menu a:text-is("進行")')
    ask_and_send(clerk, '[data-act="close"]')


def print_proceedings(clerk: Person, address: str, pictures: Pictures) -> bytes:
    """The data of 開票録 and 選挙録, as they are printed."""
    clerk.open_plain(f"{address}/reports/")
    wait_for_report(clerk.page)
    pictures(clerk.page, "report")
    with clerk.page.expect_download() as downloaded:
        clerk.press("[data-sheets]")
    return downloaded.value.path().read_bytes()
>>>>>>> 530f0df (Tell how two persons type, and why a sheet names them)


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
