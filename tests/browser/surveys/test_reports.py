"""The report on public pages: made once, told with what it is, useful without scripts."""

import io
import time

import httpx
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.axe import violations
from tests.browser.chromium import with_patience
from tests.browser.device import DESKTOP, Pictures
from tests.support.lines import client_of
from tests.support.posting import happen

SECONDS_MAX = 240.0


def made_report(client: httpx.Client) -> int:
    """Position of the first report, asked for until it is there."""
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        told = client.get("/reports/status.json").json()
        if told["latest"] and told["making"] is None:
            return int(told["latest"])
        assert not told["failed"]
        time.sleep(0.2)
    raise TimeoutError


def test_the_report_is_public(
    browser: Browser, address: str, services: AppState, pictures: Pictures
) -> None:
    happen(services, b.tally(b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10), b.DISTRICT_1))
    happen(services, b.survey(b.CHIYODA), b.answer())
    with client_of(address) as client:
        first = client.get("/reports/")
        assert "作っています" in first.text or "この報告書" in first.text
        assert "set-cookie" not in first.headers
        assert "unsafe" not in first.headers["content-security-policy"]
        position = made_report(client)
        whole = client.get(f"/reports/{position}/report.xlsx")
        names = CalamineWorkbook.from_filelike(io.BytesIO(whole.content)).sheet_names
        assert any("投票所数調" in name for name in names)
        assert "immutable" in whole.headers["cache-control"]
        assert client.get(f"/reports/{position}/report.pdf").content.startswith(b"%PDF")
        text = client.get(f"/reports/{position}/survey_places.csv").text
        assert text.splitlines()[1].endswith(",1,1,5,2,3")
        for path in ("1/", f"{position}/nothing", f"{position}/report.doc", f"{position}/x.csv"):
            assert client.get(f"/reports/{path}").status_code == 404
        assert client.get(f"/reports/{position}/survey_places?part=2").status_code == 404

    context = with_patience(
        browser.new_context(viewport=DESKTOP, locale="ja-JP", java_script_enabled=False)
    )
    page = context.new_page()
    page.goto(f"{address}/reports")
    expect(page.locator("main")).to_contain_text("訓練")
    expect(page.locator(".digest")).to_contain_text(services.live.root(position))
    pictures(page, "report")
    page.click("text=投票所数調（市区町村別）")
    expect(page.locator("table.report")).to_contain_text("開票区13101")
    pictures(page, "report-table")
    assert context.cookies() == []
    context.close()

    context = with_patience(browser.new_context(viewport=DESKTOP, locale="ja-JP"))
    page = context.new_page()
    for path in ("/reports/", f"/en/reports/{position}/", f"/reports/{position}/turnout"):
        page.goto(f"{address}{path}")
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size(DESKTOP)
    expect(page.locator("table.report").first).to_contain_text("東京都")
    context.close()
