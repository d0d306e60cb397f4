"""Filling in a questionnaire: wrong input at its field, nothing typed lost, figures offered."""

import json

import pytest
from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from infra.services.signing.submission_auth import admit_unsigned
from tests import builders as b
from tests.browser.axe import violations
from tests.browser.device import DESKTOP, Pictures
from tests.browser.offices.centre import known, onward, says, selector
from tests.browser.offices.keys import make_key
from tests.browser.surveys.conftest import OpenOffice
from tests.support import offices as o
from tests.support.keys import submission
from tests.support.lines import PLAIN
from tests.support.posting import happen

OFFICE = f"centre-{b.CHIYODA}"


def open_form(page: Page) -> None:
    """Go to the form of the only survey."""
    page.click('[data-survey="places"] a.button')
    expect(page.locator('.steps [aria-current="step"]')).to_have_text("入力")


def paste(page: Page, item: str, text: str) -> None:
    """Paste into a field, as from a spreadsheet."""
    page.locator(selector(item)).evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const bubbling = { clipboardData: data, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", bubbling));
        }""",
        text,
    )


def test_wrong_input_stands_at_its_field_and_nothing_is_lost(
    open_office: OpenOffice, services: AppState, pictures: Pictures
) -> None:
    happen(services, b.survey(b.CHIYODA))
    page = open_office(OFFICE)
    open_form(page)
    for item, text in {"places": "６", "early": "いくつか", "usual": "3", "closed": "夕方"}.items():
        page.fill(selector(item), text)
    page.click("[data-next]")

    expect(page.locator("#errors")).to_contain_text("直すところが3か所あります")
    says(page, "early", "「いくつか」は数として読めません")
    says(page, "closed", "20:30 の形の時刻で")
    says(page, "trouble", "回答がありません")
    pictures(page, "survey-errors")
    page.reload()
    expect(page.locator(selector("early"))).to_have_value("いくつか")

    # Down a column, blank cells left as they were; a time as people write it.
    paste(page, "early", "２\n3\n\n")
    page.fill(selector("closed"), "１８時３０分")
    page.select_option(selector("trouble"), "なし")
    expect(page.locator('[data-identity="places"]')).to_contain_text("合いません")
    page.click("[data-next]")
    says(page, "places", "内訳の合計5のはずですが6です")
    page.fill(selector("places"), "5")
    page.click("[data-next]")
    page.click("[data-next]")

    expect(page.locator("h1")).to_have_text("受領証")
    answer = known(services).surveys["places"].answers[b.CHIYODA].given
    assert answer is not None
    said = {"places": 5, "early": 2, "usual": 3, "closed": "18:30", "trouble": "なし"}
    assert answer.values == said

    # What the server refuses comes back to the form with everything that was typed.
    page.click("[data-next]")
    open_form(page)
    page.click("[data-next]")
    page.click("[data-next]")
    expect(page.locator("#errors")).to_contain_text("既に同じ内容で受け付けています")
    expect(page.locator(selector("places"))).to_have_value("5")


@pytest.mark.parametrize(
    ("pasted", "filled", "told"),
    [
        ("5\t4\n2\t2", {}, "回答の列が二つ以上あるため、何も入れていません"),
        ("投票所数\t5\t4\nその他\t3", {"usual": "3"}, "入れていません：投票所数"),
        ("places\t投票所数\t5\t0以上の数\nearly\tうち繰上げ\t\t", {"places": "5"}, ""),
        ("投票所数\t5\n昨年\t4", {"places": "5"}, "入らなかった行が1行あります"),
    ],
    ids=["two columns", "two columns behind a word", "the form itself", "a word of no item"],
)
def test_a_pasted_answer_is_never_guessed(
    open_office: OpenOffice, services: AppState, pasted: str, filled: dict[str, str], told: str
) -> None:
    happen(services, b.survey(b.CHIYODA))
    page = open_office(OFFICE)
    open_form(page)

    paste(page, "places", pasted)

    for item in ("places", "early", "usual"):
        expect(page.locator(selector(item))).to_have_value(filled.get(item, ""))
    if told:
        says(page, "places", told)
    else:
        expect(page.locator(f"{selector('places')}-error")).to_be_empty()


def test_without_a_line_an_answer_waits_and_goes_when_it_is_back(
    open_office: OpenOffice, services: AppState
) -> None:
    happen(services, b.survey(b.CHIYODA))
    page = open_office(OFFICE)
    open_form(page)
    paste(page, "places", "投票所数\t5\nその他\t3\nうち繰上げ\t2\n問題\tなし")
    page.context.set_offline(True)
    page.click("[data-next]")
    page.click("[data-next]")
    expect(page.locator("h1")).to_have_text("送信を待っています")

    page.context.set_offline(False)

    expect(page.locator("h1")).to_have_text("受領証")
    assert known(services).surveys["places"].state(b.CHIYODA) == "given"


def test_figures_of_the_night_are_offered(open_office: OpenOffice, services: AppState) -> None:
    asked = [{"id": name, "title": name} for name in ("invalid", "blank")]
    sheet = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)
    happen(
        services,
        b.survey(b.CHIYODA, id="invalid-districts", items=asked, sums={}),
        b.tally(sheet | {"invalid_by_reason": {"blank": 7, "scribble": 3}}, b.DISTRICT_1),
    )
    page = open_office(OFFICE)
    page.click('[data-survey="invalid-districts"] a.button')
    expect(page.locator(selector("invalid"))).to_have_value("")

    page.click('[data-item="invalid"] .offered button')
    page.click('[data-item="blank"] .offered button')

    expect(page.locator(selector("invalid"))).to_have_value("10")
    expect(page.locator(selector("blank"))).to_have_value("7")


def require_usable(page: Page) -> None:
    """Nothing for axe-core to find, and nothing cut off at 400 % of a desk's width."""
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(DESKTOP)


