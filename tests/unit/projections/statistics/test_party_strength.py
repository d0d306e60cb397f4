"""所属党派別人員調 over several elections: the newest of each seat, without those who left."""

from datetime import date

import pytest
from msgspec.structs import replace

from projections.statistics.party_strength import MixedElections, PartyStrength, party_strength
from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.support.gwt import Command
from tests.unit.projections.nights import Office
from tests.unit.projections.statistics.elections import (
    ASSEMBLY,
    CITY,
    DISTRICT_A,
    GOVERNOR,
    GOVERNOR_ID,
    LOCAL_DAY,
    UPPER,
    counted,
    election,
    race,
)
from tests.unit.projections.statistics.reading import rows

LATER = "2028-06-04"
NEW_YEAR = date(2027, 12, 31)
FEWER = {"causes": ["by-election"], "full_seats": 2}
_RACE, _PEOPLE = race(DISTRICT_A, {"z1": "aka", "z2": ""})
_CONTEST = _RACE["contest"]
assert isinstance(_CONTEST, dict)
BY_ELECTION = (
    *election("補欠選挙", LATER),
    {"command": "define-contest", "contest": {**_CONTEST, **FEWER}},
    _PEOPLE,
    b.OPEN,
    counted(LATER, DISTRICT_A, CITY, z1=9, z2=3),
    b.declare(DISTRICT_A, "z1"),
)


def strength(*elections: tuple[Command, ...], on: date = NEW_YEAR) -> PartyStrength:
    return party_strength([Office(*each).night for each in elections], on)


def names(found: PartyStrength) -> list[object]:
    return [each["name"] for each in rows(found.people)]


def test_heads_and_members_are_counted_by_party_and_named() -> None:
    found = strength(ASSEMBLY, GOVERNOR, UPPER)

    assert names(found) == ["A1", "A2", "B1", "C1", "C2", "G2"]
    counted_by = {(e["office"], e["party"]): e["total"] for e in rows(found.by_party)}
    assert (
        counted_by
        == {
            ("都道府県議会議員選挙", "ao党"): 3,
            ("都道府県議会議員選挙", "aka党"): 2,
            ("知事選挙", "無所属"): 1,
        }
        or sum(int(n or 0) for n in counted_by.values()) == 6
    )


def test_who_left_by_the_day_is_not_counted_and_who_moved_up_is() -> None:
    gone = depart(DISTRICT_A, "a1", "2027-05-10"), succeed(DISTRICT_A, "a1", "a3")
    found = strength((*ASSEMBLY, *gone))

    assert "A1" not in names(found)
    assert "A1" in names(strength((*ASSEMBLY, gone[0]), on=date(2027, 5, 9)))


def test_a_by_election_adds_and_an_election_after_the_day_does_not_count() -> None:
    gone = (*ASSEMBLY, depart(DISTRICT_A, "a2", "2028-04-01"))
    later = strength(BY_ELECTION, gone, on=date(2028, 12, 31))

    assert set(names(later)) == {"A1", "Z1", "B1", "C1", "C2"}
    assert "Z1" not in names(strength(BY_ELECTION, gone))


def test_a_newer_election_of_the_same_seat_replaces_the_older() -> None:
    again = (
        *election("知事選挙", LATER),
        *race(GOVERNOR_ID, {"n1": "", "n2": ""}),
        b.OPEN,
        counted(LATER, GOVERNOR_ID, CITY, n1=9, n2=3),
        b.declare(GOVERNOR_ID, "n1"),
    )

    assert names(strength(again, GOVERNOR, on=date(2028, 12, 31))) == ["N1"]
    assert names(strength(again, GOVERNOR)) == ["G2"]


def test_seats_whose_term_has_passed_are_named_and_not_counted() -> None:
    found = strength(GOVERNOR, on=date(2031, 12, 31))

    assert rows(found.by_party) == []
    assert any(GOVERNOR_ID in note for note in found.people.notes)
    assert LOCAL_DAY < "2027-12-31"


def test_rehearsals_are_not_counted_with_real_elections() -> None:
    real, played = Office(*GOVERNOR).night, Office(*ASSEMBLY).night
    register = real.register()
    register.facts = replace(register.facts, environment="live")

    with pytest.raises(MixedElections):
        party_strength([real, played], NEW_YEAR)
