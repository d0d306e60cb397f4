"""Whole nights: a village of 160 electors with signed keys, and a city with many candidates."""

import pytest
from playwright.sync_api import Page, expect

from aggregates.counting.count_events import TallyEvent
from api.http.app_state import AppState
from tests import builders as b
from tests.browser.device import Pictures
from tests.browser.offices.centre import (
    add_pool,
    choose,
    count_of,
    fill_in,
    onward,
    open_sheet,
    paste,
    pool_field,
    selector,
    set_up,
    step,
    through_both_entries,
)
from tests.browser.offices.keys import set_up_with_key
from tests.support.gwt import Command
from tests.support.posting import happen

PEOPLE = tuple(f"c{number:02d}" for number in range(1, 19))

ZERO = {"votes/d1-ao": "0", "votes/d1-aka": "0", "valid": "0", "invalid": "0", "ballots": "0"}
INTERIM = {"votes/d1-ao": "60", "votes/d1-aka": "40", "valid": "100", "invalid": "0"}
FINAL = {
    "votes/d1-ao": "70", "votes/d1-aka": "45", "valid": "115", "invalid": "3", "ballots": "118",
    "taken_away": "0", "rejected": "0", "voters": "118",
}  # fmt: skip


def send(page: Page, figures: dict[str, str], **more: str) -> None:
    """One report, from the list of districts to its receipt and back."""
    page.click('#menu a:text-is("開票区")')
    open_sheet(page, b.DISTRICT_1, b.CHIYODA)
    if "voters" in figures and page.locator('input[value="final"]').is_enabled():
        choose(page, "stage", "final")
    through_both_entries(page, figures)
    if more:
        fill_in(page, more)
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")


class TestVillage:
    """160 electors: the two officers know every ballot; the machine still counts twice."""

    @pytest.fixture
    def recorded(self) -> tuple[Command, ...]:
        turnout = b.turnout(b.figures((80, 80), (60, 58)), b.DISTRICT_1, b.CHIYODA)
        return (*b.HOUSE, b.OPEN, turnout)

    def test_from_enrolment_to_the_correction_of_what_was_returned(
        self, page: Page, address: str, services: AppState
    ) -> None:
        set_up_with_key(page, address, services)

        send(page, ZERO)
        send(page, {**INTERIM, "ballots": "100"})
        send(page, FINAL)
        happen(services, b.give_back(b.DISTRICT_1, b.CHIYODA))
        page.click('#menu a:text-is("開票区")')
        page.reload()
        expect(page.locator("#page")).to_contain_text("差し戻されました：前回と差が大きい")
        corrected = FINAL | {"votes/d1-ao": "69", "votes/d1-aka": "46"}
        send(page, corrected, reason="候補者の束を一つ取り違えていた。")

        count = count_of(services)
        reports = [event for _, event in count.history if isinstance(event, TallyEvent)]
        assert [each.tally.ballots for each in reports] == [0, 100, 118, 118]
        assert all(each.provenance.envelope is not None for each in reports)
        assert count.tally is not None
        assert count.tally.votes == {"d1-ao": 69_000, "d1-aka": 46_000}
        page.click('#menu a:text-is("受領証")')
        expect(page.locator("tbody tr")).to_have_count(4)

    def test_more_ballots_than_people_never_leave_the_village(
        self, page: Page, address: str, services: AppState
    ) -> None:
        set_up(page, address)
        open_sheet(page, b.DISTRICT_1, b.CHIYODA)
        page.click('input[value="final"]')
        fill_in(page, FINAL | {"votes/d1-ao": "700", "valid": "745", "ballots": "748"})
        page.fill(selector("voters"), "748")
        onward(page)

        step(page, "入力")
        error = page.locator(f"{selector('ballots')}-error")
        expect(error).to_contain_text("有権者数160を超えています。桁と開票区を確かめてください")
        assert count_of(services).status == "none"


class TestCity:
    """Eighteen candidates, shared votes, a spreadsheet."""

    @pytest.fixture
    def recorded(self) -> tuple[Command, ...]:
        return (
            *b.REGISTER,
            b.contest(b.DISTRICT_1, [b.CHIYODA]),
            b.candidates(b.DISTRICT_1, *PEOPLE),
            b.OPEN,
            b.turnout(b.figures((400_000, 420_000), (200_000, 210_000))),
        )

    def test_shared_votes_of_many_candidates_are_pasted_and_sent_to_the_thousandth(
        self, page: Page, address: str, services: AppState, pictures: Pictures
    ) -> None:
        # 按分: a pool of 100 ballots fits two candidates with 20,000 and 10,000 votes of their own.
        votes = ["20000", "10000", *(f"{1_000 * n:,}" for n in range(1, 17))]
        rest = ["166100", "900", "167000", "0", "0", "167000"]
        set_up(page, address)
        open_sheet(page, b.DISTRICT_1, b.CHIYODA)
        choose(page, "stage", "final")
        page.click("#pools summary")
        add_pool(page, "佐藤", "c01", "c02")
        # B and C follow from the pool: they are no fields any more.
        expect(page.locator(selector("cut"))).to_have_count(0)
        fields = ("valid", "invalid", "ballots", "taken_away", "rejected", "voters")
        fill_in(page, {f"votes/{name}": own for name, own in zip(PEOPLE, votes, strict=True)})
        pool = pool_field("佐藤", "c01", "c02")
        fill_in(page, {pool: "100", **dict(zip(fields, rest, strict=True))})
        expect(page.locator("[data-identity=D]")).to_have_class("identity identity-true")
        pictures(page, "centre-city")
        onward(page)
        step(page, "二人目の入力")
        # The second officer names pools too, and sees none of the first one's.
        expect(page.locator("#pools")).not_to_contain_text("佐藤")
        expect(page.locator(selector(pool))).to_have_count(0)
        page.click("#pools summary")
        add_pool(page, "佐藤", "c01", "c03")
        # A sheet of their own in another order; one of two may be pasted.
        names = [f"{name.upper()}\t{own}" for name, own in zip(PEOPLE, votes, strict=True)]
        totals = [f"{letter}\t{own}" for letter, own in zip("DEFGHI", rest, strict=True)]
        paste(page, "valid", "\n".join([*reversed(names), *totals, "按分票：佐藤\t100"]))
        onward(page)
        # Between other persons it is another pool: said, and put right where it is wrong.
        expect(page.locator(".compare tbody tr")).to_have_count(2)
        expect(page.locator(".step")).to_contain_text("按分票が二人で違います")
        page.get_by_role("button", name="二人目の入力に戻る").click()
        page.get_by_role("button", name="「佐藤」を消す").click()
        add_pool(page, "佐藤", "c01", "c02")
        fill_in(page, {pool: "100"})
        onward(page)
        expect(page.locator(".notice-done")).to_contain_text("すべて一致しました")
        onward(page)
        expect(page.locator("#division")).to_contain_text("20,066.666")
        # 167,000 are not the 410,000 of the final turnout: said, and sent with the reason.
        page.fill(selector("remark"), "第2開票所の分は別に報告する。")
        onward(page)
        expect(page.locator("h1")).to_have_text("受領証")

        count = count_of(services)
        assert count.tally is not None
        assert count.tally.votes["c01"] == 20_066_666
        assert count.tally.votes["c02"] == 10_033_333
        assert count.tally.cut == 1
        assert [(pool.name, pool.ballots) for pool in count.tally.pools] == [("佐藤", 100)]
        assert sum(count.tally.votes.values()) + 1 == 166_100_000
