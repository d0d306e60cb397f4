"""`national`, `prefectures/…`, `seats`, `corrections`, `coverage`, `candidates`, `turnout`."""

from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from tests import builders as b
from tests.unit.projections.nights import Document, Office, row

HOUSE_SHEET = b.sheet({"d1-ao": 60, "d1-aka": 40})
OTHER_SHEET = b.sheet({"d2-ao": 30, "d2-aka": 70})


def of_parties() -> Office:
    """Two districts whose candidates have parties, and an independent."""
    return Office(
        *b.REGISTER,
        b.contest(b.DISTRICT_1, [b.CHIYODA]),
        b.candidates(b.DISTRICT_1, "x1", party="ao"),
        b.candidates(b.DISTRICT_1, "y1", party="aka"),
        b.contest(b.DISTRICT_2, [b.CHUO]),
        b.candidates(b.DISTRICT_2, "x2", party="ao"),
        b.candidates(b.DISTRICT_2, "n2"),
        b.OPEN,
    )


def tokyo(office: Office) -> Document:
    return row(office.document("national")["prefectures"], "13", "code")


class TestNational:
    def test_parties_by_votes_with_their_seats(self) -> None:
        office = of_parties()
        office.post(
            b.tally(b.sheet({"x1": 60, "y1": 40}), b.DISTRICT_1),
            b.tally(b.sheet({"x2": 10, "n2": 90}), b.DISTRICT_2, b.CHUO),
            b.declare(b.DISTRICT_2, "n2"),
        )

        tier = row(office.document("national")["tiers"], "house-district", "kind")

        assert [
            (p["id"], p["name"], p["votes"]["votes"], p["share_percent"], p["declared_seats"])
            for p in tier["parties"]
        ] == [
            ("", "無所属", "90.000", 45.0, 1),
            ("ao", "ao党", "70.000", 35.0, 0),
            ("aka", "aka党", "40.000", 20.0, 0),
        ]
        assert (tier["contests"], tier["complete"], tier["declared"], tier["seats"]) == (2, 2, 1, 2)
        assert office.document("seats")["parties"][0] == {
            "id": "", "name": "無所属", "declared_seats": 1, "projected_seats": 1,
        }  # fmt: skip

    def test_nobody_leads_a_prefecture_while_a_unit_is_missing(self) -> None:
        office = of_parties()
        office.post(b.tally(b.sheet({"x1": 60, "y1": 40}), b.DISTRICT_1))
        assert tokyo(office)["most_votes"] is None

        office.post(b.tally(b.sheet({"x2": 10, "n2": 9}), b.DISTRICT_2, b.CHUO))
        assert tokyo(office)["most_votes"] == "ao"
        assert (tokyo(office)["declared_seats"], tokyo(office)["seats"]) == (0, 2)

        office.post(b.declare(b.DISTRICT_1, "x1"))
        assert tokyo(office)["declared_by_party"] == {"ao": 1}

    def test_a_prefecture_without_contests_of_its_own_has_no_leader(self) -> None:
        assert tokyo(Office(*b.REGISTER))["most_votes"] is None

    def test_a_prefecture_lists_its_contests(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.tally(HOUSE_SHEET, b.DISTRICT_1))
        office.post(b.declare(b.DISTRICT_1, "d1-ao"))

        contests = office.document("prefectures/13")["contests"]

        assert [each["id"] for each in contests] == [
            b.DISTRICT_1, b.DISTRICT_2, b.BLOCK, b.JUSTICES,
        ]  # fmt: skip
        assert contests[0]["declared"] == ["d1-ao"]
        assert "declared" not in contests[1]


def change(field: str, name: str, old: object, new: object) -> Document:
    return {"field": field, "name": name, "old": old, "new": new}


def votes(whole: int) -> Document:
    return {"votes": f"{whole}.000", "thousandths": whole * 1000}


