"""A seat after the declaration: the decision and its votes stay, and who moved up is shown."""

from projections.views.person_view import candidacies, seat_history
from tests import builders as b
from tests.builders.later_rules import COUNCIL, SUCCEEDED
from tests.builders.naming import A, B
from tests.builders.succession import depart, succeed
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


def test_the_history_of_a_seat_is_that_of_who_held_it() -> None:
    office = Office(SUCCEEDED[0], *SUCCEEDED[2:])
    office.post(depart(COUNCIL, B, "2024-12-01", cause="resigned"))
    contest = office.night.contests[COUNCIL]

    first, second = (seat_history(contest, each) for each in (A, B))

    assert [(each.what, each.cause, each.other) for each in first] == [
        ("declared", "", ""),
        ("gone", "died", ""),
        ("succeeded", "", B.upper()),
    ]
    assert [each.what for each in second] == ["moved-up", "gone"]
    assert all(each.position for each in (*first, *second))


def test_who_moves_from_a_short_to_a_long_term_has_that() -> None:
    tokyo = "upper-district/13"
    office = Office(
        *b.REGISTER,
        b.contest(tokyo, [b.CHIYODA], 2, long_seats=1),
        b.candidates(tokyo, "a", "b", "c"),
        b.OPEN,
        b.tally(b.sheet({"a": 50, "b": 40, "c": 10}), tokyo),
        {**b.declare(tokyo, "a", "b"), "long_terms": ["a"]},
    )

    def terms() -> list[str]:
        return [candidacies(office.night, tokyo, each)[0].term for each in ("a", "b", "c")]

    assert terms() == ["long", "short", ""]
    office.post(depart(tokyo, "a"), succeed(tokyo, "a", "b"))
    assert terms() == ["long", "long", ""]


def _by_election_day(contest: str, day: str, **more: int) -> object:
    """The day on which the seat of a winner who is gone is voted on, as the document says it."""
    office = Office(
        *b.REGISTER,
        b.contest(contest, [b.CHIYODA], 1, **more),
        b.candidates(contest, "a", "b"),
        b.OPEN,
        b.tally(b.sheet({"a": 50, "b": 1}), contest),
        b.declare(contest, "a"),
        depart(contest, "a", day, "in-term"),
    )
    (row,) = office.document(f"contests/{contest}")["succession"]
    return row.get("by_election_day")


def test_t11_a_vacant_seat_of_the_diet_is_voted_on_on_a_fourth_sunday() -> None:
    """POEA 33-2(2); local bodies set a day of their own, and for some seats nobody votes."""
    assert _by_election_day("house-district/13-01", "2026-09-15") == "2026-10-25"
    assert _by_election_day("house-district/13-01", "2026-09-16") == "2027-04-25"
    assert _by_election_day("upper-district/13", "2026-09-16") == "2027-04-25"
    assert _by_election_day("mayor/13101", "2026-09-16") is None
    assert _by_election_day("municipal-assembly/13101", "2026-09-16", full_seats=30) is None
