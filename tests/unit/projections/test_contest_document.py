"""`contests/…`: statuses, progress, shares, ranks, the law's lines, winners."""

import pytest

from projections.documents.document_parts import progress
from projections.documents.models import both_forms, decimal, percent
from projections.state.sums import SheetSums
from tests import builders as b
from tests.unit.projections.nights import Office, row

DISTRICT = f"contests/{b.DISTRICT_1}"
SHEET = b.sheet({b.A: 60, b.B: 40})
OTHER = b.sheet({b.A: 50, b.B: 50})


def status(office: Office, unit: str = b.CHIYODA) -> str:
    """The status of a count, which three documents state alike."""
    stated = row(office.document(DISTRICT)["units"], unit, "unit")["status"]
    of_unit = row(office.document(f"districts/{unit}")["contests"], b.DISTRICT_1, "contest")
    coverage = row(office.document("coverage")["contests"], b.DISTRICT_1, "contest")
    assert stated == of_unit["status"] == coverage["units"][unit]
    return str(stated)


def counted(office: Office) -> float | None:
    found: float | None = office.document(DISTRICT)["progress"]["counted_percent"]
    return found


def basis(office: Office) -> str | None:
    found: str | None = office.document(DISTRICT)["progress"]["basis"]
    return found


class TestStatus:
    def test_from_nothing_to_final(self) -> None:
        office = Office(*b.DISTRICT)
        assert status(office) == "none"
        office.post(b.tally(SHEET, final=False))
        assert status(office) == "interim"
        office.post(b.tally(SHEET))
        assert status(office) == "final"
        office.post(b.confirm())
        assert status(office) == "final"
        assert row(office.document(DISTRICT)["units"], b.CHIYODA, "unit")["confirmed"]

    def test_a_corrected_final_stays_corrected(self) -> None:
        office = Office(*b.DISTRICT, b.tally(SHEET), b.correction(OTHER), b.confirm())

        assert status(office) == "corrected"

    def test_a_final_after_a_corrected_interim_was_never_corrected(self) -> None:
        office = Office(*b.DISTRICT, b.tally(SHEET, final=False), b.correction(OTHER, final=False))
        assert status(office) == "interim"

        office.post(b.tally(OTHER, as_of=b.AT_01))

        assert status(office) == "final"

    @pytest.mark.parametrize("final", [True, False])
    def test_a_returned_count_is_contested_until_it_is_settled(self, final: bool) -> None:
        office = Office(*b.DISTRICT, b.tally(SHEET, final=final), b.give_back())
        assert status(office) == "contested"
        assert office.document(DISTRICT)["progress"]["contested"] == 1

        office.post(b.correction(OTHER))

        assert status(office) == ("corrected" if final else "final")
        assert office.document(DISTRICT)["progress"]["contested"] == 0

    def test_a_flagged_row_stays_in_the_feed_with_its_figures(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET))
        before = office.document(DISTRICT)

        office.post(b.give_back())

        after = office.document(DISTRICT)
        assert after["options"] == before["options"]
        assert after["sheet"] == before["sheet"]
        flagged = row(after["units"], b.CHIYODA, "unit")
        assert flagged["status"] == "contested"
        assert flagged["thousandths"] == SHEET["votes"]

    def test_a_returned_final_that_is_confirmed_stands(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET), b.give_back())
        assert "projected" not in office.document(DISTRICT)

        office.post(b.confirm())

        assert status(office) == "final"
        assert office.document(DISTRICT)["progress"]["contested"] == 0
        assert office.document(DISTRICT)["projected"]["elected"] == [b.A]


