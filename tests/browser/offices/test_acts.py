"""Procedures besides counts: who is gone, a name that was wrong, a district divided on the day."""

from playwright.sync_api import Page, expect

from api.http.app_state import AppState
from tests import builders as b
from tests.browser.offices.centre import known, selector
from tests.browser.offices.control import answer, open_control, tab
from tests.support.posting import happen

SHEET = b.sheet({"d1-ao": 350, "d1-aka": 240}, invalid=10)


def open_acts(
    page: Page, address: str, contest: str = b.DISTRICT_1, office: str = "pref-13"
) -> None:
    """From the decisions of the control room to the procedures of a contest."""
    open_control(page, address, office)
    tab(page, "当選人の決定")
    page.click(f'#decisions [data-contest="{contest}"] [data-act="acts"]')
    expect(page.locator("h1")).to_contain_text("の手続き")


def ask(page: Page, act: str, reason: str, **values: str) -> None:
    """Choose a procedure, fill it in, and send it."""
    page.check(f'input[name="act"][value="{act}"]')
    for field, value in values.items():
        place = page.locator(selector(f"act-{field}"))
        if place.evaluate("each => each.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
    page.click("#act-form [type=submit]")
    answer(page, reason)
    expect(page.locator("#act-told")).to_contain_text("送りました")


def test_who_dies_after_polling_is_recorded_and_keeps_the_votes(
    page: Page, address: str, services: AppState
) -> None:
    happen(services, b.tally(SHEET, b.DISTRICT_1, b.CHIYODA), b.declare(b.DISTRICT_1, "d1-ao"))
    open_acts(page, address)
    page.check('input[name="act"][value="departure"]')
    page.click("#act-form [type=submit]")
    expect(page.locator("#act-form .error").first).to_have_text("だれを記入してください。")

    told = {"person": "d1-ao", "cause": "died", "stage": "in-term", "day": "2024-11-10"}
    ask(page, "departure", "死亡届による", **told)

    contest = known(services).contests[b.DISTRICT_1]
    assert set(contest.departures) == {"d1-ao"}
    assert contest.sums().votes["d1-ao"] == 350_000


def test_a_wrong_name_and_a_divided_district_are_put_right(
    page: Page, address: str, services: AppState
) -> None:
    open_acts(page, address)

    ask(page, "name", "届出のとおりに直す", person="d1-ao", name="正しい氏名")
    ask(page, "units", "嵐で分割した", code="13103", name="千代田区の東")
    page.reload()
    expect(page.locator("h1")).to_contain_text("の手続き")
    page.check('input[name="act"][value="contest"]')
    page.locator(selector("act-units")).select_option([b.CHIYODA, "13103"])
    page.click("#act-form [type=submit]")
    answer(page, "分割による")
    expect(page.locator("#act-told")).to_contain_text("送りました")

    contest = known(services).contests[b.DISTRICT_1]
    assert contest.options["d1-ao"].name == "正しい氏名"
    assert contest.facts.units == (b.CHIYODA, "13103")
    assert set(contest.counts) == {b.CHIYODA, "13103"}


def test_a_unit_a_party_and_a_forgotten_contest_are_put_right(
    page: Page, address: str, services: AppState
) -> None:
    open_acts(page, address, office="nation")

    ask(page, "unit", "告示のとおりに直す", code=b.CHIYODA, name="千代田区の西")
    ask(page, "party", "届出のとおりに直す", party="ao", name="正しい党")
    added = {"slug": "13-09", "name": "東京都第9区", "units": b.CHUO, "ballot": "甲野、乙野"}
    ask(page, "add-contest", "登録漏れ", **added)

    found = known(services)
    register = found.register()
    assert register.units[b.CHIYODA].name == "千代田区の西"
    assert register.parties["ao"].name == "正しい党"
    contest = found.contests["house-district/13-09"]
    assert [option.name for option in contest.options.values()] == ["甲野", "乙野"]
    assert set(contest.counts) == {b.CHUO}
