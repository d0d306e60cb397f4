"""Keys made in the browser: enrolled, approved, used; the server verifies what they sign."""

import base64
import json

import msgspec
import rfc8785
from playwright.sync_api import Browser, Page, expect

from api.http.app_state import AppState
from infra.services.signing.envelope import pae
from tests import builders as b
from tests.browser.chromium import with_patience
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    FIGURES,
    choose,
    count_of,
    onward,
    open_sheet,
    selector,
    set_up,
    through_both_entries,
)
from tests.browser.offices.control import open_control, row, tab
from tests.browser.offices.keys import make_key, vouch, vouched, with_offices
from tests.support import offices as o

VALUES: list[object] = [
    {},
    [],
    {"b": 1, "a": [True, False, None], "aa": -0, "B": 2**53 - 1},
    {"€": "ユーロ", "\u20ac1": 1, "\U0001f600": "絵", "\ufb33": "組", "é": "\u0301"},
    '改行\n\t"引用"\\ \u0000 \u001f \u007f \u2028 /',
    {"nested": {"z": {"y": {"x": [1, [2, [3, "four"]]]}}}},
    -(2**53 - 1),
]
MODULES = "/static/now/shared/signing"


UNSPELLABLE = ["1.5", "1e300", "9007199254740993", '"\\ud800"']
BODIES = ["", "hello world", "開票", '{"a":1}']
TRIED = f"""async (texts) => {{
  const {{ canonicalJson }} = await import('{MODULES}/canonical_json.js');
  const tried = (text) => {{
    try {{ return canonicalJson(JSON.parse(text)); }} catch (error) {{ return error.name; }}
  }};
  return texts.map(tried);
}}"""


def test_the_browser_writes_the_same_canonical_json(page: Page, address: str) -> None:
    page.goto(f"{address}/centre/")

    written = page.evaluate(TRIED, [json.dumps(value) for value in VALUES])

    assert [each.encode() for each in written] == [rfc8785.dumps(v) for v in VALUES]  # type: ignore[arg-type]


def test_the_browser_refuses_what_has_no_canonical_form(page: Page, address: str) -> None:
    page.goto(f"{address}/centre/")

    assert page.evaluate(TRIED, UNSPELLABLE) == ["TypeError"] * len(UNSPELLABLE)


def test_the_browser_signs_the_same_bytes(page: Page, address: str) -> None:
    page.goto(f"{address}/centre/")
    kind = "application/vnd.kaihyo.post-tally+json"

    made = page.evaluate(
        f"""async ([kind, bodies]) => {{
          const {{ pae, utf8 }} = await import('{MODULES}/envelope.js');
          return bodies.map((body) => [...pae(kind, utf8(body))]);
        }}""",
        [kind, BODIES],
    )

    assert [bytes(each) for each in made] == [pae(kind, body.encode()) for body in BODIES]


def test_a_tally_is_signed_with_a_key_that_two_offices_vouched_for(
    page: Page, browser: Browser, address: str, services: AppState, pictures: Pictures
) -> None:
    with_offices(services)
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    application = make_key(page, "担当1")
    pictures(page, "centre-device")
    vouch(browser, address, [application])
    page.reload()
    expect(page.locator(".keys .status")).to_have_text("有効")

    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    choose(page, "stage", "final")
    through_both_entries(page, FIGURES)
    expect(page.locator("[data-next]")).to_have_text("署名して送る")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    latest = count_of(services).latest
    assert latest is not None
    envelope = latest.provenance.envelope
    assert envelope is not None
    assert envelope.signatures[0].keyid == json.loads(application)["keyid"]
    body = msgspec.json.decode(base64.b64decode(envelope.payload))
    assert body["sequence"] == 1
    assert body["command"]["ballot_sha256"]


def test_who_posts_for_another_unit_signs_with_two_keys(
    page: Page, address: str, services: AppState
) -> None:
    with_offices(services)
    open_control(page, address)
    tab(page, "端末と鍵")
    applications = [make_key(page, "担当1"), make_key(page, "担当2")]
    vouched(services, address, applications, by=(o.TOKYO, o.NATION))
    page.reload()
    expect(page.locator('.keys .status:text-is("有効")')).to_have_count(2)
    tab(page, "開票状況")
    row(page, b.DISTRICT_1, b.CHIYODA).locator('[data-act="behalf"]').click()
    interim = {name: FIGURES[name] for name in FIGURES if name not in {"voters", "taken_away"}}
    first, second = (json.loads(each)["keyid"] for each in applications)
    through_both_entries(page, interim, (first, second))
    expect(page.locator(selector("signer1"))).to_be_visible()
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    latest = count_of(services).latest
    assert latest is not None
    assert latest.provenance.on_behalf
    assert latest.provenance.envelope is not None
    assert len(latest.provenance.envelope.signatures) == 2


def test_two_devices_of_one_office_follow_each_other_in_one_chain(
    page: Page, browser: Browser, address: str, services: AppState
) -> None:
    with_offices(services)
    other = with_patience(browser.new_context(locale="ja-JP")).new_page()
    applications = []
    for each in (page, other):
        set_up(each, address)
        each.click('#menu a:text-is("端末と鍵")')
        applications.append(make_key(each, "担当"))
    vouched(services, address, applications)
    interim = {"votes/d1-ao": "100", "votes/d1-aka": "90", "valid": "190", "invalid": "0"}
    block = {"votes/ao": "5", "votes/aka": "4", "valid": "9", "invalid": "0", "ballots": "9"}
    steps = ((page, {**interim, "ballots": "190"}), (other, FIGURES), (page, block))
    for number, (each, figures) in enumerate(steps):
        each.goto(f"{address}/centre/")
        each.reload()
        open_sheet(each, b.DISTRICT_1 if number < 2 else b.BLOCK, b.CHIYODA)
        if number == 1:
            choose(each, "stage", "final")
        through_both_entries(each, figures)
        onward(each)
        expect(each.locator("h1")).to_have_text("受領証")
    other.context.close()

    sequences = []
    for count in (count_of(services), count_of(services, b.BLOCK)):
        for _, event in count.history:
            if event.provenance.envelope is not None:
                body = msgspec.json.decode(base64.b64decode(event.provenance.envelope.payload))
                sequences.append(body["sequence"])
    assert sequences == [1, 2, 3]


def test_a_private_key_cannot_be_taken_out(page: Page, address: str, services: AppState) -> None:
    with_offices(services)
    set_up(page, address)
    page.click('#menu a:text-is("端末と鍵")')
    make_key(page, "担当1")

    taken = page.evaluate(
        """async () => {
          const { getAll } = await import(document.querySelector('script[src*="main.js"]').src
            .replace("centre/main.js", "shared/store.js"));
          const [key] = await getAll("keys");
          return [key.private_key === undefined, Object.keys(key.locked)];
        }"""
    )

    assert taken == [True, ["salt", "rounds", "iv", "data"]]
