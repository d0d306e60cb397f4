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
