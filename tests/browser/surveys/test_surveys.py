"""A survey from the ministry to the compiled table, by every office with a part in it."""

import io
import re
import zipfile

from playwright.sync_api import FilePayload, Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import known, selector
from tests.browser.offices.control import answer as send_dialog
from tests.browser.surveys.conftest import OpenOffice
from tests.support.lines import PLAIN

BASE = "/v1/elections/house50/surveys/polling-places"
VILLAGE, CITY = b.CHIYODA, b.CHUO
PLACES = ["１２", "12", "0", "5", "3", "1", "1", "0", "0", "２"]
"""What the village answers, one figure per item; full-width digits as an IME leaves them."""


def filled_in(form: bytes, figures: list[str]) -> bytes:
    """The downloaded form with a figure in each answer cell, as a spreadsheet saves it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = with_figures(content.decode(), figures).encode()
            after.writestr(name, content)
    return made.getvalue()


def with_figures(sheet: str, figures: list[str]) -> str:
    for row, figure in enumerate(figures, start=7):
        sheet, many = re.subn(
            rf'<c r="C{row}" s="(\d+)"/>', rf'<c r="C{row}" s="\1"><v>{figure}</v></c>', sheet
        )
        assert many == 1
    return sheet


def publish(page: Page) -> None:
    """The ministry sends the questionnaire of polling places."""
    page.click('#menu a:text-is("配布")')
    page.select_option(selector("questionnaire"), "polling-places")
    page.fill(selector("due"), "2024-11-15T17:00")
    page.click("text=内容を確かめて配布する")
    send_dialog(page)
    expect(page.locator('[data-survey="polling-places"]')).to_contain_text("0 / 2")


def answer_by_keyboard(page: Page, figures: list[str]) -> None:
    """Answer with nothing but keys: Enter goes on from field to field, and to the next step."""
    page.locator('[data-survey="polling-places"] a.button').focus()
    page.keyboard.press("Enter")
    expect(page.locator('.steps [aria-current="step"]')).to_have_text("入力")
    page.locator(selector("places")).focus()
    for figure in figures:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(figure)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator('.steps [aria-current="step"]')).to_have_text("確認と送信")
    page.locator("[data-next]").focus()
    page.keyboard.press("Enter")


def test_a_survey_goes_its_whole_way(
    open_office: OpenOffice, address: str, services: AppState, pictures: Pictures
) -> None:
    nation, village, city, tokyo = map(
        open_office, ("nation", f"centre-{VILLAGE}", f"centre-{CITY}", "pref-13")
    )
    publish(nation)
    pictures(nation, "survey-nation")

    village.reload()
    expect(village.locator(".lead")).to_have_text("回答していないものが1件あります。")
    pictures(village, "survey-list")
    answer_by_keyboard(village, PLACES)
    expect(village.locator("h1")).to_have_text("受領証")
    pictures(village, "survey-receipt")

    tokyo.reload()
    tokyo.click('[data-survey="polling-places"] a')
    expect(tokyo.locator(".tally")).to_contain_text("回答 1 / 2")
    expect(tokyo.locator(f'[data-unit="{CITY}"]')).to_contain_text("未回答")
    tokyo.click('[data-act="remind"]')
    send_dialog(tokyo, "15日までにお願いします")
    expect(tokyo.locator(f'[data-unit="{CITY}"]')).to_contain_text("1回")

    city.reload()
    expect(city.locator('[data-survey="polling-places"]')).to_contain_text("15日までにお願いします")
    city.click('[data-survey="polling-places"] a.button')
    city.click("text=表計算の回答票を使う")
    form = PLAIN.get(f"{address}{BASE}/form.xlsx", params={"unit": CITY}).content
    upload: FilePayload = {
        "name": "form.xlsx",
        "mimeType": "",
        "buffer": filled_in(form, ["7"] * 2 + ["0"] * 8),
    }
    city.set_input_files("#file", upload)
    expect(city.locator("#file-told")).to_contain_text("10か所に入れました")
    pictures(city, "survey-form")
    city.click("[data-next]")
    pictures(city, "survey-review")
    city.click("[data-next]")
    expect(city.locator("h1")).to_have_text("受領証")

    tokyo.reload()
    expect(tokyo.locator(".tally")).to_contain_text("回答 2 / 2")
    tokyo.click('[data-act="beside"]')
    pictures(tokyo, "survey-beside")
    tokyo.click('[data-act="beside"]')
    tokyo.click(f'[data-unit="{VILLAGE}"] [data-act="return"]')
    send_dialog(tokyo, "移動支援の数を確かめてください")
    expect(tokyo.locator(f'[data-unit="{VILLAGE}"]')).to_contain_text("移動支援の数を確かめて")
    pictures(tokyo, "survey-progress")

    village.goto(f"{address}/surveys/")
    expect(village.locator(".count-cards .error")).to_contain_text("移動支援の数を確かめて")
    answer_by_keyboard(village, [*PLACES[:-1], "1"])
    expect(village.locator("h1")).to_have_text("受領証")

    night = known(services)
    assert night.surveys["polling-places"].owing() == ()
    table = PLAIN.get(f"{address}{BASE}/compiled.csv").content.decode("utf-8-sig")
    assert table.splitlines()[1].split(",")[2:] == [
        "2", "2", "19", "19", "0", "5", "3", "1", "1", "0", "0", "1",
    ]  # fmt: skip
