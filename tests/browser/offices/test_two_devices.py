"""Two persons at two devices sign the very same bytes of one posting."""

import base64
import json

import msgspec
from playwright.sync_api import Browser, Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    onward,
    open_sheet,
    says,
    selector,
    set_up,
    through_both_entries,
    type_pins,
)
from tests.browser.offices.keys import make_key, vouched, with_offices

PERSONS = ("担当1", "担当2")


def look_at(page: Page, text: str) -> None:
    """Take in what was handed over."""
    page.fill(selector("half"), text)
    page.click('button:text-is("内容を確かめる")')


def changed(text: str) -> str:
    """The text with one more vote than was signed."""
    handed = json.loads(text)
    body = base64.b64decode(handed["envelope"]["payload"]).replace(b"350000", b"351000")
    handed["envelope"]["payload"] = base64.b64encode(body).decode()
    return json.dumps(handed)


def test_the_second_person_signs_on_another_device_what_the_first_one_signed(
    page: Page, browser: Browser, address: str, services: AppState, pictures: Pictures
) -> None:
    # Given the keys of two persons on two devices
    with_offices(services, persons=2)
    other = with_patience(browser.new_context(locale="ja-JP")).new_page()
    applications = []
    for each, person in zip((page, other), PERSONS, strict=True):
        set_up(each, address)
        each.click('#menu a:text-is("端末と鍵")')
        applications.append(make_key(each, person))
    vouched(services, address, applications)
    first, second = (json.loads(each)["keyid"] for each in applications)
    for each in (page, other):
        each.reload()
        expect(each.locator('.keys .status:text-is("有効")')).to_have_count(1)
        each.click('#menu a:text-is("開票区")')

    # When both type on the first device, and the first person signs there
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES, (first, second))
    expect(page.locator("form.review .pin:visible")).to_have_count(1)
    onward(page)
    expect(page.locator("#handover-title")).to_be_focused()
    pictures(page, "centre-handover")
    text = page.locator("#handover .application").text_content() or ""
    assert count_of(services).latest is None

    # Then the other device takes no other content, the first device has no second person,
    page.click('#menu a:text-is("開票区")')
    for each in (page, other):
        each.click('a[href="#/cosign"]')
    look_at(page, text)
    expect(page.locator("#cosign")).to_contain_text("二人目として署名できる鍵がありません")
    look_at(other, changed(text))
    says(other, "half", "書き換えられている")

    # and the second person sees what is signed and signs the same bytes
    look_at(other, text)
    expect(other.locator("#cosign tbody tr").first).to_contain_text("350")
    other.select_option(selector("cosigner"), second)
    pictures(other, "centre-cosign")
    type_pins(other.locator("#cosign"))
    other.click('button:text-is("署名して送る")')
    expect(other.locator("h1")).to_have_text("受領証")
    other.context.close()
    latest = count_of(services).latest
    assert latest is not None
    envelope = latest.provenance.envelope
    assert envelope is not None
    assert [each.keyid for each in envelope.signatures] == [first, second]
    payload = json.loads(text)["envelope"]["payload"]
    assert base64.b64decode(envelope.payload) == base64.b64decode(payload)
    assert msgspec.json.decode(base64.b64decode(payload))["command"]["typists"] == [first, second]
