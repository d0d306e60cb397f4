"""What a page shows follows from the kinds of contests: map, chamber, majority, joint districts."""

import pytest

from projections.views.whole_election.election_shape import election_shape
from tests import builders as b
from tests.builders.mixed import mixed
from tests.support.gwt import Command
from tests.unit.projections.nights import Office, row

TOTTORI, SHIMANE = ("31201", "31"), ("32201", "32")
JOINT = "upper-district/31-32"


def city(seats: int, party: str, **facts: object) -> tuple[Command, ...]:
    council = "municipal-assembly/13101"
    people = [b.candidates(council, *(f"c{n}" for n in range(seats + 1)), party=party)]
    mayor = (b.contest("mayor/13101", [b.CHIYODA]), b.candidates("mayor/13101", "m1", "m2"))
    return (*b.REGISTER, *mayor, b.contest(council, [b.CHIYODA], seats, **facts), *people)


@pytest.mark.parametrize(
    ("commands", "is_national", "majority"),
    [
        (b.HOUSE, True, True),
        (b.UPPER_LIST, True, True),
        (b.DISTRICT, False, None),
        (b.GOVERNOR_RACE, False, None),
        (city(5, "ao"), False, True),
        (city(5, ""), False, None),
        (city(2, "ao", full_seats=30), False, None),
        (mixed([("house-district", ("13",)), ("house-district", ("14",))]), False, None),
    ],
    ids=["house", "upper", "district", "governor", "city", "no-party", "by-election", "two"],
)
def test_a_map_and_a_majority_stand_only_where_they_say_something(
    commands: tuple[Command, ...], is_national: bool, majority: bool | None
) -> None:
    shape = election_shape(Office(*commands).night)

    assert shape.is_national is is_national
    assert (shape.chamber and shape.chamber.has_majority) is majority


def test_the_seats_of_a_council_leave_the_mayor_out() -> None:
    chamber = election_shape(Office(*city(5, "ao")).night).chamber

    assert chamber is not None
    assert [contest.facts.kind for contest in chamber.contests] == ["municipal-assembly"]


def joint_office(*posted: Command) -> Office:
    units = [b.unit(*TOTTORI), b.unit(*SHIMANE)]
    prefectures = ["31", "32"]
    defined = b.contest(JOINT, [TOTTORI[0], SHIMANE[0]], 1, prefectures=prefectures)
    ballot = (b.candidates(JOINT, "j1", party="ao"), b.candidates(JOINT, "j2", party="aka"))
    return Office(*b.REGISTER, *units, defined, *ballot, b.OPEN, *posted)


def test_a_joint_district_stands_whole_in_each_of_its_prefectures() -> None:
    office = joint_office(b.tally(b.sheet({"j1": 60, "j2": 40}), JOINT, TOTTORI[0]))

    # When the other prefecture reports
    changed = office.post(b.tally(b.sheet({"j1": 10, "j2": 50}), JOINT, SHIMANE[0]))

    # Then both change, and show the winner of the district, not who leads in one part
    assert {"prefectures/31", "prefectures/32"} <= set(changed)
    office.post(b.declare(JOINT, "j2"))
    for code in ("31", "32"):
        here = row(office.document("national")["prefectures"], code, "code")
        assert (here["most_votes"], here["joint"]["contest"]) == ("aka", JOINT)
        assert here["joint_declared"] is True
        [shown] = office.document(f"prefectures/{code}")["joint"]
        assert [option["votes"]["votes"] for option in shown["options"]] == ["70.000", "90.000"]


def test_a_contest_names_the_prefectures_of_its_units_and_no_others() -> None:
    office = Office(*b.REGISTER, b.contest(b.DISTRICT_1, [b.CHIYODA], prefectures=["12", "13"]))

    assert office.document(f"contests/{b.DISTRICT_1}")["prefectures"] == ["13"]
