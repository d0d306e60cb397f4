"""All races side by side: winners and margins once everything is final, and who came back."""

from projections.views.whole_election.race_list import list_contests, race_list
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

BLOCK_SHEET = b.sheet({"ao": 600, "aka": 300})


def district(number: int, ao: int, aka: int) -> Command:
    contest, unit = ((b.DISTRICT_1, b.CHIYODA), (b.DISTRICT_2, b.CHUO))[number - 1]
    return b.tally(b.sheet({f"d{number}-ao": ao, f"d{number}-aka": aka}), contest, unit)


def test_nobody_leads_before_the_last_unit_is_final() -> None:
    office = Office(*b.HOUSE, b.OPEN, district(1, 300, 200))

    first, second = race_list(office.night)

    assert [row.id for row in first.elected] == ["d1-ao"]
    assert (first.margin, first.margin_percent, first.is_close) == (100_000, 20.0, False)
    assert (second.elected, second.runner_up, second.margin) == ([], None, None)


def test_between_equal_losers_nobody_is_the_runner_up() -> None:
    defined = (*b.DISTRICT[:-1], b.candidates(b.DISTRICT_1, "c"), b.OPEN)
    finals = b.finals(
        b.DISTRICT_1, b.sheet({b.A: 5, b.B: 2, "c": 2}), b.sheet({b.A: 1, b.B: 0, "c": 0})
    )

    [row] = race_list(Office(*defined, *finals).night)

    assert ([each.id for each in row.elected], row.runner_up) == ([b.A], None)
    assert (row.margin, row.margin_percent) == (4_000, 40.0)


def test_races_are_found_by_place_margin_and_progress() -> None:
    office = Office(*b.HOUSE, b.OPEN, district(1, 300, 200), district(2, 201, 200))

    assert [r.contest for r in race_list(office.night, "13", "margin")] == [
        b.DISTRICT_2, b.DISTRICT_1,
    ]  # fmt: skip
    assert [row.contest for row in race_list(office.night, close=True)] == [b.DISTRICT_2]
    assert race_list(office.night, "27") == []


def test_a_loser_who_is_elected_by_the_list_is_named() -> None:
    finals = b.finals(b.BLOCK, BLOCK_SHEET, BLOCK_SHEET)
    office = Office(*b.HOUSE, b.OPEN, *finals, district(1, 300, 200), district(2, 200, 300))
    assert [row.revived for row in race_list(office.night)] == [[], []]

    office.post(b.declare(b.DISTRICT_1, "d1-ao"), b.declare(b.DISTRICT_2, "d2-aka"))
    office.post(b.declare(b.BLOCK, "aka-1", "ao-2", "ao-3"))

    revived = [[row.id for row in race.revived] for race in race_list(office.night)]
    assert revived == [["d1-aka"], ["d2-ao"]]
    [block] = list_contests(office.night)
    assert (block.address, block.is_declared) == ("/blocks/tokyo", True)
    assert [row.declared_seats for row in block.lists] == [2, 1]
