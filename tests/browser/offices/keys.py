"""Offices in a register, and keys that two of them vouch for."""

import json

from playwright.sync_api import Browser, Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.offices.centre import known, pin_of, selector, set_up
from tests.browser.offices.control import answer, open_control, tab
from tests.support import offices as o
from tests.support.gwt import Command
from tests.support.lines import PLAIN
from tests.support.posting import happen


def with_offices(services: AppState, *, persons: int = 1) -> None:
    """A register: the nation, Tokyo, and a centre whose postings so many persons sign."""
    nation = {"id": o.NATION, "name": "国", "role": "nation"}
    happen(
        services,
        {"command": "register-office", "office": nation},
        o.register(o.TOKYO, "prefecture", prefecture="13", parent=o.NATION),
        o.register(
            o.CENTRE,
            "centre",
            prefecture="13",
            parent=o.TOKYO,
            units=[b.CHIYODA],
            signatures_required=persons,
        ),
    )


def make_key(page: Page, label: str) -> str:
    """Make a key on the page of the device, and give its application."""
    page.fill(selector("key-label"), label)
    page.fill(selector("key-pin"), pin_of(label))
    page.fill(selector("key-again"), pin_of(label))
    page.click('button:text-is("鍵を作る")')
    row = page.locator(".keys > li", has_text=label)
    row.locator("summary").click()
    return row.locator(".application").text_content() or ""


def vouched(
    services: AppState,
    address: str,
    applications: list[str],
    by: tuple[str, str] = (o.NATION, o.TOKYO),
) -> None:
    """As `vouch`, without the pages: the first enrols, the second approves."""
    for application in applications:
        about = json.loads(application)
        office, keyid = about["office"], about["keyid"]
        key = {"public_key": about["public_key"], "proof": about["proof"]}
        acts: tuple[tuple[str, Command], ...] = (
            (by[0], {"command": "enrol-key", "office": office, "key": key}),
            (by[1], {"command": "approve-key", "office": office, "keyid": keyid}),
        )
        for sender, command in acts:
            sent = {
                "election": "house50",
                "environment": "rehearsal",
                "office": sender,
                "submission_id": f"{sender}-{keyid}",
                "command": command,
            }
            PLAIN.post(f"{address}/v1/elections/house50/submissions", json=sent).raise_for_status()
    known(services)


def with_key(page: Page, services: AppState, address: str, *labels: str) -> list[str]:
    """A device whose keys two offices vouched for; the ids of the keys."""
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    applications = [make_key(page, label) for label in labels]
    vouched(services, address, applications)
    page.reload()
    expect(page.locator('.keys .status:text-is("有効")')).to_have_count(len(labels))
    return [json.loads(each)["keyid"] for each in applications]


MAKE_OLD = """async (label) => {
  const script = document.querySelector('script[src*="main.js"]').src;
  const shared = (name) => import(script.replace("centre/main.js", `shared/${name}.js`));
  const { generateKey, provePossession } = await shared("signing/envelope");
  const { election, environment } = await shared("connection");
  const office = "centre-13101";
  const key = await generateKey();
  const proof = await provePossession(key, { election, environment, office });
  const made_at = new Date().toISOString();
  await (await shared("store")).put("keys", { ...key, office, label, made_at, proof });
  return JSON.stringify({ office, keyid: key.keyid, public_key: key.public_key, proof });
}"""
"""A key as devices kept it before keys had PINs."""


def with_old_key(page: Page, services: AppState, address: str, label: str) -> str:
    """A device whose key was made before keys had PINs; the id of the key."""
    set_up(page, address)
    application: str = page.evaluate(MAKE_OLD, label)
    vouched(services, address, [application])
    page.reload()
    page.click('#menu a:text-is("端末と鍵")')
    expect(page.locator('.keys .status:text-is("有効")')).to_have_count(1)
    return str(json.loads(application)["keyid"])


def set_up_with_key(page: Page, address: str, services: AppState) -> None:
    """A register, a device of its centre, and the one key it needs, which others vouch for."""
    with_offices(services)
    with_key(page, services, address, "担当1")


def vouch(browser: Browser, address: str, applications: list[str]) -> None:
    """Tokyo takes the applications in, and the nation, as a second office, approves them."""
    for office, act in ((o.TOKYO, "enrol"), (o.NATION, "approve")):
        context = with_patience(browser.new_context(locale="ja-JP"))
        page = context.new_page()
        open_control(page, address, office)
        tab(page, "鍵")
        if act == "enrol":
            for application in applications:
                keyid = json.loads(application)["keyid"]
                page.fill(selector("application"), application)
                page.click("text=内容を確かめる")
                answer(page)
                expect(page.locator(f'#key-list [data-keyid="{keyid}"]')).to_have_count(1)
        else:
            for _ in applications:
                page.locator('[data-act="approve"]').first.click()
                answer(page)
            expect(page.locator('[data-act="approve"]')).to_have_count(0)
        context.close()


def states(services: AppState) -> dict[str, str]:
    """Key id -> state of every key of the centre."""
    return {key.keyid: key.state for key in known(services).offices[o.CENTRE].keys}
