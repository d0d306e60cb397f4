"""A decision that figures recorded later contradict says so; and a decision that elects nobody."""

import msgspec

from projections.feeds.analyst_tables import BY_NAME, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from tests import builders as b
from tests.unit.projections.nights import Document, Office, row

SHEET = b.sheet({"d1-ao": 60, "d1-aka": 40})
EXCHANGED = b.sheet({"d1-ao": 40, "d1-aka": 60})


def corrected() -> Office:
    """A district declared, then corrected so that another candidate is first."""
    office = Office(*b.HOUSE, b.OPEN, b.tally(SHEET, b.DISTRICT_1))
    office.post(b.declare(b.DISTRICT_1, "d1-ao"), b.correction(EXCHANGED, b.DISTRICT_1))
    return office


def doubts(office: Office) -> list[object]:
    """What every document says of district 1."""
    contest = office.document(f"contests/{b.DISTRICT_1}")
    prefecture = row(office.document("prefectures/13")["contests"], b.DISTRICT_1)
    seats = row(office.document("seats")["contests"], b.DISTRICT_1, "contest")
    [declaration] = office.document("declarations")["declarations"]
    return [
        contest.get("contradicted", False),
        prefecture.get("contradicted", False),
        seats["contradicted"],
        declaration["contradicted"],
    ]


def text(office: Office, document: str, form: str) -> str:
    return write(office.night, document, FORMAT[form]).decode()


class TestADecisionThatFiguresContradict:
    def test_every_document_says_so(self) -> None:
        assert doubts(corrected()) == [True] * 4

    def test_a_decision_that_follows_from_the_figures_does_not(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.tally(SHEET, b.DISTRICT_1))
        office.post(b.declare(b.DISTRICT_1, "d1-ao"))
        # A correction that changes no winner changes nothing about the decision.
        office.post(b.correction(b.sheet({"d1-ao": 59, "d1-aka": 41}), b.DISTRICT_1))
        assert doubts(office) == [False] * 4

    def test_a_new_decision_ends_it(self) -> None:
        office = corrected()
        office.post(b.declare(b.DISTRICT_1, "d1-aka", reason="訂正による"))
        assert doubts(office) == [False] * 4

    def test_equal_votes_after_the_decision_call_for_a_lot(self) -> None:
        office = Office(*b.HOUSE, b.OPEN, b.tally(SHEET, b.DISTRICT_1))
        equal = b.sheet({"d1-ao": 50, "d1-aka": 50})
        office.post(b.declare(b.DISTRICT_1, "d1-ao"), b.correction(equal, b.DISTRICT_1))
        assert doubts(office) == [True] * 4

    def test_the_documents_of_the_decision_have_a_new_version(self) -> None:
        office = corrected()
        for document in ("declarations", "seats", f"contests/{b.DISTRICT_1}"):
            assert office.version(document) == office.night.position

    def test_feeds_and_tables_for_analysts_say_so(self) -> None:
        office = corrected()
        assert "この決定と違います" in text(office, "declarations", ".atom")
        assert ",1,,訓練データです" in text(office, "declarations", ".csv")
        # NIST calls nothing certified that figures contradict.
        report = msgspec.json.decode(text(office, f"contests/{b.DISTRICT_1}", ".nist.json"))
        assert report["Status"] == "unofficial-complete"
        names = [column.name for column in BY_NAME["contests"].all_columns]
        table = [
            dict(zip(names, each, strict=True))
            for each in every_row(BY_NAME["contests"], office.night)
        ]
        assert [each["contest"] for each in table if each["contradicted"]] == [b.DISTRICT_1]


def unelected() -> Office:
    """Five candidates for governor, none of whom has a quarter of the valid votes."""
    votes = {"g1": 20, "g2": 20, "g3": 20, "g4": 20, "g5": 20}
    office = Office(*b.GOVERNOR_RACE, b.OPEN, *b.finals(b.GOVERNOR, b.sheet(votes), b.sheet(votes)))
    office.post(b.declare(b.GOVERNOR))
    return office


class TestNobodyElected:
    def seats(self) -> Document:
        return unelected().document("seats")

    def test_the_seat_is_vacant_and_not_undecided(self) -> None:
        seats = self.seats()
        assert (seats["seats"], seats["declared"], seats["vacant"]) == (1, 0, 1)
        [contest] = seats["contests"]
        assert (contest["is_declared"], contest["vacant"], contest["elected"]) == (True, 1, [])

    def test_the_contest_of_the_prefecture_is_decided(self) -> None:
        [contest] = unelected().document("prefectures/13")["contests"]
        assert (contest["is_declared"], contest["vacant"]) == (True, 1)

    def test_the_decision_is_a_row_and_an_entry(self) -> None:
        office = unelected()
        assert ",nobody-elected,,,,1,0,0," in text(office, "declarations", ".csv")
        assert "当選人なし\n欠員: 1（再選挙）" in text(office, "declarations", ".atom")


def test_declared_and_projected_seats_are_of_the_same_contests() -> None:
    """Candidates and lists are in both, so no party has fewer projected than declared seats."""
    office = Office(*b.HOUSE, b.OPEN, b.tally(SHEET, b.DISTRICT_1))
    office.post(b.tally(b.sheet({"ao": 60, "aka": 30}), b.BLOCK, b.CHIYODA))
    office.post(b.declare(b.DISTRICT_1, "d1-ao"))
    seats = office.document("seats")
    declared = {party["id"]: party["declared_seats"] for party in seats["parties"]}
    projected = {party["id"]: party["projected_seats"] for party in seats["parties"]}
    assert declared == {"": 1, "ao": 0, "aka": 0}
    assert projected == {"": 1, "ao": 2, "aka": 1}
