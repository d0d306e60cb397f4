"""What the forms of an office know of a contest."""

from projections.views.contest_acts import contest_acts
from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.unit.projections.nights import Office

COUNCIL = "municipal-assembly/13101"
COUNTED = (
    *b.REGISTER,
    b.contest(COUNCIL, [b.CHIYODA], 1, full_seats=8),
    b.candidates(COUNCIL, "c-1", "c-2", "c-3"),
    b.OPEN,
    b.tally(b.sheet({"c-1": 50, "c-2": 40, "c-3": 10}), COUNCIL),
    b.declare(COUNCIL, "c-1"),
)


def test_a_seat_is_vacated_until_somebody_moves_up() -> None:
    office = Office(*COUNTED)
    seen = []
    for command in (depart(COUNCIL, "c-1"), succeed(COUNCIL, "c-1", "c-2"), depart(COUNCIL, "c-2")):
        office.post(command)
        found = contest_acts(office.night, COUNCIL)
        assert found is not None
        seen.append(found.vacated)

    assert seen == [("c-1",), (), ("c-2",)]


def test_it_says_what_is_registered_and_what_has_reported() -> None:
    found = contest_acts(Office(*COUNTED).night, COUNCIL)

    assert found is not None
    assert [each.id for each in found.registered] == ["c-1", "c-2", "c-3"]
    assert {each.role for each in found.people} == {"candidate"}
    assert found.reported == (b.CHIYODA,)
    assert {unit.code for unit in found.units} >= {b.CHIYODA, b.CHUO}
    assert (found.phase, found.declared, found.no_poll_announced) == ("counting", True, False)


def test_members_come_with_their_list() -> None:
    found = contest_acts(Office(*b.HOUSE, b.withdraw(b.BLOCK, "ao-3")).night, b.BLOCK)

    assert found is not None
    member = next(each for each in found.people if each.id == "ao-1")
    assert (member.role, member.of_list) == ("member", "ao")
    assert found.withdrawn == ("ao-3",)


def test_another_contest_is_unknown() -> None:
    assert contest_acts(Office(*b.HOUSE).night, "mayor/13101") is None
