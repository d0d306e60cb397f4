"""What an officer typed and looks at: a late refusal or a redrawn page takes nothing away."""

import hashlib
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.chromium import wait_until
from tests.browser.offices.centre import (
    INTERIM,
    REFUSAL,
    choose,
    count_of,
    onward,
    open_sheet,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.browser.offices.control import open_control, row, tab
from tests.browser.offices.keys import make_key, with_offices
from tests.support.posting import happen

BLOCKS = {"votes/ao": "5", "votes/aka": "4", "valid": "9", "invalid": "0", "ballots": "9"}
SLOW_IMAGES = """() => {
  const { arrayBuffer } = Blob.prototype;
  const slowness = [1500, 500];
  Blob.prototype.arrayBuffer = async function () {
    await new Promise((done) => setTimeout(done, slowness.shift()));
    return arrayBuffer.call(this);
  };
}"""
"""The first image is read three times as slowly as the second."""
WAITING = "送信を待っています"
A_MOMENT_MS = 500


def tally_sheet(page: Page, contest: str = b.DISTRICT_1) -> None:
    """From the list to the sheet of a count."""
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, contest, b.CHIYODA)


# --- two sheets for one place -----------------------------------------------------------------


def test_a_refused_sheet_is_not_overwritten_by_the_next_that_was_opened(
    page: Page, address: str
) -> None:
    # Given the next sheet, opened and still empty, when the first one is refused
    held: list[Route] = []
    set_up(page, address)
    page.route("**/submissions", lambda route: held.append(route))  # noqa: PLW0108 - a method of C is refused
    tally_sheet(page)
    with page.expect_request("**/submissions"):
        through_both_entries(page, INTERIM)
        onward(page)
    tally_sheet(page)
    wait_until(page, lambda: bool(held))
    held[0].fulfill(status=403, json=REFUSAL)
    expect(page.locator("#line-state")).not_to_contain_text("送信待ち")

    # When something is typed into it
    page.fill(selector("votes/d1-ao"), "7")
    expect(page.locator("#saved")).to_contain_text("保存しました")

    # Then both are there
    page.click('#menu a:text-is("開票区")')
    page.click("text=入力に戻って直す")
    step(page, "確認と送信")
    expect(page.locator('[data-row="ballots"]')).to_contain_text("190")
    tally_sheet(page)
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("7")


def test_what_is_taken_back_does_not_overwrite_the_next_sheet(
    page: Page, context: BrowserContext, address: str
) -> None:
    # Given a posting behind another one, and the next sheet of the same count
    set_up(page, address)
    context.set_offline(True)
    for contest, figures in ((b.DISTRICT_1, INTERIM), (b.BLOCK, BLOCKS)):
        tally_sheet(page, contest)
        through_both_entries(page, figures)
        onward(page)
        expect(page.locator("h1")).to_have_text(WAITING)
    waiting = page.url
    tally_sheet(page, b.BLOCK)
    page.fill(selector("votes/ao"), "7")
    expect(page.locator("#saved")).to_contain_text("保存しました")

    # When the posting is taken back
    page.evaluate("address => { location.href = address; }", waiting)
    page.click("text=送信前に取り消して直す")

    # Then both are there
    page.click("text=入力に戻って直す")
    step(page, "確認と送信")
    expect(page.locator('[data-row="ballots"]')).to_contain_text("9")
    tally_sheet(page, b.BLOCK)
    expect(page.locator(selector("votes/ao"))).to_have_value("7")


def test_a_sheet_is_on_one_page_of_a_device_at_a_time(
    page: Page, context: BrowserContext, address: str
) -> None:
    # Given a sheet that is being filled in
    set_up(page, address)
    tally_sheet(page)
    page.fill(selector("votes/d1-ao"), "7")
    expect(page.locator("#saved")).to_contain_text("保存しました")

    # When it is opened on another page
    other = context.new_page()
    other.goto(page.url)

    # Then it is shown there only after it was left here, as it was left
    expect(other.locator("h1")).to_have_text("この用紙は別の画面で開いています")
    page.fill(selector("votes/d1-ao"), "71")
    page.click('#menu a:text-is("開票区")')
    other.click("text=もう一度表示する")
    expect(other.locator(selector("votes/d1-ao"))).to_have_value("71")
    page.click("text=（入力中）")
    expect(page.locator("h1")).to_have_text("この用紙は別の画面で開いています")
    other.close()
    page.click("text=もう一度表示する")
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("71")


# --- pages that are drawn anew ----------------------------------------------------------------


def test_a_lot_stays_typed_in_while_reports_come_in(
    page: Page, address: str, services: AppState
) -> None:
    # Given half a lot
    happen(services, b.tally(b.sheet({"d1-ao": 300, "d1-aka": 300})))
    open_control(page, address)
    tab(page, "当選人の決定")
    card = page.locator(f'#decisions [data-contest="{b.DISTRICT_1}"]')
    card.locator("select").nth(0).select_option("d1-aka")
    card.locator("input").fill("選挙分会長")
    expect(card.locator("input")).to_be_focused()

    # When another district is counted
    with page.expect_response("**/decisions.json*"):
        happen(services, b.tally(b.sheet({"d2-ao": 10, "d2-aka": 5}), b.DISTRICT_2, b.CHUO))
    other = page.locator(f'#decisions [data-contest="{b.DISTRICT_2}"]')
    expect(other).to_have_attribute("data-state", "ready")

    # Then it is still there
    expect(card.locator("select").nth(0)).to_have_value("d1-aka")
    expect(card.locator("input")).to_have_value("選挙分会長")
    expect(card.locator("input")).to_be_focused()


