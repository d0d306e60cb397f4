"""Every seat as a tile of the same size, near where it is elected: the equal-area picture.

Seats of a prefecture stand together, prefectures as near to their place as there is room.
"""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from typing import Final, Literal, NamedTuple

from aggregates.reference.prefecture_map import TILE_PLACES
from projections.documents.models import OptionRow
from projections.documents.rows.option_rows import option_rows
from projections.documents.rows.race_standing import race_standing
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.views.whole_election.race_list import list_address

SeatState = Literal["declared", "complete", "counting", "none", "vacant"]
"""決定, every figure final, some reported, nothing reported, 欠員."""

_SPREAD: Final = 3.0
"""Tiles between two neighbours on the map of prefectures, before they make room for each other."""
_STEPS: Final = 4
"""Shades between nothing counted and everything."""
_WHOLE: Final = 100.0


class SeatTile(NamedTuple):
    """A seat.

    Attributes:
        contest: Id of its contest.
        address: Where its contest is shown.
        name: Name of the contest.
        state: How far it is.
        party: Of who has it, declared or by the law on final figures; None while nobody has.
        winner: Their name; empty for seats of lists and while nobody has it.
        counted_percent: 開票率 of the contest.
        step: How much is counted, from 0 to 4.
        x: Column, from the west; 0 for seats of lists.
        y: Row, from the north.
        is_gain: Another party had it last time.
    """

    contest: str
    address: str
    name: str
    state: SeatState
    party: str | None
    winner: str
    counted_percent: float | None
    step: int
    x: int = 0
    y: int = 0
    is_gain: bool = False


class ListSeats(NamedTuple):
    """Seats of a contest of lists side by side; before the declaration none has a party."""

    contest: str
    address: str
    name: str
    is_declared: bool
    tiles: list[SeatTile]


class SeatMap(NamedTuple):
    """All seats.

    Attributes:
        tiles: Of contests of candidates.
        columns: Width of the picture in tiles.
        rows: Height.
        lists: Of contests of lists.
        labels: (name of the first prefecture's code, x, y) of each group.
    """

    tiles: list[SeatTile]
    columns: int
    rows: int
    lists: list[ListSeats]
    labels: list[tuple[str, int, int]]


def seat_map(state: ElectionState, contests: Iterable[ContestRecord]) -> SeatMap:
    """The picture of the seats of a chamber."""
    held = list(contests)
    races = [contest for contest in held if not contest.is_list]
    groups: dict[str, list[ContestRecord]] = {}
    for contest in races:
        groups.setdefault((contest.prefectures or contest.facts.prefectures)[0], []).append(contest)
    sizes = {code: sum(c.facts.seats for c in found) for code, found in groups.items()}
    places = _place_groups(tuple(sorted(sizes.items())))
    tiles = [
        tile._replace(x=x + n % _width(sizes[code]), y=y + n // _width(sizes[code]))
        for code, (x, y) in places.items()
        for n, tile in enumerate(
            tile for contest in groups[code] for tile in _race_tiles(state, contest)
        )
    ]
    return SeatMap(
        tiles=tiles,
        columns=1 + max((tile.x for tile in tiles), default=0),
        rows=1 + max((tile.y for tile in tiles), default=0),
        lists=[_list_seats(state, contest) for contest in held if contest.is_list],
        labels=[(code, *place) for code, place in places.items()],
    )


def _race_tiles(state: ElectionState, contest: ContestRecord) -> list[SeatTile]:
    standing = race_standing(state, contest)
    return [
        _tile(contest, standing.progress.counted_percent, row)._replace(
            is_gain=standing.hold_gain == "gain"
        )
        for row in [*standing.elected, *[None] * contest.facts.seats][: contest.facts.seats]
    ]


def _tile(contest: ContestRecord, counted: float | None, row: OptionRow | None) -> SeatTile:
    facts = contest.facts
    address = list_address(contest) if contest.is_list else f"/contests/{facts.id}"
    return SeatTile(
        contest=facts.id,
        address=address,
        name=facts.name,
        state=_seat_state(contest, is_taken=row is not None),
        party=row.party if row is not None else None,
        winner=row.name if row is not None else "",
        counted_percent=counted,
        step=_step(counted) if contest.sums().reporting else 0,
    )


def _seat_state(contest: ContestRecord, *, is_taken: bool) -> SeatState:
    if contest.declared is not None:
        return "declared" if is_taken else "vacant"
    # Complete as well where nobody has it yet: a lot is to be drawn, or lists are not decided.
    if is_taken or contest.complete:
        return "complete"
    return "counting" if contest.sums().reporting else "none"


def _step(counted: float | None) -> int:
    """From 1, as something is reported, to 4, as everything is."""
    return min(_STEPS, 1 + int((counted or 0.0) * (_STEPS - 1) / _WHOLE))


def _list_seats(state: ElectionState, contest: ContestRecord) -> ListSeats:
    rows = option_rows(state, contest, contest.sums())
    counted = race_standing(state, contest).progress.counted_percent
    taken = [row for row in rows for _ in range(row.declared_seats or 0)]
    seats = [*taken, *[None] * contest.facts.seats][: contest.facts.seats]
    return ListSeats(
        contest=contest.facts.id,
        address=list_address(contest),
        name=contest.facts.name,
        is_declared=contest.declared is not None,
        tiles=[
            tile._replace(winner="") for tile in (_tile(contest, counted, row) for row in seats)
        ],
    )


class _Area(NamedTuple):
    """Tiles from the upper left one on."""

    x: int
    y: int
    width: int
    height: int

    def overlaps_any(self, others: Iterable["_Area"]) -> bool:
        """Whether one of them has a tile of this one."""
        right, below = self.x + self.width, self.y + self.height
        return any(
            other.x < right
            and self.x < other.x + other.width
            and other.y < below
            and self.y < other.y + other.height
            for other in others
        )


def _width(seats: int) -> int:
    return math.ceil(math.sqrt(seats))


@lru_cache(maxsize=16)
def _place_groups(sizes: tuple[tuple[str, int], ...]) -> dict[str, tuple[int, int]]:
    """Upper left tile of each prefecture's seats, the largest group placed first.

    Each takes the free place nearest to its own, a tile away from every other.
    """
    taken: list[_Area] = []
    found: dict[str, tuple[int, int]] = {}
    for code, seats in sorted(sizes, key=lambda each: (-each[1], each[0])):
        width = _width(seats)
        height = math.ceil(seats / width)
        column, row = TILE_PLACES[code]
        goal = round(column * _SPREAD) - width // 2, round(row * _SPREAD) - height // 2
        x, y = next(
            (goal[0] + dx, goal[1] + dy)
            for dx, dy in _offsets()
            if not _Area(goal[0] + dx, goal[1] + dy, width, height).overlaps_any(taken)
        )
        found[code] = x, y
        # The tile around it stays free.
        taken.append(_Area(x - 1, y - 1, width + 2, height + 2))
    left = min((x for x, _ in found.values()), default=0)
    top = min((y for _, y in found.values()), default=0)
    return {code: (x - left, y - top) for code, (x, y) in found.items()}


def _offsets() -> Iterator[tuple[int, int]]:
    """Steps away from a place, the nearest first, as far as it takes to find room."""
    done = -1
    for reach in count(_REACH, _REACH):
        around = range(-reach, reach + 1)
        steps = sorted((dx * dx + dy * dy, dx, dy) for dx in around for dy in around)
        yield from ((dx, dy) for far, dx, dy in steps if done < far <= reach * reach)
        done = reach * reach


_REACH: Final = 24
"""Steps sorted at a time; most find room within the first."""
