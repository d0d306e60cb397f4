"""The map and the seat bar: everything is there once, nothing overlaps, nothing is invented."""

from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.geography import PREFECTURES
from api.web.seat_bar import majority
from api.web.tile_map import GAP, HEIGHT, SIDE, WIDTH, final_percent, tiles
from projections.documents.models import Progress
from projections.documents.overview import PrefectureRow


def row(final: int, units: int, contested: int = 0) -> PrefectureRow:
    progress = Progress(
        units=units, reporting=final, final=final, contested=contested, counted_percent=None
    )
    return PrefectureRow(
        code="13",
        name="東京都",
        progress={"house-district": progress},
        most_votes=None,
        declared_seats=0,
        declared_by_party={},
        seats=30,
    )


def test_every_prefecture_has_one_square() -> None:
    assert [tile.code for tile in tiles([])] == sorted(PREFECTURES)


def test_squares_lie_in_the_picture_and_never_overlap() -> None:
    found = tiles([])
    for tile in found:
        assert 0 <= tile.x <= WIDTH - SIDE
        assert 0 <= tile.y <= HEIGHT - SIDE
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            apart = max(abs(one.x - other.x), abs(one.y - other.y))
            assert apart >= SIDE + GAP - 1, (one.code, other.code)


@given(st.integers(1, 400), st.data())
def test_hundred_percent_means_every_unit(units: int, data: st.DataObject) -> None:
    final = data.draw(st.integers(0, units))
    assert (final_percent(row(final, units)) == 100) == (final == units)


def test_a_contested_unit_does_not_count_as_final() -> None:
    assert final_percent(row(10, 10, contested=1)) == 90.0
    assert tiles([row(10, 10, contested=1)])[12].step < 6


@given(st.integers(1, 1000))
def test_a_majority_is_more_than_half_and_no_more_than_needed(seats: int) -> None:
    assert majority(seats) * 2 > seats
    assert (majority(seats) - 1) * 2 <= seats
