"""Two persons cannot be one: every way in which one of them might do for both."""

import base64
import json
from collections.abc import Sequence

import msgspec
from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    fill_in,
    onward,
    open_sheet,
    paste,
    pin_of,
    says,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.browser.offices.conftest import KEPT
from tests.browser.offices.control import answer
from tests.browser.offices.keys import (
    make_key,
    states,
    vouched,
    with_key,
    with_offices,
    with_old_key,
)

PERSONS = ("担当1", "担当2")
BLOCK = {"votes/ao": "5", "votes/aka": "4", "valid": "9", "invalid": "0", "ballots": "9"}
IDLE_MS = 121_000
"""A little longer than a PIN stands in its field."""


def refuse_pins(page: Page, own: str, other: str) -> None:
    """No PIN for a second person but one of his or her own, typed twice."""
    page.fill(selector("key-label"), PERSONS[1])
    wrong = (
        ("", "", "pin", "数字なら6桁以上"),
        ("123456", "123456", "pin", "順に並んだ数字"),
        (own, other, "again", "二度の入力が違います"),
        (other, other, "pin", "ほかの鍵と同じ暗証番号"),
    )
    for pin, again, field, said in wrong:
        page.fill(selector("key-pin"), pin)
        page.fill(selector("key-again"), again)
        page.click('button:text-is("鍵を作る")')
        says(page, f"key-{field}", said)
    expect(page.locator(".keys > li")).to_have_count(1)


def keys_of_two(page: Page, services: AppState, address: str) -> list[str]:
    """A device with the keys of two persons; the second was refused the PIN of the first."""
    with_offices(services, persons=2)
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    applications = [make_key(page, PERSONS[0])]
    refuse_pins(page, own=pin_of(PERSONS[1]), other=pin_of(PERSONS[0]))
    applications.append(make_key(page, PERSONS[1]))
    vouched(services, address, applications)
    page.reload()
    expect(page.locator('.keys .status:text-is("有効")')).to_have_count(2)
    page.click('#menu a:text-is("開票区")')
    return [json.loads(each)["keyid"] for each in applications]


def type_by_two(page: Page, first: str, second: str) -> None:
    """Nobody is put forward; one key does not type twice, and a paste or a file is one entry."""
    expect(page.locator(selector("typist"))).to_have_value("")
    paste(page, "votes/d1-ao", "350\n240")
    fill_in(page, FIGURES)
    onward(page)
    says(page, "typist", "鍵を選んでください")
    page.select_option(selector("typist"), first)
    onward(page)
    step(page, "二人目の入力")
    expect(page.locator(selector("typist"))).to_have_value("")
    refuse_import(page)
    fill_in(page, FIGURES)
    page.select_option(selector("typist"), first)
    onward(page)
    says(page, "typist", "一人目と同じ鍵です")
    page.select_option(selector("typist"), second)
    onward(page)
    step(page, "照合")
    onward(page)
    step(page, "確認と送信")


