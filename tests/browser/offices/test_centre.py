"""A counting centre through its night, with a line."""

import hashlib
from pathlib import Path

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    fill_in,
    final_sheet,
    onward,
    open_sheet,
    selector,
    set_up,
    step,
    through_both_entries,
)


def test_a_final_tally_is_entered_twice_sent_and_acknowledged(
    page: Page, address: str, services: AppState, pictures: Pictures
) -> None:
    set_up(page, address)
    pictures(page, "centre-desk")
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    fill_in(page, FIGURES)
    expect(page.locator(".identity-true")).to_have_count(3)
    pictures(page, "centre-entry")
    onward(page)

    step(page, "二人目の入力")
    expect(page.locator(selector("valid"))).to_have_value("")
    pictures(page, "centre-second")
    fill_in(page, FIGURES)
    onward(page)
    step(page, "照合")
    onward(page)
    step(page, "確認と送信")
    pictures(page, "centre-review")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    pictures(page, "centre-receipt")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.final
    assert count.tally is not None
    assert count.tally.votes == {"d1-ao": 350_000, "d1-aka": 240_000}


def test_the_image_of_the_sheet_stays_and_its_digest_goes_on_record(
    page: Page, address: str, services: AppState, tmp_path: Path
) -> None:
    scan = tmp_path / "sheet.png"
    scan.write_bytes(b"a photograph of the paper")
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    final_sheet(page, address)
    through_both_entries(page, FIGURES)

    page.set_input_files(selector("scan"), scan)
    expect(page.locator("#scan-told")).to_contain_text(digest)
    onward(page)

    expect(page.locator(".receipt-list")).to_contain_text(digest)
    latest = count_of(services, b.DISTRICT_1, b.CHIYODA).latest
    assert latest is not None
    assert latest.provenance.scan_sha256 == digest


def test_a_turnout_report_is_sent(page: Page, address: str, services: AppState) -> None:
    set_up(page, address)
    open_sheet(page, b.BLOCK, b.CHIYODA, "turnout")
    fill_in(
        page,
        {
            "electors/male": "500",
            "electors/female": "520",
            "voters/male": "100",
            "voters/female": "110",
        },
    )
    onward(page)
    step(page, "確認と送信")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(services, b.BLOCK, b.CHIYODA)
    assert count.turnout.figures is not None
    assert count.turnout.figures.voters.total == 210


def test_an_interim_needs_no_voters(page: Page, address: str, services: AppState) -> None:
    set_up(page, address)
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    interim = {name: FIGURES[name] for name in FIGURES if name not in {"voters", "taken_away"}}
    through_both_entries(page, interim)
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    count = count_of(services, b.DISTRICT_1, b.CHIYODA)
    assert count.status == "interim"
