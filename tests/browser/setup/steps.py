"""What people do from a server without an election to the printed minutes, in words of pages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from aggregates.reference.japan_time import JAPAN_TIME
from tests.browser.device import Pictures
from tests.browser.offices.centre import pin_of, selector, step
from tests.browser.setup.person import ActionCount, Person, wait_for_report

CANDIDATES = (("青山 一郎", "あおやま いちろう", "青空党"), ("赤井 花子", "あかい はなこ", ""))
MAYOR = "mayor/14201"
FOUNDERS = ("担当1", "担当2")
"""What keys are called, unless somebody calls them otherwise."""
ACTIONS_MAX = 120
"""Of all persons, from a server without an election to the printed minutes."""
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


def sit_down(device: Callable[[], Page], hands: type[Person] = Person) -> tuple[Person, Person]:
    """A clerk of the commission and somebody at its counting centre, counted together."""
    count = ActionCount()
    return hands(device(), count), hands(device(), count)


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


def define_council(clerk: Person, seats: int, names: Sequence[str]) -> None:
    """Add the council of the same day; its candidates are pasted."""
    clerk.press("#kind-municipal-assembly")
    clerk.fill("#field-seats-municipal-assembly", str(seats))
    clerk.paste("#field-name-municipal-assembly-0", "\n".join(f"{name}\tかな\t" for name in names))
    expect(clerk.page.locator(f"#field-name-municipal-assembly-{len(names) - 1}")).to_have_value(
        names[-1]
    )


def make_keys(clerk: Person) -> None:
    """Two persons make a key each."""
    clerk.press("#go")
    for number, person in enumerate(FOUNDERS, start=1):
        new_pin(clerk, person)
        clerk.press("text=この人の鍵を作る")
        expect(clerk.page.locator("[data-keyid]")).to_have_count(number)
    expect(clerk.page.locator("#begin")).to_be_visible()


def new_pin(clerk: Person, person: str) -> None:
    """The PIN of a new key, twice."""
    for field in ("key-pin", "key-again"):
        clerk.fill(selector(field), pin_of(person))


def sign(clerk: Person, place: Locator) -> None:
    """Everybody who signs chooses the key, where nobody is put forward, and types the PIN."""
    signers = place.locator(".signer")
    expect(signers.first).to_be_visible()
    for number, signer in enumerate(signers.all()):
        if not signer.locator("select").input_value():
            clerk.choose(
                signer.locator("select"),
                signer.locator("option").nth(number + 1).get_attribute("value") or "",
            )
        label = signer.locator("select option:checked").inner_text().partition("（")[0]
        clerk.fill(signer.locator(".pin"), pin_of(label))


def found_election(clerk: Person, pictures: Pictures) -> None:
    """Two persons make their keys and sign the founding."""
    make_keys(clerk)
    pictures(clerk.page, "found")
    sign(clerk, clerk.page.locator("form.founding"))
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
    stays_while_looked_for_news(centre.page)
    new_pin(centre, FOUNDERS[0])
    centre.press("text=鍵を作って申請する")
    clerk.press("text=番号を確かめて登録する")
    pictures(clerk.page, "enrol")
    sign(clerk, clerk.page.locator("dialog"))
    clerk.press("dialog [type=submit]")
    centre.press("#to-centre")


def stays_while_looked_for_news(page: Page) -> None:
    """Neither a name that was typed nor the focus on a button is lost to news of the register."""
    name = page.locator(selector("key-label"))
    called = name.input_value()
    button = page.locator("form button")
    button.focus()
    for typed in ("", "担当9"):
        if typed:
            name.fill(typed)
            button.focus()
        # The page may have asked just before; after the next answer the one before was drawn.
        for _ in range(2):
            with page.expect_response("**/centre/data/workbook.json?*"):
                pass
        expect(button).to_be_focused()
        expect(name).to_have_value(typed or called)
    name.fill(called)


def open_counting(clerk: Person) -> None:
    """From the page of the first run to the control room, which opens counting."""
    clerk.press("text=管理室へ進む")
    ask_and_send(clerk, '[data-act="open"]')


def ask_and_send(clerk: Person, button: str | Locator) -> None:
    """A button of the control room, and the dialog that two persons sign."""
    clerk.press(button)
    expect(clerk.page.locator("dialog")).to_be_visible()
    sign(clerk, clerk.page.locator("dialog"))
    clerk.press("dialog [type=submit]")
    expect(clerk.page.locator("dialog")).to_have_count(0)


def report_turnout(centre: Person, contest: str, figures: Mapping[str, str]) -> None:
    """The final turnout."""
    centre.press(f'[data-contest="{contest}"] a[href*="/sheet/turnout/"]')
    centre.press('input[value="final"]')
    for field, figure in figures.items():
        centre.fill(selector(field), figure)
    centre.press("[data-next]")
    step(centre.page, "確認と送信")
    sign(centre, centre.page.locator("form.review"))
    centre.press("[data-next]")
    centre.sees("h1", "受領証")


def report_count(
    centre: Person, contest: str, figures: Mapping[str, str], *, pasted: bool = False
) -> None:
    """The final sheet, which two persons type, or paste from a spreadsheet each."""
    centre.press('#menu a:text-is("開票区")')
    centre.press(f'[data-contest="{contest}"] a[href*="/sheet/tally/"]')
    centre.press('input[value="final"]')
    for _ in range(2):
        if pasted:
            centre.paste(selector(next(iter(figures))), "\n".join(figures.values()))
        for field, figure in figures.items() if not pasted else ():
            centre.fill(selector(field), figure)
        centre.press("[data-next]")
    centre.press("[data-next]")
    step(centre.page, "確認と送信")
    sign(centre, centre.page.locator("form.review"))
    centre.press("[data-next]")
    centre.sees("h1", "受領証")


def decide(clerk: Person, pictures: Pictures, *, counts: int) -> None:
    """Confirm every count, once so many have come, declare, close."""
    clerk.press('#menu a:text-is("開票状況")')
    # The board shows reports as they come: what is chosen before the last one leaves that one out.
    clerk.sees('[data-act="choose-all"]', f"確認待ち {counts}行")
    clerk.press('[data-act="choose-all"]')
    pictures(clerk.page, "board")
    ask_and_send(clerk, '[data-act="bulk-confirm"]')
    clerk.press('#menu a[href="#/decisions"]')
    left = clerk.page.locator('[data-act="declare"]')
    expect(left.first).to_be_visible()
    for number in range(left.count(), 0, -1):
        expect(left).to_have_count(number)
        ask_and_send(clerk, left.first)
    expect(left).to_have_count(0)
    pictures(clerk.page, "declared")
    clerk.press('#menu a:text-is("進行")')
    ask_and_send(clerk, '[data-act="close"]')


def print_proceedings(
    clerk: Person, address: str, pictures: Pictures, actions_max: int = ACTIONS_MAX
) -> None:
    """Print the data of 開票録 and 選挙録, within so many actions since the beginning."""
    clerk.open_plain(f"{address}/reports/")
    wait_for_report(clerk.page)
    pictures(clerk.page, "report")
    with clerk.page.expect_download() as downloaded:
        clerk.press("[data-sheets]")
    assert downloaded.value.path().read_bytes().startswith(b"%PDF-")
    assert clerk.count.actions <= actions_max, "\n".join(clerk.count.course)
