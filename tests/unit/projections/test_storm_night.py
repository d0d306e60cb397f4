"""A night on which everything happens: one log, right at every moment, the same when replayed.

A district is split at noon with one box counted already, a candidate is dead before dawn, a tie at
midnight is drawn, an uncounted ballot turns up three weeks later, and somebody moves up.
"""

from projections.documents.render import render
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart, succeed
from tests.unit.projections.nights import Office, folded

COUNCIL = "municipal-assembly/13101"
KEY = f"contests/{COUNCIL}"
EAST, WEST = "13101.1", "13101.2"
DEFINED = (
    *b.REGISTER,
    b.contest(COUNCIL, [b.CHIYODA, b.CHUO], 2, full_seats=10),
    b.candidates(COUNCIL, "a", "b", "c", "d"),
    b.OPEN,
)


def sheet(a: int, b_: int, c: int, d: int) -> dict[str, object]:
    return b.sheet({"a": a, "b": b_, "c": c, "d": d})


def test_a_storm_splits_a_unit_and_the_law_has_the_last_word() -> None:
    office = Office(*DEFINED, b.tally(sheet(10, 5, 5, 1), COUNCIL, final=False))
    assert office.document(KEY)["sheet"]["valid"] == 21

    # Noon: the box counted so far belongs to the eastern part; nothing is counted twice.
    split = am.amend_contest(
        COUNCIL, [EAST, WEST, b.CHUO], 2, set_aside=(b.CHIYODA,), full_seats=10
    )
    office.post(am.add_units(EAST, WEST), split)
    assert office.document(KEY)["sheet"]["valid"] is None
    office.post(
        b.tally(sheet(30, 20, 20, 2), COUNCIL, EAST),
        b.tally(sheet(20, 10, 10, 2), COUNCIL, WEST),
    )
    assert not office.tries(b.declare(COUNCIL, "a", "b"))

    # Midnight: equals at the last seat; closing would lose the tie, and is refused.
    office.post(b.tally(sheet(10, 10, 10, 2), COUNCIL, b.CHUO))
    assert office.document(KEY)["lot_between"] == ["b", "c"]
    assert not office.tries(b.CLOSE)

    # Before dawn the leading candidate dies: no vote is lost, and the candidate is elected.
    votes = office.option(COUNCIL, "a")["votes"]
    office.post(depart(COUNCIL, "a", "2024-10-28", "before-office"))
    assert office.option(COUNCIL, "a")["votes"] == votes
    office.post(b.lot(COUNCIL, "c", "b"), b.declare(COUNCIL, "a", "c"), b.CLOSE)
    assert office.document(KEY)["declared"]["elected"] == ["a", "c"]

    # Three weeks later a ballot for b is found: the decision follows, with its reason.
    assert not office.tries(b.tally(sheet(10, 11, 10, 2), COUNCIL, b.CHUO))
    office.post(
        b.correction(sheet(10, 11, 10, 2), COUNCIL, unit_code=b.CHUO, supersedes=2, as_of=b.AT_23),
        b.declare(COUNCIL, "a", "b", reason="票が見つかったため"),
    )
    assert office.document(KEY)["declared"]["elected"] == ["a", "b"]

    # Two months later the loser with the most votes takes the seat of the dead.
    office.post(succeed(COUNCIL, "a", "c"))
    (row,) = office.document(KEY)["succession"]
    assert (row["person"], row["successor"]) == ("a", "c")
    assert office.document(KEY)["law"]["statutory_minimum"]["thousandths"] == 147_000 // 40

    again = folded(office.events)
    assert again.versions == office.night.versions
    for document in again.versions:
        assert render(again, document) == render(office.night, document)
