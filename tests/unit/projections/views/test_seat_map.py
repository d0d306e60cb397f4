"""Every seat is a tile: as many as there are, none on another, coloured only by what is known."""

from collections import Counter

import pytest

from projections.views.whole_election.election_shape import election_shape
from projections.views.whole_election.seat_map import SeatMap, _place_groups, seat_map
from tests import builders as b
from tests.unit.projections.nights import Office


def made(office: Office) -> SeatMap:
    chamber = election_shape(office.night).chamber
    assert chamber is not None
    return seat_map(office.night, chamber.contests)


def test_a_seat_has_a_colour_once_every_figure_is_final() -> None:
    office = Office(*b.HOUSE, b.OPEN)
    office.post(b.tally(b.sheet({"d1-ao": 300, "d1-aka": 200}), b.DISTRICT_1, final=False))

    first, second = made(office).tiles
    assert (first.state, first.party, second.state) == ("counting", None, "none")

    office.post(b.tally(b.sheet({"d1-ao": 300, "d1-aka": 200}), b.DISTRICT_1))
    assert (made(office).tiles[0].state, made(office).tiles[0].winner) == ("complete", "D1-AO")

    office.post(b.declare(b.DISTRICT_1, "d1-ao"))
    assert made(office).tiles[0].state == "declared"


def test_a_seat_that_waits_for_a_lot_is_counted_and_nobodys() -> None:
    office = Office(*b.HOUSE, b.OPEN)
    office.post(b.tally(b.sheet({"d1-ao": 300, "d1-aka": 300}), b.DISTRICT_1))

    first = made(office).tiles[0]

    assert (first.state, first.party, first.winner, first.step) == ("complete", None, "", 4)


def test_seats_of_lists_have_no_colour_before_the_declaration() -> None:
    sheet = b.sheet({"ao": 600, "aka": 300})
    office = Office(*b.HOUSE, b.OPEN, *b.finals(b.BLOCK, sheet, sheet))

    [block] = made(office).lists

    assert len(block.tiles) == 3
    assert {(tile.state, tile.party) for tile in block.tiles} == {("complete", None)}
    assert not block.is_declared


@pytest.mark.parametrize("most", [30, 200], ids=["a chamber", "every assembly of a day"])
def test_no_seat_lies_on_another(most: int) -> None:
    sizes = tuple((f"{code:02d}", 1 + most - code * 7 % 30) for code in range(1, 48))
    places = _place_groups(sizes)

    cells: Counter[tuple[int, int]] = Counter()
    for code, seats in sizes:
        x, y = places[code]
        width = next(w for w in range(1, 31) if w * w >= seats)
        cells.update((x + n % width, y + n // width) for n in range(seats))
    assert sum(cells.values()) == sum(seats for _, seats in sizes)
    assert max(cells.values()) == 1
    assert min(x for x, _ in cells) == 0