def refuse_import(page: Page) -> None:
    """What was pasted once is neither pasted again nor read from a file."""
    error = page.locator("#file-error")
    paste(page, "votes/d1-ao", "350\n240")
    expect(error).to_contain_text("手で入力してください")
    table = "\n".join(f"{field},{figure}" for field, figure in FIGURES.items())
    error.evaluate("element => { element.textContent = ''; }")
    page.set_input_files(
        "#file", {"name": "表.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    expect(error).to_contain_text("手で入力してください")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("")


def sign_by_two(page: Page, first: str, second: str) -> None:
    """Who typed signs, each with a key and the PIN of his or her own."""
    page.select_option(selector("signer1"), first)
    onward(page)
    says(page, "signer1", "二人がそれぞれの鍵")
    page.select_option(selector("signer1"), second)
    refuse_one_pin(page, (pin_of(PERSONS[0]), ""), (pin_of(PERSONS[0]), pin_of(PERSONS[0])))
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")


def refuse_one_pin(page: Page, *tries: Sequence[str]) -> None:
    """One PIN does not open two keys, and what was typed is gone whether it was right or not."""
    pins = [page.locator(selector(f"signer{place}-pin")) for place in range(2)]
    for typed in tries:
        for pin, text in zip(pins, typed, strict=True):
            pin.fill(text)
        page.click("[data-next]")
        says(page, "signer1-pin", "暗証番号が違います")
        expect(page.locator("h1")).not_to_have_text("受領証")
        for pin in pins:
            expect(pin).to_have_value("")


def test_two_persons_sign_with_two_keys(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    first, second = keys_of_two(page, services, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    type_by_two(page, first, second)
    pictures(page, "centre-two-sign")
    sign_by_two(page, first, second)

    latest = count_of(services).latest
    assert latest is not None
    envelope = latest.provenance.envelope
    assert envelope is not None
    assert [each.keyid for each in envelope.signatures] == [first, second]
    body = msgspec.json.decode(base64.b64decode(envelope.payload))
    assert body["command"]["typists"] == [first, second]

    # The next sheet of the same session asks both again, and forgets what is left in its fields.
    page.click('#receipt a[href="#/"]')
    open_sheet(page, b.BLOCK, b.CHIYODA)
    through_both_entries(page, BLOCK, (first, second))
    refuse_one_pin(page, ("", ""), (pin_of(PERSONS[0]), ""))
    page.clock.install()
    for place, person in enumerate(PERSONS):
        page.fill(selector(f"signer{place}-pin"), pin_of(person))
    page.clock.fast_forward(IDLE_MS)
    for place in range(2):
        expect(page.locator(selector(f"signer{place}-pin"))).to_have_value("")
    assert count_of(services, b.BLOCK).latest is None


def test_a_device_whose_storage_was_cleared_says_so_and_signs_nothing(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services)
    (lost,) = with_key(page, services, address, PERSONS[0])
    page.goto("about:blank")
    cleared = {"origin": address, "storageTypes": KEPT}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", cleared)
    set_up(page, address)

    expect(page.locator("#storage-lost")).to_contain_text("消えた鍵の失効")
    page.click("#storage-lost a")
    expect(page.locator("h1")).to_have_text("端末と鍵")
    expect(page.locator(".keys > li")).to_have_count(0)
    expect(page.locator(f'[data-elsewhere="{lost}"]')).to_have_count(1)
    assert states(services) == {lost: "active"}


def test_keys_without_a_pin_go_on_signing_and_are_asked_to_be_replaced(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    with_offices(services)
    old = with_old_key(page, services, address, PERSONS[0])
    page.click('#menu a:text-is("開票区")')

    # Given a device of before, it signs as it did
    expect(page.locator("#pin-question")).to_contain_text(PERSONS[0])
    pictures(page, "centre-pin-question")
    open_sheet(page, b.BLOCK, b.CHIYODA)
    through_both_entries(page, BLOCK)
    expect(page.locator(".signer .pin")).to_be_hidden()
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")

    # When the question is answered, the old key signs for one that has a PIN
    page.click('#receipt a[href="#/"]')
    page.click("#pin-question a")
    expect(page.locator('[data-pin="none"]')).to_contain_text("暗証番号がない")
    kept = page.locator(f'.keys [data-keyid="{old}"]')
    expect(kept.locator('[data-act="forgotten"]')).to_have_count(0)
    kept.locator('[data-act="rotate"]').click()
    for field in kept.locator(".pin").all():
        field.fill(pin_of(PERSONS[0]))
    kept.locator("button:text-is('新しい鍵を作る')").click()
    expect(page.locator("dialog .signer .pin")).to_be_hidden()
    answer(page)

    # Then nothing is asked any more
    expect(kept.locator(".status")).to_have_text("更新済み")
    page.click('#menu a:text-is("開票区")')
    expect(page.locator(".card, [data-contest]").first).to_be_visible()
    expect(page.locator("#pin-question")).to_have_count(0)
    assert states(services)[old] == "retired"