class TestProgress:
    def test_nothing_is_counted_at_first(self) -> None:
        office = Office(*b.DISTRICT)

        assert counted(office) == 0.0
        assert len(office.document(DISTRICT)["units"]) == 2

    def test_it_is_that_of_units_while_too_few_voters_are_known(self) -> None:
        office = Office(*b.DISTRICT, b.tally(SHEET, final=False))
        assert (counted(office), basis(office)) == (0.0, "units")

        office.post(b.turnout(b.figures((500, 500), (100, 100))))
        assert (counted(office), basis(office)) == (0.0, "units")

        office.post(b.turnout(b.figures((500, 500), (100, 100)), unit_code=b.CHUO))
        # 100 ballots of 400 voters
        assert (counted(office), basis(office)) == (25.0, "voters")

    def test_turnout_during_the_day_is_a_measure_that_is_named(self) -> None:
        interim = b.figures((500, 500), (100, 100))
        office = Office(
            *b.DISTRICT,
            b.tally(SHEET, final=False),
            b.turnout(interim, final=False),
            b.turnout(interim, unit_code=b.CHUO, final=False),
        )

        assert (counted(office), basis(office)) == (25.0, "interim")

    def test_electors_measure_where_more_ballots_than_interim_voters_are_counted(self) -> None:
        # Given a turnout of the day alone, and early ballots among those that are counted
        interim = b.figures((500, 500), (20, 20))
        office = Office(
            *b.DISTRICT,
            b.tally(SHEET, final=False),
            b.turnout(interim, final=False),
            b.turnout(b.figures((500, 500), (250, 250)), unit_code=b.CHUO),
        )

        # Then 100 ballots of 1,000 electors and 500 voters
        assert (counted(office), basis(office)) == (6.67, "electors")

    def test_one_unit_without_turnout_hides_no_rate_of_many(self) -> None:
        some = SheetSums(
            votes={}, no={}, units=20, reporting=19, ballots=500,
            base=1000, base_ballots=500, base_final=19,
        )  # fmt: skip

        found = progress(some)
        assert (found.counted_percent, found.basis, found.basis_units) == (50.0, "voters", 19)

    def test_a_final_sheet_knows_its_voters(self) -> None:
        # Given 100 of 100 voters in one unit, and a turnout of 200 in the other
        office = Office(
            *b.DISTRICT,
            b.tally(SHEET),
            b.turnout(b.figures((500, 500), (100, 100)), unit_code=b.CHUO),
        )

        assert counted(office) == 33.33

    def test_it_is_not_whole_before_the_last_final_even_with_more_ballots_than_voters(self) -> None:
        more = b.sheet({b.A: 60, b.B: 42}, taken_away=-2, voters=100)
        office = Office(
            *b.DISTRICT,
            b.turnout(b.figures((500, 500), (50, 50)), unit_code=b.CHUO),
            b.tally(more),
            b.tally(b.sheet({b.A: 100, b.B: 0}), unit_code=b.CHUO, final=False),
        )
        assert counted(office) == 99.99

        office.post(b.tally(b.sheet({b.A: 100, b.B: 0}), unit_code=b.CHUO))
        assert counted(office) == 100.0

    def test_taken_away_ballots_are_no_reason_not_to_be_whole(self) -> None:
        short = b.sheet({b.A: 60, b.B: 30}, taken_away=10, voters=100)
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, short, short))

        assert counted(office) == 100.0

    def test_a_contested_unit_keeps_it_from_being_whole(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET), b.give_back())

        assert counted(office) == 99.99

    def test_where_nobody_votes_nothing_can_be_measured(self) -> None:
        assert progress(SheetSums(votes={}, no={})).counted_percent is None


class TestFigures:
    def test_shares_are_rounded_half_up(self) -> None:
        assert percent(1, 16) == 6.25
        assert percent(1, 32) == 3.13  # 3.125
        assert percent(5, 32) == 15.63  # 15.625; to even it would be 15.62
        assert percent(1, 0) is None

    def test_votes_are_exact_in_both_forms(self) -> None:
        assert both_forms(54_261_877_952).votes == "54261877.952"
        assert decimal(-1) == "-0.001"
        assert decimal(0) == "0.000"

    def test_equal_votes_share_a_rank(self) -> None:
        office = Office(*b.GOVERNOR_RACE, b.OPEN)
        votes = {"g1": 10, "g2": 30, "g3": 30, "g4": 40, "g5": 0}
        office.post(*b.finals(b.GOVERNOR, b.sheet(votes)))

        options = office.document(f"contests/{b.GOVERNOR}")["options"]

        assert [(each["id"], each["rank"]) for each in options] == [
            ("g1", 4), ("g2", 2), ("g3", 2), ("g4", 1), ("g5", 5),
        ]  # fmt: skip
        assert options[3]["share_percent"] == 36.36

    def test_the_lines_of_the_law_follow_the_votes(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, b.sheet({b.A: 60, b.B: 41})))

        law = office.document(DISTRICT)["law"]

        assert law["statutory_minimum"] == {"votes": "16.833", "thousandths": 16833}
        assert law["deposit_line"]["votes"] == "10.100"

    def test_estimated_figures_say_so(self) -> None:
        office = Office(*b.DISTRICT, b.tally({**SHEET, "estimated": ["voters"]}))
        assert office.document(DISTRICT)["sheet"]["estimated"] is True

        office.post(b.turnout(b.figures((60, 60), (50, 50), estimated=True)))
        assert office.document(DISTRICT)["poll"]["estimated"] is True

    def test_turnout_by_sex(self) -> None:
        reported = b.figures(
            (300, 300), (100, 201),
            overseas_electors={"male": 3, "female": 2},
            overseas_voters={"male": 1, "female": 0},
        )  # fmt: skip
        poll = Office(*b.DISTRICT, b.turnout(reported)).document(DISTRICT)["poll"]

        assert poll["rates"] == {"male": 33.33, "female": 67.0, "total": 50.17}
        # One of two units: nobody can say yet who stayed away.
        assert poll["abstainers"] == {"male": None, "female": None, "total": None}
        assert poll["overseas_voters"] == {"male": 1, "female": 0, "total": 1}
        assert (poll["units"], poll["reporting"], poll["final"]) == (2, 1, 1)


