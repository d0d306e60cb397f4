"""From recorded to proven: the receipt's proof, computed on the device of the centre."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from api.http.app_state import AppState
from infra.runtime.settings import Settings
from infra.services.auditing.receipt_audit import verify_receipt
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.device import DESKTOP, Pictures
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    fill_in,
    onward,
    open_sheet,
    set_up,
    through_both_entries,
)
from tests.browser.offices.keys import set_up_with_key


@pytest.fixture
def sequencing(services: AppState, tmp_path: Path) -> Iterator[Sequencing]:
    """A sequencer that steps when the test says so."""
    place = LogPlace.of(Settings(data=tmp_path), services.log.name)
    found = Sequencing(services.log, place)
    services.public = place.public
    yield found
    found.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:  # noqa: ARG001 - the server ends last
    """A profile of its own: entries are kept for ever, and each test has another log."""
    opened = with_patience(browser.new_context(viewport=DESKTOP, locale="ja-JP"))
    yield opened
    for page in opened.pages:
        page.unroute_all(behavior="ignoreErrors")
    opened.close()


def send(page: Page, address: str) -> None:
    """Send a final sheet."""
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")


def proof(page: Page, state: str) -> None:
    """What the receipt says about its proof."""
    expect(page.locator("#proof")).to_have_attribute("data-proof", state)


def test_recorded_becomes_proven_when_a_checkpoint_covers_it(
    page: Page, address: str, services: AppState, sequencing: Sequencing, pictures: Pictures
) -> None:
    send(page, address)
    proof(page, "pending")
    expect(page.locator("#proof")).to_contain_text("記録済み")

    sequencing.catch_up()

    proof(page, "proven")
    expect(page.locator("#proof")).to_contain_text("証明済み")
    expect(page.locator(".code")).to_be_visible()
    pictures(page, "centre-proven")
    with page.expect_download() as saving:
        page.click("text=証明を保存する")
    found = verify_receipt(
        "receipt", Path(saving.value.path()).read_bytes(), sequencing.verifier, None
    )
    assert found.position == count_of(services, b.DISTRICT_1, b.CHIYODA).position


def test_on_a_telephone_receipts_are_listed_with_their_positions(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    send(page, address)
    proof(page, "absent")
    figures = page.locator(".receipt-table td")
    edges = figures.evaluate_all("all => all.map((each) => each.getBoundingClientRect().right)")
    assert edges
    assert min(edges) > 350, "figures stand at the edge, not half way"

    page.click('#menu a[href="#/receipts"]')

    expect(page.locator("h1")).to_have_text("受領証")
    listed = page.locator(".scroll:has(table)")
    expect(listed).to_contain_text("記録位置")
    assert listed.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_turnout_report_is_proven_too(page: Page, address: str, sequencing: Sequencing) -> None:
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA, "turnout")
    people = {"electors/male": "500", "electors/female": "520"}
    fill_in(page, {**people, "voters/male": "100", "voters/female": "110"})
    onward(page)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")
    sequencing.catch_up()

    proof(page, "proven")


def test_what_was_signed_is_found_signed_in_the_log(
    page: Page, address: str, services: AppState, sequencing: Sequencing
) -> None:
    set_up_with_key(page, address, services)
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")
    sequencing.catch_up()

    proof(page, "proven")
    expect(page.locator("#receipt")).to_contain_text("署名した鍵")


def test_a_receipt_is_proven_later_and_stays_so_without_a_line(
    page: Page, address: str, sequencing: Sequencing
) -> None:
    send(page, address)
    proof(page, "pending")
    here = page.url
    page.goto("about:blank")
    sequencing.catch_up()

    page.goto(here)
    proof(page, "proven")
    page.route("**/receipts/*", lambda route: route.abort())
    page.reload()
    proof(page, "proven")
    expect(page.locator(".code path")).to_have_count(1)


def test_paper_has_the_proof_and_the_code_but_no_buttons(
    page: Page, address: str, sequencing: Sequencing
) -> None:
    send(page, address)
    sequencing.catch_up()
    proof(page, "proven")

    page.emulate_media(media="print")

    expect(page.locator(".rehearsal")).to_be_visible()
    expect(page.locator(".code")).to_be_visible()
    expect(page.locator("#proof")).to_be_visible()
    expect(page.locator(".receipt-table")).to_contain_text("350")
    for away in ("header nav", ".no-print", "#line-state", "footer"):
        expect(page.locator(away).first).to_be_hidden()
    page.emulate_media(media="screen")


def forged_proof(route: Route) -> None:
    """Another tree: one hash of the proof is not the log's."""
    answer = route.fetch()
    if not answer.ok:
        route.fulfill(response=answer)
        return
    lines = answer.text().split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("index ")) + 1
    lines[place] = "A" * 43 + "="
    route.fulfill(body="\n".join(lines), content_type="text/plain")


def another_entry(route: Route) -> None:
    """The figures of the entry are not those that were sent."""
    route.fulfill(body=route.fetch().text().replace("350000", "351000"), content_type="text/plain")


@pytest.mark.parametrize(
    ("address_of", "answer"), [("**/receipts/*", forged_proof), ("**/log/*", another_entry)]
)
def test_a_log_that_lies_is_named_with_what_to_do(
    page: Page,
    address: str,
    sequencing: Sequencing,
    address_of: str,
    answer: Callable[[Route], None],
) -> None:
    page.route(
        address_of, lambda r: r.continue_() if r.request.url.endswith("/log/key") else answer(r)
    )
    send(page, address)
    sequencing.catch_up()

    proof(page, "bad")
    expect(page.locator("#proof")).to_contain_text("検証できません")
    expect(page.locator("#proof")).to_contain_text("電話で伝えてください")
    page.unroute_all()
    page.click("text=もう一度確かめる")
    proof(page, "proven")


def test_another_key_than_the_one_seen_before_proves_nothing(
    page: Page, address: str, sequencing: Sequencing
) -> None:
    page.goto(f"{address}/centre/")
    page.evaluate(
        """async () => (await import("/static/now/shared/store.js"))
          .saveSetting("log-key", { name: "another", fingerprint: "00" })"""
    )
    sequencing.catch_up()

    send(page, address)
    sequencing.catch_up()

    proof(page, "bad")


def test_a_server_without_proofs_says_so(page: Page, address: str) -> None:
    send(page, address)

    proof(page, "absent")
    expect(page.locator("#proof")).to_contain_text("記録済み")
