"""Blocks, Upper House lists and the review of justices."""

import pytest

from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import TWO_PREFECTURES, Document, Office, row

BLOCK_SHEET = b.sheet({"ao": 600, "aka": 300})


def block(office: Office) -> Document:
    return office.document("blocks/tokyo")


def projected(office: Office) -> dict[str, int | None]:
    seats = {each["id"]: each["projected_seats"] for each in block(office)["lists"]}
    options = office.document(f"contests/{b.BLOCK}")["options"]
    assert {each["id"]: each.get("projected_seats") for each in options} == seats
    return seats


def district(number: int, ao: int, aka: int) -> Command:
    contest, unit = ((b.DISTRICT_1, b.CHIYODA), (b.DISTRICT_2, b.CHUO))[number - 1]
    return b.tally(b.sheet({f"d{number}-ao": ao, f"d{number}-aka": aka}), contest, unit)


class TestBlock:
    def test_without_a_vote_there_is_no_projection(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)

        assert projected(office) == {"ao": None, "aka": None}
        assert block(office)["awards"] == []

    def test_the_projection_follows_the_districts(self) -> None:
        # Given votes in one unit: 600, 300, 300 are the largest quotients
        office = Office(*b.HOUSE, b.OPEN, *b.finals(b.BLOCK, BLOCK_SHEET))
        assert projected(office) == {"ao": 2, "aka": 1}
        assert [award["list"] for award in block(office)["awards"]] == ["ao", "aka", "ao"]

        # When ao wins a district, two of its members are left: enough
        office.post(district(1, 300, 200))
        assert projected(office) == {"ao": 2, "aka": 1}

        # When it wins the other as well, its divisors end at one
        office.post(district(2, 300, 200))
        assert projected(office) == {"ao": 1, "aka": 2}
        assert block(office)["awards"][-1]["quotient"]["votes"] == "150.000"

        # And when that count is contested the member is back
        office.post(b.give_back(b.DISTRICT_2, b.CHUO))
        assert projected(office) == {"ao": 2, "aka": 1}

    def test_who_falls_below_the_deposit_line_is_out(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, *b.finals(b.BLOCK, b.sheet({"ao": 310, "aka": 900})))
        assert projected(office) == {"ao": 1, "aka": 2}

        # aka has one of ten votes less one in both districts, and loses both members
        office.post(district(1, 902, 98), district(2, 902, 98))

        # ao lost two members who won, too: one seat each, and one nobody can take
        assert projected(office) == {"ao": 1, "aka": 1}

    def test_margin_ratios_and_winners_of_districts(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, district(1, 300, 200))
        ao, aka = (row(block(office)["lists"], each)["members"] for each in ("ao", "aka"))

        assert row(ao, "ao-1")["district_won"] is True
        assert row(aka, "aka-1")["margin_ratio"] == 66_666
        # 66.666 % is cut; the other district is still counting
        assert "margin_ratio" not in row(aka, "aka-2")
        assert "district" not in row(aka, "aka-3")

    def test_it_waits_for_its_districts_and_is_declared_in_order(self) -> None:
        finals = b.finals(b.BLOCK, BLOCK_SHEET, BLOCK_SHEET)
        office = Office(*b.HOUSE, b.OPEN, *finals, district(1, 300, 200))
        assert block(office)["waiting_contests"] == [b.DISTRICT_2]
        assert block(office)["declared"] is False

        office.post(district(2, 200, 300))
        office.post(b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-aka"))
        office.post(b.declare(b.BLOCK, "aka-1", "ao-2", "ao-3"))

        found = block(office)
        assert found["declared"] is True
        assert [each["declared_seats"] for each in found["lists"]] == [2, 1]
        members = row(found["lists"], "ao")["members"]
        assert [(m["id"], m.get("order")) for m in members] == [
            ("ao-1", None), ("ao-2", 1), ("ao-3", 2),
        ]  # fmt: skip
        assert row(members, "ao-2")["elected"] is True
        seats = row(office.document("seats")["parties"], "ao")
        assert (seats["declared_seats"], seats["projected_seats"]) == (2, 2)

    def test_equals_are_told_for_the_lot(self) -> None:
        # Three seats, two equal lists: 100, 100, and then 50 against 50
        office = Office(*b.HOUSE, b.OPEN, *b.finals(b.BLOCK, b.sheet({"ao": 100, "aka": 100})))

        assert block(office)["lot_between"] == ["aka", "ao"]
        assert projected(office) == {"ao": None, "aka": None}
        assert block(office)["awards"] == []

    def test_a_withdrawn_member_is_shown(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.withdraw(b.BLOCK, "ao-3", day=b.EVE))

        assert row(row(block(office)["lists"], "ao")["members"], "ao-3")["withdrawn"] is True

    def test_a_list_may_be_registered_before_its_districts(self) -> None:
        # Given a list whose member stands in a district that is not defined yet
        office = Office(
            *b.REGISTER,
            b.contest(b.BLOCK, seats=1, block="tokyo"),
            b.party_list(b.BLOCK, "ao", b.member("ao-1", 1, dual=(b.DISTRICT_1, "d1")), party="ao"),
        )
        assert row(block(office)["lists"][0]["members"], "ao-1")["district"] == b.DISTRICT_1

        # When it is defined and settled
        office.post(b.contest(b.DISTRICT_1, [b.CHIYODA]), b.candidates(b.DISTRICT_1, "d1", "d2"))
        office.post(b.OPEN)
        changed = office.post(
            b.tally(b.sheet({"d1": 3, "d2": 2}), b.DISTRICT_1),
        )

        # Then the block has changed
        assert "blocks/tokyo" in changed
        assert row(block(office)["lists"][0]["members"], "ao-1")["district_won"] is True

    def test_a_district_elsewhere_changes_the_prefecture_of_a_local_block(self) -> None:
        elsewhere = "house-district/12-01"
        office = Office(
            *b.REGISTER,
            b.unit("12101", "12"),
            b.contest(elsewhere, ["12101"], prefectures=["12"]),
            b.candidates(elsewhere, "e1", "e2"),
            b.contest(b.BLOCK, seats=1, block="tokyo"),
            b.party_list(b.BLOCK, "ao", b.member("ao-1", 1, dual=(elsewhere, "e1")), party="ao"),
            b.party_list(b.BLOCK, "aka", b.member("aka-1", 1), party="aka"),
            b.OPEN,
            *b.finals(b.BLOCK, b.sheet({"ao": 5, "aka": 0})),
        )
        option = office.document("prefectures/13")["contests"][0]["options"][0]
        assert option["projected_seats"] == 1

        changed = office.post(b.tally(b.sheet({"e1": 3, "e2": 2}), elsewhere, "12101"))

        assert "prefectures/13" in changed
        option = office.document("prefectures/13")["contests"][0]["options"][0]
        assert option["projected_seats"] == 0


class TestUpperList:
    SHEET = b.sheet({"ao": 11, "ao-1": 5, "ao-2": 7, "aka": 9, "aka-1": 2, "aka-2": 0})

    def test_a_list_has_its_members_votes(self) -> None:
        office = Office(*b.UPPER_LIST, b.OPEN, *b.finals(b.UPPER, self.SHEET))
        ao = office.option(b.UPPER, "ao")

        assert ao["votes"]["votes"] == "23.000"
        assert ao["list_votes"]["votes"] == "11.000"
        votes = {m["id"]: m["votes"] and m["votes"]["thousandths"] for m in ao["members"]}
        assert votes == {"ao-1": 5000, "ao-2": 7000, "ao-first": None}
        assert row(ao["members"], "ao-first")["priority"] == 1
        # 23, 11.5, 11 over three seats
        assert (ao["projected_seats"], office.option(b.UPPER, "aka")["projected_seats"]) == (2, 1)
        parties = row(office.document("national")["tiers"], "upper-list", "kind")["parties"]
        assert [(p["id"], p["votes"]["votes"]) for p in parties] == [
            ("ao", "23.000"), ("aka", "11.000"),
        ]  # fmt: skip

    def test_votes_for_a_withdrawn_member_are_nobodys(self) -> None:
        office = Office(*b.UPPER_LIST, b.OPEN, *b.finals(b.UPPER, self.SHEET))

        office.post(b.withdraw(b.UPPER, "ao-2", day=b.EVE))

        ao = office.option(b.UPPER, "ao")
        assert ao["votes"]["votes"] == "16.000"
        assert row(ao["members"], "ao-2")["withdrawn"] is True

    def test_lists_alone_leave_the_votes_of_members_unknown(self) -> None:
        totals = b.sheet({"ao": 12, "aka": 9}, list_totals=True)
        office = Office(*b.UPPER_LIST, b.OPEN, b.tally(totals, b.UPPER, final=False))

        # When one unit gives every member and another one the lists alone
        office.post(b.tally(self.SHEET, b.UPPER, b.CHUO))

        ao = office.option(b.UPPER, "ao")
        assert ao["votes"]["votes"] == "35.000"
        assert "list_votes" not in ao
        assert [m["votes"] for m in ao["members"]] == [None, None, None]
        assert ao["projected_seats"] == 2

        # When that one is counted to the end
        office.post(b.tally(self.SHEET, b.UPPER, as_of=b.AT_23))

        ao = office.option(b.UPPER, "ao")
        assert ao["list_votes"]["votes"] == "22.000"
        assert ao["members"][0]["votes"]["votes"] == "10.000"

    def test_the_declared_are_marked(self) -> None:
        office = Office(*b.UPPER_LIST, b.OPEN, *b.finals(b.UPPER, self.SHEET, self.SHEET))
        assert office.document(f"contests/{b.UPPER}")["projected"]["elected"] == [
            "aka-1", "ao-first", "ao-2",
        ]  # fmt: skip

        office.post(b.declare(b.UPPER, "ao-first", "ao-2", "aka-1"))

        ao = office.option(b.UPPER, "ao")
        assert ao["declared_seats"] == 2
        assert [(m["id"], m.get("order")) for m in ao["members"] if m.get("declared")] == [
            ("ao-2", 2), ("ao-first", 1),
        ]  # fmt: skip


class TestJustices:
    SHEET = b.review_sheet({"j1": (10, 80), "j2": (60, 39)}, 100)

    def test_votes_for_and_against_dismissal(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, *b.finals(b.JUSTICES, self.SHEET))
        j2 = office.option(b.JUSTICES, "j2")

        assert (j2["votes"]["votes"], j2["no"]["votes"]) == ("60.000", "39.000")
        # Of the 99 valid for this justice
        assert j2["share_percent"] == 60.61
        assert row(office.document("national")["justices"], "j2") == j2
        assert "law" not in office.document(f"contests/{b.JUSTICES}")

    def test_nobody_is_dismissed_while_the_electors_are_unknown(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, *b.finals(b.JUSTICES, self.SHEET, self.SHEET))
        found = office.document(f"contests/{b.JUSTICES}")
        assert found["waiting_units"] == [b.CHIYODA, b.CHUO]

        # When 200 ballots turn out to be fewer than one in a hundred electors, nobody is dismissed
        many = b.figures((9_000, 9_000), (50, 50))
        office.post(*(b.turnout(many, b.JUSTICES, unit) for unit in (b.CHIYODA, b.CHUO)))

        assert office.document(f"contests/{b.JUSTICES}")["projected"] == {}

    def test_dismissal_is_declared(self) -> None:
        few = b.figures((60, 60), (50, 50))
        office = Office(
            *b.HOUSE,
            b.OPEN,
            *b.finals(b.JUSTICES, self.SHEET, self.SHEET),
            *(b.turnout(few, b.JUSTICES, unit) for unit in (b.CHIYODA, b.CHUO)),
            b.declare(b.JUSTICES, "j2"),
        )

        assert office.option(b.JUSTICES, "j2")["declared"] is True
        assert office.document(f"contests/{b.JUSTICES}")["declared"]["dismissed"] == ["j2"]


class TestSeveralPrefectures:
    SHEET = b.sheet({"m-ao": 60, "m-aka": 40})
    BLOCK = "house-block/minami-kanto"

    @pytest.fixture
    def office(self) -> Office:
        return Office(*TWO_PREFECTURES, b.OPEN)

    def test_a_prefecture_shows_only_its_own_units(self, office: Office) -> None:
        office.post(b.tally(self.SHEET, self.BLOCK, "p14"))

        chiba, kanagawa = (
            row(office.document(f"prefectures/{code}")["tiers"], "house-block", "kind")
            for code in ("12", "14")
        )

        assert (chiba["progress"]["reporting"], kanagawa["progress"]["reporting"]) == (0, 1)
        assert kanagawa["complete"] == 1
        assert kanagawa["parties"][0]["votes"]["votes"] == "60.000"
        # Seats belong to the block, not to one of its prefectures
        assert (kanagawa["seats"], chiba["seats"]) == (0, 0)
        assert "projected_seats" not in kanagawa["parties"][0]
        assert row(office.document("national")["tiers"], "house-block", "kind")["seats"] == 2

    def test_a_prefecture_may_be_one_unit(self, office: Office) -> None:
        changed = office.post(b.tally(self.SHEET, self.BLOCK, "p14"), on_behalf=True)

        assert changed == [
            "blocks/minami-kanto", "candidates", f"contest-candidates/{self.BLOCK}",
            f"contest-units/{self.BLOCK}/14", f"contests/{self.BLOCK}", "coverage",
            "districts/p14", "national", "prefecture-coverage/14", "prefectures/14",
            "results", "seats",
        ]  # fmt: skip
        assert office.document("districts/p14")["unit"]["kind"] == "prefecture"
        assert office.document("prefectures/14")["units"] == {
            "14101": "開票区14101", "p14": "開票区p14",
        }  # fmt: skip
