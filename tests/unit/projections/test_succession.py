"""A seat after the declaration: the decision and its votes stay, and who moved up is shown."""

from tests.builders.later_rules import COUNCIL, SUCCEEDED
from tests.builders.naming import A, B
from tests.unit.projections.nights import Office

KEY = f"contests/{COUNCIL}"


def test_who_is_gone_and_who_moved_up() -> None:
    office = Office(SUCCEEDED[0], *SUCCEEDED[2:-1])
    (row,) = office.document(KEY)["succession"]
    assert (row["person"], row["day"], row["cause"]) == (A, "2024-11-10", "died")
    assert "successor" not in row

    changed = office.post(SUCCEEDED[-1])

    document = office.document(KEY)
    assert KEY in changed
    assert document["succession"][0]["successor_name"] == B.upper()
    assert document["declared"]["elected"] == [A]
    assert document["sheet"]["valid"] == 100
