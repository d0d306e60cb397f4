"""What readers see of a declaration that a judgment took back."""

from tests import builders as b
from tests.unit.projections.nights import Office

SHEET = b.sheet({b.A: 5, b.B: 4})
DECLARED = (*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET), b.declare(b.DISTRICT_1, b.A))
KEY = f"contests/{b.DISTRICT_1}"


def test_nobody_is_declared_and_the_correction_names_who_was() -> None:
    office = Office(*DECLARED, b.CLOSE)

    changed = office.post(b.set_aside(b.DISTRICT_1))

    document = office.document(KEY)
    assert {KEY, "corrections", "declarations", "seats", "national"} <= set(changed)
    assert "declared" not in document
    assert document["set_aside_position"] == office.night.position
    (row,) = office.document("corrections")["corrections"]
    assert (row["topic"], row["reason"]) == ("declaration.set-aside", "開票に誤りがあったため")
    (change,) = row["changes"]
    assert (change["field"], change["old"], change["new"]) == (f"elected/{b.A}", 1, 0)
    assert office.document("declarations")["declarations"] == []
    assert office.document("seats")["declared"] == 0


def test_the_next_declaration_stands_again() -> None:
    office = Office(*DECLARED, b.set_aside(b.DISTRICT_1), b.declare(b.DISTRICT_1, b.A))

    document = office.document(KEY)

    assert document["declared"]["elected"] == [b.A]
    assert "set_aside_position" not in document


COUNCIL = "municipal-assembly/13101"
AREA = (
    *b.REGISTER,
    b.contest(COUNCIL, [b.CHIYODA, b.CHUO], 2),
    b.candidates(COUNCIL, "a", "b", "c"),
    b.OPEN,
    b.turnout(b.figures((300, 300), (250, 250)), COUNCIL, b.CHUO),
    b.tally(b.sheet({"a": 5_000, "b": 4_200, "c": 3_900}), COUNCIL),
    b.tally(b.sheet({"a": 300, "b": 200, "c": 100}), COUNCIL, b.CHUO),
    b.declare(COUNCIL, "a", "b"),
)
"""T12 and T13: the second unit votes again, or has invalid ballots that nobody can tell apart."""


def dispute(**said: object) -> Office:
    return Office(*AREA, {**b.set_aside(COUNCIL), **said})


def test_t12_who_keeps_the_seat_until_an_area_has_voted_again_is_shown() -> None:
    office = dispute(area=[b.CHUO])

    shown = office.document(f"contests/{COUNCIL}")["dispute"]

    assert (shown["area"], shown["electors"], shown["keeps_seat"]) == ([b.CHUO], 600, ["a"])
    assert "hidden_invalid" not in shown
    again = office.post(b.correction(b.sheet({"a": 0, "b": 0, "c": 500}), COUNCIL, b.CHUO))
    assert f"contests/{COUNCIL}" in again
    office.post(b.declare(COUNCIL, "a", "c"))
    assert "dispute" not in office.document(f"contests/{COUNCIL}")


def test_t12_nobody_is_said_to_keep_a_seat_while_the_electors_are_unknown() -> None:
    shown = dispute(area=[b.CHIYODA]).document(f"contests/{COUNCIL}")["dispute"]

    assert shown["area"] == [b.CHIYODA]
    assert "electors" not in shown
    assert "keeps_seat" not in shown


def test_t13_hidden_invalid_ballots_are_taken_off_in_proportion_and_unrounded() -> None:
    one = dispute(hidden_invalid=[{"unit": b.CHUO, "ballots": 6}])
    other = dispute(hidden_invalid=[{"unit": b.CHUO, "ballots": 7}])

    def left(office: Office) -> object:
        return office.document(f"contests/{COUNCIL}")["dispute"]["hidden_invalid"][0]["votes"]

    assert left(one) == {"a": "297", "b": "198", "c": "99"}
    assert left(other) == {"a": "593/2", "b": "593/3", "c": "593/6"}


def test_a_decision_that_says_nothing_of_areas_shows_none() -> None:
    assert "dispute" not in dispute().document(f"contests/{COUNCIL}")