def test_nobody_is_called_back_from_a_sheet_when_a_key_is_registered(
    page: Page, address: str, services: AppState
) -> None:
    # Given an application for a key that is on its way
    with_offices(services)
    held: list[Route] = []
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    make_key(page, "担当1")
    page.route("**/submissions", lambda route: held.append(route))  # noqa: PLW0108 - a method of C is refused
    with page.expect_request("**/submissions"):
        page.click("text=申請を送る")

    # When it is recorded while the officer types in a sheet
    tally_sheet(page)
    page.fill(selector("votes/d1-ao"), "7")
    wait_until(page, lambda: bool(held))
    with page.expect_response("**/workbook.json*"):
        held[0].continue_()
    page.wait_for_timeout(A_MOMENT_MS)

    # Then the sheet stays
    expect(page.locator(selector("votes/d1-ao"))).to_have_value("7")


def test_a_button_that_is_held_down_stays_under_the_pointer(
    page: Page, address: str, services: AppState
) -> None:
    # Given a button that is pressed and not let go yet
    happen(services, b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)))
    open_control(page, address)
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="confirm"]').hover()
    page.mouse.down()

    # When a report comes in, and the button is let go
    with page.expect_response("**/board.json?*after=*"):
        happen(services, b.tally(b.sheet({"d2-ao": 10, "d2-aka": 5}), b.DISTRICT_2, b.CHUO))
    page.wait_for_timeout(A_MOMENT_MS)
    page.mouse.up()

    # Then it was pressed, and the report is shown
    expect(page.locator("dialog")).to_be_visible()
    expect(row(page, b.DISTRICT_2, b.CHUO)).to_contain_text("確定")


# --- what belongs to a sheet ------------------------------------------------------------------


def test_the_image_is_the_one_that_was_chosen_last(
    page: Page, address: str, services: AppState, tmp_path: Path
) -> None:
    # Given a large image that takes its time, and another one chosen after it
    wrong, right = tmp_path / "wrong.png", tmp_path / "right.png"
    wrong.write_bytes(b"another paper")
    right.write_bytes(b"the paper")
    set_up(page, address)
    tally_sheet(page)
    through_both_entries(page, INTERIM)
    page.evaluate(SLOW_IMAGES)
    page.set_input_files(selector("scan"), wrong)
    page.set_input_files(selector("scan"), right)

    # When it is sent at once
    onward(page)

    # Then the record has the digest of the last one
    expect(page.locator("h1")).to_have_text("受領証")
    _, latest = count_of(services).history[-1]
    assert latest.provenance.scan_sha256 == hashlib.sha256(right.read_bytes()).hexdigest()


def test_an_open_sheet_is_compared_with_turnout_that_comes_in(
    page: Page, address: str, services: AppState
) -> None:
    # Given a final sheet before the review, without any turnout to compare with
    set_up(page, address)
    tally_sheet(page, b.BLOCK)
    choose(page, "stage", "final")
    figures = {**BLOCKS, "taken_away": "0", "rejected": "0", "voters": "9"}
    through_both_entries(page, figures)
    expect(page.locator(".notice-warning")).to_have_count(0)

    # When turnout is reported elsewhere, and something else of the device is recorded
    turnout = b.turnout(b.figures((50, 50), (5, 5)), b.BLOCK, b.CHIYODA)
    happen(services, turnout)
    page.evaluate("dispatchEvent(new Event('online'))")

    # Then the sheet says that it differs
    expect(page.locator(".notice-warning")).to_contain_text("投票状況の確定10")


# --- where it cannot be done ------------------------------------------------------------------


def test_a_board_that_cannot_be_read_says_so_and_is_shown_later(page: Page, address: str) -> None:
    failing = [True]
    page.route(
        "**/control/data/board.json*",
        lambda route: route.fulfill(status=503) if failing[0] else route.continue_(),
    )
    page.goto(f"{address}/control")
    page.select_option(selector("prefecture"), "13")
    page.click('[data-office="pref-13"]')
    expect(page.locator("h1")).to_have_text("表示できません")

    failing[0] = False
    page.click("text=もう一度表示する")

    expect(page.locator("h1")).to_have_text("開票状況")
    expect(row(page, b.DISTRICT_1, b.CHIYODA)).to_be_visible()


def test_figures_that_nobody_looked_at_are_not_confirmed(
    page: Page, address: str, services: AppState
) -> None:
    # Given a dialog about a count
    happen(services, b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)))
    open_control(page, address)
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="confirm"]').click()
    expect(page.locator("dialog")).to_contain_text("600")

    # When it is corrected before the dialog is answered
    happen(services, b.correction(b.sheet({"d1-ao": 340, "d1-aka": 250}, invalid=10)))
    expect(row(page, b.DISTRICT_1, b.CHIYODA)).to_contain_text("23:00")
    page.click("dialog [type=submit]")

    # Then it is not confirmed, and the officer is told why
    expect(page.locator("#dialog-error")).to_contain_text("変わりました")
    assert count_of(services).state == "final"
