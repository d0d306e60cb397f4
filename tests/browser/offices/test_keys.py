"""Keys that are replaced, lost and revoked: never by one person alone."""

import json

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
    pin_of,
    says,
    selector,
    set_up,
    through_both_entries,
)
from tests.browser.offices.control import answer, open_control, tab
from tests.browser.offices.keys import make_key, states, with_key, with_offices
from tests.support import offices as o
from tests.support.posting import happen


def rotate(page: Page, keyid: str, label: str = "担当1") -> None:
    """The person of a key makes its successor, with the same PIN, up to the dialog."""
    row = page.locator(f'.keys [data-keyid="{keyid}"]')
    row.locator('[data-act="rotate"]').click()
    for field in row.locator(".pin").all():
        field.fill(pin_of(label))
    row.locator("button:text-is('新しい鍵を作る')").click()
    expect(page.locator("dialog")).to_be_visible()


def send_final(page: Page) -> None:
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)


def test_a_key_hands_over_to_a_new_one_that_signs_at_once(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    with_offices(services)
    (old,) = with_key(page, services, address, "担当1")
    pictures(page, "centre-keys")
    rotate(page, old)
    pictures(page, "centre-rotate")
    answer(page)

    expect(page.locator(f'[data-keyid="{old}"] .status')).to_have_text("更新済み")
    expect(page.locator('.keys .status:text-is("有効")')).to_have_count(1)
    send_final(page)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")
    latest = count_of(services).latest
    assert latest is not None
    assert latest.provenance.envelope is not None
    assert latest.provenance.envelope.signatures[0].keyid != old


def test_where_two_sign_both_sign_for_the_new_key(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services, persons=2)
    first, second = with_key(page, services, address, "担当1", "担当2")
    rotate(page, first)
    chosen = page.locator("dialog select")
    expect(chosen).to_have_count(2)
    assert chosen.nth(0).input_value() == first
    # Nobody is put forward as the second person.
    assert chosen.nth(1).input_value() == ""
    page.click("dialog [type=submit]")
    says(page, "dialog-signer1", "鍵を選んでください")
    chosen.nth(1).select_option(first)
    page.click("dialog [type=submit]")
    says(page, "dialog-signer1", "二人がそれぞれの鍵")
    chosen.nth(1).select_option(second)
    page.fill(selector("dialog-signer0-pin"), pin_of("担当1"))
    page.fill(selector("dialog-signer1-pin"), pin_of("担当1"))
    page.click("dialog [type=submit]")
    says(page, "dialog-signer1-pin", "暗証番号が違います")
    answer(page)

    expect(page.locator(f'[data-keyid="{first}"] .status')).to_have_text("更新済み")
    assert states(services)[first] == "retired"


def test_a_key_that_is_not_replaced_after_all_leaves_nothing(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services)
    (key,) = with_key(page, services, address, "担当1")
    rotate(page, key)
    page.click("text=やめる")

    expect(page.locator(".keys > li")).to_have_count(1)
    expect(page.locator('.keys .status:text-is("有効")')).to_have_count(1)


def test_a_revoked_key_is_refused_with_a_sentence_and_the_sheet_is_kept(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services)
    (key,) = with_key(page, services, address, "担当1")
    send_final(page)
    # The prefecture revokes it while the officer looks at the review.
    command = {"command": "revoke-key", "office": o.CENTRE, "keyid": key, "reason": "紛失の届出"}
    happen(services, command)
    onward(page)

    expect(page.locator("h1")).to_have_text("受け付けられませんでした")
    expect(page.locator(".notice-error")).to_contain_text("失効しています")
    page.click("text=入力に戻って直す")
    expect(page.locator("#errors")).to_contain_text("失効しています")
    page.click('#menu a:text-is("端末と鍵")')
    expect(page.locator(".keys .status")).to_have_text("失効")
    expect(page.locator(".keys .notice-error")).to_contain_text("新しい鍵を作って申請してください")


def test_a_second_device_revokes_a_lost_key_and_enrols_a_new_one(
    page: Page, browser: Browser, address: str, services: AppState
) -> None:
    with_offices(services)
    elsewhere = with_patience(browser.new_context(locale="ja-JP"))
    lost_page = elsewhere.new_page()
    (lost,) = with_key(lost_page, services, address, "なくした端末")
    elsewhere.close()
    (own,) = with_key(page, services, address, "担当2")
    page.locator(f'[data-elsewhere="{lost}"] button').click()
    answer(page, "端末を紛失した")
    expect(page.locator(f'[data-elsewhere="{lost}"]')).to_have_count(0)

    fresh = with_patience(browser.new_context(locale="ja-JP"))
    new_page = fresh.new_page()
    set_up(new_page, address)
    new_page.click('#menu a:text-is("端末と鍵")')
    application = make_key(new_page, "新しい端末")
    page.click("text=新しい端末の鍵を申請する")
    page.fill("#field-application", application)
    page.click("text=内容を確かめる")
    answer(page)

    expect(page.locator("[data-elsewhere]")).to_have_count(1)
    new = json.loads(application)["keyid"]
    assert states(services) == {lost: "revoked", own: "active", new: "pending"}
    fresh.close()
    above = with_patience(browser.new_context(locale="ja-JP"))
    nation = above.new_page()
    open_control(nation, address, o.NATION)
    tab(nation, "鍵")
    nation.locator(f'[data-keyid="{new}"] [data-act="approve"]').click()
    answer(nation)
    assert states(services)[new] == "active"
    above.close()


def test_a_key_whose_pin_is_forgotten_leaves_the_device_and_is_revoked_elsewhere(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services)
    lost, own = with_key(page, services, address, "担当1", "担当2")
    page.locator(f'[data-keyid="{lost}"] [data-act="forgotten"]').click()
    page.once("dialog", lambda asked: asked.accept())
    page.locator(f'[data-keyid="{lost}"] button:text-is("この鍵を端末から消す")').click()
    expect(page.locator(".keys > li")).to_have_count(1)
    page.locator(f'[data-elsewhere="{lost}"] button').click()
    answer(page, "暗証番号を忘れた")

    expect(page.locator(f'[data-elsewhere="{lost}"]')).to_have_count(0)
    assert states(services) == {lost: "revoked", own: "active"}
