"""An auditor's night: what the browser proves by itself, and what it says of a bent figure."""

import base64
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def test_the_signature_of_the_log_is_verified_in_the_page(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    page.goto(night_address + night_pages["audit"])
    page.wait_for_selector("#checkpoint.is-good")

    expect(page.locator("#checkpoint-facts")).to_contain_text("REHEARSAL")
    # Whoever compares a fingerprint needs all of it.
    expect(page.locator("#checkpoint-facts")).to_contain_text(re.compile(r"[0-9a-f]{64}"))
    expect(page.locator("[data-age] + *").first).to_contain_text("前")
    # What the server says of the log is what the browser found signed.
    stated = page.locator("#log-heading + .facts code").inner_text()
    assert stated in page.inner_text("#checkpoint-facts")


def test_a_checkpoint_with_another_size_is_not_believed(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    def bend(route: "Route") -> None:
        lines = route.fetch().text().split("\n")
        lines[1] = str(int(lines[1]) + 1)
        route.fulfill(body="\n".join(lines))

    page.route("**/log/checkpoint", bend)
    page.goto(night_address + night_pages["audit"])

    page.wait_for_selector("#checkpoint.is-bad")


def test_an_entry_is_proven_to_be_in_the_tree(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    page.goto(night_address + night_pages["entry"])

    page.wait_for_selector("#proof.is-good")


def test_an_entry_that_was_changed_is_found_out(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    def bend(route: "Route") -> None:
        route.fulfill(body=route.fetch().text().replace("1", "2"))

    number = night_pages["entry"].rpartition("/")[2]
    page.route(f"**/v1/elections/*/log/{number}", bend)
    page.goto(night_address + night_pages["entry"])

    page.wait_for_selector("#proof.is-bad")


def test_a_proof_that_was_changed_is_found_out(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    def bend(route: "Route") -> None:
        # A hash of the way up is exchanged: the entry, the checkpoint and its signature are right.
        lines = route.fetch().text().split("\n")
        place = next(n for n, line in enumerate(lines) if line.startswith("index ")) + 1
        lines[place] = base64.b64encode(bytes(32)).decode()
        route.fulfill(body="\n".join(lines))

    page.route("**/receipts/*", bend)
    page.goto(night_address + night_pages["entry"])

    page.wait_for_selector("#proof.is-bad")


def test_a_server_that_alters_a_figure_everywhere_is_found_out(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    """The document and the entries behind it are bent alike: only the tree can tell."""

    def bend_document(route: "Route") -> None:
        document = route.fetch().json()
        document["options"][0]["votes"]["thousandths"] += 1000
        route.fulfill(json=document)

    def bend_entry(route: "Route") -> None:
        text = route.fetch().text()
        found = re.search(r'"votes":\{"[^"]+":(\d+)', text)
        if found is not None:
            text = text[: found.start(1)] + str(int(found[1]) + 1000) + text[found.end(1) :]
        route.fulfill(body=text)

    page.route("**/contests/house-district/*.json", bend_document)
    page.route(re.compile(r"/log/\d+$"), bend_entry)
    page.goto(night_address + night_pages["history"])
    page.locator("#verify").click()

    page.wait_for_selector("#verdict.is-bad")


def test_a_unit_that_is_left_out_is_found_out(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    page.goto(night_address + night_pages["history"])
    page.evaluate("document.querySelector('[data-stands]').remove()")
    page.locator("#verify").click()

    page.wait_for_selector("#verdict.is-bad")


def test_totals_are_computed_again_from_the_entries(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    for path in (night_pages["history"], night_pages["districts"].replace("/d", "/audit/d", 1)):
        page.goto(night_address + path)
        page.locator("#verify").press("Enter")
        page.wait_for_selector("#verdict.is-good")


def test_a_published_total_that_is_not_that_of_the_entries_is_found_out(
    page: "Page", night_address: str, night_pages: dict[str, str]
) -> None:
    def bend(route: "Route") -> None:
        document = route.fetch().json()
        document["options"][0]["votes"]["thousandths"] += 1000
        route.fulfill(json=document)

    page.route("**/contests/house-district/*.json", bend)
    page.goto(night_address + night_pages["history"])
    page.locator("#verify").click()

    page.wait_for_selector("#verdict.is-bad")
    expect(page.locator("#verdict")).to_contain_text("≠")


def test_two_moments_are_put_side_by_side(page: "Page", night_address: str) -> None:
    page.goto(night_address + "/audit")
    page.locator("#old").select_option(index=3)
    page.locator("#two ~ form button").click()

    expect(page.locator("tbody tr").nth(3)).to_be_attached()