class TestWinners:
    def test_nobody_is_named_while_a_unit_is_missing(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET))
        found = office.document(DISTRICT)

        assert "projected" not in found
        assert "declared" not in found
        assert found["waiting_units"] == [b.CHUO]

    def test_the_law_names_a_winner_on_final_figures_and_the_council_decides(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, OTHER))
        found = office.document(DISTRICT)
        assert found["projected"]["elected"] == [b.A]
        assert "declared" not in found
        assert "declared" not in office.option(b.DISTRICT_1, b.A)

        office.post(b.declare(b.DISTRICT_1, b.A))

        found = office.document(DISTRICT)
        assert found["declared"]["elected"] == [b.A]
        assert found["declared_position"] == office.night.position
        assert office.option(b.DISTRICT_1, b.A)["declared"] is True
        assert "declared" not in office.option(b.DISTRICT_1, b.B)

    def test_equals_wait_for_a_lot(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, OTHER, OTHER))
        assert office.document(DISTRICT)["lot_between"] == [b.A, b.B]
        assert "projected" not in office.document(DISTRICT)

        office.post(b.lot(b.DISTRICT_1, b.B, b.A))

        assert office.document(DISTRICT)["projected"]["elected"] == [b.B]

    def test_a_withdrawn_candidate_has_no_share_and_no_rank_of_their_own(self) -> None:
        office = Office(*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET))

        office.post(b.withdraw(b.DISTRICT_1, b.A, day=b.EVE))

        gone, left = office.option(b.DISTRICT_1, b.A), office.option(b.DISTRICT_1, b.B)
        assert gone["withdrawn"] is True
        assert gone["share_percent"] is None
        assert left["share_percent"] == 100.0
        assert left["rank"] == 1
        # The sheets still have votes for them: nobody can be declared on those.
        assert office.document(DISTRICT)["waiting_units"] == [b.CHIYODA, b.CHUO]

    def test_a_contest_without_a_poll_waits_for_nobody(self) -> None:
        # Given two districts, on one of which only one candidate is left
        office = Office(*b.HOUSE, b.withdraw(b.DISTRICT_1, "d1-aka"))
        assert "uncontested" not in office.document(DISTRICT)

        # When counting is opened
        office.post(b.OPEN)

        # Then nothing is missing there
        found = office.document(DISTRICT)
        assert found["uncontested"] is True
        assert found["projected"]["elected"] == ["d1-ao"]
        assert found["progress"]["units"] == 0
        assert found["poll"]["units"] == 0
        coverage = row(office.document("coverage")["contests"], b.DISTRICT_1, "contest")
        assert coverage == {"contest": b.DISTRICT_1, "uncontested": True, "units": {}}
        tier = row(office.document("national")["tiers"], "house-district", "kind")
        assert (tier["contests"], tier["complete"], tier["progress"]["units"]) == (2, 1, 1)
        unit = office.document(f"districts/{b.CHIYODA}")["contests"][0]
        assert unit["uncontested"] is True
