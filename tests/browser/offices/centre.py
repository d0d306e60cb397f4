"""What an officer does at a counting centre, in the words of the page."""

from collections.abc import Mapping
from zlib import crc32

from playwright.sync_api import Locator, Page, expect

from aggregates.counting.count_events import TallyEvent
from api.http.app_state import AppState
from projections.election_projection import ElectionProjection
from projections.state.records import CountRecord
from tests import builders as b
from tests.support.waiting import SECONDS_MAX

FIGURES = {
    "votes/d1-ao": "350",
    "votes/d1-aka": "240",
    "valid": "590",
    "invalid": "10",
    "ballots": "600",
    "taken_away": "0",
    "rejected": "0",
    "voters": "600",
}
"""A balanced final sheet: six hundred ballots, as many as voted."""

INTERIM = {
    "votes/d1-ao": "100",
    "votes/d1-aka": "90",
    "valid": "190",
    "invalid": "0",
    "ballots": "190",
}
"""A balanced interim sheet."""
REFUSAL = {
    "type": "urn:kaihyo:refusal:outside-scope",
    "title": "Not yours.",
    "status": 403,
    "detail": "管轄の外です。",
    "facts": {},
}
"""What the server says of a posting that it does not take."""

PASTE = """(element, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  element.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  }));
}"""


def selector(field: str) -> str:
    """Where a field is."""
    return "#field-" + "".join(c if c.isalnum() or c in "-_" else "_" for c in field)


def set_up(page: Page, address: str, office: str = "centre-13101") -> None:
    """Open the page and say whose device it is."""
    page.goto(f"{address}/centre/")
    page.select_option(selector("prefecture"), "13")
    page.click(f'[data-office="{office}"]')
    expect(page.locator("#office-name")).not_to_be_empty()


def open_sheet(page: Page, contest: str, unit: str, form: str = "tally") -> None:
    """Open the sheet of a count."""
    card = page.locator(f'[data-contest="{contest}"][data-unit="{unit}"]')
    card.locator(f'a[href*="/sheet/{form}/"]').click()
    expect(page.locator(".steps")).to_be_visible()


def final_sheet(page: Page, address: str) -> None:
    """Begin a final sheet of the first district."""
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")


def says(page: Page, field: str, said: str) -> None:
    """What stands at a field."""
    expect(page.locator(f"{selector(field)}-error")).to_contain_text(said)


def choose(page: Page, group: str, value: str) -> None:
    """Choose a radio button."""
    page.check(f'input[name="{group}"][value="{value}"]')


def fill_in(page: Page, figures: Mapping[str, str]) -> None:
    """Type figures into their fields."""
    for field, figure in figures.items():
        page.fill(selector(field), figure)


def pool_field(name: str, *options: str) -> str:
    """The field of a pool: what is written on its ballots, and between whom it is divided."""
    return f"pool/{'-'.join(f'{ord(each):x}' for each in name)}/{'+'.join(sorted(options))}"


def add_pool(page: Page, name: str, *options: str) -> None:
    """Name a pool of shared ballots."""
    page.fill(selector("pool-name"), name)
    for option in options:
        page.check(selector(f"pool-sharer/{option}"))
    page.click("#add-pool")


def paste(page: Page, field: str, text: str) -> None:
    """Paste into a field, as from a spreadsheet."""
    page.locator(selector(field)).evaluate(PASTE, text)


def onward(page: Page) -> None:
    """The button that goes on; at the last look, after all who sign have typed their PINs."""
    type_pins(page.locator("form.review"))
    page.click("[data-next]")


def pin_of(label: str) -> str:
    """The PIN of the person whose key has this label."""
    return f"{crc32(label.encode()):010d}"


def type_pins(place: Locator) -> None:
    """Everybody who signs here types the PIN of the key that is chosen, if it has one."""
    for signer in place.locator(".signer").all():
        if signer.locator(".pin").is_visible():
            chosen = signer.locator("select option:checked").inner_text()
            signer.locator(".pin").fill(pin_of(chosen.partition("（")[0]))


def step(page: Page, word: str) -> None:
    """The step that is shown."""
    expect(page.locator('.steps [aria-current="step"]')).to_have_text(word)


def through_both_entries(
    page: Page, figures: Mapping[str, str], typists: tuple[str, ...] = ("", "")
) -> None:
    """Enter a sheet twice and go on to the review; where two sign, each opens with a key."""
    for typist, word in zip(typists, ("入力", "二人目の入力"), strict=True):
        step(page, word)
        if typist:
            page.select_option(selector("typist"), typist)
        fill_in(page, figures)
        onward(page)
    step(page, "照合")
    onward(page)
    step(page, "確認と送信")


def ready_to_send(page: Page, address: str) -> None:
    """A sheet of an interim report that two persons entered."""
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    through_both_entries(page, INTERIM)


def known(services: AppState) -> ElectionProjection:
    """The night with everything that is recorded by now."""
    assert services.live.wait_for(services.log.reader.last_position(), SECONDS_MAX)
    return services.live.read(lambda night: night)


def count_of(services: AppState, contest: str = b.DISTRICT_1, unit: str = b.CHIYODA) -> CountRecord:
    """A count with everything that is recorded by now."""
    return known(services).counts[f"count/{contest}/{unit}"]


def reports(services: AppState) -> list[int]:
    """Ballots of every report of the count, the oldest first."""
    history = count_of(services).history
    return [
        event.tally.require_stated().ballots
        for _, event in history
        if isinstance(event, TallyEvent)
    ]