class TestCorrections:
    def test_old_and_new_with_both_positions(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.tally(HOUSE_SHEET, b.DISTRICT_1))
        replaced = office.night.position
        office.post(
            b.correction(b.sheet({"d1-ao": 61, "d1-aka": 40}), b.DISTRICT_1), office="chiyoda"
        )

        [found] = office.document("corrections")["corrections"]

        assert (found["position"], found["replaces"]) == (replaced + 1, replaced)
        assert (found["reason"], found["office"]) == ("読み違い", "chiyoda")
        assert (found["topic"], found["unit"]) == ("count.tally-corrected", b.CHIYODA)
        names = ("contest_name", "unit_name", "office_name")
        assert [found[name] for name in names] == [b.DISTRICT_1, "開票区13101", "chiyoda"]
        assert found["changes"] == [
            change("votes/d1-ao", "D1-AOの得票", votes(60), votes(61)),
            change("valid", "有効投票", 100, 101),
            change("ballots", "投票総数", 100, 101),
            change("voters", "投票者数", 100, 101),
        ]

    def test_votes_are_votes_in_every_format(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)
        office.post(b.tally(b.sheet({"d1-ao": 43_870, "d1-aka": 40}), b.DISTRICT_1))
        office.post(b.correction(b.sheet({"d1-ao": 44_537, "d1-aka": 40}), b.DISTRICT_1))

        table = write(office.night, "corrections", FORMAT[".csv"]).decode()
        assert "votes/d1-ao,43870.000,44537.000" in table
        assert "D1-AOの得票" in table
        feed = write(office.night, "corrections", FORMAT[".atom"]).decode()
        assert "D1-AOの得票: 43,870 → 44,537" in feed
        assert "開票区13101" in feed
        document = write(office.night, "corrections", FORMAT[".json"]).decode()
        for text in (table, feed):
            assert "43870000" not in text
        assert '"votes":"43870.000"' in document

    def test_a_figure_that_was_not_stated_is_unknown(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)
        office.post(
            b.tally(b.sheet({"d1-ao": 6, "d1-aka": 4}, voters=None), b.DISTRICT_1, final=False)
        )
        office.post(b.correction(b.sheet({"d1-ao": 6, "d1-aka": 4}), b.DISTRICT_1))

        [found] = office.document("corrections")["corrections"]
        assert change("voters", "投票者数", None, 10) in found["changes"]
        assert change("taken_away", "持ち帰りと思われる票", None, 0) in found["changes"]

    def test_figures_of_who_fell_away_are_among_the_changes(self) -> None:
        office = Office(*b.GOVERNOR_RACE, b.OPEN)
        sheet = {"g1": 5, "g2": 4, "g3": 3, "g4": 2, "g5": 1}
        office.post(b.tally(b.sheet(sheet), b.GOVERNOR), b.withdraw(b.GOVERNOR, "g5", day=b.EVE))
        del sheet["g5"]
        office.post(b.correction(b.sheet(sheet, invalid=1), b.GOVERNOR))

        [found] = office.document("corrections")["corrections"]

        assert change("votes/g5", "G5の得票", votes(1), votes(0)) in found["changes"]
        assert change("invalid", "無効投票", 0, 1) in found["changes"]

    def test_justices_and_turnout_and_the_latest_first(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)
        office.post(b.tally(b.review_sheet({"j1": (1, 2), "j2": (1, 2)}, 3), b.JUSTICES))
        office.post(b.correction(b.review_sheet({"j1": (1, 1), "j2": (1, 2)}, 3), b.JUSTICES))
        office.post(b.turnout(b.figures((50, 50), (9, 9))))
        replaced = office.night.position
        office.post(b.turnout_correction(b.figures((50, 50), (9, 8))))

        of_turnout, of_tally = office.document("corrections")["corrections"]

        assert of_turnout["replaces"] == replaced
        assert of_turnout["changes"] == [change("voters/female", "投票者数（女）", 9, 8)]
        name = "J1（罷免を可としない票）"
        assert of_tally["changes"] == [change("no/j1", name, votes(2), votes(1))]

    def test_a_revised_declaration_says_who_lost_the_seat(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.tally(HOUSE_SHEET, b.DISTRICT_1))
        office.post(b.declare(b.DISTRICT_1, "d1-ao"))
        declared = office.night.position
        office.post(b.correction(b.sheet({"d1-ao": 40, "d1-aka": 60}), b.DISTRICT_1))
        office.post(b.declare(b.DISTRICT_1, "d1-aka", reason="訂正による"))

        found = office.document("corrections")["corrections"][0]

        assert (found["replaces"], found["unit"]) == (declared, "")
        assert found["changes"] == [
            change("votes/d1-ao", "D1-AOの得票", votes(60), votes(40)),
            change("votes/d1-aka", "D1-AKAの得票", votes(40), votes(60)),
            change("elected/d1-ao", "D1-AOの当選", 1, 0),
            change("elected/d1-aka", "D1-AKAの当選", 0, 1),
        ]


class TestCoverage:
    def test_every_unit_of_the_register_is_there(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.tally(HOUSE_SHEET, b.DISTRICT_1))
        found = office.document("coverage")

        assert found["counts"] == {
            "none": 5, "interim": 0, "final": 1, "corrected": 0, "contested": 0,
        }  # fmt: skip
        units = {each["contest"]: each["units"] for each in found["contests"]}
        assert units[b.BLOCK] == {b.CHIYODA: "none", b.CHUO: "none"}
        assert units[b.DISTRICT_1] == {b.CHIYODA: "final"}


def test_candidates_are_there_with_who_no_longer_stands() -> None:
    office = Office(*b.HOUSE, b.withdraw(b.DISTRICT_1, "d1-aka"))
    found = office.document("candidates")

    assert [party["id"] for party in found["parties"]] == ["ao", "aka"]
    district = row(found["contests"], b.DISTRICT_1, "contest")
    assert [each["id"] for each in district["candidates"]] == ["d1-ao", "d1-aka"]
    assert district["withdrawn"] == {"d1-aka": "died"}
    block = row(found["contests"], b.BLOCK, "contest")
    assert [member["id"] for member in block["lists"][0]["members"]] == ["ao-1", "ao-2", "ao-3"]
    assert [j["id"] for j in row(found["contests"], b.JUSTICES, "contest")["justices"]] == [
        "j1", "j2",
    ]  # fmt: skip


def test_turnout_by_kind_and_prefecture() -> None:
    office = Office(*b.HOUSE, b.OPEN, b.turnout(b.figures((50, 50), (9, 10))))

    tables = {each["kind"]: each for each in office.document("turnout")["tables"]}

    assert tables["house-district"]["national"]["voters"]["total"] == 19
    assert tables["house-district"]["prefectures"]["13"]["reporting"] == 1
    assert tables["house-block"]["national"]["reporting"] == 0
