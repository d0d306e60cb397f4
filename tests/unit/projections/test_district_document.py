"""`districts/…`: every report of a unit in order, with its reasons and warnings."""

from tests import builders as b
from tests.unit.projections.nights import Document, Office, row

DISTRICT = f"contests/{b.DISTRICT_1}"
SHEET = b.sheet({b.A: 60, b.B: 40})
OTHER = b.sheet({b.A: 50, b.B: 50})


class TestReports:
    def test_a_unit_shows_every_report_in_order(self) -> None:
        office = Office(
            *b.DISTRICT,
            b.turnout(b.figures((500, 500), (40, 60))),
            b.tally(SHEET, final=False),
            b.give_back(),
            b.correction(OTHER),
            b.confirm(),
        )

        found = row(office.document(f"districts/{b.CHIYODA}")["contests"], b.DISTRICT_1, "contest")

        assert [(each["topic"], each["report"]) for each in found["reports"]] == [
            ("count.opened", 1),
            ("count.tally-posted", 2),
            ("count.returned", 3),
            ("count.tally-corrected", 4),
            ("count.confirmed", 5),
        ]
        returned, corrected = found["reports"][2], found["reports"][3]
        assert returned["reason"] == "前回と差が大きい"
        assert (corrected["reason"], corrected["supersedes"]) == ("読み違い", 2)
        assert corrected["ballots"] == 100
        assert found["tally"]["votes"] == {b.A: 50_000, b.B: 50_000}
        assert found["turnout_reports"][0]["ballots"] == 100

    def test_a_warning_is_shown_with_the_unit(self) -> None:
        office = Office(*b.DISTRICT)
        office.post(b.tally(b.sheet({b.A: 60, b.B: 40}, taken_away=-1, voters=99)))

        assert row(office.document(DISTRICT)["units"], b.CHIYODA, "unit")["notices"] == [
            "taken-away-negative"
        ]

    def test_a_warning_of_turnout_is_shown_with_the_unit(self) -> None:
        office = Office(*b.DISTRICT)
        office.post(b.turnout(b.figures((1000, 1000), (960, 950))))

        shown = row(office.document(DISTRICT)["units"], b.CHIYODA, "unit")
        reports: Document = office.document(f"districts/{b.CHIYODA}")["contests"][0]

        assert shown["turnout_notices"] == ["turnout-high"]
        assert [each["notices"] for each in reports["turnout_reports"]] == [["turnout-high"]]

    def test_posting_for_another_is_shown(self) -> None:
        office = Office(*b.DISTRICT)
        office.post(b.tally(SHEET), office="pref-13", on_behalf=True)

        report: Document = office.document(f"districts/{b.CHIYODA}")["contests"][0]["reports"][-1]

        assert (report["office"], report["on_behalf"]) == ("pref-13", True)
