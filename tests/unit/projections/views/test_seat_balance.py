"""Seats beside what they were: changes only once all are decided, the chamber with 非改選."""

from api.web.seat_bar import whole_bar
from projections.documents.render import build
from projections.documents.whole_election.seats_document import SeatsDocument
from projections.views.whole_election.race_list import race_list
from projections.views.whole_election.seat_balance import SeatBalance, seat_balance
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

_LAST: Command = {
    "command": "record-previous",
    "previous": {
        "contests": [
            {"contest": b.DISTRICT_1, "holders": [{"name": "旧", "party": "aka"}]},
            {"contest": b.DISTRICT_2, "relation": "new"},
        ],
        "won": [{"party": "aka", "seats": 1}, {"name": "旧党", "seats": 2}],
        "continuing": [{"party": "ao", "seats": 1}, {"party": "aka", "seats": 3}],
    },
}


def _house(*commands: Command) -> Office:
    contests = [
        each
        for contest, unit, slug in (
            (b.DISTRICT_1, b.CHIYODA, "d1"),
            (b.DISTRICT_2, b.CHUO, "d2"),
        )
        for each in (
            b.contest(contest, [unit]),
            {
                "command": "register-candidates",
                "contest": contest,
                "candidates": [
                    {"id": f"{slug}-{party}", "name": f"{slug} {party}", "party": party}
                    for party in ("ao", "aka")
                ],
            },
        )
    ]
    return Office(*b.REGISTER, *contests, *commands, b.OPEN)


def _decide(office: Office, contest: str, unit: str, slug: str) -> None:
    office.post(b.tally(b.sheet({f"{slug}-ao": 700, f"{slug}-aka": 300}), contest, unit))
    office.post(b.declare(contest, f"{slug}-ao"))


def _seats(office: Office) -> SeatsDocument:
    found = build(office.night, "seats")
    assert isinstance(found, SeatsDocument)
    return found


def _balance(office: Office) -> SeatBalance:
    found = seat_balance(_seats(office), "無所属")
    assert found is not None
    return found


def test_changes_wait_for_every_seat() -> None:
    office = _house(_LAST)
    _decide(office, b.DISTRICT_1, b.CHIYODA, "d1")

    first, second, gone = _balance(office).rows
    assert (first.name, first.declared, first.continuing, first.whole) == ("aka党", 0, 3, 3)
    assert (second.gained, second.lost, second.won, second.since_won) == (1, 0, 0, None)
    assert (gone.name, gone.is_gone, gone.won, gone.before) == ("旧党", True, 2, None)

    _decide(office, b.DISTRICT_2, b.CHUO, "d2")
    found = _balance(office)
    changes = {row.name: row.since_won for row in found.rows}
    assert changes == {"aka党": -1, "ao党": 2, "旧党": -2}
    # Of the new district nobody lost a seat.
    assert found.compared == 1
    assert (found.has_won, found.has_before, found.is_decided) == (True, False, True)


def test_without_a_record_there_is_no_balance() -> None:
    assert seat_balance(_seats(_house()), "無所属") is None
    assert seat_balance(_seats(_house(b.PREVIOUS)), "無所属") is None


def test_the_whole_chamber_has_both_halves_side_by_side() -> None:
    office = _house(_LAST)
    _decide(office, b.DISTRICT_1, b.CHIYODA, "d1")

    bar = whole_bar(_seats(office), _balance(office))

    # Six seats: three and one that are not up, two of now of which one is declared.
    parts = [(part.party, part.seats, part.is_continuing) for part in bar.segments]
    assert parts == [("aka", 3, True), ("ao", 1, True), ("ao", 1, False)]
    assert (bar.majority, bar.open_seats) == (4, 1)
    assert bar.open_x == round(1000 * 5 / 6, 2)


def test_races_are_chosen_by_what_became_of_the_seat() -> None:
    office = _house(_LAST)
    _decide(office, b.DISTRICT_1, b.CHIYODA, "d1")

    assert [row.contest for row in race_list(office.night, change="gain")] == [b.DISTRICT_1]
    assert race_list(office.night, change="new") == []
    _decide(office, b.DISTRICT_2, b.CHUO, "d2")
    assert [row.contest for row in race_list(office.night, change="new")] == [b.DISTRICT_2]
    assert race_list(office.night, change="hold") == []