def test_everybody_can_use_the_page(
    open_office: OpenOffice, services: AppState, faults: list[str]
) -> None:
    happen(services, b.survey(), b.answer(b.CHUO), b.answer())
    nation, centre = open_office("nation"), open_office(OFFICE)
    require_usable(centre)
    open_form(centre)
    centre.click("text=表計算の回答票を使う")
    centre.fill(selector("early"), "×")
    centre.click("[data-next]")
    expect(centre.locator("#errors")).to_be_visible()
    require_usable(centre)

    require_usable(nation)
    nation.click('[data-survey="places"] a')
    nation.click('[data-act="beside"]')
    expect(nation.locator('[data-act="beside"]')).to_have_attribute("aria-pressed", "true")
    require_usable(nation)
    nation.click('[data-act="beside"]')
    nation.click(f'[data-unit="{b.CHUO}"] [data-act="return"]')
    expect(nation.locator("dialog")).to_be_visible()
    require_usable(nation)
    faults.clear()


def test_the_page_has_a_strict_policy_and_no_cookie(address: str) -> None:
    answer = PLAIN.get(f"{address}/surveys/")

    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in answer.headers
    assert "訓練データです" in answer.text


def test_an_answer_is_signed_with_the_key_of_the_device(
    open_office: OpenOffice, services: AppState
) -> None:
    centre = o.register(OFFICE, "centre", prefecture="13", parent=o.TOKYO, units=[b.CHIYODA])
    happen(
        services,
        o.register(o.NATION, "nation"),
        o.register(o.TOKYO, "prefecture", prefecture="13", parent=o.NATION),
        centre,
        b.survey(b.CHIYODA),
    )
    page = open_office(OFFICE)
    page.click('#menu a:text-is("端末と鍵")')
    application = json.loads(make_key(page, "担当1"))
    key = {"public_key": application["public_key"], "proof": application["proof"]}
    enrol = {"command": "enrol-key", "office": OFFICE, "key": key}
    approve = {"command": "approve-key", "office": OFFICE, "keyid": application["keyid"]}
    applied = submission(enrol, office=o.TOKYO, submission_id="enrol-000001")
    services.log.writer.take(admit_unsigned(applied)).result()
    happen(services, approve)

    page.click('#menu a:text-is("調査")')
    page.reload()
    open_form(page)
    paste(page, "places", "5\n2\n3\n\nなし")
    page.click("[data-next]")
    expect(page.locator("[data-next]")).to_have_text("署名して送る")
    onward(page)

    expect(page.locator("h1")).to_have_text("受領証")
    given = known(services).surveys["places"].answers[b.CHIYODA].given
    assert given is not None
    envelope = given.provenance.envelope
    assert envelope is not None
    assert envelope.signatures[0].keyid == application["keyid"]
    assert envelope.payload_type == "application/vnd.kaihyo.answer-survey+json"
